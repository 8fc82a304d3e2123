"""How a campaign comes into the session: made over an imagery layer of the project, or opened from its folder."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ..layers.area_of_interest import aoi_file
from ..layers.imagery_layer import bands_shown, imagery_path, is_online, suggestion
from ..layers.layer_problem import LayerProblem
from ..layers.online_imagery import OnlineReading
from ..messages import Message
from ..tasks.work_queue import Work


def default_folder(layer) -> Path:
    """A new folder beside the imagery, or beside the project where the imagery has no folder that can be written to."""
    try:
        imagery = imagery_path(layer)
        name, parent = imagery.stem, imagery.parent
    except LayerProblem:
        name, parent = layer.name(), Path()
    if not parent.name or not os.access(parent, os.W_OK):
        parent = Path(QgsProject.instance().absolutePath() or Path.home())
    free = parent / f"{name}_campaign"
    number = 2
    while free.exists():
        free, number = parent / f"{name}_campaign_{number}", number + 1
    return free


def area_for_engine(aoi_layer) -> tuple[Path | None, TemporaryDirectory]:
    """A file with the area of a layer, or None without one, and the folder that is to be deleted after use."""
    scratch = TemporaryDirectory(prefix="tiletriage-")
    return None if aoi_layer is None else aoi_file(aoi_layer, Path(scratch.name)), scratch


def _check_new(folder: Path):
    """Looked at before hours are spent on reading, and before the imagery of another campaign is written over."""
    if folder.exists() and any(folder.iterdir()):
        text = QCoreApplication.translate("CampaignCreation", "{folder} is not empty: choose a new folder.")
        raise LayerProblem(text, folder=folder)


class CampaignCreation(QObject):
    """Makes campaigns and opens them; online imagery is read into a file beside the folder first."""

    opened = pyqtSignal(object)  # the workspace

    made = pyqtSignal(object, bool)  # the workspace, and whether it shall be scored
    said = pyqtSignal(object)

    def __init__(self, work_queue, parent=None):
        super().__init__(parent)
        self._work_queue = work_queue
        self._reading = None

    def open(self, folder):
        work = Work("open", self.tr("Opening the campaign"), can_cancel=False)
        self._work_queue.run(work, partial(_open_campaign, folder), self.opened.emit)

    def create(self, folder, layer, aoi_layer, tile_size_px, and_score, gsd_metres=None, bands=None, **options):
        """Raises LayerProblem where the layers cannot be used."""
        suited = suggestion(layer, aoi_layer)
        if suited.problem:
            raise LayerProblem(suited.problem)
        area, scratch = area_for_engine(aoi_layer)
        options = {
            **options,
            "area": area,
            "gsd_metres": gsd_metres,
            "tile_size_px": tile_size_px or suited.tile_size_px,
        }
        make = partial(self._make, folder, and_score, scratch)
        if is_online(layer):
            self._read(layer, aoi_layer, gsd_metres or suited.gsd_metres, folder, partial(make, options))
        else:
            make({**options, "bands": bands or bands_shown(layer)}, imagery_path(layer))

    def _make(self, folder, and_score, scratch, options, imagery):
        self._work_queue.run(
            Work("create", self.tr("Making the campaign"), can_cancel=False),
            partial(_new_campaign, folder, Path(imagery), options, scratch),
            lambda workspace: self.made.emit(workspace, and_score),
        )

    def _read(self, layer, aoi_layer, gsd_metres, folder, make):
        _check_new(folder)
        path = folder.with_name(f"{folder.name}_imagery.tif")
        self._reading = OnlineReading(layer, aoi_layer, gsd_metres, path, self)
        self._reading.progressed.connect(self._work_queue.progress)
        self._reading.finished.connect(partial(self._end_reading, make))
        self._reading.failed.connect(self._fail)
        self._work_queue.begin(Work("read imagery", self.tr("Reading the online imagery")), self._stop_reading)
        self._reading.start()

    def _end_reading(self, make, path):
        self._forget_reading()
        make(path)

    def _fail(self, text):
        self._forget_reading()
        self.said.emit(Message(Qgis.MessageLevel.Warning, text))

    def _stop_reading(self):
        self._reading.cancel()
        self._forget_reading()
        self.said.emit(
            Message(
                Qgis.MessageLevel.Info,
                self.tr("Stopped. What was read is kept: start again with the same folder and it goes on from there."),
            )
        )

    def _forget_reading(self):
        self._reading.deleteLater()
        self._reading = None
        self._work_queue.end()


def _open_campaign(folder, _):
    """On the engine's thread; with it all is loaded that the main thread asks later."""
    from ...models import loop

    return loop.open_workspace(folder)


def _new_campaign(folder, imagery, options, scratch, _):
    """The workspace; the scratch folder, which holds the area, is then gone. All that the dock asks later is loaded."""
    from ...models import loop

    with scratch:
        return loop.new(folder, imagery, **options)
