"""What the label store knows of a tile, of what was done to it, and of a round of fine-tuning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon

from ..imagery.grid import Tile
from ..segmentation.metrics import TileCounts


class TileState(str, Enum):
    """What became of a tile; only ``done`` and ``empty`` ones train."""

    POOL = "pool"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in progress"
    DONE = "done"
    EMPTY = "empty"
    SKIPPED = "skipped"
    BAD_IMAGERY = "bad imagery"

    @classmethod
    def _missing_(cls, value: object) -> TileState:
        raise ValueError(f"{'nothing' if value is None else repr(value)} is no state of a tile")


ANNOTATED = (TileState.DONE, TileState.EMPTY)
QUEUED = (TileState.POOL, TileState.ASSIGNED, TileState.IN_PROGRESS)
CLAIM_LASTS = timedelta(minutes=30)


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
class Claim:
    """Who is working on a tile, for so long; the tile gets the state before back when it is released."""

    session: str
    annotator: str | None
    until: datetime
    state_before: TileState

    def holds(self, now: datetime) -> bool:
        """Whether nobody else may take the tile.

        The clocks of two computers differ by minutes; a claim that begins later than that is one of a wrong clock.
        """
        return now < self.until <= now + 2 * CLAIM_LASTS


@dataclass(frozen=True)
class FootprintRecord:
    """A row of the layer of footprints, its time and its WKB exactly as they are stored.

    What was drawn with the tools of QGIS may lack anything but its geometry; it has an empty uuid then.
    """

    uuid: str
    tile_id: str | None
    annotator: str | None
    created_at: str | None
    origin: str | None
    model_version: str | None
    wkb: bytes
    of_class: str | None = None


@dataclass(frozen=True)
class LogEntry:
    """One thing that was done to a tile, never changed later; geometry is all that was committed with it.

    ``removed`` are the uuids of footprints that left the layer with it, ``brought`` the rows that it then put there.
    Entries from before schema 2 tell neither; those had one origin and model version for all of their footprints.
    """

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
    brought: tuple[FootprintRecord, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class TileQuality:
    """The IoU of what a version predicted on a tile without having learnt from it, and how that prediction looked.

    Statistics (4,) and embedding (channel,) are None where they were lost before schema 2 kept them, and where the
    version is one whose sibling, held out of this tile, was looked at in its place. There are no counts from before
    schema 3, and none of footprints from before schema 5.
    """

    tile: Tile
    version: str
    iou: float
    statistics: NDArray[np.float64] | None
    embedding: NDArray[np.float32] | None
    counts: TileCounts | None


@dataclass(frozen=True)
class DrawnRound:
    """How the next tiles were ranked, and, where they were drawn by lot, their inclusion probabilities by tile id.

    ``outside`` are the ids of the training tiles that could not be drawn: annotated, skipped or without a picture.
    """

    time: datetime
    version: str
    strategy: str
    seed: int
    outside: frozenset[str]
    probability: Mapping[str, float]


@dataclass(frozen=True)
class MeasuredMap:
    """How good the finished map was told to be, with so many tiles annotated: its IoU and the 90 % interval of it.

    ``minutes`` are those that the annotation is expected to have taken, see priority.annotation_cost.
    """

    time: datetime
    version: str
    tiles: int
    minutes: float
    iou: float
    iou_low: float
    iou_high: float


@dataclass(frozen=True)
class Round:
    """One fine-tuning: the version it made of its parent, from how many tiles, and the exams of both.

    ``exam_tiles`` is how many exam tiles were annotated then, None where that was not kept.
    """

    time: datetime
    activated: bool
    version: str
    parent: str | None
    tiles: int
    exam_iou_before: float | None
    exam_iou_after: float | None
    seconds: float
    exam_tiles: int | None = None
