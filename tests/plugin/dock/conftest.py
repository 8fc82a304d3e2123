"""A session with the tiny campaign, in a desktop whose project is empty."""

import time

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsSettings
from qgis.PyQt.QtWidgets import QApplication, QPushButton

from tiletriage.plugin.session import Session
from tiletriage.tests.plugin.desktop import Desktop


@pytest.fixture
def desktop(qgis_iface, qgis_new_project):
    QgsSettings().remove("tiletriage")
    yield Desktop(qgis_iface.mapCanvas(), qgis_iface.messageBar())
    QgsSettings().remove("tiletriage")


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
def session(desktop):
    session = Session(desktop)
    session.messages = []
    session.said.connect(lambda message: session.messages.append(message.text))
    yield session
    session.unload()


@pytest.fixture
def campaign(session, tiny_workspace, until):
    """The session with the tiny campaign open."""
    session.open(tiny_workspace)
    until(lambda: session.is_open and session.work is None)
    return session


@pytest.fixture
def scored(campaign, until):
    """The campaign after scoring."""
    campaign.score("entropy")
    until(lambda: campaign.work is None)
    return campaign


@pytest.fixture
def imagery(qgis_new_project, tiny_scene):
    """The tiny scene as the only layer of the project."""
    layer = QgsRasterLayer(str(tiny_scene), "tiny scene")
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def press():
    """Clicks on the button of that name, which must be enabled."""

    def press(widget, name):
        button = widget.findChild(QPushButton, name)
        assert button.isEnabled(), button.toolTip()
        button.click()

    return press
