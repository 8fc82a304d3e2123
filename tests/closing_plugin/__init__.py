"""A plugin for tests: closes QGIS in the middle of a fine-tuning and of a drawing, as a user in a hurry does.

Before that the user wants to finish the tile with an outline half drawn, and stays when QGIS asks whether to save the
project.
"""

from __future__ import annotations

import os
from pathlib import Path

from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QMessageBox

READ_SECONDS = 1.0  # how long somebody reads a question


def classFactory(iface):
    return ClosingPlugin(iface)


class ClosingPlugin:
    """Opens the campaign that the environment names, draws, lets the model learn, and closes QGIS after an epoch."""

    def __init__(self, iface):
        self._iface = iface
        self._session = None

    def initGui(self):
        self._iface.initializationCompleted.connect(self._open)

    def unload(self):
        pass

    def _open(self):
        self._session = self._iface.mainWindow().findChild(QDockWidget, "TileTriageDock")._session
        self._session.workspace_changed.connect(lambda: QTimer.singleShot(0, self._learn))
        self._session.epoch_done.connect(self._close_soon)
        self._session.open(Path(os.environ["CAMPAIGN"]))

    def _learn(self):
        if self._session.is_open:
            self._session.annotate_exam(True)
            self._session.next_tile()
            self._draw()
            self._finish_half_drawn()
            self._session.fine_tune(minutes=30)

    def _draw(self):
        drawing = QgsProject.instance().mapLayersByName("Drawing")[0]
        left, bottom, _, _ = self._session.tile.bounds
        feature = QgsFeature(drawing.fields())
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(left + 2, bottom + 2, left + 9, bottom + 9)))
        drawing.addFeature(feature)

    def _finish_half_drawn(self):
        """One corner with QGIS's own tool, then Done; what came of it is written down. Esc throws the corner away."""
        canvas, tile = self._iface.mapCanvas(), self._session.tile
        self._iface.actionAddFeature().trigger()
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=canvas.viewport().rect().center())
        sketch = canvas.mapTool().size()
        self._session.finish("done")
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        kept = "kept" if self._session.tile == tile else "finished"
        Path(os.environ["HALF_DRAWN"]).write_text(f"{sketch} corner, tile {kept}", encoding="utf-8")

    def _close_soon(self, _):
        self._session.epoch_done.disconnect(self._close_soon)
        QTimer.singleShot(0, self._want_to_close)

    def _want_to_close(self):
        QgsProject.instance().setDirty(True)
        QTimer.singleShot(int(1000 * READ_SECONDS), self._stay)
        self._iface.actionExit().trigger()
        self._session.epoch_done.connect(self._close_after_another_epoch)

    def _stay(self):
        QApplication.activeModalWidget().button(QMessageBox.StandardButton.Cancel).click()

    def _close_after_another_epoch(self, _):
        self._session.epoch_done.disconnect(self._close_after_another_epoch)
        QTimer.singleShot(0, self._close)

    def _close(self):
        Path(os.environ["CLOSED"]).write_text(self._session.work.kind, encoding="utf-8")
        QgsProject.instance().setDirty(False)  # or QGIS asks whether to save the project
        self._iface.actionExit().trigger()
