"""The queue of annotation where people look for it: in the tiles layer and in the heatmap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from ..imagery.grid import Bounds, Tile
from ..priority.heatmap import write_heatmap
from ..priority.ranking_reason import RankingReason, reason_from_json
from ..training.split import EXAM, TRAINING
from .label_store import LabelStore
from .records import QUEUED, DrawnRound, TilePriority, TileRecord
from .workspace import Workspace

if TYPE_CHECKING:
    from ..priority.queue import Queue
    from ..priority.uncertainty import TileScore


@dataclass(frozen=True)
class QueuedTile:
    """A tile in the queue of annotation; bounds are in ``crs``. What is not known before scoring is None.

    A tile that is not ranked has no reason: its split and its state say why.
    """

    tile_id: str
    rank: int | None
    priority: float | None
    predicted_iou: float | None
    uncertainty: float | None
    novelty: float | None
    split: str
    state: str
    reason: RankingReason | None
    bounds: Bounds
    crs: str

    @property
    def is_exam(self) -> bool:
        return self.split == EXAM


def queued_tile(workspace: Workspace, record: TileRecord) -> QueuedTile:
    """A record of the tiles layer as an entry of the queue."""
    return QueuedTile(
        record.tile.id,
        record.rank,
        record.priority,
        record.predicted_iou,
        record.uncertainty,
        record.novelty,
        record.split,
        record.state.value,
        reason_from_json(record.reason),
        workspace.grid.tile_bounds(record.tile),
        workspace.grid.crs,
    )


def write_queue(
    workspace: Workspace,
    store: LabelStore,
    version: str,
    scores: Mapping[Tile, TileScore],
    pool: Sequence[Tile],
    queue: Queue,
) -> None:
    """Into the tiles layer and the heatmap: the ranking of the pool, and what is known of every other scored tile."""
    ranking = queue.ranking
    reasons = (reason.to_json() for reason in ranking.reason)
    ranked = dict(zip(pool, zip(ranking.priority, ranking.rank, ranking.novelty, reasons)))
    unranked = (None, None, None, None)
    rows = []
    for record in store.tiles():
        if record.tile in scores:
            waits = record.state in QUEUED  # still: it may have been annotated while the tiles were scored
            priority, rank, novelty, reason = ranked.get(record.tile, unranked) if waits else unranked
            uncertainty = float(scores[record.tile].statistics[0])
            predicted_iou = queue.predicted_iou[record.tile]
            rows.append(TilePriority(record.tile, priority, rank, predicted_iou, uncertainty, novelty, reason))
    store.write_priorities(rows, version)
    write_heatmap(workspace.heatmap, workspace.grid, dict(zip(pool, ranking.priority)))


def keep_draw(
    store: LabelStore, version: str, seed: int, now: datetime, pool: Sequence[Tile], queue: Queue, count: int
) -> None:
    """Into the campaign: how the next ``count`` tiles were chosen from the pool, and by which chances if by lot.

    Scoring the same state again gives the same round, which is kept once.
    """
    ranking, chances = queue.ranking, {}
    if ranking.probability is not None:
        drawn = np.argsort(ranking.rank)[:count].tolist()
        chances = dict(zip((pool[place].id for place in drawn), ranking.probability[drawn].tolist()))
    outside = frozenset(record.tile.id for record in store.tiles(TRAINING)) - {tile.id for tile in pool}
    this = DrawnRound(now, version, queue.strategy, seed, outside, chances)
    before = store.drawn_rounds()
    if not before or replace(before[-1], time=now) != this:
        store.add_drawn_round(this)
