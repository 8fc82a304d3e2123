"""The plugin as QGIS sees it: what it adds when switched on, and takes away again when switched off."""

from __future__ import annotations

from qgis.core import QgsApplication


class TileTriage:
    """Adds the Processing provider to the QGIS desktop and to qgis_process."""

    def __init__(self, iface):
        """Takes the desktop's interface, or None under qgis_process."""
        self._iface = iface
        self._provider = None

    def initProcessing(self):
        """Under qgis_process this is all that is called."""
        from .processing.provider import TileTriageProvider

        self._provider = TileTriageProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self):
        self.initProcessing()

    def unload(self):
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
