"""Labels from a file: its footprints finish tiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import shapely

from ..annotation.footprint_file import read_footprints, read_repaired
from ..annotation.outline_checks import Footprint
from ..campaign.import_request import ImportRequest, begin, begun_request, campaign_tiles, content_of, end, on_tile
from ..campaign.label_store import LabelStore
from ..campaign.records import QUEUED
from ..campaign.workspace import Workspace
from ..errors import LabelError, NothingToDo
from ..imagery.area import read_area
from ..imagery.grid import Tile
from ..jobs import Job, share
from .next_tiles import next_tiles

NAMED_AT_MOST = 5
REPAIRING = 0.1  # of the time


@dataclass(frozen=True)
class ImportPlan:
    """What an import is about to do: how many tiles it finishes, on how many of them the file has no footprint, and
    how many footprints it has on the others. A footprint on the border of two tiles counts on both."""

    tiles: int
    empty: int
    footprints: int


@dataclass(frozen=True)
class Annotated:
    """What came in: the tiles finished, how many of them hold footprints, and how many footprints there were."""

    tiles: tuple[str, ...]
    done: int
    empty: int
    footprints: int


def annotate(
    workspace: Workspace,
    footprints: Path,
    *,
    tiles: Sequence[str] | None = None,
    count: int | None = None,
    exam: bool = False,
    repair: bool = False,
    complete_in: Path | None = None,
    may_be_empty: bool = False,
    annotator: str,
    now: datetime,
    on_plan: Callable[[ImportPlan], None] | None = None,
) -> Job[Annotated]:
    """Finish tiles with the footprints of a file: those named, the next ``count`` of the queue, or all exam tiles.

    A tile on which the file has no footprint counts as looked at and empty. ``on_plan`` is told how many these are
    before anything is written. Where the file says nothing of any tile that is refused, unless they ``may_be_empty``;
    ``complete_in``, polygons of a file, is where the footprints are complete: a tile not wholly inside is refused.

    Each tile is on disk before the next. The same footprints after an interruption finish the rest of the same tiles:
    others would become empty although nobody looked at them. LabelError at a tile that somebody else has finished since
    the import began.
    """
    if repair:
        repaired = yield from share(read_repaired(footprints, workspace.grid), 0.0, REPAIRING)
        found = repaired.geometry
    else:
        found = read_footprints(footprints, workspace.grid).geometry
    with workspace.lock(), workspace.store() as store:
        if tiles is None:
            request = _request(workspace, store, footprints, content_of(found), count, exam, now)
            chosen = [workspace.grid.tile(tile_id) for tile_id in request.tiles]
        else:
            request, chosen = None, campaign_tiles(store, tiles)
        before = {tile: store.last_finish(tile) for tile in chosen}  # read first: what is finished after it is kept
        waiting = [tile for tile in chosen if store.tile(tile.id).state in QUEUED] if request else chosen
        on_tiles = {tile: on_tile(found, workspace.grid.tile_bounds(tile)) for tile in chosen}
        is_begun = len(waiting) < len(chosen)  # then the whole was checked, and only empty tiles may be left of it
        _check(workspace, {tile: on_tiles[tile] for tile in waiting}, complete_in, may_be_empty or is_begun, on_plan)
        if request:
            begin(store, request)
        for number, tile in enumerate(waiting, 1):
            last = before[tile]
            after = last.uuid if last else None
            store.finish(tile, on_tiles[tile], annotator, now, imagery=workspace.imagery.fingerprint, after=after)
            yield REPAIRING + (1 - REPAIRING) * number / len(waiting)
        if request:
            end(store, request)
    done = sum(bool(inside) for inside in on_tiles.values())
    number = sum(map(len, on_tiles.values()))
    return Annotated(tuple(tile.id for tile in chosen), done, len(chosen) - done, number)


def _request(
    workspace: Workspace, store: LabelStore, path: Path, content: str, count: int | None, exam: bool, now: datetime
) -> ImportRequest:
    """The request that was begun with this content; without one it means what the queue holds now."""
    begun = begun_request(store, content, path, count, exam)
    if begun:
        return begun
    tiles = tuple(queued.tile_id for queued in next_tiles(workspace, count, exam=exam, now=now))
    if not tiles:
        raise NothingToDo(
            "no-tile-waits",
            "No tile waits for labels there. Name other tiles, or see by 'next' which ones wait.",
        )
    return ImportRequest(content, count, exam, tiles)


def _check(
    workspace: Workspace,
    on_tiles: Mapping[Tile, Sequence[Footprint]],
    complete_in: Path | None,
    may_be_empty: bool,
    on_plan: Callable[[ImportPlan], None] | None,
) -> None:
    """Refuse what the file cannot mean, else tell the plan; ``on_tiles`` are those that will be finished."""
    empty = sum(not inside for inside in on_tiles.values())
    if complete_in:
        area = read_area(complete_in, workspace.grid.crs)
        outside = [tile.id for tile in on_tiles if not area.covers(shapely.box(*workspace.grid.tile_bounds(tile)))]
        if outside:
            raise LabelError(
                "tiles-not-complete",
                "{outside} of the {tiles} chosen tiles are not wholly inside {area}, where the footprints are "
                "complete: {named}. Leave them out, or widen the area; nothing was changed.",
                outside=len(outside),
                tiles=len(on_tiles),
                area=complete_in.name,
                named=_named(outside),
            )
    elif empty and empty == len(on_tiles) and not may_be_empty:
        raise LabelError(
            "no-footprint-on-tiles",
            "None of the {tiles} chosen tiles has a footprint in the file: {named}. Where somebody has looked at them "
            "and there is no building, say so (option empty), or say where the footprints are complete (option "
            "complete-in); nothing was changed.",
            tiles=len(on_tiles),
            named=_named([tile.id for tile in on_tiles]),
        )
    if on_plan:
        on_plan(ImportPlan(len(on_tiles), empty, sum(map(len, on_tiles.values()))))


def _named(tile_ids: Sequence[str]) -> str:
    return ", ".join([*tile_ids[:NAMED_AT_MOST], *(["..."] if len(tile_ids) > NAMED_AT_MOST else [])])
