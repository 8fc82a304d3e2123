"""The styles that ship, in the user's language."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from pathlib import Path

from qgis.core import (
    QgsExpression,
    QgsMapLayer,
    QgsProperty,
    QgsReadWriteContext,
    QgsRenderContext,
    QgsRuleBasedRenderer,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from qgis.PyQt.QtXml import QDomDocument

STYLES = Path(__file__).parents[2] / "resources" / "styles"
TILES, FOOTPRINTS, DRAFTS, DRAWING = "tiles.qml", "footprints.qml", "drafts.qml", "drawing.qml"
KIND = QgsMapLayer.StyleCategory
PROPERTY = QgsSymbolLayer.Property
LOOK = KIND.Symbology | KIND.Labeling | KIND.Rendering
ARMS = (  # what can run, ask or show something; not the custom properties, by which our layers are known
    *(KIND.LayerConfiguration, KIND.Fields, KIND.Forms, KIND.Actions, KIND.MapTips, KIND.Diagrams),
    *(KIND.AttributeTable, KIND.GeometryOptions, KIND.Relations, KIND.Temporal, KIND.Legend),
)

# What the styles say: the labels of their rules, and what is marked with /*tr*/ in their map tips.
PHRASES = (
    QT_TRANSLATE_NOOP("styles", "the first fifth: annotate first"),
    QT_TRANSLATE_NOOP("styles", "the second fifth"),
    QT_TRANSLATE_NOOP("styles", "the third fifth"),
    QT_TRANSLATE_NOOP("styles", "the fourth fifth"),
    QT_TRANSLATE_NOOP("styles", "the last fifth of the queue: can wait"),
    QT_TRANSLATE_NOOP("styles", "not scored yet"),
    QT_TRANSLATE_NOOP("styles", "done"),
    QT_TRANSLATE_NOOP("styles", "empty: nothing to map there"),
    QT_TRANSLATE_NOOP("styles", "skipped"),
    QT_TRANSLATE_NOOP("styles", "bad imagery"),
    QT_TRANSLATE_NOOP("styles", "exam tile"),
    QT_TRANSLATE_NOOP("styles", "exam tile, annotated"),
    QT_TRANSLATE_NOOP("styles", "assigned or in progress"),
    QT_TRANSLATE_NOOP("styles", "the next 20 tiles"),
    QT_TRANSLATE_NOOP("styles", "border of a tile, seen from close by"),
    QT_TRANSLATE_NOOP("styles", "rank"),
    QT_TRANSLATE_NOOP("styles", "tile"),
    QT_TRANSLATE_NOOP("styles", "assigned"),
    QT_TRANSLATE_NOOP("styles", "in progress"),
    QT_TRANSLATE_NOOP("styles", "waits to be annotated for the exam"),
    QT_TRANSLATE_NOOP("styles", "waits to be annotated"),
    QT_TRANSLATE_NOOP("styles", "scored just now: its rank comes when all tiles are scored"),
    QT_TRANSLATE_NOOP("styles", "expected IoU"),
    QT_TRANSLATE_NOOP("styles", "annotated by"),
    QT_TRANSLATE_NOOP("styles", "the model is unsure here (entropy {n})"),
    QT_TRANSLATE_NOOP("styles", "the model is unsure here (margin {n})"),
    QT_TRANSLATE_NOOP("styles", "expected IoU {n}"),
    QT_TRANSLATE_NOOP("styles", "{n} % of what is probably wrong on the map lies here"),
    QT_TRANSLATE_NOOP("styles", "it helps to cover every kind of tile"),
    QT_TRANSLATE_NOOP("styles", "drawn by chance"),
    QT_TRANSLATE_NOOP("styles", "nothing is labelled yet"),
    QT_TRANSLATE_NOOP("styles", "nothing like it is labelled yet"),
    QT_TRANSLATE_NOOP("styles", "mostly {what}"),
    QT_TRANSLATE_NOOP("styles", "little like it is labelled yet"),
    QT_TRANSLATE_NOOP("styles", "much like it is labelled already"),
    QT_TRANSLATE_NOOP("styles", "drawn by a person"),
    QT_TRANSLATE_NOOP("styles", "drawn by the model"),
    QT_TRANSLATE_NOOP("styles", "drawn by the model, likely right: confidence 0.7 or more"),
    QT_TRANSLATE_NOOP("styles", "drawn by the model, may be right: confidence 0.4 to 0.7"),
    QT_TRANSLATE_NOOP("styles", "drawn by the model, likely wrong: confidence below 0.4"),
    QT_TRANSLATE_NOOP("styles", "drawn by"),
    QT_TRANSLATE_NOOP("styles", "a person"),
    QT_TRANSLATE_NOOP("styles", "confidence"),
    QT_TRANSLATE_NOOP("styles", "draft of the model: accept it, or leave it"),
)


def unstyled(source: str, name: str):
    """A layer of a file that may come from a stranger: QGIS would load the style that the file keeps for it, with its
    actions, the code of its form and its expressions."""
    options = QgsVectorLayer.LayerOptions()
    options.loadDefaultStyle = False
    return QgsVectorLayer(source, name, "ogr", options)


def dress(layer, style: str, classes=()) -> None:
    """Give a layer one of the styles that ship, and nothing of another one: loadNamedStyle would rather take the one
    that the layer's file keeps. Of several classes each is shown in its colour."""
    _undress(layer)
    document = _document(style)
    layer.importNamedStyle(document)
    renderer = layer.renderer()
    if isinstance(renderer, QgsRuleBasedRenderer):
        for rule in renderer.rootRule().children():
            rule.setLabel(_translated(rule.label()))
    _translate_tip(layer)
    if len(classes) > 1:
        _colour_by_class(layer, classes)
    layer.triggerRepaint()


