"""The tiny campaign for every algorithm, and what QGIS tells its user, as lists."""

import time

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject
from qgis.PyQt.QtWidgets import QApplication


class Ears(QgsProcessingFeedback):
    """Keeps what it is told."""

    def __init__(self):
        super().__init__(False)
        self.infos, self.warnings, self.errors, self.progresses = [], [], [], []

    def pushInfo(self, info):
        self.infos.append(info)

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def reportError(self, error, fatalError=False):
        self.errors.append(error)

    def setProgress(self, progress):
        self.progresses.append(progress)


@pytest.fixture
def until(qgis_app):
    """Lets QGIS work until something is so."""

    def until(is_so, seconds=60):
        end = time.monotonic() + seconds
        while not is_so():
            assert time.monotonic() < end, "it did not come to that"
            QApplication.processEvents()
            time.sleep(0.005)

    return until


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

    def run(algorithm, **parameters):
        algorithm = algorithm.create()
        values = {name: str(value) if hasattr(value, "parts") else value for name, value in parameters.items()}
        outputs, is_fine = algorithm.run(values, context, feedback)
        return outputs if is_fine else None

    return run
