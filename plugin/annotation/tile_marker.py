"""The frame around the tile that is annotated."""

from __future__ import annotations

from qgis.core import QgsCoordinateTransform, QgsGeometry, QgsProject, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsRubberBand
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QColor

SURROUNDINGS = 40  # tiles that are dimmed on each side: further than anybody looks while annotating one


class TileMarker:
    """A light frame with a dark rim on the canvas; what lies outside the tile is dimmed a little."""

    def __init__(self, canvas):
        self._canvas = canvas
        self._dimming = self._band(QColor(27, 30, 43, 70), QColor(0, 0, 0, 0), 0)
        self._rim = self._band(QColor(0, 0, 0, 0), QColor(27, 30, 43, 230), 5)
        self._frame = self._band(QColor(0, 0, 0, 0), QColor(255, 255, 255), 2)

    def show(self, bounds, crs):
        """Frame the bounds, given in a CRS."""
        tile = QgsRectangle(*bounds)
        frame, around = QgsGeometry.fromRect(tile), QgsRectangle(tile)
        around.scale(2 * SURROUNDINGS + 1)
        outside = QgsGeometry.fromRect(around).difference(frame)
        to_map = QgsCoordinateTransform(crs, self._canvas.mapSettings().destinationCrs(), QgsProject.instance())
        for band, geometry in ((self._dimming, outside), (self._rim, frame), (self._frame, frame)):
            on_map = QgsGeometry(geometry)
            on_map.transform(to_map)
            band.setToGeometry(on_map, None)
            band.show()

    def hide(self):
        for band in self._bands():
            band.hide()

    def remove(self):
        """Off the canvas for good."""
        for band in [] if sip.isdeleted(self._canvas) else self._bands():
            self._canvas.scene().removeItem(band)
        self._dimming = self._rim = self._frame = None

    def _bands(self):
        return [band for band in (self._dimming, self._rim, self._frame) if band is not None]

    def _band(self, fill, stroke, width):
        band = QgsRubberBand(self._canvas, QgsWkbTypes.PolygonGeometry)
        band.setFillColor(fill)
        band.setStrokeColor(stroke)
        band.setWidth(width)
        band.hide()
        return band
