"""A campaign small enough for every algorithm, and what QGIS tells its user, as lists."""

import shutil

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

from tiletriage.models import loop
from tiletriage.tests.models.conftest import tiny_start, write_labels, write_scene  # noqa: F401

WIDTH, HEIGHT = 384, 256  # 6 x 4 tiles of 64 px


@pytest.fixture(scope="session")
def scene(tmp_path_factory):
    """A GeoTIFF of 6 x 4 tiles of 64 px."""
    return write_scene(tmp_path_factory.mktemp("scene") / "scene.tif", WIDTH, HEIGHT)


@pytest.fixture(scope="session")
def labels(tmp_path_factory):
    """The 20 houses of the scene as GeoPackage."""
    return write_labels(tmp_path_factory.mktemp("labels") / "labels.gpkg", WIDTH, HEIGHT)


@pytest.fixture(scope="session")
def _campaign(tmp_path_factory, scene, tiny_start):  # noqa: F811
    folder = tmp_path_factory.mktemp("campaign") / "campaign"
    loop.new(folder, scene, tile_size_px=64, start=tiny_start, exam_tiles=4)
    return folder


@pytest.fixture
def campaign(tmp_path, _campaign):
    """The folder of a new campaign, a copy for each test."""
    return shutil.copytree(_campaign, tmp_path / "campaign")


class Ears(QgsProcessingFeedback):
    """What was told, and to be cancelled by hand or once the progress is above a percentage."""

    def __init__(self, cancel_above=None):
        super().__init__(False)
        self.infos, self.warnings, self.errors, self.progresses = [], [], [], []
        self._cancel_above = cancel_above

    def pushInfo(self, info):
        self.infos.append(info)

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def reportError(self, error, fatalError=False):
        self.errors.append(error)

    def setProgress(self, progress):
        self.progresses.append(progress)
        if self._cancel_above is not None and progress > self._cancel_above:
            self.cancel()


@pytest.fixture
def feedback():
    return Ears()


@pytest.fixture
def context(qgis_new_project):
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context


@pytest.fixture
def run(context, feedback):
    """Runs an algorithm as Processing does; gives its outputs, or None where it failed (see ``feedback.errors``)."""

    def run(algorithm, feedback=feedback, **parameters):
        algorithm = algorithm.create()
        values = {name: str(value) if hasattr(value, "parts") else value for name, value in parameters.items()}
        outputs, is_fine = algorithm.run(values, context, feedback)
        return outputs if is_fine else None

    return run
