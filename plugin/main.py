"""The plugin as QGIS sees it: what it adds when switched on, and takes away again when switched off."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QTranslator, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import QAction

RESOURCES = Path(__file__).parents[1] / "resources"
ICON = RESOURCES / "icons" / "tiletriage.svg"
GUIDE = RESOURCES / "help" / "index.html"
MENU = "Tile Triage"


class TileTriage:
    """Adds the dock with its actions to the QGIS desktop, and the Processing provider also to qgis_process."""

    def __init__(self, iface):
        """Takes the desktop's interface, or None under qgis_process."""
        self._iface = iface
        self._undo = []  # how to take away what was added, in the order of adding

    def initProcessing(self):
        """Under qgis_process this is all that is called."""
        from .processing.provider import TileTriageProvider

        self._translate()
        provider = TileTriageProvider()
        registry = QgsApplication.processingRegistry()
        registry.addProvider(provider)
        self._undo.append(lambda: registry.removeProvider(provider))

    def initGui(self):
        self.initProcessing()
        self._owner = QObject()  # of all that has no other owner
        self._undo.append(self._owner.deleteLater)
        session = self._open_session()
        dock = self._add_dock(session)
        self._add_menus(dock)
        self._add_keys(dock.annotate_actions)
        self._add_options_page()

    def unload(self):
        """Take everything away, the last thing first."""
        while self._undo:
            self._undo.pop()()

    def _translate(self):
        translator = QTranslator()
        if translator.load(f"tiletriage_{QgsApplication.locale()}", str(RESOURCES / "i18n")):
            QCoreApplication.installTranslator(translator)
            self._undo.append(lambda: QCoreApplication.removeTranslator(translator))

    def _open_session(self):
        from .messages import show_message
        from .session import Session

        session = Session(self._iface)
        session.said.connect(partial(show_message, self._iface))
        self._undo.append(session.deleteLater)
        self._undo.append(session.unload)
        return session

    def _add_dock(self, session):
        from .dock.dock import TileTriageDock

        iface = self._iface
        dock = TileTriageDock(session, iface.mainWindow())
        iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self._undo.append(dock.deleteLater)
        self._undo.append(lambda: iface.removeDockWidget(dock))
        dock.guide_wanted.connect(show_guide)
        iface.currentLayerChanged.connect(dock.prefer_imagery)
        self._undo.append(lambda: iface.currentLayerChanged.disconnect(dock.prefer_imagery))
        dock.prefer_imagery(iface.activeLayer())
        return dock

    def _add_menus(self, dock):
        iface = self._iface
        show = QAction(QIcon(str(ICON)), _tr("Tile Triage panel"), self._owner)
        show.setObjectName("showTileTriage")
        show.setToolTip(_tr("Tile Triage: which tiles of your imagery to annotate next"))
        show.setCheckable(True)
        dock.setToggleVisibilityAction(show)
        iface.addToolBarIcon(show)
        self._undo.append(lambda: iface.removeToolBarIcon(show))
        guide = QAction(QgsApplication.getThemeIcon("/mActionHelpContents.svg"), _tr("Tile Triage guide"), self._owner)
        guide.setObjectName("showTileTriageGuide")
        guide.triggered.connect(show_guide)
        for action in (show, guide):
            iface.addPluginToRasterMenu(MENU, action)
            self._undo.append(partial(iface.removePluginRasterMenu, MENU, action))
        iface.pluginHelpMenu().addAction(guide)
        self._undo.append(lambda: iface.pluginHelpMenu().removeAction(guide))

    def _add_keys(self, actions):
        """Keys that work wherever the mouse is, and that can be changed in Settings > Keyboard Shortcuts."""
        iface = self._iface
        for action, keys in actions.default_keys.items():
            iface.registerMainWindowAction(action, keys)
            iface.mainWindow().addAction(action)
            self._undo.append(partial(iface.mainWindow().removeAction, action))
            self._undo.append(partial(iface.unregisterMainWindowAction, action))

    def _add_options_page(self):
        from .options_page import OptionsPageFactory

        factory = OptionsPageFactory()
        self._iface.registerOptionsWidgetFactory(factory)
        self._undo.append(lambda: self._iface.unregisterOptionsWidgetFactory(factory))


def show_guide(*_):
    """Open the guide in the browser."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(GUIDE)))


def _tr(text):
    return QCoreApplication.translate("TileTriage", text)
