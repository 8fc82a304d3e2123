"""Annotating one tile at a time, as at a desk: what is there, what the model proposes, and what somebody has drawn.

The other use cases are in ``loop``. None of these waits for a scoring or a fine-tuning that runs meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from ..annotation.outline_checks import Footprint, checked_footprints
from ..campaign.queue_layer import QueuedTile, queued_tile
from ..campaign.records import TileState
from ..campaign.workspace import Workspace
from ..jobs import Job, share
from ..training.split import EXAM

if TYPE_CHECKING:
    from shapely.geometry import Polygon


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
    minimum_area_m2: float = 4.0,
    on_drafts: Callable[[str, list[Polygon]], None] | None = None,
) -> Job[dict[str, list[Polygon]]]:
    """The footprints that the active version proposes on each tile, for review; never mixed with labels.

    Exam tiles are left out: a version that helps to draw its own exam passes it.
    """
    from ..segmentation.drafts import draft_tile

    with workspace.store() as store:
        card = workspace.active_card(store)
        exam = {record.tile.id for record in store.tiles(EXAM)}
    found: dict[str, list[Polygon]] = {}
    wanted = [tile_id for tile_id in tile_ids if tile_id not in exam]
    if not wanted:
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
            found[tile_id] = yield from share(job, done / len(wanted), (done + 1) / len(wanted))
            if on_drafts:
                on_drafts(tile_id, found[tile_id])
    return found


def footprints_of(workspace: Workspace, tile_id: str) -> list[Footprint]:
    """The labels that share ground with a tile, whichever tile they were drawn for."""
    with workspace.store() as store:
        return store.footprints_in(store.tile(tile_id).tile)


def finish_tile(
    workspace: Workspace,
    tile_id: str,
    footprints: Sequence[BaseGeometry],
    *,
    state: TileState | None = None,
    annotator: str,
    now: datetime,
    origin: str = "human",
    model_version: str | None = None,
    drafts: Sequence[Footprint] = (),
    instead_of: Sequence[Footprint] = (),
    repair: bool = False,
) -> None:
    """Finish one tile with polygons in the grid's CRS: done, or empty without any; on disk when this returns.

    ``drafts`` were offered by the model version, and
    ``instead_of`` are the labels that the annotator was shown: those missing now are taken out.
    """
    with workspace.store() as store:
        tile = store.tile(tile_id).tile
        checked = checked_footprints(footprints, workspace.grid.tile_bounds(tile), repair)
        store.finish(
            tile,
            checked,
            annotator,
            now,
            origin,
            model_version,
            workspace.imagery.fingerprint,
            state,
            drafts,
            instead_of,
        )


def set_tile_state(workspace: Workspace, tile_id: str, state: TileState, annotator: str, now: datetime) -> None:
    """Skip a tile, call its imagery bad, take it up or put it back into the pool; its labels stay."""
    with workspace.store() as store:
        store.set_state(store.tile(tile_id).tile, state, annotator, now)
