"""The exam: a model version on the frozen exam tiles, by pixel and by footprint."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..annotation.mask import BUILDING, IGNORE
from ..imagery.grid import Tile, TileGrid
from ..imagery.raster import Imagery, read_tiles
from ..jobs import Job
from ..segmentation.metrics import ConfusionCounts, FootprintCounts, pixel_counts
from ..segmentation.mosaic import CERTAIN, as_stored
from ..segmentation.outlines import THRESHOLD
from ..segmentation.prediction import Predictor
from ..training.samples import Samples
from .footprint_match import match_footprints


@dataclass(frozen=True)
class ExamResult:
    """Counts of pixels for each exam tile, in the same order for every version, and of footprints over all of them."""

    version: str
    tiles: tuple[Tile, ...]
    pixels: tuple[ConfusionCounts, ...]
    footprints: FootprintCounts

    @property
    def exam_tiles(self) -> int:
        return len(self.tiles)

    @property
    def iou(self) -> float:
        """IoU of buildings over all exam tiles taken as one."""
        return reduce(add, self.pixels).iou

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
    footprints: Sequence[BaseGeometry] | NDArray[np.object_],
    grid: TileGrid,
    annotated: Collection[Tile] = (),
) -> ExamResult:
    """The result of a version on labelled tiles, from what it sees there: see ``look_at``.

    ``footprints`` are all true ones that share ground with the tiles, each of them once, in the grid's CRS. With
    ``annotated`` tiles it is that of the finished map, which is right there.
    """
    known = samples.masks.numpy() != IGNORE
    matched = match_footprints(samples.tiles, seen, known, footprints, grid, annotated)
    return ExamResult(version, samples.tiles, count_pixels(samples, seen, annotated), matched)


def count_pixels(
    samples: Samples, seen: NDArray[np.uint8], annotated: Collection[Tile] = ()
) -> tuple[ConfusionCounts, ...]:
    """The counts of pixels on each tile; what is annotated is right."""
    masks, building = samples.masks.numpy(), seen[:, 0] >= THRESHOLD * CERTAIN
    judged = set(annotated)
    is_right = [tile in judged for tile in samples.tiles]
    return tuple(
        pixel_counts(mask == BUILDING if right else found, mask)
        for found, mask, right in zip(building, masks, is_right)
    )
