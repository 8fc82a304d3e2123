"""Notices that the user takes a layer of the campaign off the map, and offers to put it back."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsContrastEnhancement,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
)
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..messages import Message


class LayerWatch(QObject):
    """Watches the imagery and the layers of the open campaign."""

    said = pyqtSignal(object)

    def __init__(self, layers, parent=None):
        super().__init__(parent)
        self._layers = layers
        self._imagery = None
        self._missing = set()
        self._look_later = QTimer(self, singleShot=True, interval=0)  # by then all are gone, or the project is another
        self._look_later.timeout.connect(self._look)
        QgsProject.instance().layersRemoved.connect(self._look_soon)
        QgsProject.instance().layersAdded.connect(self._look_soon)

    def begin(self, imagery: Path):
        """Watch the layers of the campaign that is shown, and its imagery, which is put on the map if it is not."""
        self._imagery = imagery
        self._show_imagery()
        self._missing = self._not_there()

    def end(self):
        self._imagery = None

    def put_back(self):
        """Show again what was removed."""
        if self._imagery is None:
            return
        self._layers.put_back()
        self._show_imagery()

    def _show_imagery(self):
        if not self._is_imagery_there():
            layer = QgsRasterLayer(str(self._imagery), self._imagery.stem)
            _stretch(layer)
            QgsProject.instance().addMapLayer(layer, False)
            QgsProject.instance().layerTreeRoot().addLayer(layer)  # below everything

    def _look_soon(self, *_):
        self._look_later.start()

    def _look(self):
        if self._imagery is None:
            return
        missing = self._not_there()
        removed, self._missing = missing - self._missing, missing
        if removed:
            text = self.tr("No longer on the map: {layers}. The work goes on and nothing is lost.")
            text, button = text.format(layers=", ".join(sorted(removed))), self.tr("Put back")
            self.said.emit(Message(Qgis.MessageLevel.Warning, text, button=button, on_click=self.put_back))

    def _not_there(self) -> set[str]:
        missing = set(self._layers.missing())
        return missing if self._is_imagery_there() else missing | {self._imagery.stem}

    def _is_imagery_there(self):
        layers = QgsProject.instance().mapLayers().values()
        return any(isinstance(layer, QgsRasterLayer) and _path(layer) == self._imagery for layer in layers)


def _stretch(layer):
    """Show the values from 2 to 98 % where a few bright roofs would leave the rest nearly black.

    Bytes are made for the eye, and a style that somebody keeps beside the file is theirs.
    """
    if not layer.isValid() or Path(layer.styleURI()).exists():
        return
    if layer.dataProvider().dataType(1) != Qgis.DataType.Byte:
        stretch = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        layer.setContrastEnhancement(stretch, QgsRasterMinMaxOrigin.limitsFromString("CumulativeCut"))


def _path(layer) -> Path | None:
    path = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source()).get("path")
    return Path(path).resolve() if path else None
