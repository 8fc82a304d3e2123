"""The open campaign as everything else in the plugin sees it: its state, and what may be done with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..models.storage.output_paths import unused
from .annotation.drafts import Drafts
from .annotation.tile_editor import TileEditor
from .campaign import project_entry
from .campaign.campaign_work import CampaignWork
from .campaign.creation import CampaignCreation, area_for_engine, default_folder
from .campaign.diagnostics import report
from .campaign.queries import CampaignQueries
from .layers.campaign_layers import CampaignLayers
from .layers.imagery_layer import suggestion
from .layers.layer_watch import LayerWatch
from .messages import Message, other_gsd, tells_mistakes
from .requirements import missing_packages
from .settings import Setting
from .tasks.work_queue import Work, WorkQueue

STOP_SECONDS = 30  # for the engine to leave when the plugin is switched off
BUSY_SECONDS = 1.0  # how long the user interface may stand still when another program keeps the GeoPackage


class Session(QObject):
    """The open campaign: its state, what may be done with it, and signals that everything else listens to.

    Long work goes on in tasks, one at a time; tiles are annotated meanwhile. What the user can mend is ``said``.
    """

    workspace_changed = pyqtSignal()  # opened, made or closed
    work_changed = pyqtSignal()  # long work began or ended: see ``work``
    progressed = pyqtSignal(object)  # tasks.work_queue.Progress
    queue_changed = pyqtSignal()  # ranks or states of tiles
    tile_changed = pyqtSignal()  # another tile is being annotated, or none: see ``tile``
    drawing_changed = pyqtSignal()  # see ``draft_count`` and ``footprint_count``
    versions_changed = pyqtSignal()
    epoch_done = pyqtSignal(object)  # training.fine_tune.Epoch
    scored = pyqtSignal(object)  # use_cases.score.Scored
    fine_tuned = pyqtSignal(object)  # use_cases.fine_tune.FineTuned
    predicted = pyqtSignal(object)  # use_cases.predict.Predicted
    map_measured = pyqtSignal(object)  # use_cases.map_quality.MapQuality
    speed_changed = pyqtSignal()
    said = pyqtSignal(object)  # messages.Message

    def __init__(self, iface, layers=None):
        super().__init__()
        self._layers = layers or CampaignLayers(iface)
        self._workspace = None
        self._work_queue = WorkQueue(self)
        self._creation = CampaignCreation(self._work_queue, self)
        self._campaign_work = CampaignWork(self._work_queue, self._layers, self)
        self._drafts = Drafts(self)
        self._tile_editor = TileEditor(iface, self._layers, self._drafts, self)
        self._queries = CampaignQueries(self)
        self._watch = LayerWatch(self._layers, self)
        self._connect()

    @property
    def is_open(self) -> bool:
        return self._workspace is not None

    @property
    def name(self) -> str:
        return self._workspace.folder.name if self.is_open else ""

    @property
    def folder(self) -> Path | None:
        return self._workspace.folder if self.is_open else None

    @property
    def work(self) -> Work | None:
        return self._work_queue.work

    def cancel(self):
        """End the present work after its present step; what it has finished is kept."""
        self._work_queue.cancel()

    def suggestion(self, layer, aoi_layer=None):
        return suggestion(layer, aoi_layer)

    def default_folder(self, layer) -> Path:
        return default_folder(layer)

    @tells_mistakes
    def create(self, folder, layer, aoi_layer=None, tile_size_px=None, and_score=False, **options):
        """Make a campaign over a raster layer in a new folder and open it; online imagery is read into a file first.

        ``options`` are gsd_metres, exam_tiles, classes, bands and start of ``loop.new``; for buildings, and without
        bands, those are taken that the layer shows.
        """
        if self._work_queue.is_free(needs_model=and_score):
            self._creation.create(Path(folder), layer, aoi_layer, tile_size_px, and_score, **options)

    def open(self, folder):
        """Open the campaign in a folder instead of the one that is open."""
        if self._work_queue.is_free(needs_model=False):
            self._creation.open(Path(folder))

    def close(self):
        """Leave the campaign: work is cancelled, layers go, the project forgets it. All of it is on disk."""
        if self.is_open:
            self._leave()
            self._layers.remove()
            project_entry.forget()

    def counts(self):
        return self._queries.counts

    def diagnostics(self) -> str:
        return report(self._workspace, self.speed)

    @property
    def speed(self) -> str:
        """Tiles a second and the device, in words; nothing before it was measured."""
        return self._campaign_work.speed

    def probe_speed(self):
        """Measure tiles a second with a handful of them."""
        if self._work_queue.is_free():
            self._campaign_work.probe_speed()

    @tells_mistakes
    def score(self, strategy: str | None = None):
        """Give every tile a priority and a reason, those in view first."""
        if self._may_work():
            self._campaign_work.score(strategy or None)

    def show_campaign(self):
        """Zoom to all of it."""
        self._layers.zoom_to_campaign()

    def set_opacity(self, opacity: float):
        self._layers.set_opacity(opacity)

    @property
    def tile(self):
        """The campaign.queue_layer.QueuedTile on the map, or None."""
        return self._tile_editor.tile

    @property
    def draft_count(self) -> int:
        """How many drafts wait on the tile to be accepted."""
        return self._tile_editor.draft_count

    @property
    def footprint_count(self) -> int:
        """How many footprints are drawn on the tile."""
        return self._tile_editor.footprint_count

    @property
    def is_exam(self) -> bool:
        return self._tile_editor.is_exam

    def annotate_exam(self, is_exam: bool):
        """Which tiles ``next_tile`` serves: the exam's, or the best of the queue."""
        self._tile_editor.serve_exam(is_exam)

    @property
    def is_review(self) -> bool:
        return self._tile_editor.is_review

    @property
    def classes(self) -> tuple:
        """What the campaign maps, as segmentation.classes.MappedClass; nothing without a campaign."""
        return self._queries.classes

    @property
    def drawn_class(self) -> str | None:
        """The class of what is drawn next; None in a campaign that maps one."""
        return self._tile_editor.drawn_class

    def draw_class(self, name: str):
        """Of which class is what is drawn from now on, and what is selected on the layer that is drawn on."""
        self._tile_editor.draw_class(name)

    def review(self, is_review: bool):
        """Whether a tile begins with all that the model proposes, to be checked, or with nothing."""
        self._tile_editor.review(is_review)

    def seconds_a_tile(self) -> float | None:
        """The median time between two finishes of this session."""
        return self._tile_editor.seconds_a_tile

    def next_tile(self):
        if self._has_campaign():
            self._tile_editor.next_tile()

    def previous_tile(self):
        if self._has_campaign():
            self._tile_editor.previous_tile()

    def leave_tile(self):
        self._tile_editor.leave_tile()

    def accept_all(self):
        self._tile_editor.accept_all()

    def accept_by_click(self):
        """From now on a click on the map accepts the draft there."""
        self._tile_editor.accept_by_click()

    def accept_under_cursor(self):
        self._tile_editor.accept_under_cursor()

    def finish(self, state: str):
        """Finish the tile as "done" (as drawn), "empty", "skipped" or "bad imagery", and serve the next one."""
        self._tile_editor.finish(state)

    @tells_mistakes
    def fine_tune(self, method: str = "full", minutes: float | None = 5):
        if self._may_work():
            if self.tile:
                self._say(self.tr("The tile on the map is not finished: it does not count in this fine-tuning."))
            self._campaign_work.fine_tune(method, minutes)

    @tells_mistakes
    def measure_map(self):
        """Estimate how good the finished map is by now."""
        if self._may_work():
            self._campaign_work.measure_map()

    def versions(self):
        """All model versions as campaign.version_rows.VersionRow, oldest first."""
        return self._queries.versions()

    def learning_curve(self):
        """All campaign.records.Round, oldest first."""
        return self._queries.learning_curve()

    def measured_maps(self):
        """All campaign.records.MeasuredMap, oldest first."""
        return self._queries.measured_maps()

    def activate(self, version: str):
        """Let the model work with a version from now on."""
        if self._may_work(needs_model=False):
            self._campaign_work.activate(version)

    def export_version(self, version: str, path):
        """Save a copy of a version: an adapter as a .ttadapter file, any one as a new folder."""
        if self._may_work(needs_model=False):
            self._campaign_work.export_version(version, Path(path))

    def import_adapter(self, path):
        """Take the adapter of a .ttadapter file as a version that is parked."""
        if self._may_work():
            self._campaign_work.import_adapter(Path(path))

    def footprint_file(self) -> Path:
        """How a file of predictions is called, after the active version, in the campaign's folder."""
        return self._queries.footprint_file()

    @tells_mistakes
    def predict(self, output: Path | None = None, aoi_layer=None, overwrite=False):
        """Write the footprints of the campaign, or of an area, and show them; an earlier file on request replaced."""
        if self._may_work():
            self._campaign_work.predict(output or unused(self.footprint_file()), *area_for_engine(aoi_layer), overwrite)

    def unload(self):
        """The plugin is switched off: cancel work and wait for it, and leave nothing on the map but layers."""
        for signal, slot in self._of_project():
            signal.disconnect(slot)
        self._leave()
        self._work_queue.stop(STOP_SECONDS)
        self._drafts.stop(STOP_SECONDS)

    def _connect(self):
        work = self._work_queue, self._creation, self._campaign_work, self._drafts
        for part in (*work, self._tile_editor, self._queries, self._watch):
            part.said.connect(self.said)
        self._work_queue.work_changed.connect(self._change_work)
        self._work_queue.progressed.connect(self.progressed)
        self._creation.opened.connect(self._show)
        self._creation.made.connect(self._show_new)
        self._campaign_work.speed_changed.connect(self.speed_changed)
        self._campaign_work.scored.connect(self._end_scoring)
        self._campaign_work.epoch_done.connect(self.epoch_done)
        self._campaign_work.fine_tuned.connect(self._end_fine_tuning)
        self._campaign_work.activated.connect(self._change_version)
        self._campaign_work.imported.connect(self.versions_changed)
        self._campaign_work.predicted.connect(self.predicted)
        self._campaign_work.map_measured.connect(self.map_measured)
        self._tile_editor.states_changed.connect(self._refresh_queue)
        self._tile_editor.tile_changed.connect(self.tile_changed)
        self._tile_editor.drawing_changed.connect(self.drawing_changed)
        self._tile_editor.tile_changed.connect(self._draft_ahead)
        for signal, slot in self._of_project():
            signal.connect(slot)

    def _of_project(self):
        project = QgsProject.instance()
        return (
            (project.cleared, self._leave),
            (project.readProject, self._reopen),
            (project.writeProject, self._remember),
        )

    def _say(self, text, level=Qgis.MessageLevel.Info):
        self.said.emit(Message(level, text))

    def _has_campaign(self):
        if not self.is_open:
            self._say(self.tr("Start or open a campaign first."), Qgis.MessageLevel.Warning)
        return self.is_open

    def _may_work(self, needs_model=True):
        return self._has_campaign() and self._work_queue.is_free(needs_model)

    @tells_mistakes
    def _show(self, workspace):
        if self.is_open:
            self._leave()
            self._layers.remove()
        here = replace(workspace, busy_seconds=BUSY_SECONDS)
        self._queries.begin(here)
        self._workspace, self._campaign_work.workspace = here, workspace
        self._layers.show(workspace, self.classes)
        self._layers.set_opacity(Setting.OPACITY.get())
        self._tile_editor.begin(here, self.classes)
        self._watch.begin(workspace.imagery.path)
        self._remember()
        self.workspace_changed.emit()
        self.versions_changed.emit()
        self.queue_changed.emit()
        self._draft_ahead()

    def _show_new(self, workspace, and_score):
        self._show(workspace)
        self._layers.zoom_to_campaign()
        self._tell_gsd()
        if and_score:
            self.score()

    @tells_mistakes
    def _tell_gsd(self):
        """Where the model knows no imagery of this scale."""
        with self._workspace.store() as store:
            card = self._workspace.active_card(store)
        if not card.knows_gsd(self._workspace.grid.gsd_metres):
            self._say(other_gsd(card, self._workspace.grid.gsd_metres), Qgis.MessageLevel.Warning)

    def _leave(self, *_):
        """The campaign is no longer the open one; its layers stay for whoever clears or saves the project."""
        self._work_queue.cancel()
        self._drafts.forget()
        self._tile_editor.end()
        self._queries.end()
        self._watch.end()
        if self.is_open:
            self._workspace = self._campaign_work.workspace = None
            self.workspace_changed.emit()
            self.tile_changed.emit()

    def _remember(self, *_):
        if self.is_open:
            project_entry.remember(self.folder)

    def _reopen(self, *_):
        """A project was read: open the campaign that belongs to it, once what ran before has ended."""
        folder = project_entry.remembered()
        if folder:
            self._work_queue.when_free(partial(self.open, folder))

    def _refresh_queue(self):
        self._queries.count_anew()
        self._layers.refresh()
        self.queue_changed.emit()

    @tells_mistakes
    def _draft_ahead(self):
        if self.is_open and not missing_packages():
            self._drafts.want(self._campaign_work.engine(), self._tile_editor.upcoming())

    def _change_work(self):
        if not self.work:
            self._layers.clear_painting()  # however scoring ended
        self.work_changed.emit()

    def _end_scoring(self, scored):
        self._refresh_queue()
        self._draft_ahead()
        self.scored.emit(scored)

    def _end_fine_tuning(self, done):
        if done.is_active:
            self._change_version()
        else:
            self.versions_changed.emit()
        self.fine_tuned.emit(done)

    def _change_version(self):
        """Drafts of the version before are not offered any more."""
        self._drafts.forget()
        self._draft_ahead()
        self.versions_changed.emit()
