"""The exam: a model version on the frozen exam tiles, by pixel and by footprint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray
from rasterio.features import shapes
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ..annotation.mask import BUILDING, IGNORE
from ..imagery.grid import TileGrid
from ..imagery.raster import Imagery, read_tiles
from ..jobs import Job
from ..segmentation.metrics import Counts, footprint_counts, pixel_counts
from ..segmentation.prediction import Predictor
from ..training.samples import Samples

THRESHOLD = 0.5
FEWEST_FOOTPRINT_PX = 25  # smaller patches are no footprints


@dataclass(frozen=True)
class ExamResult:
    """Counts of pixels and of footprints for each exam tile, in the same order for every version."""

    version: str
    pixels: tuple[Counts, ...]
    footprints: tuple[Counts, ...]

    @property
    def exam_tiles(self) -> int:
        return len(self.pixels)

    @property
    def iou(self) -> float:
        """IoU of buildings over all exam tiles taken as one."""
        return reduce(add, self.pixels).iou

    @property
    def f1(self) -> float:
        return reduce(add, self.pixels).f1

    @property
    def footprint_f1(self) -> float:
        """F1 of footprints matched one to one at IoU 0.5, each tile for itself."""
        return reduce(add, self.footprints).f1


def examine(
    predictor: Predictor, version: str, imagery: Imagery, grid: TileGrid, samples: Samples, batch_size: int = 8
) -> Job[ExamResult]:
    """The result of a version on annotated exam tiles, of which there is at least one."""
    pixels: list[Counts] = []
    footprints: list[Counts] = []
    for batch in read_tiles(imagery, grid, samples.tiles, batch_size):
        for probability in predictor.predict(batch).probability:
            of_pixels, of_footprints = count_tile(probability, samples.masks[len(pixels)].numpy())
            pixels.append(of_pixels)
            footprints.append(of_footprints)
        yield len(pixels) / len(samples.tiles)
    return ExamResult(version, tuple(pixels), tuple(footprints))


def count_tile(probability: NDArray[np.float32], mask: NDArray[np.uint8]) -> tuple[Counts, Counts]:
    """Counts of pixels and of footprints on one tile, from building probabilities and the mask (row, column)."""
    building = probability >= THRESHOLD
    footprints = footprint_counts(_outlines(building & (mask != IGNORE)), _outlines(mask == BUILDING))
    return pixel_counts(building, mask), footprints


def _outlines(building: NDArray[np.bool_]) -> list[BaseGeometry]:
    """The patches of a mask (row, column) as polygons in pixels."""
    outlines = (shape(outline) for outline, value in shapes(building.astype(np.uint8), mask=building))
    return [outline for outline in outlines if outline.area >= FEWEST_FOOTPRINT_PX]
