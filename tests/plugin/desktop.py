"""The interface of the QGIS desktop, as far as the plugin adds something to it, with real menus, toolbars and docks."""

from __future__ import annotations

from pytest_qgis.qgis_interface import QgisInterface
from qgis.core import QgsMapLayer
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QMainWindow, QMenu, QToolBar


class Desktop(QgisInterface):
    """Adds and removes what QGIS itself would: see QgisInterface for the rest."""

    currentLayerChanged = pyqtSignal(QgsMapLayer)  # noqa: N815 - the name that QGIS gives it

    def __init__(self, canvas, message_bar):
        super().__init__(canvas, message_bar, QMainWindow())
        self.raster_menu, self.help_menu = QMenu("Raster"), QMenu("Plugins")
        self.plugins_toolbar = QToolBar(self.mainWindow())
        self.options_factories = []

    def addToolBarIcon(self, action):
        self.plugins_toolbar.addAction(action)

    def removeToolBarIcon(self, action):
        self.plugins_toolbar.removeAction(action)

    def addPluginToRasterMenu(self, name, action):
        known = [menu for menu in self.raster_menu.findChildren(QMenu) if menu.title() == name]
        (known[0] if known else self.raster_menu.addMenu(name)).addAction(action)

    def removePluginRasterMenu(self, name, action):
        menu = next(menu for menu in self.raster_menu.findChildren(QMenu) if menu.title() == name)
        menu.removeAction(action)
        if not menu.actions():
            self.raster_menu.removeAction(menu.menuAction())
            menu.setParent(None)

    def pluginHelpMenu(self):
        return self.help_menu

    def addDockWidget(self, area, dock_widget):
        self.mainWindow().addDockWidget(area, dock_widget)

    def removeDockWidget(self, dockwidget):
        self.mainWindow().removeDockWidget(dockwidget)

    def registerMainWindowAction(self, action, default_shortcut):
        return QgsGui.shortcutsManager().registerAction(action, default_shortcut)

    def unregisterMainWindowAction(self, action):
        return QgsGui.shortcutsManager().unregisterAction(action)

    def registerOptionsWidgetFactory(self, factory):
        self.options_factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory):
        self.options_factories.remove(factory)
