"""What is drawn on the tile that is annotated, and what the model offers there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from qgis.core import QgsCoordinateTransform, QgsExpressionContextUtils, QgsMessageLog, QgsProject, QgsRectangle
from qgis.gui import QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..layers import style
from ..layers.campaign_layers import FOOTPRINTS
from ..layers.project_group import add_to, layer_in, take_away
from . import autosave
from .autosave import Unfinished
from .draft_offer import DraftOffer
from .draft_picker import DraftPicker
from .footprint import Footprint
from .footprint_layer import CLASS, draw_class, feature_of, footprint_layer, footprint_of
from .snapping import Snapping

DRAWING, DRAFTS = "drawing", "drafts"  # roles of layers
AUTOSAVE_AFTER_MS = 1000


class Drawing(QObject):
    """The layer ``Drawing`` (in memory, editable) and the model's ``Drafts`` (in memory, dashed), on top of a group.

    Every change is soon in the autosave file too, and taken up again when the same tile begins: a tile that is not
    finished survives a crash. Whoever finishes a tile deletes the file.
    """

    changed = pyqtSignal()
    restored = pyqtSignal()  # the user had removed the layer
    missed = pyqtSignal()  # the user has clicked where no draft is

    def __init__(self, iface, group, classes=()):
        """``classes`` are those of a campaign that maps several; in another one footprints have none."""
        super().__init__()
        self._iface = iface
        self._group = group
        self._classes = classes
        self.drawn_class = classes[0].name if classes else None
        self._offer = DraftOffer(self.tr("Accept drafts"))
        self._snapping = Snapping()
        self._picker = DraftPicker(iface.mapCanvas())
        self._picker.setParent(self)
        self._picker.picked.connect(self._accept_picked)
        self._tool = self._tile = self._layer_id = None
        self.unfinished = Unfinished([], None, [])  # but for what is drawn, see ``footprints``
        self._is_discarded = False
        for role in (DRAWING, DRAFTS):  # of a project that was reopened: empty, and perhaps of other classes
            take_away(layer_in(group, role))
        QgsProject.instance().layersWillBeRemoved["QStringList"].connect(self._keep_from_loss)
        self._timer = QTimer(self, singleShot=True, interval=AUTOSAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)

    @property
    def is_drawing(self) -> bool:
        return self._tile is not None

    @property
    def count(self) -> int:
        return len(self.footprints())

    @property
    def draft_count(self) -> int:
        return len(self._offered())

    def begin(
        self,
        tile_id: str,
        bounds,
        crs,
        existing: list[Footprint],
        drafts: list[Footprint],
        path: Path,
        after: str | None = None,
    ):
        """Take up a tile: its labels, or what was drawn on it before, and drafts.

        ``path`` is that of the autosave file, ``after`` the finish that the labels come from (see ``Unfinished``).
        """
        self.end()
        self.unfinished = autosave.read(path, tile_id) or Unfinished(existing, after, existing)
        self._tile = (tile_id, bounds, crs, path)
        layer = self._drawing_layer(crs)
        _empty(layer)
        layer.dataProvider().addFeatures([feature_of(layer, footprint) for footprint in self.unfinished.drawn])
        layer.updateExtents()
        layer.startEditing()
        is_same = set(existing) == set(self.unfinished.existing)
        self._hide_labels(bounds if is_same else None)  # else somebody else has drawn there meanwhile
        self.set_drafts(drafts)
        self._iface.setActiveLayer(layer)
        self._snapping.switch_on()
        self._restore_tool()
        layer.triggerRepaint()

    def set_drafts(self, drafts: list[Footprint]):
        """Offer these drafts, except where something is drawn already."""
        if self.is_drawing:
            self._offer.replace(drafts, self.footprints())
            self.unfinished.offered += [draft for draft in self._offer.drafts if draft not in self.unfinished.offered]
            self._show_drafts()
            self.changed.emit()

    def draw_class(self, name: str) -> int:
        """What is drawn from now on is of this class, and so is what is selected on the layer; gives how many."""
        self.drawn_class = name
        layer, selected = self._layer, []
        if layer is not None and self.is_drawing:
            draw_class(layer, name)
            selected = layer.selectedFeatureIds()
            self._reclassify(layer, selected)
        self.changed.emit()
        return len(selected)

    def accept_all(self):
        self._accept(self._offered())

    def accept_at(self, point) -> bool:
        """Accept the draft at a point in the map's CRS; False where there is none."""
        layer = self._layer
        if layer is None:
            return False
        map_crs = self._iface.mapCanvas().mapSettings().destinationCrs()
        place = QgsCoordinateTransform(map_crs, layer.crs(), QgsProject.instance()).transform(point)
        hit = {draft: geometry for draft, geometry in self._offered().items() if geometry.contains(place)}
        smallest = sorted(hit, key=lambda draft: hit[draft].area())[:1]
        self._accept(smallest)
        return bool(smallest)

    def accept_by_click(self):
        """From now on a click on the map accepts the draft there, as long as there are drafts."""
        if self.draft_count:
            self._picker.begin()

    def accept_under_cursor(self) -> bool:
        canvas = self._iface.mapCanvas()
        mouse = canvas.mouseLastXY()
        return self.accept_at(canvas.getCoordinateTransform().toMapCoordinates(mouse.x(), mouse.y()))

    def footprints(self) -> list[Footprint]:
        """What is drawn, edits that are not saved included; of two, the one that is seen on top comes later."""
        layer = self._layer
        if layer is None or not self.is_drawing:
            return []
        features = sorted(layer.getFeatures(), key=lambda feature: (feature.id() < 0, abs(feature.id())))
        return [footprint_of(feature) for feature in features if not feature.geometry().isEmpty()]

    def end(self):
        """Stop editing without a question and empty both layers; the autosave file stays."""
        if not self.is_drawing:
            return
        if self._timer.isActive():
            self._save_unless_discarded()
        self._picker.end()
        self._remember_tool()
        self._tile = None
        self._offer.clear()
        self._snapping.restore()
        self._hide_labels(None)
        for layer in (self._layer, layer_in(self._group, DRAFTS)):
            if layer is not None:
                _empty(layer)
        self.changed.emit()

    @property
    def _layer(self):
        return QgsProject.instance().mapLayer(self._layer_id) if self._layer_id else None

    def _offered(self):
        layer = self._layer
        return self._offer.offered(layer.undoStack()) if layer is not None and self.is_drawing else {}

    def _accept(self, drafts):
        layer = self._layer
        if layer is not None and self.is_drawing:
            layer.startEditing()  # the user may have ended editing
            self._offer.accept(list(drafts), layer)

    def _reclassify(self, layer, feature_ids):
        """One edit that can be undone."""
        if feature_ids:
            layer.startEditing()
            layer.beginEditCommand(self.tr("Change class"))
            for feature_id in feature_ids:
                layer.changeAttributeValue(feature_id, layer.fields().indexOf(CLASS), self.drawn_class)
            layer.endEditCommand()
            layer.removeSelection()

    def _accept_picked(self, point):
        if not self.accept_at(point):
            self.missed.emit()
        elif not self.draft_count:
            self._picker.end()

    def _note_change(self, _=None):
        """Called once for everything that the user can undo, and once for each undoing."""
        if self.is_drawing and self._layer is not None and not sip.isdeleted(self._group):  # or it is on its way out
            self._show_drafts()
            self._timer.start()
            self.changed.emit()

    def _show_drafts(self):
        layer = self._drafts_layer(self._tile[2])
        layer.dataProvider().truncate()
        layer.dataProvider().addFeatures([feature_of(layer, draft) for draft in self._offered()])
        layer.updateExtents()
        layer.triggerRepaint()

    def _note_discarding(self):
        """Not only the user discards edits, QGIS does so too when it is closed: then the file keeps what was drawn."""
        if self.is_drawing:
            self._save()
            self._is_discarded = True

    def _save_unless_discarded(self):
        if not self._is_discarded:
            self._save()

    def _save(self):
        self._timer.stop()
        self._is_discarded = False
        tile_id, _, _, path = self._tile
        try:
            autosave.write(path, tile_id, replace(self.unfinished, drawn=self.footprints()))
        except OSError as error:  # the drawing itself is still there
            QgsMessageLog.logMessage(self.tr("No autosave of {tile}: {error}").format(tile=tile_id, error=error))

    def _drawing_layer(self, crs):
        layer = layer_in(self._group, DRAWING)
        if layer is None:
            made = footprint_layer(self.tr("Drawing"), style.DRAWING, self._classes)
            layer = add_to(self._group, made, DRAWING, 0)
        if layer.id() != self._layer_id:
            self._listen_to(layer)
        layer.setCrs(crs)
        draw_class(layer, self.drawn_class)
        return layer

    def _drafts_layer(self, crs):
        layer = layer_in(self._group, DRAFTS)
        if layer is None:
            made = footprint_layer(self.tr("Drafts"), style.DRAFTS, self._classes)
            layer = add_to(self._group, made, DRAFTS, 1)
        layer.setReadOnly(True)
        layer.setCrs(crs)
        return layer

    def _listen_to(self, layer):
        self._layer_id = layer.id()
        layer.undoStack().indexChanged.connect(self._note_change)
        layer.beforeRollBack.connect(self._note_discarding)
        layer.beforeCommitChanges.connect(partial(self._offer.settle, layer.undoStack()))

    def _keep_from_loss(self, layer_ids):
        """The user removes the drawing: what is on it is kept, and the layer comes back."""
        if self.is_drawing and self._layer_id in layer_ids:
            self._save_unless_discarded()
            self._layer_id = None  # what its undo stack reports while it goes is no change
            QTimer.singleShot(0, self._put_back)

    def _put_back(self):
        if self.is_drawing and self._layer is None:
            (tile_id, bounds, crs, path), self._tile = self._tile, None
            begun = self.unfinished
            self._snapping.restore()
            if not sip.isdeleted(self._group):
                self.begin(tile_id, bounds, crs, begun.existing, list(self._offer.drafts), path, begun.after)
                self.restored.emit()
            else:  # with the whole group the campaign is off the map
                self.changed.emit()

    def _hide_labels(self, bounds):
        """Labels of this tile are copied into the drawing: shown twice, a deleted one would seem to be there still."""
        layer = layer_in(self._group, FOOTPRINTS)
        if layer is not None:
            square = QgsRectangle(*bounds) if bounds else QgsRectangle()
            square.scale(0.999)  # a neighbour that only touches is none of this tile's
            QgsExpressionContextUtils.setLayerVariable(layer, "tile_drawn", square.asWktPolygon() if bounds else "")
            layer.triggerRepaint()

    def _remember_tool(self):
        """QGIS takes an editing tool out of the user's hand when editing stops, and gives it back for no next tile."""
        tool = self._iface.mapCanvas().mapTool()
        is_for_editing = tool is not None and tool.flags() & QgsMapTool.Flag.EditTool
        self._tool = tool if is_for_editing else None

    def _restore_tool(self):
        if self._tool is not None and not sip.isdeleted(self._tool):
            self._iface.mapCanvas().setMapTool(self._tool)
        self._tool = None


def _empty(layer):
    layer.rollBack()
    layer.dataProvider().truncate()
    layer.updateExtents()
    layer.triggerRepaint()
