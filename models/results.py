"""What the use cases give back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .imagery.grid import Bounds

if TYPE_CHECKING:
    from .priority.predicted_iou import Quality
    from .segmentation.metrics import Difference


@dataclass(frozen=True)
class Scored:
    """What scoring did. ``quality`` says how far the predicted IoU can be trusted, None before it could be measured."""

    version: str
    strategy: str
    tiles: int
    new_tiles: int
    bad_tiles: int
    seconds: float
    quality: Quality | None
    heatmap: Path


@dataclass(frozen=True)
class QueuedTile:
    """A tile in the queue of annotation; bounds are in ``crs``. What is not known before scoring is None."""

    tile_id: str
    rank: int | None
    priority: float | None
    predicted_iou: float | None
    uncertainty: float | None
    novelty: float | None
    reason: str
    bounds: Bounds
    crs: str


@dataclass(frozen=True)
class Annotated:
    """What came in: the tiles finished, how many of them hold footprints, and how many footprints there were."""

    tiles: tuple[str, ...]
    done: int
    empty: int
    footprints: int


@dataclass(frozen=True)
class Counts:
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


@dataclass(frozen=True)
class FineTuned:
    """A new version, its exam beside its parent's, and whether it became the active one.

    Without annotated exam tiles nothing shows whether it is better: ``difference`` is None and it is parked.
    """

    version: str
    parent: str
    method: str
    tiles: int
    is_active: bool
    difference: Difference | None
    epochs: int
    seconds: float


@dataclass(frozen=True)
class Predicted:
    """The file of footprints, how many they are, and the version that drew them."""

    path: Path
    footprints: int
    version: str
