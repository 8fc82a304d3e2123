"""Clicks for the dock; the session and the tiny campaign are those of the whole plugin."""

import gc

import pytest
from qgis.PyQt.QtWidgets import QPushButton


@pytest.fixture(autouse=True)
def _widgets_go_with_their_test():
    """A page without a window hears of layers until Python collects it, which may be while it answers."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture
def press():
    """Clicks on the button of that name, which must be enabled."""

    def press(widget, name):
        button = widget.findChild(QPushButton, name)
        assert button.isEnabled(), button.toolTip()
        button.click()

    return press
