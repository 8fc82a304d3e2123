"""Long work on the open campaign: each use case as a task, and what becomes of its result on the map."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

from qgis.core import Qgis, QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .settings import Setting
from .tasks import use_cases
from .values import Message, Work


class CampaignWork(QObject):
    """Runs the use cases on ``workspace``; whoever calls has made sure that there is one, and that no work goes on."""

    epoch_done = pyqtSignal(object)
    scored = pyqtSignal(object)
    fine_tuned = pyqtSignal(object)
    activated = pyqtSignal()
    predicted = pyqtSignal(object)
    said = pyqtSignal(object)

    def __init__(self, working, layers, parent=None):
        super().__init__(parent)
        self.workspace = None
        self._working = working
        self._layers = layers

    def engine(self):
        """The workspace as the engine's thread gets it."""
        return replace(self.workspace, threads=Setting.THREADS.get())

    def score(self, strategy):
        self._first = None  # painting: when, and how many tiles were known
        view = self._layers.visible_bounds(QgsCoordinateReferenceSystem(self.workspace.grid.crs))
        self._run(
            Work("score", self.tr("Scoring the tiles")),
            partial(use_cases.score, self.engine(), strategy, view),
            self.scored.emit,
            self._paint,
            self._stop_scoring,
        )

    def fine_tune(self, method, minutes):
        work = Work("fine-tune", self.tr("Fine-tuning the model"))
        fine_tune = partial(use_cases.fine_tune, self.engine(), method, minutes)
        self._run(work, fine_tune, self.fine_tuned.emit, self._show_epoch, self._stop_fine_tuning)

    def activate(self, version):
        work = Work("activate", self.tr("Changing to version {version}").format(version=version), can_cancel=False)
        self._run(work, partial(use_cases.activate, self.workspace, version), self._end_activating)

    def export_version(self, version, folder):
        work = Work("export", self.tr("Saving version {version}").format(version=version), can_cancel=False)
        text = self.tr("Version {version} is saved in {folder}.").format(version=version, folder=folder)
        export = partial(use_cases.export_version, self.workspace, version, folder)
        self._run(work, export, lambda _: self._say(text, Qgis.MessageLevel.Success))

    def predict(self, output, area, scratch):
        """The scratch folder holds the area; it is deleted afterwards."""
        work = Work("predict", self.tr("Predicting footprints"))
        self._run(work, partial(use_cases.predict, self.engine(), output, area, scratch), self._end_predicting)

    def _run(self, work, function, on_success, on_told=None, on_cancel=None):
        """As ``Working.run``, but what comes after another campaign was opened, or this one closed, is not heard."""
        workspace = self.workspace

        def heard(slot):
            return lambda *news: slot(*news) if self.workspace is workspace else None

        self._working.run(work, function, *(slot and heard(slot) for slot in (on_success, on_told, on_cancel)))

    def _say(self, text, level=Qgis.MessageLevel.Info):
        self.said.emit(Message(level, text))

    def _paint(self, painting):
        self._layers.paint(painting.values, painting.bounds)
        now = time.monotonic()
        if self._first is None:
            self._first = (now, painting.known)
        seconds, tiles = now - self._first[0], painting.known - self._first[1]
        if tiles:
            text = self.tr("{n} tiles, {speed:.1f} a second")
            self._working.describe(text.format(n=painting.known, speed=tiles / seconds))

    def _stop_scoring(self):
        self._say(self.tr("Stopped. What was scored is kept: press Score again and it goes on from there."))

    def _show_epoch(self, epoch):
        self._working.describe(self.tr("Epoch {n}, loss {loss:.3f}").format(n=epoch.number, loss=epoch.loss))
        self.epoch_done.emit(epoch)

    def _stop_fine_tuning(self):
        self._say(self.tr("Stopped, and the model is as before. Fine-tune again with the same tiles and it goes on."))

    def _end_activating(self, card):
        self.activated.emit()
        self._say(self.tr("Version {version} works from now on.").format(version=card.id), Qgis.MessageLevel.Success)

    def _end_predicting(self, predicted):
        title = self.tr("Footprints by {version}").format(version=predicted.version)
        self._layers.add_footprints(predicted.path, title)
        self.predicted.emit(predicted)
