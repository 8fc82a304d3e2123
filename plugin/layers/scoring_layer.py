"""The heatmap while it comes into being: tiles are painted as soon as they are scored."""

from __future__ import annotations

from qgis.core import QgsFeature, QgsFeatureRequest, QgsGeometry, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer

from . import style
from .project_group import add_to, layer_in, take_away

SCORING = "scoring"  # its role
REPAINT_EVERY_MS = 400
RANKING = ("{priority-5}", "{priority-4}", "{priority-3}", "{priority-2}", "{priority-1}", "{next}")  # keys of rules
WAITING = "\"split\" = 'training' AND \"state\" IN ('pool', 'assigned', 'in progress')"


class ScoringLayer(QObject):
    """A layer in memory over the tiles layer, in the same colours; the last ranking is hidden meanwhile."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self._fids = {}
        self._timer = QTimer(self, singleShot=True, interval=REPAINT_EVERY_MS)
        self._timer.timeout.connect(self._repaint)
        self._group = None

    def paint(self, group, tiles, values, bounds):
        """Take up tiles scored just now; those that do not wait to be annotated keep the colour of their state."""
        layer = layer_in(group, SCORING) or self._begin(group, tiles)
        priority = layer.fields().indexOf("priority")
        provider = layer.dataProvider()
        seen_again = {self._fids[tile]: {priority: values[tile]} for tile in values if tile in self._fids}
        provider.changeAttributeValues(seen_again)
        new = [tile for tile in _waiting_among(tiles, values) if tile not in self._fids]
        _, features = provider.addFeatures([_painted(layer, tile, values[tile], bounds[tile]) for tile in new])
        self._fids.update((feature["tile_id"], feature.id()) for feature in features)
        if not self._timer.isActive():
            self._timer.start()

    def drop_annotated(self, group, tiles):
        """Tiles that were finished while scoring goes on show their state."""
        layer = layer_in(group, SCORING)
        if layer is not None and tiles is not None:
            finished = self._fids.keys() & _ids(tiles, f"NOT ({WAITING})")
            layer.dataProvider().deleteFeatures([self._fids.pop(tile) for tile in finished])
            layer.triggerRepaint()

    def clear(self, group, tiles):
        """The ranking is known, or scoring was stopped: back to what is in the tiles layer."""
        self._timer.stop()
        self._fids.clear()
        take_away(layer_in(group, SCORING))
        if tiles is not None:
            show_ranking(tiles, True)

    def _begin(self, group, tiles):
        self._fids.clear()
        show_ranking(tiles, False)
        layer = QgsVectorLayer("Polygon", self.tr("Scoring"), "memory")
        layer.setCrs(tiles.crs())
        layer.dataProvider().addAttributes(tiles.fields().toList())
        layer.updateFields()
        style.dress(layer, style.TILES)
        layer.setReadOnly(True)
        layer.setOpacity(tiles.opacity())
        self._group = group
        position = [node.layer() for node in group.findLayers()].index(tiles)
        self._timer.setInterval(0)  # the first tiles at once
        return add_to(group, layer, SCORING, position)

    def _repaint(self):
        self._timer.setInterval(REPAINT_EVERY_MS)
        layer = layer_in(self._group, SCORING)
        if layer is not None:
            layer.updateExtents()
            layer.triggerRepaint()


def show_ranking(tiles, is_shown: bool):
    """Show or hide what the last scoring said, in the tiles layer."""
    rules = getattr(tiles.renderer(), "rootRule", list)()
    for rule in rules.children() if rules else []:  # the user may have chosen another style
        if rule.ruleKey() in RANKING:
            rule.setActive(is_shown)
    tiles.setLabelsEnabled(is_shown)
    tiles.triggerRepaint()


def _painted(layer, tile_id, priority, bounds) -> QgsFeature:
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(*bounds)))
    feature["tile_id"], feature["priority"], feature["state"] = tile_id, priority, "pool"
    return feature


def _waiting_among(tiles, tile_ids) -> set[str]:
    named = ", ".join(f"'{tile_id}'" for tile_id in tile_ids)
    return _ids(tiles, f'"tile_id" IN ({named}) AND {WAITING}')


def _ids(tiles, expression) -> set[str]:
    request = QgsFeatureRequest().setFilterExpression(expression).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes(["tile_id"], tiles.fields())
    return {feature["tile_id"] for feature in tiles.getFeatures(request)}
