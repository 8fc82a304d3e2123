"""Drafts of the tiles that come next, made in the background before anybody waits for them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...models.jobs import drive
from ..settings import Setting
from ..tasks.work_queue import Work, WorkQueue
from .footprint import Footprint


class Drafts(QObject):
    """The drafts that are known, by tile, and one task at a time that makes more of them.

    It stands beside the session's own work, also beside a fine-tuning: a tile's drafts take a second.
    """

    arrived = pyqtSignal(str)  # the id of a tile
    said = pyqtSignal(object)

    def __init__(self, parent=None):
        super().__init__(parent)
        self._queue = WorkQueue(self)
        self._drafts = {}
        self._wanted = []
        self._queue.said.connect(self._tell_failure)

    def of(self, tile_id):
        """The engine's Draft values, in the grid's CRS; None where they are not known yet."""
        return self._drafts.get(tile_id)

    def not_labelled(self, tile_id, labels):
        """The drafts of a tile that lie on none of these labels, as Footprints; none while they are not known."""
        drafts = self.of(tile_id)
        if not drafts:
            return []
        from ...models.segmentation.drafts import not_labelled

        free = {draft.wkb for draft in not_labelled([draft.outline for draft in drafts], labels)}
        known = [Footprint(draft.outline.wkb, draft.of_class, draft.version) for draft in drafts]
        return [draft for draft in known if draft.wkb in free]

    def want(self, workspace, tile_ids):
        """Make the drafts of these tiles, in this order, unless those that are being made help the first of them."""
        missing = [tile_id for tile_id in tile_ids if tile_id not in self._drafts]
        if not missing or (self._wanted and (tile_ids[0] in self._wanted or tile_ids[0] in self._drafts)):
            return
        self._queue.clear()
        self._wanted = missing
        work = Work("drafts", self.tr("Drafts of the next tiles"))
        make = partial(_make_drafts, workspace, missing, Setting.MINIMUM_DRAFT_AREA_M2.get())
        end = partial(self._end, missing)
        self._queue.run(work, make, end, partial(self._keep, self._drafts), end)

    def forget(self):
        """Another version or another campaign: nothing that is known fits any more."""
        self._queue.clear()
        self._drafts, self._wanted = {}, []

    def stop(self, seconds):
        return self._queue.stop(seconds)

    def _keep(self, drafts, report):
        tile_id, found = report
        drafts[tile_id] = found
        if drafts is self._drafts:  # it was not forgotten meanwhile
            self.arrived.emit(tile_id)

    def _tell_failure(self, problem):
        self._wanted = []
        text = self.tr("There are no drafts: {reason}").format(reason=problem.text)
        self.said.emit(replace(problem, text=text))

    def _end(self, wanted, _=None):
        if wanted is self._wanted:
            self._wanted = []


def _make_drafts(workspace, tile_ids, minimum_area_m2, relay):
    """Reports (tile id, drafts) of each tile as soon as they are known."""
    from ...models.use_cases.annotate_tile import drafts

    def report(tile_id, found):
        relay.report((tile_id, found))

    return drive(drafts(workspace, tile_ids, minimum_area_m2=minimum_area_m2, on_drafts=report), relay)
