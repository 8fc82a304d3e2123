"""A session with the tiny campaign, the tiny campaign for every algorithm, and what the user is told, as lists."""

import sys
import time
from threading import Thread

import pytest
from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSettings,
)
from qgis.PyQt.QtCore import QLocale, QSize
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.plugin.layers.campaign_layers import CampaignLayers
from tiletriage.plugin.session import Session
from tiletriage.tests.plugin.desktop import Desktop
from tiletriage.tests.plugin.hands import UTM_37_S, SessionEars, draw, house_on
from tiletriage.tests.plugin.layers.picture_server import Server


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
def nothing_is_raised_in_a_slot(monkeypatch):
    """PyQt hands what is raised in a slot to ``sys.excepthook``, where a test would not notice it."""
    raised = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: raised.append(error[1]))
    yield
    assert not raised


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
def in_france():
    """Numbers are written with a comma, as QGIS has it set for a user in France."""
    before = QLocale()
    QLocale.setDefault(QLocale("fr_FR"))
    yield
    QLocale.setDefault(before)


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


@pytest.fixture
def project(qgis_new_project, qgis_iface):
    """The empty project; the map shows it in the CRS of the tiny scene."""
    project = QgsProject.instance()
    project.setCrs(UTM_37_S)
    qgis_iface.mapCanvas().setDestinationCrs(UTM_37_S)
    return project


@pytest.fixture
def workspace(tiny_workspace):
    return open_workspace(tiny_workspace)


@pytest.fixture
def layers(project, qgis_iface, workspace):
    """The layers of the tiny campaign, shown."""
    layers = CampaignLayers(qgis_iface)
    layers.show(workspace)
    return layers


@pytest.fixture
def picture(project):
    """What QGIS draws of some layers within bounds in the tiny scene's CRS, 200 px wide."""

    def picture(layers, bounds):
        settings = QgsMapSettings()
        settings.setLayers(layers)
        settings.setDestinationCrs(UTM_37_S)
        settings.setExtent(QgsRectangle(*bounds))
        settings.setOutputSize(QSize(200, 200))
        settings.setBackgroundColor(QColor(0, 0, 0, 0))
        context = QgsExpressionContext()
        context.appendScope(QgsExpressionContextUtils.mapSettingsScope(settings))
        settings.setExpressionContext(context)
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        return job.renderedImage()

    return picture


@pytest.fixture
def painted(picture):
    """How many pixels are not empty when some layers are drawn."""

    def painted(layers, bounds):
        image = picture(layers, bounds)
        return sum(image.pixelColor(x, y).alpha() > 0 for x in range(0, 200, 2) for y in range(0, 200, 2))

    return painted


@pytest.fixture
def desktop(qgis_iface, qgis_new_project):
    QgsSettings().remove("tiletriage")
    yield Desktop(qgis_iface.mapCanvas(), qgis_iface.messageBar())
    QgsSettings().remove("tiletriage")


@pytest.fixture
def session(desktop):
    session = Session(desktop)
    session.ears = SessionEars(session)
    yield session
    session.unload()
    QgsProject.instance().clear()


@pytest.fixture
def wait(session, until):
    """Until the present work has ended."""
    return lambda: until(lambda: session.work is None)


@pytest.fixture
def campaign(session, tiny_workspace, wait):
    """The session with the tiny campaign open."""
    session.open(tiny_workspace)
    wait()
    assert session.is_open
    return session


@pytest.fixture
def scored(campaign, wait):
    """The campaign after scoring."""
    campaign.score("entropy")
    wait()
    return campaign


@pytest.fixture
def annotated(scored):
    """The scored campaign with one tile done and one empty."""
    scored.next_tile()
    draw(house_on(scored.tile))
    scored.finish("done")
    scored.finish("empty")
    scored.leave_tile()
    return scored


@pytest.fixture
def imagery(qgis_new_project, tiny_scene):
    """The tiny scene as the only layer of the project."""
    layer = QgsRasterLayer(str(tiny_scene), "Scene")
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def serve():
    """Starts a server of pictures on this computer, see ``picture_server``."""
    servers = []

    def serve(answers):
        server = Server(answers)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return server

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()
