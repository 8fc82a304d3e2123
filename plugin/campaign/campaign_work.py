"""Long work on the open campaign: each use case as a task, and what becomes of its result on the map."""

from __future__ import annotations

import bisect
import time
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from functools import partial

from qgis.core import Qgis, QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...models.choices import ADAPTER_SUFFIX
from ...models.jobs import drive
from ..messages import Message, filled
from ..settings import Setting
from ..tasks.work_queue import Work

PAINT_EVERY_SECONDS = 0.3


class CampaignWork(QObject):
    """Runs the use cases on ``workspace``; whoever calls has made sure that there is one, and that no work goes on."""

    epoch_done = pyqtSignal(object)
    scored = pyqtSignal(object)
    fine_tuned = pyqtSignal(object)
    activated = pyqtSignal()
    imported = pyqtSignal()
    predicted = pyqtSignal(object)
    map_measured = pyqtSignal(object)
    speed_changed = pyqtSignal()
    said = pyqtSignal(object)

    def __init__(self, work_queue, layers, parent=None):
        super().__init__(parent)
        self.workspace = None
        self.speed = ""  # once it was measured: tiles a second and the device, in words
        self._work_queue = work_queue
        self._layers = layers
        self._first = None  # painting: when, and how many tiles were known

    def probe_speed(self):
        """Needs no workspace."""

        def work(relay):
            from ...models.use_cases.versions import probe_speed

            return drive(probe_speed(), relay)

        self._work_queue.run(Work("probe", self.tr("Measuring the speed")), work, self._tell_speed)

    def engine(self):
        """The workspace as the engine's thread gets it."""
        return replace(self.workspace, threads=Setting.THREADS.get())

    def score(self, strategy):
        self._first = None
        view = self._layers.visible_bounds(QgsCoordinateReferenceSystem(self.workspace.grid.crs))
        workspace = self.engine()

        def work(relay):
            from ...models.use_cases.score import score

            painter = Painter(workspace.grid, relay.report)
            return drive(score(workspace, strategy=strategy, now=now(), first=view, on_scores=painter.add), relay)

        title = self.tr("Scoring the tiles")
        self._run(Work("score", title), work, self._end_scoring, self._paint, self._stop_scoring)

    def fine_tune(self, method, minutes):
        workspace = self.engine()

        def work(relay):
            from ...models.use_cases.fine_tune import fine_tune

            return drive(fine_tune(workspace, method=method, minutes=minutes, now=now(), on_epoch=relay.report), relay)

        title = self.tr("Fine-tuning the model")
        self._run(Work("fine-tune", title), work, self.fine_tuned.emit, self._show_epoch, self._stop_fine_tuning)

    def measure_map(self):
        workspace = self.engine()

        def work(relay):
            from ...models.use_cases.map_quality import map_quality

            return drive(map_quality(workspace, now()), relay)

        self._run(Work("quality", self.tr("Measuring the map")), work, self.map_measured.emit)

    def activate(self, version):
        workspace = self.workspace

        def work(_):
            from ...models.use_cases.versions import activate

            return activate(workspace, version)

        title = self.tr("Changing to version {version}").format(version=version)
        self._run(Work("activate", title, can_cancel=False), work, self._end_activating)

    def export_version(self, version, path):
        workspace = self.workspace

        def work(_):
            from ...models.use_cases.adapters import export_adapter
            from ...models.use_cases.versions import export_version

            if path.suffix.lower() == ADAPTER_SUFFIX:
                return export_adapter(workspace, version, path, overwrite=True)  # the dialog has asked
            return export_version(workspace, version, path)

        title = self.tr("Saving version {version}").format(version=version)
        text = self.tr("Version {version} is saved in {folder}.").format(version=version, folder=path)
        end = partial(self._say, text, Qgis.MessageLevel.Success)
        self._run(Work("export", title, can_cancel=False), work, lambda _: end())

    def import_adapter(self, path):
        workspace = self.engine()

        def work(_):
            from ...models.use_cases.adapters import import_adapter

            return import_adapter(workspace, path, now=now())

        def offer(card):
            self.imported.emit()
            text = self.tr("Version {version} is an adapter from a file. It is parked until you activate it.")
            self._say(
                text.format(version=card.id),
                Qgis.MessageLevel.Success,
                button=self.tr("Activate"),
                on_click=lambda: self._activate_when_free(workspace, card.id),
            )

        title = self.tr("Taking in {name}").format(name=path.name)
        self._run(Work("import", title, can_cancel=False), work, offer)

    def predict(self, output, area, scratch, overwrite):
        """The scratch folder holds the area; it is deleted afterwards."""
        workspace = self.engine()

        def work(relay):
            from ...models.use_cases.predict import predict

            with scratch:
                return drive(predict(workspace, output, area=area, overwrite=overwrite), relay)

        self._run(Work("predict", self.tr("Predicting footprints")), work, self._end_predicting)

    def _run(self, work, function, on_success, on_report=None, on_cancel=None):
        """As ``WorkQueue.run``; what arrives after the campaign was closed, or another one opened, is dropped."""
        workspace = self.workspace

        def while_open(slot):
            return lambda *values: slot(*values) if self.workspace is workspace else None

        self._work_queue.run(
            work, function, *(slot and while_open(slot) for slot in (on_success, on_report, on_cancel))
        )

    def _say(self, text, level=Qgis.MessageLevel.Info, **offer):
        self.said.emit(Message(level, text, **offer))

    def _paint(self, painting):
        self._layers.paint(painting.values, painting.bounds)
        now = time.monotonic()
        if self._first is None:
            self._first = (now, painting.known)
        seconds, tiles = now - self._first[0], painting.known - self._first[1]
        if seconds:  # a clock may stand still for 16 ms
            text = self.tr("{n} tiles, {speed:.1f} a second")
            self._work_queue.describe(filled(text, n=painting.known, speed=tiles / seconds))

    def _tell_speed(self, speed):
        self.speed = filled(
            self.tr("{n:.1f} tiles a second on {device}"), n=speed.tiles_per_second, device=speed.device
        )
        self._say(self.speed)
        self.speed_changed.emit()

    def _end_scoring(self, scored):
        self.scored.emit(scored)
        if scored.map:
            self.map_measured.emit(scored.map)

    def _stop_scoring(self):
        self._say(self.tr("Stopped. What was scored is kept: press Score again and it goes on from there."))

    def _show_epoch(self, epoch):
        self._work_queue.describe(filled(self.tr("Epoch {n}, loss {loss:.3f}"), n=epoch.number, loss=epoch.loss))
        self.epoch_done.emit(epoch)

    def _stop_fine_tuning(self):
        self._say(self.tr("Stopped, and the model is as before. Fine-tune again with the same tiles and it goes on."))

    def _end_activating(self, card):
        self.activated.emit()
        self._say(self.tr("Version {version} works from now on.").format(version=card.id), Qgis.MessageLevel.Success)

    def _activate_when_free(self, workspace, version):
        """Where that campaign is open still."""
        self._work_queue.when_free(
            lambda: self.activate(version) if self.workspace and self.workspace.folder == workspace.folder else None
        )

    def _end_predicting(self, predicted):
        title = self.tr("Footprints by {version}").format(version=predicted.version)
        self._layers.add_footprints(predicted.path, title)
        self.predicted.emit(predicted)


@dataclass(frozen=True)
class Painting:
    """Tiles scored just now: provisional priority 0..1 and bounds by tile id, and how many are known by now."""

    values: dict
    bounds: dict
    known: int


class Painter:
    """Reports a provisional priority of tiles that were scored: high where the model is less sure than elsewhere."""

    def __init__(self, grid, report):
        self._grid = grid
        self._report = report
        self._sorted = []
        self._waiting = {}
        self._reported_at = float("-inf")

    def add(self, scores):
        for tile, score in scores.items():
            self._waiting[tile] = float(score.statistics[0])
            bisect.insort(self._sorted, self._waiting[tile])
        if time.monotonic() - self._reported_at > PAINT_EVERY_SECONDS:
            self._paint()

    def _paint(self):
        most = max(1, len(self._sorted) - 1)
        values = {tile.id: bisect.bisect_left(self._sorted, entropy) / most for tile, entropy in self._waiting.items()}
        bounds = {tile.id: self._grid.tile_bounds(tile) for tile in self._waiting}
        self._report(Painting(values, bounds, len(self._sorted)))
        self._waiting = {}
        self._reported_at = time.monotonic()


def now() -> datetime:
    return datetime.now(timezone.utc)
