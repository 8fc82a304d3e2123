"""Footprints as features of a layer in memory, each with its class."""

from __future__ import annotations

from qgis.core import (
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsExpression,
    QgsFeature,
    QgsGeometry,
    QgsVectorLayer,
)

from ..layers import style
from .footprint import Footprint

CLASS = "class"  # the field


def footprint_layer(name: str, look: str, classes) -> QgsVectorLayer:
    """An empty layer for footprints of these classes, whose form offers them; none in a campaign that maps one."""
    layer = QgsVectorLayer(f"MultiPolygon?field={CLASS}:string", name, "memory")
    style.dress(layer, look, classes)
    form = layer.editFormConfig()
    form.setSuppress(QgsEditFormConfig.SuppressOn)
    layer.setEditFormConfig(form)
    offered = {"map": [{each.name: each.name} for each in classes]}
    layer.setEditorWidgetSetup(0, QgsEditorWidgetSetup("ValueMap" if classes else "Hidden", offered if classes else {}))
    return layer


def draw_class(layer, name: str | None):
    """What is drawn on the layer from now on is of this class."""
    layer.setDefaultValueDefinition(0, QgsDefaultValue(QgsExpression.quotedValue(name) if name else ""))


def feature_of(layer, footprint: Footprint) -> QgsFeature:
    feature, geometry = QgsFeature(layer.fields()), geometry_of(footprint)
    geometry.convertToMultiType()
    feature.setGeometry(geometry)
    feature[CLASS] = footprint.of_class
    return feature


def footprint_of(feature: QgsFeature) -> Footprint:
    """As it is drawn; of several parts it stays one."""
    geometry = feature.geometry()
    parts = geometry.asGeometryCollection()  # also of one that a script has added as a single polygon
    return Footprint(bytes((parts[0] if len(parts) == 1 else geometry).asWkb()), feature[CLASS] or None)


def geometry_of(footprint: Footprint) -> QgsGeometry:
    geometry = QgsGeometry()
    geometry.fromWkb(footprint.wkb)
    return geometry
