"""The tile that is annotated: from the queue onto the map, drawn on, and back into the label store."""

from __future__ import annotations

import time
from functools import partial
from statistics import median

from qgis.core import Qgis, QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...models.errors import LabelError
from ..campaign.campaign_work import now
from ..messages import Message, in_words, tells_mistakes
from ..requirements import missing_packages
from ..settings import annotator
from . import autosave
from .drawing import Drawing
from .footprint import Footprint
from .sketch import has_sketch
from .tile_claim import TileClaim
from .tile_marker import TileMarker

DRAFTED_AHEAD = 10
AUTOSAVES = "drawing"  # a folder in the cache


class TileEditor(QObject):
    """Takes one tile at a time from the queue of an open workspace. All of it happens on the main thread, quickly."""

    tile_changed = pyqtSignal()
    drawing_changed = pyqtSignal()
    states_changed = pyqtSignal()
    said = pyqtSignal(object)

    def __init__(self, iface, layers, drafts, parent=None):
        super().__init__(parent)
        self._iface = iface
        self._layers = layers
        self._drafts = drafts
        self._drawing = None
        self._marker = None
        self._workspace = None
        self._classes = ()
        self.is_review = False
        self._claim = TileClaim()
        self._forget()
        drafts.arrived.connect(self._offer_drafts)

    def begin(self, workspace, classes):
        """Work on an open campaign, of these classes, whose layers are shown."""
        self._workspace = workspace
        self._classes = classes if len(classes) > 1 else ()
        self._forget()
        self._delete_handed_in()
        self._marker = TileMarker(self._iface.mapCanvas())
        self._begin_drawing()

    def end(self):
        """The campaign closes: what is drawn and not finished waits for the next time."""
        if self._workspace is None:
            return
        self._give_back()
        self._marker.remove()
        self._end_drawing()
        self._workspace = self._marker = None

    def serve_exam(self, is_exam):
        self.is_exam = is_exam
        self._passed.clear()
        self.tile_changed.emit()

    def review(self, is_review):
        """Whether a tile on which nothing is drawn begins with all that the model proposes, to be checked."""
        self.is_review = is_review
        self._take_drafts()

    @property
    def seconds_a_tile(self):
        pauses = [later - earlier for earlier, later in zip(self._finished, self._finished[1:])]
        return median(pauses) if pauses else None

    @property
    def drawn_class(self):
        """The name of the class of what is drawn next; None where the campaign maps one."""
        return self._drawing.drawn_class if self._drawing else None

    def draw_class(self, name):
        if self._drawing and name in [each.name for each in self._classes]:
            changed = self._drawing.draw_class(name)
            if changed:
                text = self.tr("{n} selected footprints are {name} now. Ctrl+Z takes it back.")
                self._say(text.format(n=changed, name=name))

    @property
    def draft_count(self):
        return self._drawing.draft_count if self.tile else 0

    @property
    def footprint_count(self):
        return self._drawing.count if self.tile else 0

    def upcoming(self):
        """Ids of the tiles that want drafts, the one on the map first; before scoring nobody knows the others.

        None of the exam: it is drawn without the model's help.
        """
        waiting = [] if self.is_exam else self._waiting(DRAFTED_AHEAD + len(self._passed), must_be_ranked=False)
        here = [self.tile.tile_id] if self.tile and not self.tile.is_exam else []
        return list(dict.fromkeys(here + [tile.tile_id for tile in waiting if tile.rank is not None]))

    @tells_mistakes
    def next_tile(self):
        if self._is_half_drawn():
            return
        if self.tile:
            self._passed.add(self.tile.tile_id)
        waiting = self._waiting(len(self._passed) + 1)
        if not waiting and self._passed:  # all were passed over: begin again with the first of them
            self._passed = {self.tile.tile_id} if self.tile else set()
            waiting = self._waiting(2)
        if waiting:
            self._show(waiting[0].tile_id)
        elif self.tile:
            self._say(self.tr("This is the only tile that waits."))
        else:
            self._say_that_all_is_done()

    @tells_mistakes
    def previous_tile(self):
        if self._is_half_drawn():
            return
        if not self._history:
            self._say(self.tr("There is no tile before this one in this session."))
            return
        before = self._history[:-1]
        self._show(self._history[-1])
        self._history = before  # the way back is no way forward

    def leave_tile(self):
        """Back to the map; what is drawn and not finished is taken up again with the tile."""
        if self.tile:
            self._give_back()
            self.states_changed.emit()
            self.tile_changed.emit()

    def accept_all(self):
        if self.tile and not self._is_half_drawn():
            self._drawing.accept_all()

    def accept_by_click(self):
        if self.tile and not self._is_half_drawn():
            self._drawing.accept_by_click()
            self._say(self.tr("Click on the drafts that are right. Esc, or a right click, ends it."))

    def accept_under_cursor(self):
        if self.tile and not self._is_half_drawn() and not self._drawing.accept_under_cursor():
            self._tell_missed()

    @tells_mistakes
    def finish(self, state, **cures):
        """On disk when this returns; then the next tile is shown. ``cures`` are those of ``finish_tile``."""
        from ...models.campaign.records import TileState

        if self.tile is None:
            self._say(self.tr("Take a tile first: press Next tile."))
            return
        if self._is_half_drawn():
            return
        state = TileState(state)
        if state in (TileState.DONE, TileState.EMPTY):
            if not self._is_plausible(state):
                return
            try:
                self._hand_in(cures)
            except LabelError as problem:
                self._offer_cure(problem, state.value, cures)
                return
        else:
            self._set_state(self.tile.tile_id, state)
        self._finished.append(time.monotonic())
        tile_id = self._let_go()
        if state in (TileState.DONE, TileState.EMPTY):
            self._autosave(tile_id).unlink(missing_ok=True)
        self.next_tile()
        if self.tile is None:
            self.states_changed.emit()
            self.tile_changed.emit()

    def _offer_cure(self, problem, state, cures):
        """Nothing was changed, and the drawing stays: a button applies the cure, where there is one, and finishes."""
        offers = {
            "outline-broken": (self.tr("Repair"), "repair"),
            "tile-finished-meanwhile": (self.tr("Keep both"), "keep_both"),
            "classes-overlap": (self.tr("Cut"), "cut"),
        }
        button, cure = offers.get(problem.code, ("", None))
        if cure is None or cure in cures:
            raise problem
        cure = partial(self._finish_after_all, self.tile.tile_id, state, **{**cures, cure: True})
        self.said.emit(Message(Qgis.MessageLevel.Warning, in_words(problem), button=button, on_click=cure))

    def _finish_after_all(self, tile_id, state, **cures):
        if self.tile and self.tile.tile_id == tile_id:
            self.finish(state, **cures)
        else:
            self._say(self.tr("Tile {tile} is not on the map any more: go back to it first.").format(tile=tile_id))

    @tells_mistakes
    def _give_back(self):
        """Take the tile, if there is one, off the map unfinished; others may have it."""
        if self.tile:
            self._claim.release(self._workspace, self._let_go())

    def _let_go(self):
        """Take the tile off the map; gives its id."""
        tile_id, self.tile = self.tile.tile_id, None
        self._history.append(tile_id)
        self._drawing.end()
        self._marker.hide()
        return tile_id

    def _begin_drawing(self):
        self._group = self._layers.group
        self._drawing = Drawing(self._iface, self._group, self._classes)
        self._drawing.changed.connect(self._note_drawing)
        self._drawing.restored.connect(self._tell_restored)
        self._drawing.missed.connect(self._tell_missed)

    def _end_drawing(self):
        self._drawing.changed.disconnect(self._note_drawing)
        self._drawing.deleteLater()
        self._drawing = None

    def _find_group(self):
        """The user may have removed the campaign's group; another drawing belongs to another group."""
        if self._layers.group is None:
            self._layers.put_back()
        if self._layers.group is not self._group:
            self._end_drawing()
            self._begin_drawing()

    def _forget(self):
        self.tile = None
        self.is_exam = False
        self._reviewed = set()
        self._is_untouched = False
        self._shown = []
        self._history = []
        self._passed = set()
        self._finished = []

    def _waiting(self, count, must_be_ranked=True):
        """The head of the queue without the tiles that were passed over; without torch it is never ranked."""
        from ...models.use_cases.next_tiles import next_tiles

        must_be_ranked = must_be_ranked and "torch" not in missing_packages()
        which = {"exam": self.is_exam, "must_be_ranked": must_be_ranked, "session": self._claim.session, "now": now()}
        queue = next_tiles(self._workspace, count, **which)
        return [tile for tile in queue if tile.tile_id not in self._passed]

    def _show(self, tile_id):
        from ...models.use_cases.annotate_tile import classed_footprints_of, last_finish, tile_of

        tile, _ = tile_of(self._workspace, tile_id)
        self._claim.take(self._workspace, tile_id)
        after, labels = last_finish(self._workspace, tile_id), classed_footprints_of(self._workspace, tile_id)
        self._shown = [outline for outline, _ in labels]
        if self.tile and self.tile.tile_id == tile_id:
            self._let_go()
        self._give_back()  # only now: up to here the campaign may refuse, and then the tile before stays
        self._find_group()
        crs = QgsCoordinateReferenceSystem(tile.crs)
        self._is_untouched = not self._autosave(tile_id).exists()
        existing = [Footprint(outline.wkb, of_class if self._classes else None) for outline, of_class in labels]
        drafts = self._drafts.not_labelled(tile_id, self._shown)
        self._drawing.begin(tile_id, tile.bounds, crs, existing, drafts, self._autosave(tile_id), after)
        self.tile = tile
        self._take_drafts()
        self._marker.show(tile.bounds, crs)
        self._layers.zoom_to_tile(tile.bounds, crs)
        self.states_changed.emit()
        self.tile_changed.emit()

    def _offer_drafts(self, tile_id):
        if self.tile and self.tile.tile_id == tile_id:
            self._drawing.set_drafts(self._drafts.not_labelled(tile_id, self._shown))
            self._take_drafts()

    def _take_drafts(self):
        """In a review: once a tile, and never onto one that somebody has finished, drawn on or is drawing on."""
        if self.is_review and self.tile and self.draft_count and self.tile.tile_id not in self._reviewed:
            self._reviewed.add(self.tile.tile_id)
            is_new = self._is_untouched and not self._shown and not self.footprint_count
            if self.tile.state == "pool" and is_new and not has_sketch(self._iface.mapCanvas()):
                self._drawing.accept_all()

    @tells_mistakes
    def _note_drawing(self):
        """Something was drawn; or the user has taken the whole group off the map, and the drawing with it."""
        if self.tile and not self._drawing.is_drawing:
            self.leave_tile()
            self._say(self.tr("The tile is off the map. What was drawn is kept: take it again with Next tile."))
        if self.tile:
            self._claim.renew(self._workspace, self.tile.tile_id)
        self.drawing_changed.emit()

    def _is_half_drawn(self):
        """Whether an outline on the tile would be lost; says how to end it."""
        is_lost = self.tile is not None and has_sketch(self._iface.mapCanvas())
        if is_lost:
            self._say(self.tr("An outline is half drawn. A right click on the map ends it, Esc throws it away."))
        return is_lost

    def _tell_missed(self):
        self._say(self.tr("There is no draft under the mouse."))

    def _tell_restored(self):
        self._say(
            self.tr("The layer with your drawing is back: it belongs to the tile. Finish the tile and it is emptied.")
        )

    def _hand_in(self, cures):
        import shapely

        from ...models.annotation.draft import Draft
        from ...models.use_cases.annotate_tile import finish_tile

        begun, drawn = self._drawing.unfinished, self._drawing.footprints()
        finish_tile(
            self._workspace,
            self.tile.tile_id,
            [shapely.from_wkb(footprint.wkb) for footprint in drawn],
            classes=[footprint.of_class for footprint in drawn],
            annotator=annotator(),
            now=now(),
            offered=[Draft(shapely.from_wkb(draft.wkb), draft.version, draft.of_class) for draft in begun.offered],
            instead_of=[shapely.from_wkb(footprint.wkb) for footprint in begun.existing],
            after=begun.after,
            **cures,
        )

    def _is_plausible(self, state):
        """Whether the state fits what is drawn; says why not."""
        drawn = self._drawing.count
        if state == "done" and not drawn:
            self._say(
                self.tr(
                    "Nothing is drawn on this tile. Accept the drafts, draw what it shows, or finish it as empty where "
                    "there is nothing to map."
                )
            )
        if state == "empty" and drawn:
            self._say(
                self.tr(
                    "{n} footprints are on this tile, so it is not empty. Finish it as done, or delete them first."
                ).format(n=drawn)
            )
        return bool(drawn) == (state == "done")

    def _set_state(self, tile_id, state):
        from ...models.use_cases.annotate_tile import set_tile_state

        set_tile_state(self._workspace, tile_id, state, annotator(), now(), self._drawing.unfinished.after)

    def _autosave(self, tile_id):
        folder = self._workspace.cache / AUTOSAVES
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{tile_id}.json"

    @tells_mistakes
    def _delete_handed_in(self):
        autosave.delete_handed_in(self._workspace.cache / AUTOSAVES, self._is_handed_in)

    def _is_handed_in(self, tile_id, drawn, after):
        from ...models.use_cases.annotate_tile import is_finished_with

        classes = [footprint.of_class for footprint in drawn] if self._classes else None
        return is_finished_with(self._workspace, tile_id, [footprint.wkb for footprint in drawn], after, classes)

    def _say_that_all_is_done(self):
        if self.is_exam:
            self.serve_exam(False)
            self._say(self.tr("All exam tiles are annotated: the exam is ready."))
        else:
            self._say(self.tr("Every tile is annotated or skipped: nothing is left to annotate."))

    def _say(self, text):
        self.said.emit(Message(Qgis.MessageLevel.Info, text))
