"""Labels from a file: its footprints finish tiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import shapely

from ..annotation.label_source import ONE_CLASS, ClassReading, open_labels
from ..annotation.labels import Labels, TileLabels
from ..campaign.import_request import ImportRequest, begin, begun_request, campaign_tiles, end
from ..campaign.label_store import LabelStore, check_apart
from ..campaign.records import QUEUED
from ..campaign.workspace import Workspace
from ..errors import LabelError, NothingToDo
from ..imagery.area import read_area
from ..imagery.grid import Tile
from ..imagery.raster import read_tiles
from ..jobs import Job, share
from .next_tiles import next_tiles

NAMED_AT_MOST = 5
REPAIRING = 0.1  # of the time
UNKNOWN_SHARE = 0.01  # of a tile: so much without a value counts as background


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
    labels: Path,
    *,
    tiles: Sequence[str] | None = None,
    count: int | None = None,
    exam: bool = False,
    repair: bool = False,
    complete_in: Path | None = None,
    may_be_empty: bool = False,
    reading: ClassReading = ONE_CLASS,
    annotator: str,
    now: datetime,
    on_plan: Callable[[ImportPlan], None] | None = None,
) -> Job[Annotated]:
    """Finish tiles with the labels of a file: those named, the next ``count`` of the queue, or all exam tiles.

    The file holds polygons, or is a raster of class values; ``reading`` says what its classes are. A tile on which it
    has no footprint counts as looked at and empty. ``on_plan`` is told how many these are before anything is written.
    Where the file says nothing of any tile that is refused, unless they ``may_be_empty``; ``complete_in``, polygons of
    a file, is where the labels are complete: a tile not wholly inside is refused, as is one that a raster has no value
    for.

    Each tile is on disk before the next. The same labels after an interruption finish the rest of the same tiles:
    others would become empty although nobody looked at them. LabelError at a tile that somebody else has finished since
    the import began.
    """
    with workspace.lock(), workspace.store() as store, ExitStack() as opened:
        names = [each.name for each in workspace.active_card(store).classes]
        job = open_labels(labels, workspace.grid, names, reading, opened, repair)
        source = yield from share(job, 0.0, REPAIRING)
        if tiles is None:
            request = _request(workspace, store, labels, source.content, count, exam, now)
            chosen = [workspace.grid.tile(tile_id) for tile_id in request.tiles]
        else:
            request, chosen = None, campaign_tiles(store, tiles)
        before = {tile: store.last_finish(tile) for tile in chosen}  # read first: what is finished after it is kept
        waiting = [tile for tile in chosen if store.tile(tile.id).state in QUEUED] if request else chosen
        found = {tile: source.on_tile(tile) for tile in chosen}
        on_tiles = {tile: of_tile.labels for tile, of_tile in found.items()}
        is_begun = len(waiting) < len(chosen)  # then the whole was checked, and only empty tiles may be left of it
        _check_known(workspace, labels, {tile: found[tile] for tile in waiting})
        if len(names) > 1:
            _check_classes(workspace, store, on_tiles, waiting, names)
        _check(workspace, {tile: on_tiles[tile] for tile in waiting}, complete_in, may_be_empty or is_begun, on_plan)
        if request:
            begin(store, request)
        for number, tile in enumerate(waiting, 1):
            last, here = before[tile], on_tiles[tile]
            store.finish(
                tile,
                list(here.outlines),
                annotator,
                now,
                imagery=workspace.imagery.fingerprint,
                after=last.uuid if last else None,
                classes=[names[place - 1] for place in here.classes] if len(names) > 1 else None,
            )
            yield REPAIRING + (1 - REPAIRING) * number / len(waiting)
        if request:
            end(store, request)
    done = sum(len(inside) > 0 for inside in on_tiles.values())
    number = sum(map(len, on_tiles.values()))
    return Annotated(tuple(tile.id for tile in chosen), done, len(chosen) - done, number)


def _check_classes(
    workspace: Workspace,
    store: LabelStore,
    on_tiles: Mapping[Tile, Labels],
    waiting: Sequence[Tile],
    names: Sequence[str],
) -> None:
    """LabelError where a footprint reaches onto one of another class, but of a tile that comes from the same file."""
    imported = {tile.id for tile in on_tiles}
    for tile in waiting:
        outlines, classes = list(on_tiles[tile].outlines), [names[number - 1] for number in on_tiles[tile].classes]
        near = [record for record in store.beside(tile, outlines) if record.tile_id not in imported]
        check_apart(outlines, classes, near, workspace.grid.pixel_size**2)


def _check_known(workspace: Workspace, path: Path, on_tiles: Mapping[Tile, TileLabels]) -> None:
    """LabelError where the file says nothing of a part of a tile that is imagery."""
    unsure = [tile for tile, found in on_tiles.items() if not found.is_known.all()]
    seen = (valid for batch in read_tiles(workspace.imagery, workspace.grid, unsure) for valid in batch.valid)
    unknown = [
        tile.id
        for valid, tile in zip(seen, unsure)  # in this order the reading ends and its file is closed
        if (valid & ~on_tiles[tile].is_known).sum() > UNKNOWN_SHARE * valid.sum()
    ]
    if unknown:
        raise LabelError(
            "tiles-not-labelled",
            "'{path}' has no value on a part of {unknown} of the {tiles} chosen tiles: {named}. Leave them out, or say "
            "what the missing values mean; nothing was changed.",
            path=path,
            unknown=len(unknown),
            tiles=len(on_tiles),
            named=_named(unknown),
        )


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
    on_tiles: Mapping[Tile, Labels],
    complete_in: Path | None,
    may_be_empty: bool,
    on_plan: Callable[[ImportPlan], None] | None,
) -> None:
    """Refuse what the file cannot mean, else tell the plan; ``on_tiles`` are those that will be finished."""
    empty = sum(len(inside) == 0 for inside in on_tiles.values())
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
            "and there is nothing to map, say so (option empty), or say where the footprints are complete (option "
            "complete-in); nothing was changed.",
            tiles=len(on_tiles),
            named=_named([tile.id for tile in on_tiles]),
        )
    if on_plan:
        on_plan(ImportPlan(len(on_tiles), empty, sum(map(len, on_tiles.values()))))


def _named(tile_ids: Sequence[str]) -> str:
    return ", ".join([*tile_ids[:NAMED_AT_MOST], *(["..."] if len(tile_ids) > NAMED_AT_MOST else [])])
