"""The person who draws, played by a file of labels: copies what lies on the tile and pastes it into the drawing."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateTransform, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer

from .desk import Desk, WentWrong

DRAWING, TILES = "drawing", "tiles"  # roles of layers


class Oracle:
    """Knows all buildings; its layer is in the project but not in the legend, as the newcomer does not see it."""

    def __init__(self, desk: Desk, labels: Path):
        self._desk = desk
        self._labels = QgsVectorLayer(str(labels), "labels", "ogr")
        if not self._labels.isValid():
            raise WentWrong(f"{labels} cannot be opened")
        QgsProject.instance().addMapLayer(self._labels, False)

    def draw(self, bounds: tuple) -> int:
        """Paste the buildings of a tile that are not in the drawing yet; gives how many."""
        drawing = self._desk.layer(DRAWING)
        there = [feature.geometry() for feature in drawing.getFeatures()]
        missing = [
            fid
            for fid, outline in self._on_tile(bounds)
            if not any(outline.intersection(known).area() > 0.5 * outline.area() for known in there)
        ]
        if missing:
            self._labels.selectByIds(missing)
            self._desk.iface.copySelectionToClipboard(self._labels)
            self._desk.iface.pasteFromClipboard(drawing)
            self._desk.iface.messageBar().popWidget()  # which says how many were pasted
        return len(missing)

    def count(self, bounds: tuple) -> int:
        """How many buildings there are on a tile."""
        return len(self._on_tile(bounds))

    def _on_tile(self, bounds: tuple) -> list[tuple[int, QgsGeometry]]:
        """The buildings that share ground with a tile, as feature id and outline in the grid's CRS."""
        grid_crs = self._desk.layer(TILES).crs()
        to_grid = QgsCoordinateTransform(self._labels.crs(), grid_crs, QgsProject.instance())
        square = QgsGeometry.fromRect(QgsRectangle(*bounds))
        found = []
        for feature in self._labels.getFeatures():
            outline = feature.geometry()
            outline.transform(to_grid)
            if outline.intersection(square).area() > 0:
                found.append((feature.id(), outline))
        return found
