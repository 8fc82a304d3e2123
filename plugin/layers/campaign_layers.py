"""The campaign on the map: its group of layers in the project."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsProviderRegistry,
    QgsRectangle,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from . import style
from .project_group import ROLE, add_to, layer_in, take_away
from .scoring_layer import SCORING, ScoringLayer

CAMPAIGN, TILES, FOOTPRINTS, PREDICTED = "campaign", "tiles", "footprints", "predicted"  # roles of group and layers
ROOM_AROUND = 1.15  # the tile and a little of its neighbours


class CampaignLayers(QObject):
    """Shows what the engine has written; the user may remove any of it without harm."""

    def __init__(self, iface):
        super().__init__()
        self._iface = iface
        self._group = self._workspace = None
        self._classes = ()
        self._scoring = ScoringLayer(self)

    @property
    def group(self):
        """The campaign's group in the layer tree; None where it is not shown."""
        return None if self._group is None or sip.isdeleted(self._group) else self._group

    @property
    def tiles_layer(self):
        return layer_in(self.group, TILES)

    @property
    def footprints_layer(self):
        return layer_in(self.group, FOOTPRINTS)

    def show(self, workspace, classes=()):
        """Add the tiles and the footprints of a campaign, or adopt those that a reopened project brought.

        Footprints of several ``classes`` are shown in their colours.
        """
        self.remove()
        self._workspace, self._classes = workspace, classes
        self.put_back()
        self.clear_painting()

    def put_back(self):
        """Show again what the user has removed."""
        campaign = self._workspace.campaign
        self._group = self.group or _group_of(campaign) or self._make_group(self._workspace.folder.name)
        for role, title in self._titles().items():
            self._show_layer(campaign, role, title)

    def missing(self) -> list[str]:
        """The names of the layers that the user has removed."""
        return [title for role, title in self._titles().items() if layer_in(self.group, role) is None]

    def remove(self):
        """Take the layers away, and the group unless the user has put something of his own into it."""
        if self.group is None:
            return
        self.clear_painting()
        for node in self.group.findLayers():
            if node.layer() is not None and node.layer().customProperty(ROLE):
                take_away(node.layer())
        if not self.group.children():
            self.group.parent().removeChildNode(self.group)
        self._group = None

    def refresh(self):
        """The engine has written tiles or footprints: read and draw them anew. What is painted stays."""
        for layer in (self.tiles_layer, self.footprints_layer):
            if layer is not None:
                _read_anew(layer)
        self._scoring.drop_annotated(self.group, self.tiles_layer)

    def paint(self, values, bounds):
        """Show the provisional priority, 0..1 by tile id, of tiles scored just now; bounds are in the grid's CRS."""
        if self.tiles_layer is not None:
            self._show_tiles(True)
            self._scoring.paint(self.group, self.tiles_layer, values, bounds)

    def clear_painting(self):
        """Scoring has ended: show what is in the tiles layer."""
        self._scoring.clear(self.group, self.tiles_layer)

    def set_opacity(self, opacity: float):
        """From 0, where only the imagery is seen, to 1."""
        for layer in (self.tiles_layer, layer_in(self.group, SCORING)):
            if layer is not None:
                layer.setOpacity(opacity)
                layer.triggerRepaint()

    def zoom_to_tile(self, bounds, crs):
        self._zoom(QgsRectangle(*bounds), crs)

    def zoom_to_campaign(self):
        if self.tiles_layer is not None:
            self._zoom(self.tiles_layer.extent(), self.tiles_layer.crs())

    def visible_bounds(self, crs):
        """What the map shows, as bounds in a CRS; None where that is nowhere in it."""
        extent = self._iface.mapCanvas().extent()
        try:
            seen = self._to_map(crs).transformBoundingBox(extent, Qgis.TransformDirection.Reverse)
        except QgsCsException:
            return None
        return None if seen.isEmpty() else (seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum())

    def add_footprints(self, path, title: str):
        """Show predicted footprints without the tiles; the layer of a file that was written again is read anew."""
        if self.group is None:
            self.put_back()
        self._show_tiles(False)
        layer = next((shown for shown in _layers_of(self.group, PREDICTED) if _path(shown) == _resolved(path)), None)
        if layer is not None:
            layer.setName(title)
            _read_anew(layer)
            return
        of_several = f"|layername={FOOTPRINTS}" if path.suffix.lower() == ".gpkg" else ""
        layer = style.unstyled(f"{path}{of_several}", title)
        style.dress(layer, style.FOOTPRINTS, self._classes)
        add_to(self.group, layer, PREDICTED, self._position(SCORING, TILES))

    def _titles(self):
        """The names of the layers by their role, the lower one first."""
        return {TILES: self.tr("Tiles"), FOOTPRINTS: self.tr("Footprints")}

    def _show_layer(self, path, role, title):
        layer, look = layer_in(self.group, role), {TILES: style.TILES, FOOTPRINTS: style.FOOTPRINTS}[role]
        if layer is not None:
            style.disarm(layer, look)
        else:
            layer = style.unstyled(f"{path}|layername={role}", title)
            style.dress(layer, look, self._classes if role == FOOTPRINTS else ())
            add_to(self.group, layer, role, self._position(PREDICTED, TILES))
        layer.setReadOnly(True)

    def _show_tiles(self, is_shown):
        node = self.group.findLayer(self.tiles_layer) if self.tiles_layer is not None else None
        if node is not None:
            node.setItemVisibilityChecked(is_shown)

    def _position(self, *below):
        """Above the layers of these roles, or at the end."""
        roles = [node.layer() and node.layer().customProperty(ROLE) for node in self.group.findLayers()]
        return next((position for position, role in enumerate(roles) if role in below), len(roles))

    def _make_group(self, name):
        group = QgsProject.instance().layerTreeRoot().insertGroup(0, self.tr("Tile Triage: {name}").format(name=name))
        group.setCustomProperty(ROLE, CAMPAIGN)
        return group

    def _zoom(self, extent, crs):
        canvas = self._iface.mapCanvas()
        extent.scale(ROOM_AROUND)
        canvas.setExtent(self._to_map(crs).transformBoundingBox(extent))
        canvas.refresh()

    def _to_map(self, crs):
        canvas_crs = self._iface.mapCanvas().mapSettings().destinationCrs()
        return QgsCoordinateTransform(crs, canvas_crs, QgsProject.instance())


def _group_of(campaign: Path):
    """The group of a campaign that is in the project already."""
    for group in QgsProject.instance().layerTreeRoot().findGroups(True):
        tiles = layer_in(group, TILES) if group.customProperty(ROLE) == CAMPAIGN else None
        if tiles is not None and _path(tiles) == _resolved(campaign):
            return group
    return None


def _layers_of(group, role):
    layers = (node.layer() for node in group.findLayers())
    return [layer for layer in layers if layer is not None and layer.customProperty(ROLE) == role]


def _path(layer) -> Path:
    return _resolved(QgsProviderRegistry.instance().decodeUri("ogr", layer.source())["path"])


def _resolved(path) -> Path:
    return Path(path).resolve()


def _read_anew(layer):
    layer.dataProvider().reloadData()
    layer.updateExtents()
    layer.triggerRepaint()
