"""The map tool that picks drafts by clicking on them."""

from __future__ import annotations

from qgis.core import QgsPointXY
from qgis.gui import QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, pyqtSignal


class DraftPicker(QgsMapTool):
    """Tells where the user clicks, until Esc, a right click or another tool ends it; then the tool before is back."""

    picked = pyqtSignal(QgsPointXY)  # in the map's CRS

    def __init__(self, canvas):
        super().__init__(canvas)
        self._before = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def begin(self):
        tool = self.canvas().mapTool()
        if tool is not self:
            self._before = tool
            self.canvas().setMapTool(self)

    def end(self):
        """Where another tool has taken over already, it stays."""
        if self.isActive():
            self.canvas().unsetMapTool(self)
            if self._before is not None and not sip.isdeleted(self._before):
                self.canvas().setMapTool(self._before)

    def canvasReleaseEvent(self, event):
        if event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(event.mapPoint())
        else:
            self.end()

    def keyPressEvent(self, event):
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.end()
