"""Our layers in the project: each knows its role, so that it is found again, also in a project that was reopened."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt import sip

ROLE = "tiletriage/role"


def layer_in(group, role: str):
    """The layer of a role in a group of the layer tree; None where the user has removed it, or the group."""
    if group is None or sip.isdeleted(group):
        return None
    layers = (node.layer() for node in group.findLayers())
    return next((layer for layer in layers if layer is not None and layer.customProperty(ROLE) == role), None)


def add_to(group, layer, role: str, position: int):
    """Add a layer to the project, inside the group; gives the layer."""
    layer.setCustomProperty(ROLE, role)
    layer.setCustomProperty("skipMemoryLayersCheck", 1)  # or QGIS would ask about its content when it closes
    QgsProject.instance().addMapLayer(layer, False)
    node = group.insertLayer(position, layer)
    for is_expanded in (False, True, False):  # the layer panel may show it unfolded, whatever a new node says
        node.setExpanded(is_expanded)
    return layer


def take_away(layer) -> None:
    if layer is not None:
        QgsProject.instance().removeMapLayer(layer.id())
