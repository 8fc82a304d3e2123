"""Clicks for the dock; the session and the tiny campaign are those of the whole plugin."""

import pytest
from qgis.PyQt.QtWidgets import QPushButton


@pytest.fixture
def press():
    """Clicks on the button of that name, which must be enabled."""

    def press(widget, name):
        button = widget.findChild(QPushButton, name)
        assert button.isEnabled(), button.toolTip()
        button.click()

    return press
