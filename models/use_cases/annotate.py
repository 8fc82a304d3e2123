"""Labels from a file: its footprints finish tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..annotation.footprint_file import read_footprints
from ..campaign.import_request import begin, begun_tiles, campaign_tiles, end, on_tile
from ..campaign.workspace import Workspace
from ..jobs import Job
from .next_tiles import next_tiles


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
    annotator: str,
    now: datetime,
) -> Job[Annotated]:
    """Finish tiles with the footprints of a file: those named, the next ``count`` of the queue, or all exam tiles.

    A tile on which the file has no footprint counts as looked at and empty. Each tile is on disk before the next. The
    same wish after an interruption means the same tiles: others would become empty although nobody looked at them.
    """
    found = read_footprints(footprints, workspace.grid, repair).geometry
    wish = [str(footprints.resolve()), count, exam]
    with workspace.lock(), workspace.store() as store:
        if tiles is None:
            tiles = begun_tiles(store, wish)
        if tiles is None:
            tiles = [queued.tile_id for queued in next_tiles(workspace, count, exam=exam)]
            begin(store, wish, tiles)
        chosen = campaign_tiles(store, tiles)
        numbers: list[int] = []
        for tile in chosen:
            inside = on_tile(found, workspace.grid.tile_bounds(tile))
            store.finish(tile, inside, annotator, now, imagery=workspace.imagery.fingerprint)
            numbers.append(len(inside))
            yield len(numbers) / len(chosen)
        end(store)
    done = sum(number > 0 for number in numbers)
    return Annotated(tuple(tile.id for tile in chosen), done, len(chosen) - done, sum(numbers))