def disarm(layer, style: str) -> None:
    """Leave a layer of a reopened project the look that it has, and take away what it could run or show unasked."""
    look = QDomDocument()
    layer.exportNamedStyle(look, QgsReadWriteContext(), LOOK)
    _undress(layer)
    layer.importNamedStyle(look, LOOK)
    layer.importNamedStyle(_document(style), QgsMapLayer.StyleCategory.MapTips)
    _translate_tip(layer)


def _undress(layer) -> None:
    """No style, no actions, no form, no expressions: as a layer is that has only just been made."""
    if layer.providerType() == "ogr":
        plain = QDomDocument()
        unstyled(layer.source(), "plain").exportNamedStyle(plain)
        layer.importNamedStyle(plain, reduce(or_, ARMS, LOOK))


def _colour_by_class(layer, classes) -> None:
    """In each symbol the lines and fills that have a colour of their own take that of the class."""
    colours = ", ".join(f"{QgsExpression.quotedValue(each.name)}, '{each.colour}'" for each in classes)
    of_class = f"map_get(map({colours}), attribute($currentfeature, 'class'))"
    renderer = layer.renderer().clone()
    for symbol in renderer.symbols(QgsRenderContext()):
        fill, _, line = symbol.symbolLayers()
        alpha = fill.color().alpha()
        fill.setDataDefinedProperty(
            PROPERTY.PropertyFillColor, QgsProperty.fromExpression(f"set_color_part({of_class}, 'alpha', {alpha})")
        )
        line.setDataDefinedProperty(PROPERTY.PropertyStrokeColor, QgsProperty.fromExpression(of_class))
    layer.setRenderer(renderer)


def _document(style: str) -> QDomDocument:
    document = QDomDocument()
    document.setContent((STYLES / style).read_text(encoding="utf-8"))
    return document


def _translate_tip(layer) -> None:
    layer.setMapTipTemplate(re.sub(r"/\*tr\*/'([^']*)'", _quoted, layer.mapTipTemplate()))


def _translated(phrase: str) -> str:
    return QCoreApplication.translate("styles", phrase)


def _quoted(marked: re.Match) -> str:
    """A translation as a string of QGIS's expressions."""
    return "'" + _translated(marked[1]).replace("'", "''") + "'"
