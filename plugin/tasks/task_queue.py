"""Tasks one after the other, each kept alive until it has ended: QGIS alone would forget them."""

from __future__ import annotations

from collections import deque

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject


class TaskQueue(QObject):
    """Runs engine tasks one at a time, in the order in which they came."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self._current = None
        self._waiting = deque()

    @property
    def is_busy(self):
        return self._current is not None

    def add(self, task):
        """Run a task as soon as all before it have ended."""
        self._waiting.append(task)
        if not self.is_busy:
            self._begin_next()

    def cancel(self):
        """Forget the tasks that wait and cancel the one that runs; it ends after its present step."""
        self._waiting.clear()
        if self._current:
            self._current.cancel()

    def stop(self, seconds):
        """Cancel everything and wait so long for the engine's thread; says whether it has left."""
        self._waiting.clear()
        return self._current is None or self._current.stop(seconds)

    def _begin_next(self):
        self._current = self._waiting.popleft() if self._waiting else None
        if self._current:
            self._current.ended.connect(self._begin_next)
            QgsApplication.taskManager().addTask(self._current)
