"""Whether an outline is half drawn: QGIS would throw it away when the tile is left."""

from __future__ import annotations

from qgis.gui import QgsGeometryRubberBand, QgsMapToolCapture


def has_sketch(canvas) -> bool:
    """Whether a digitizing tool of the canvas has points that are in no layer yet, also one that was put aside.

    The tools for circles, rectangles and the like tell no points: while one is in use, what it shows is the sketch.
    """
    if any(tool.size() for tool in canvas.findChildren(QgsMapToolCapture)):
        return True
    return isinstance(canvas.mapTool(), QgsMapToolCapture) and any(
        item.isVisible() and item.geometry() is not None
        for item in canvas.scene().items()
        if isinstance(item, QgsGeometryRubberBand)
    )
