"""How good a prediction is: confusion counts by pixel and by footprint, IoU and F1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


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


def pixel_counts(prediction: NDArray[np.bool_], truth: NDArray[np.uint8]) -> ConfusionCounts:
    """Counts of pixels of a prediction, given the mask of the same shape: 1 building, 0 not, 255 ignore."""
    building, background = truth == 1, truth == 0
    return ConfusionCounts(
        tp=int((prediction & building).sum()),
        fp=int((prediction & background).sum()),
        fn=int((~prediction & building).sum()),
    )


def footprint_counts(
    predicted: Sequence[BaseGeometry], true: Sequence[BaseGeometry], threshold: float = 0.5
) -> ConfusionCounts:
    """Counts of footprints that are matched one to one."""
    tp = len(matched_footprints(predicted, true, threshold))
    return ConfusionCounts(tp, len(predicted) - tp, len(true) - tp)


def matched_footprints(
    predicted: Sequence[BaseGeometry], true: Sequence[BaseGeometry], threshold: float = 0.5
) -> dict[int, int]:
    """The place of the true footprint by that of the predicted one: the greatest IoU first, down to the threshold."""
    proposals, tree = np.asarray(predicted, dtype=object), shapely.STRtree(true)
    left, right = tree.query(proposals, predicate="intersects")
    iou = footprint_iou(proposals[left], tree.geometries[right])
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for pair in np.argsort(-iou, kind="stable"):
        if iou[pair] >= threshold and left[pair] not in matched and right[pair] not in taken:
            matched[int(left[pair])] = int(right[pair])
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
