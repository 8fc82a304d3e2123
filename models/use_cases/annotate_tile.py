"""Annotating one tile at a time, as at a desk: what is there, what the model proposes, and what somebody has drawn.

The other use cases are in ``loop``. None of these waits for a scoring or a fine-tuning that runs meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..annotation.draft import Draft
from ..annotation.labels import Labels
from ..annotation.outline_checks import Footprint, checked_labels, later_on_top
from ..campaign.label_store import labels_of_records
from ..campaign.model_store import BLANK
from ..campaign.queue_layer import QueuedTile, queued_tile
from ..campaign.records import TileState
from ..campaign.tile_table import WHATEVER_CAME
from ..campaign.workspace import Workspace
from ..errors import LabelError, ModelError
from ..jobs import Job, share
from ..segmentation.classes import MappedClass
from ..training.split import EXAM


def classes_mapped(workspace: Workspace) -> tuple[MappedClass, ...]:
    """The classes of a campaign, in their order; of any sound version where the active one is damaged."""
    try:
        with workspace.store() as store:
            return workspace.active_card(store).classes
    except ModelError:
        for card in workspace.cards():
            return card.classes
        raise


def tile_of(workspace: Workspace, tile_id: str) -> tuple[QueuedTile, TileState]:
    """One tile as the queue would show it, and what became of it."""
    with workspace.store() as store:
        known = store.tile(tile_id)
    return queued_tile(workspace, known), known.state


def drafts(
    workspace: Workspace,
    tile_ids: Sequence[str],
    *,
    threshold: float = 0.5,
    minimum_area_m2: float | None = None,
    on_drafts: Callable[[str, list[Draft]], None] | None = None,
) -> Job[dict[str, list[Draft]]]:
    """The footprints that the active version proposes on each tile, for review; never mixed with labels.

    Exam tiles are left out: a version that helps to draw its own exam passes it. One that has learnt nothing yet
    proposes nothing.
    """
    from ..segmentation.drafts import draft_tile

    with workspace.store() as store:
        card = workspace.active_card(store)
        exam = {record.tile.id for record in store.tiles(EXAM)}
    found: dict[str, list[Draft]] = {}
    wanted = [tile_id for tile_id in tile_ids if tile_id not in exam]
    if not wanted or card.method == BLANK:
        return found
    predictor = workspace.predictor(card.id, len(wanted))
    with workspace.scratch() as folder:
        for done, tile_id in enumerate(wanted):
            tile = workspace.grid.tile(tile_id)
            job = draft_tile(
                predictor,
                workspace.imagery,
                workspace.grid,
                tile,
                folder / f"{tile_id}.tif",
                threshold=threshold,
                minimum_area_m2=minimum_area_m2,
            )
            proposed = yield from share(job, done / len(wanted), (done + 1) / len(wanted))
            classes = proposed["class"] if len(card.classes) > 1 else [None] * len(proposed)
            found[tile_id] = [Draft(outline, card.id, each) for outline, each in zip(proposed.geometry, classes)]
            if on_drafts:
                on_drafts(tile_id, found[tile_id])
    return found


def footprints_of(workspace: Workspace, tile_id: str) -> list[Footprint]:
    """The labels that share ground with a tile, whichever tile they were drawn for."""
    return [outline for outline, _ in classed_footprints_of(workspace, tile_id)]


def classed_footprints_of(workspace: Workspace, tile_id: str) -> list[tuple[Footprint, str | None]]:
    """The same, each with its class: None where the campaign maps one."""
    with workspace.store() as store:
        return store.classed_footprints_in(store.tile(tile_id).tile)


def last_finish(workspace: Workspace, tile_id: str) -> str | None:
    """The uuid of the entry of the log that has finished a tile last; None where nobody has."""
    with workspace.store() as store:
        entry = store.last_finish(store.tile(tile_id).tile)
    return entry.uuid if entry else None


def is_finished_with(
    workspace: Workspace,
    tile_id: str,
    footprints: Sequence[bytes],
    after: str | None,
    classes: Sequence[str | None] | None = None,
) -> bool:
    """Whether a tile was finished, since the finish ``after``, with exactly these footprints in WKB, of these classes.

    None as in a campaign that maps one.
    """
    with workspace.store() as store:
        tile = store.tile(tile_id).tile
        entry, there = store.last_finish(tile), store.classed_footprints_in(tile)
    if entry is None or entry.geometry is None or entry.uuid == after:
        return False
    committed, drawn = entry.geometry, shapely.from_wkb(np.array(footprints, dtype=object), on_invalid="ignore")
    if _outlines(committed) != _outlines(drawn):
        return False
    class_there = {tuple(_outlines(outline)): of_class for outline, of_class in there}
    classed = zip(drawn, classes or [])
    return all(class_there.get(tuple(_outlines(each)), of_class) == of_class for each, of_class in classed)


def claim_tile(workspace: Workspace, tile_id: str, *, session: str, annotator: str, now: datetime) -> None:
    """Take up a tile for half an hour, so that nobody else is served it; again to keep it longer.

    LabelError where another session works on it.
    """
    with workspace.store() as store:
        store.claim(store.tile(tile_id).tile, session, annotator, now)


def release_tile(workspace: Workspace, tile_id: str, *, session: str, annotator: str, now: datetime) -> None:
    """Give a claimed tile that was not finished back to the others, in the state that it had before."""
    with workspace.store() as store:
        store.release(store.tile(tile_id).tile, session, annotator, now)


def finish_tile(
    workspace: Workspace,
    tile_id: str,
    footprints: Sequence[BaseGeometry],
    *,
    classes: Sequence[str | None] | None = None,
    state: TileState | None = None,
    annotator: str,
    now: datetime,
    offered: Sequence[Draft] = (),
    instead_of: Sequence[Footprint] = (),
    after: str | None = WHATEVER_CAME,
    keep_both: bool = False,
    repair: bool = False,
    cut: bool = False,
) -> None:
    """Finish one tile with polygons in the grid's CRS: done, or empty without any; on disk when this returns.

    Where the campaign maps several classes each polygon comes with one of their names. Two classes on the same ground
    are a LabelError, unless ``cut`` leaves the ground to the polygon that comes later, or was finished with a
    neighbour: see ``later_on_top``.

    ``offered`` are all drafts that the annotator could accept, ``instead_of`` the labels that were there: those
    missing now are taken out. Where somebody else has finished the tile since ``after``, its last finish then, that is
    a LabelError, unless the footprints of both shall be kept.
    """
    with workspace.store() as store:
        tile, names = store.tile(tile_id).tile, [each.name for each in workspace.active_card(store).classes]
        has_several = len(names) > 1
        numbers = _numbers(footprints, classes, names) if has_several else np.ones(len(footprints), np.uint8)
        labels = Labels(np.array(footprints, dtype=object), numbers)
        labels = checked_labels(labels, workspace.grid.tile_bounds(tile), repair)
        if cut:
            near = store.beside(tile, list(labels.outlines), instead_of, keep_both)
            number = {name: place for place, name in enumerate(names, 1)}
            labels = later_on_top(labels, labels_of_records([each for each in near if each.of_class in number], number))
        store.finish(
            tile,
            list(labels.outlines),
            annotator,
            now,
            imagery=workspace.imagery.fingerprint,
            state=state,
            offered=offered,
            instead_of=instead_of,
            after=after,
            keep_both=keep_both,
            classes=[names[number - 1] for number in labels.classes] if has_several else None,
            may_share=workspace.grid.pixel_size**2,
        )


def set_tile_state(
    workspace: Workspace,
    tile_id: str,
    state: TileState,
    annotator: str,
    now: datetime,
    after: str | None = WHATEVER_CAME,
) -> None:
    """Skip a tile, call its imagery bad, take it up or put it back into the pool; its labels stay.

    LabelError where somebody else has finished it since ``after``, its last finish then.
    """
    with workspace.store() as store:
        store.set_state(store.tile(tile_id).tile, state, annotator, now, after)


def _numbers(
    footprints: Sequence[BaseGeometry], classes: Sequence[str | None] | None, names: Sequence[str]
) -> NDArray[np.uint8]:
    """The numbers of the classes of footprints, from 1; LabelError where one has none that the campaign maps."""
    known = {name: number for number, name in enumerate(names, 1)}
    numbers = [known.get(each or "", 0) for each in classes or [None] * len(footprints)]
    if 0 in numbers:
        raise LabelError(
            "drawn-without-class",
            "Footprints without a class: {without}. Choose one of {classes} for each of them.",
            without=numbers.count(0),
            classes=", ".join(names),
        )
    return np.array(numbers, np.uint8)


def _outlines(geometries: BaseGeometry | NDArray[np.object_]) -> list[bytes]:
    """The polygons, each in the one form that is the same however it was drawn."""
    polygons: list[bytes] = sorted(shapely.to_wkb(shapely.normalize(shapely.get_parts(geometries))))
    return polygons
