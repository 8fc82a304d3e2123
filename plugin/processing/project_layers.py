"""Files that the engine has written as layers of the project, in the styles that ship."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputLayerDefinition,
)
from qgis.PyQt import sip

from ..layers import style as styles


class ShippedStyle(QgsProcessingLayerPostProcessorInterface):
    """Dresses a layer when Processing adds it to the project."""

    _waiting: ClassVar = []  # QGIS keeps and deletes the C++ half alone: without a reference the Python half is lost

    def __init__(self, file_name):
        super().__init__()
        self._waiting.append(self)
        self._style = file_name

    def postProcessLayer(self, layer, context, feedback):
        styles.dress(layer, self._style)
        self._waiting.remove(self)


def show(context, source, name, output, style):
    """On the main thread: have a layer added to the project, or drawn anew where it is there already."""
    project = context.project()
    if project is None:
        return
    shown = [layer for layer in project.mapLayers().values() if layer.source() == source]
    for layer in shown:
        layer.dataProvider().reloadData()
        layer.triggerRepaint()
    if not shown:
        details = QgsProcessingContext.LayerDetails(name, project, output)
        _set_style(details, style)
        context.addLayerToLoadOnCompletion(source, details)


def destination_file(value, context):
    """The file that a parameter for a new layer names, or None; QGIS itself would write over anything there."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink.valueAsString(context.expressionContext(), "")[0]
    if not value or not isinstance(value, str) or value == QgsProcessing.TEMPORARY_OUTPUT:
        return None
    in_database = re.match("ogr:dbname='([^']*)'", value)
    return Path(in_database[1] if in_database else value.partition("|")[0]).expanduser()


def load_instead(context, source, other):
    """On the main thread: have Processing load another source than the one it is about to load."""
    details = context.layersToLoadOnCompletion()
    if source in details:
        details[other] = details.pop(source)
        context.setLayersToLoadOnCompletion(details)


def dress(context, source, style):
    """On the main thread: give a layer that Processing is about to load its style."""
    if context.willLoadLayerOnCompletion(source):
        _set_style(context.layerToLoadOnCompletionDetails(source), style)


def _set_style(details, style):
    dresser = ShippedStyle(style)
    sip.transferto(dresser, None)  # the context deletes it
    details.setPostProcessor(dresser)
