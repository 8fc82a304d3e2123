"""How good a prediction is: confusion counts by pixel and by footprint, IoU and F1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

FOUND_IOU = 0.5  # of a predicted footprint with the true one that it finds


@dataclass(frozen=True)
class ConfusionCounts:
    """True positives, false positives and false negatives, of pixels or of footprints; they add up."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: ConfusionCounts) -> ConfusionCounts:
        return ConfusionCounts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def iou(self) -> float:
        """Intersection over union; 1 where there is nothing and nothing was predicted."""
        return float(iou_of(np.array([self.tp, self.fp, self.fn])))

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there is nothing and nothing was predicted."""
        return 2 * self.iou / (1 + self.iou)


@dataclass(frozen=True)
class FootprintCounts(ConfusionCounts):
    """Counts of footprints that are matched one to one at an IoU of 0.5 or more, and the sum of those IoUs."""

    iou_sum: float = 0.0

    def __add__(self, other: ConfusionCounts) -> FootprintCounts:
        more = other.iou_sum if isinstance(other, FootprintCounts) else 0.0
        return FootprintCounts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn, self.iou_sum + more)

    @property
    def matched_iou(self) -> float:
        """Mean IoU of the matched footprints; 1 where there are none."""
        return self.iou_sum / self.tp if self.tp else 1.0


@dataclass(frozen=True)
class TileCounts:
    """What a version is right and wrong about on a tile, in pixels and, where they were matched, in footprints."""

    pixels: ConfusionCounts
    footprints: ConfusionCounts | None = None


def pixel_counts(prediction: NDArray[np.bool_], truth: NDArray[np.uint8]) -> ConfusionCounts:
    """Counts of pixels of a prediction, given the mask of the same shape: 1 building, 0 not, 255 ignore."""
    building, background = truth == 1, truth == 0
    return ConfusionCounts(
        tp=int((prediction & building).sum()),
        fp=int((prediction & background).sum()),
        fn=int((~prediction & building).sum()),
    )


def matched_footprints(predicted: Sequence[BaseGeometry], true: Sequence[BaseGeometry]) -> dict[int, tuple[int, float]]:
    """The place of the true footprint, and the IoU, by the place of the predicted one: the greatest IoU first."""
    proposals, tree = np.asarray(predicted, dtype=object), shapely.STRtree(true)
    left, right = tree.query(proposals, predicate="intersects")
    iou = footprint_iou(proposals[left], tree.geometries[right])
    matched: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for pair in np.argsort(-iou, kind="stable"):
        if iou[pair] >= FOUND_IOU and left[pair] not in matched and right[pair] not in taken:
            matched[int(left[pair])] = int(right[pair]), float(iou[pair])
            taken.add(int(right[pair]))
    return matched


def footprint_iou(one: NDArray[np.object_], other: NDArray[np.object_]) -> NDArray[np.float64]:
    """Intersection over union of each pair of polygons, shape (pair,); also takes two single polygons."""
    intersection = shapely.area(shapely.intersection(one, other))
    iou: NDArray[np.float64] = intersection / (shapely.area(one) + shapely.area(other) - intersection)
    return iou


def iou_of(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """IoU of counts of shape (..., 3): true positives, false positives, false negatives."""
    union = counts.sum(axis=-1)
    return np.where(union > 0, counts[..., 0] / np.maximum(union, 1), 1.0)
