"""The exam: a model version on the frozen exam tiles, by pixel and by footprint."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray

from ..annotation.labels import Labels
from ..annotation.mask import IGNORE
from ..imagery.grid import Tile, TileGrid
from ..imagery.raster import Imagery, read_tiles
from ..jobs import Job
from ..segmentation.classes import MappedClass
from ..segmentation.likeliest_class import likeliest_class
from ..segmentation.metrics import (
    ConfusionCounts,
    FootprintCounts,
    class_counts,
    confusion_matrix,
    iou_of,
    pixel_counts,
    taken_for,
)
from ..segmentation.mosaic import CERTAIN, as_stored
from ..segmentation.prediction import Predictor
from ..training.samples import Samples
from .footprint_match import match_footprints


@dataclass(frozen=True)
class ExamResult:
    """Counts of pixels for each exam tile, in the same order for every version, and of footprints over all of them.

    ``confusion`` are pixels of all tiles by true class and class that is shown, background first.
    """

    version: str
    tiles: tuple[Tile, ...]
    pixels: tuple[ConfusionCounts, ...]
    footprints: FootprintCounts
    classes: tuple[MappedClass, ...]
    confusion: NDArray[np.int64]

    @property
    def exam_tiles(self) -> int:
        return len(self.tiles)

    @property
    def iou(self) -> float:
        """IoU over all exam tiles taken as one, and of all classes but background."""
        return reduce(add, self.pixels).iou

    @property
    def class_iou(self) -> dict[str, float]:
        """IoU of each class by its name; none of a class that is nowhere."""
        iou, is_there = iou_of(class_counts(self.confusion)), self.confusion[1:].any(axis=1)
        return {each.name: float(iou[place]) for place, each in enumerate(self.classes) if is_there[place]}

    @property
    def taken_for(self) -> dict[str, list[tuple[str, float]]]:
        """What the pixels of each class are taken for: see ``metrics.taken_for``."""
        return taken_for(self.confusion, [each.name for each in self.classes])

    @property
    def mean_iou(self) -> float:
        """The mean of the IoU of the classes that are there; 1 where none is."""
        found = list(self.class_iou.values())
        return float(np.mean(found)) if found else 1.0

    @property
    def f1(self) -> float:
        return reduce(add, self.pixels).f1

    @property
    def footprint_f1(self) -> float:
        """F1 of footprints, matched one to one with the true ones at IoU 0.5: see ``footprint_match``."""
        return self.footprints.f1

    @property
    def matched_iou(self) -> float:
        """Mean IoU of the footprints that are matched."""
        return self.footprints.matched_iou


def look_at(
    predictor: Predictor, imagery: Imagery, grid: TileGrid, tiles: Sequence[Tile], batch_size: int = 8
) -> Job[NDArray[np.uint8]]:
    """What a version sees on some tiles, at least one: uint8 (tile, layer, row, column), as ``predict`` stores it."""
    found: list[NDArray[np.uint8]] = []
    done = 0
    for batch in read_tiles(imagery, grid, tiles, batch_size):
        found.append(as_stored(predictor.predict(batch).layers))
        done += len(batch.values)
        yield done / len(tiles)
    return np.concatenate(found)


def examine(
    version: str,
    samples: Samples,
    seen: NDArray[np.uint8],
    footprints: Labels,
    grid: TileGrid,
    classes: tuple[MappedClass, ...],
    annotated: Collection[Tile] = (),
) -> ExamResult:
    """The result of a version on labelled tiles, from what it sees there: see ``look_at``.

    ``footprints`` are all true ones that share ground with the tiles, each of them once, in the grid's CRS. With
    ``annotated`` tiles it is that of the finished map, which is right there.
    """
    masks, shown = samples.masks.numpy(), _shown(samples, seen, len(classes), annotated)
    matched = match_footprints(samples.tiles, seen, masks != IGNORE, footprints, grid, classes, annotated)
    confusion = confusion_matrix(shown, masks, len(classes))
    return ExamResult(version, samples.tiles, _counts(shown, masks), matched, classes, confusion)


def count_pixels(samples: Samples, seen: NDArray[np.uint8], classes: int) -> tuple[ConfusionCounts, ...]:
    """The counts of pixels on each tile, of what a version sees there of so many classes."""
    return _counts(_shown(samples, seen, classes, ()), samples.masks.numpy())


def _shown(samples: Samples, seen: NDArray[np.uint8], classes: int, annotated: Collection[Tile]) -> NDArray[np.uint8]:
    """The class that each pixel shows, (tile, row, column); what is annotated is right."""
    shown, judged = likeliest_class(seen, classes, certain=CERTAIN), set(annotated)
    is_right = np.array([tile in judged for tile in samples.tiles])
    return np.where(is_right[:, None, None], samples.masks.numpy(), shown)


def _counts(shown: NDArray[np.uint8], masks: NDArray[np.uint8]) -> tuple[ConfusionCounts, ...]:
    return tuple(map(pixel_counts, shown, masks))
