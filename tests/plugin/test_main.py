import gc
import subprocess
import sys

import pytest
from qgis.core import QgsApplication, QgsSettings
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QTranslator
from qgis.PyQt.QtWidgets import QAction, QDockWidget

import tiletriage


@pytest.fixture
def plugin(desktop):
    plugin = tiletriage.classFactory(desktop)
    plugin.initGui()
    yield plugin
    plugin.unload()
    clear_away()


def clear_away():
    """What Qt deletes later is deleted now."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def all_that_a_plugin_may_add(desktop):
    window = desktop.mainWindow()
    return {
        "providers": {provider.id() for provider in QgsApplication.processingRegistry().providers()},
        "docks": len(window.findChildren(QDockWidget)),
        "actions of the window": len(window.actions()),
        "toolbar": len(desktop.plugins_toolbar.actions()),
        "raster menu": len(desktop.raster_menu.actions()),
        "help menu": len(desktop.help_menu.actions()),
        "shortcuts": len(QgsGui.shortcutsManager().listActions()),
        "options": len(desktop.options_factories),
        "translators": len([each for each in gc.get_objects() if type(each) is QTranslator]),
        "items on the map": len(desktop.mapCanvas().scene().items()),
        "sys.path": list(sys.path),
    }


def test_what_the_plugin_adds_it_takes_away_again_five_times(desktop):
    before = all_that_a_plugin_may_add(desktop)
    for _ in range(5):
        plugin = tiletriage.classFactory(desktop)
        plugin.initGui()
        assert all_that_a_plugin_may_add(desktop) != before
        plugin.unload()
        clear_away()
        del plugin
        assert all_that_a_plugin_may_add(desktop) == before


def test_switching_off_twice_or_without_switching_on_does_no_harm(desktop):
    before = all_that_a_plugin_may_add(desktop)
    plugin = tiletriage.classFactory(desktop)
    plugin.unload()
    plugin.initGui()
    plugin.unload()
    plugin.unload()
    clear_away()
    assert all_that_a_plugin_may_add(desktop) == before


def test_the_button_in_the_toolbar_shows_and_hides_the_dock(desktop, plugin):
    desktop.mainWindow().show()
    dock = desktop.mainWindow().findChild(QDockWidget, "TileTriageDock")
    button = desktop.plugins_toolbar.actions()[0]
    is_shown = dock.isVisible()
    button.trigger()
    assert dock.isVisible() is not is_shown
    button.trigger()
    assert dock.isVisible() is is_shown
    desktop.mainWindow().hide()


def test_dock_and_guide_are_in_the_raster_menu(desktop, plugin):
    submenu = desktop.raster_menu.actions()[0].menu()
    assert submenu.title() == "Tile Triage"
    assert [action.objectName() for action in submenu.actions()] == ["showTileTriage", "showTileTriageGuide"]
    assert "showTileTriageGuide" in [action.objectName() for action in desktop.help_menu.actions()]


def test_the_keys_of_the_annotator_can_be_changed_in_qgis(desktop, plugin):
    manager = QgsGui.shortcutsManager()
    action = desktop.mainWindow().findChild(QAction, "nextTile")
    assert action in manager.listActions()
    assert action in desktop.mainWindow().actions()

    assert action.shortcut().toString() == "Shift+N"


def test_no_two_actions_have_the_same_keys(desktop, plugin):
    keys = [action.shortcut().toString() for action in QgsGui.shortcutsManager().listActions()]
    keys = [each for each in keys if each]
    assert len(keys) == len(set(keys))


@pytest.fixture
def in_french(qgis_app):
    QgsSettings().setValue("locale/overrideFlag", True)
    QgsSettings().setValue("locale/userLocale", "fr")
    yield
    QgsSettings().remove("locale/overrideFlag")
    QgsSettings().remove("locale/userLocale")


def test_the_plugin_speaks_the_language_of_qgis_as_long_as_it_is_switched_on(desktop, in_french):
    plugin, english = tiletriage.classFactory(desktop), "Next tile"
    plugin.initGui()
    french = desktop.mainWindow().findChild(QAction, "nextTile").iconText()
    assert french != english
    assert QCoreApplication.translate("AnnotateActions", english) == french
    plugin.unload()
    clear_away()
    assert QCoreApplication.translate("AnnotateActions", english) == english


def test_loading_the_plugin_imports_nothing_heavy():
    code = (
        "import sys\n"
        "import tiletriage.plugin.main, tiletriage.plugin.session, tiletriage.plugin.dock.dock\n"
        "print({'torch', 'rasterio', 'geopandas', 'shapely', 'pyproj'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "set()"


def test_under_qgis_process_only_the_algorithms_are_added():
    plugin = tiletriage.classFactory(None)
    plugin.initProcessing()
    assert "tiletriage" in {provider.id() for provider in QgsApplication.processingRegistry().providers()}
    plugin.unload()
    assert "tiletriage" not in {provider.id() for provider in QgsApplication.processingRegistry().providers()}
