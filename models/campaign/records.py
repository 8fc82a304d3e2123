"""What the label store knows of a tile, of what was done to it, and of a round of fine-tuning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from shapely.geometry import MultiPolygon

from ..imagery.grid import Tile


class TileState(str, Enum):
    """What became of a tile; only ``done`` and ``empty`` ones train."""

    POOL = "pool"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in progress"
    DONE = "done"
    EMPTY = "empty"
    SKIPPED = "skipped"
    BAD_IMAGERY = "bad imagery"


ANNOTATED = (TileState.DONE, TileState.EMPTY)
QUEUED = (TileState.POOL, TileState.ASSIGNED, TileState.IN_PROGRESS)


@dataclass(frozen=True)
class TilePriority:
    """What scoring says about a tile; uncertainty in bits, the other values 0..1, rank from 1."""

    tile: Tile
    priority: float | None
    rank: int | None
    predicted_iou: float | None
    uncertainty: float | None
    novelty: float | None
    reason: str | None  # as JSON, see priority.ranking_reason


@dataclass(frozen=True)
class TileRecord:
    """A tile as the store knows it; what no version has scored is None."""

    tile: Tile
    split: str
    state: TileState
    rank: int | None
    priority: float | None
    predicted_iou: float | None
    uncertainty: float | None
    novelty: float | None
    reason: str | None  # as JSON, see priority.ranking_reason
    version: str | None


@dataclass(frozen=True)
class LogEntry:
    """One thing that was done to a tile, never changed later; geometry is all that was committed with it."""

    time: datetime
    state: TileState
    geometry: MultiPolygon | None
    uuid: str
    annotator: str | None
    tile_id: str
    action: str
    imagery: str | None
    model_version: str | None
    origin: str | None


@dataclass(frozen=True)
class Round:
    """One fine-tuning: the version it made of its parent, from how many tiles, and the exams of both."""

    time: datetime
    activated: bool
    version: str
    parent: str | None
    tiles: int
    exam_iou_before: float | None
    exam_iou_after: float | None
    seconds: float
