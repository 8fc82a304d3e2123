import pytest
from qgis.PyQt.QtWidgets import QAction, QVBoxLayout, QWidget

from tiletriage.plugin.dock.widgets import ActionButton, Notice, Text, allow, icon


@pytest.fixture
def window(qgis_app):
    window = QWidget()
    QVBoxLayout(window)
    return window


def test_a_disabled_button_says_what_stands_in_the_way(window):
    action = QAction(window)
    allow(action, "Do it", "Not now.")
    assert (action.isEnabled(), action.toolTip()) == (False, "Not now.")
    allow(action, "Do it")
    assert (action.isEnabled(), action.toolTip()) == (True, "Do it")


def test_a_button_follows_its_action_and_names_its_keys(window):
    action = QAction("Tile Triage: Next tile", window)
    action.setIconText("Next tile")
    button = ActionButton(action, window)
    assert button.text() == "Next tile"
    allow(action, "Zoom there")
    action.setShortcut("Shift+N")
    assert button.toolTip() == "Zoom there (Shift+N)"
    allow(action, "Zoom there", "No campaign.")
    assert not button.isEnabled() and button.toolTip().startswith("No campaign.")


def test_a_click_triggers_the_action(window):
    action, done = QAction(window), []
    action.triggered.connect(lambda: done.append(True))
    ActionButton(action, window).click()
    assert done == [True]


def test_words_take_no_room_while_there_are_none(window):
    text = Text(parent=window)
    assert text.isHidden()
    text.setText("Something.")
    assert not text.isHidden()


def test_words_that_are_on_no_page_yet_open_no_window(qgis_app):
    assert not Text("Something.").isVisible()
    assert not Notice("mIconWarning", "Something.").isVisible()


@pytest.mark.parametrize("name", ["mIconSuccess", "mIconWarning", "mActionPropertiesWidget", "heatmap"])
def test_icons_come_from_the_theme_of_qgis(qgis_app, name):
    assert not icon(name).pixmap(16, 16).isNull()
