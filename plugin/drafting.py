"""Drafts of the tiles that come next, made in the background before anybody waits for them."""

from __future__ import annotations

from functools import partial

from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .settings import Setting
from .tasks import use_cases
from .tasks.engine_task import EngineTask
from .tasks.task_queue import TaskQueue
from .values import Message


class Drafting(QObject):
    """The drafts that are known, by tile, and one task at a time that makes more of them.

    It stands beside the session's own work, also beside a fine-tuning: a tile's drafts take a second.
    """

    arrived = pyqtSignal(str)  # the id of a tile
    said = pyqtSignal(object)

    def __init__(self, parent=None):
        super().__init__(parent)
        self._queue = TaskQueue(self)
        self._drafts = {}
        self._wanted = []

    def of(self, tile_id):
        """Polygons in the grid's CRS; None where they are not known yet."""
        return self._drafts.get(tile_id)

    def want(self, workspace, tile_ids):
        """Make the drafts of these tiles, in this order, unless those that are being made help the first of them."""
        missing = [tile_id for tile_id in tile_ids if tile_id not in self._drafts]
        if not missing or (self._wanted and (tile_ids[0] in self._wanted or tile_ids[0] in self._drafts)):
            return
        self._queue.cancel()
        self._wanted = missing
        area = Setting.MINIMUM_DRAFT_AREA_M2.get()
        task = EngineTask(self.tr("Drafts of the next tiles"), partial(use_cases.drafts, workspace, missing, area))
        task.told.connect(partial(self._keep, self._drafts))
        task.failed.connect(self._tell_failure)
        task.ended.connect(partial(self._end, missing))
        self._queue.add(task)

    def forget(self):
        """Another version or another campaign: nothing that is known fits any more."""
        self._queue.cancel()
        self._drafts, self._wanted = {}, []

    def stop(self, seconds):
        return self._queue.stop(seconds)

    def _keep(self, drafts, news):
        tile_id, polygons = news
        drafts[tile_id] = polygons
        if drafts is self._drafts:  # it was not forgotten meanwhile
            self.arrived.emit(tile_id)

    def _tell_failure(self, text, details):
        text = self.tr("There are no drafts: {reason}").format(reason=text)
        self.said.emit(Message(Qgis.MessageLevel.Warning, text, details))

    def _end(self, wanted):
        if wanted is self._wanted:
            self._wanted = []
