"""How far a campaign is, and what its rounds have brought."""

from __future__ import annotations

from dataclasses import dataclass

from ..campaign.records import ANNOTATED, QUEUED, MeasuredMap, Round, TileState
from ..campaign.workspace import Workspace
from ..training.split import EXAM, TRAINING


@dataclass(frozen=True)
class TileCounts:
    """How far a campaign is: training tiles by what became of them, the exam, and all footprints.

    ``pool`` holds those that wait for labels, also the assigned ones and those in progress.
    """

    pool: int
    done: int
    empty: int
    skipped: int
    bad_imagery: int
    exam: int
    exam_annotated: int
    footprints: int


def count_tiles(workspace: Workspace) -> TileCounts:
    """How far the campaign is."""
    with workspace.store() as store:
        tiles, footprints = store.tile_counts(), store.footprint_count()

    def number(split: str, *states: TileState) -> int:
        return sum(tiles.get((split, state), 0) for state in states or TileState)

    return TileCounts(
        pool=number(TRAINING, *QUEUED),
        done=number(TRAINING, TileState.DONE),
        empty=number(TRAINING, TileState.EMPTY),
        skipped=number(TRAINING, TileState.SKIPPED),
        bad_imagery=number(TRAINING, TileState.BAD_IMAGERY),
        exam=number(EXAM),
        exam_annotated=number(EXAM, *ANNOTATED),
        footprints=footprints,
    )


def learning_curve(workspace: Workspace) -> list[Round]:
    """Every fine-tuning so far, oldest first."""
    with workspace.store() as store:
        return store.rounds()


def measured_maps(workspace: Workspace) -> list[MeasuredMap]:
    """How good the finished map was told to be, oldest first."""
    with workspace.store() as store:
        return store.measured_maps()
