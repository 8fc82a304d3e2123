"""The ears and hands of a user for tests of the session: what it says, and what is drawn on the map."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsProject, QgsRectangle

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.use_cases.annotate_tile import tile_of

UTM_37_S = QgsCoordinateReferenceSystem("EPSG:32737")


class SessionEars:
    """What a session has said and emitted."""

    def __init__(self, session):
        self.messages, self.signals = [], []
        session.said.connect(self.messages.append)
        for name in ("workspace_changed", "work_changed", "queue_changed", "tile_changed", "versions_changed"):
            getattr(session, name).connect(lambda name=name: self.signals.append(name))
        for name in ("epoch_done", "scored", "fine_tuned", "predicted", "progressed"):
            getattr(session, name).connect(lambda value, name=name: self.signals.append((name, value)))

    @property
    def texts(self):
        return [message.text for message in self.messages]

    def values(self, name):
        return [signal[1] for signal in self.signals if signal[0] == name]


def layer_named(name):
    return QgsProject.instance().mapLayersByName(name)[0]


def draw(*rectangles):
    """Adds rectangles to the layer of the tile under the pencil, as the user would."""
    draw_outlines(*(QgsGeometry.fromRect(QgsRectangle(*rectangle)) for rectangle in rectangles))


def draw_outlines(*outlines):
    drawing = layer_named("Drawing")
    for outline in outlines:
        feature = QgsFeature(drawing.fields())
        feature.setGeometry(outline)
        drawing.addFeature(feature)


def house_on(tile):
    left, bottom, _, _ = tile.bounds
    return left + 5, bottom + 5, left + 15, bottom + 15


def state_of(session, tile_id):
    return tile_of(open_workspace(session.folder), tile_id)[1]
