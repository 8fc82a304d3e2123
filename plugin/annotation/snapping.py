"""Snapping while a tile is drawn, and the user's own settings afterwards."""

from __future__ import annotations

from qgis.core import QgsProject, QgsSnappingConfig, QgsTolerance

TOLERANCE_PX = 10


class Snapping:
    """Corners snap to the corners and edges of the layer that is drawn on."""

    def __init__(self):
        self._before = self._ours = None

    def switch_on(self):
        project = QgsProject.instance()
        self._before = QgsSnappingConfig(project.snappingConfig())
        ours = QgsSnappingConfig(self._before)
        ours.setEnabled(True)
        ours.setMode(QgsSnappingConfig.ActiveLayer)
        ours.setTypeFlag(QgsSnappingConfig.VertexFlag | QgsSnappingConfig.SegmentFlag)
        ours.setTolerance(TOLERANCE_PX)
        ours.setUnits(QgsTolerance.UnitType.Pixels)
        project.setSnappingConfig(ours)
        self._ours = QgsSnappingConfig(project.snappingConfig())

    def restore(self):
        """Unless the user has changed them meanwhile: then they are meant."""
        project = QgsProject.instance()
        if self._ours is not None and project.snappingConfig() == self._ours:
            project.setSnappingConfig(self._before)
        self._before = self._ours = None
