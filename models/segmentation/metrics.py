"""How good a prediction is: confusion counts by pixel and by footprint, IoU and F1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..choices import BACKGROUND_WORD

IGNORE = 255  # in a mask: nobody knows, see annotation.mask
Outlines = Union[Sequence[BaseGeometry], NDArray[np.object_]]
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


def pixel_counts(prediction: NDArray[np.uint8], truth: NDArray[np.uint8]) -> ConfusionCounts:
    """Counts of pixels of a predicted mask, given the true one of the same shape: see ``annotation.mask``.

    All classes count together: a pixel of one class that is taken for another is a false positive and a false negative.
    """
    known, is_right = truth != IGNORE, prediction == truth
    foreground = known & (truth != 0)
    return ConfusionCounts(
        tp=int((foreground & is_right).sum()),
        fp=int((known & (prediction != 0) & ~is_right).sum()),
        fn=int((foreground & ~is_right).sum()),
    )


def confusion_matrix(prediction: NDArray[np.uint8], truth: NDArray[np.uint8], classes: int) -> NDArray[np.int64]:
    """Pixels by true class and predicted class, (class, class), background first; what is ignored is left out."""
    known = truth != IGNORE
    pairs = truth[known].astype(np.int64) * (classes + 1) + prediction[known]
    matrix: NDArray[np.int64] = np.bincount(pairs, minlength=(classes + 1) ** 2).reshape(classes + 1, classes + 1)
    return matrix


def class_counts(matrix: NDArray[np.int64]) -> NDArray[np.int64]:
    """True positives, false positives and false negatives of each class but background, (..., class, 3), given
    confusion matrices (..., class, class)."""
    right = np.diagonal(matrix, axis1=-2, axis2=-1)
    counts: NDArray[np.int64] = np.stack([right, matrix.sum(axis=-2) - right, matrix.sum(axis=-1) - right], axis=-1)
    return counts[..., 1:, :]


def taken_for(matrix: NDArray[np.int64], names: Sequence[str]) -> dict[str, list[tuple[str, float]]]:
    """What the pixels of each class are taken for, wrongly, with their share of all of them: the largest first.

    ``names`` are those of the rows of a confusion matrix but background. A class without pixels is left out.
    """
    shown = [BACKGROUND_WORD, *names]
    found: dict[str, list[tuple[str, float]]] = {}
    for number, name in enumerate(names, 1):
        row = matrix[number]
        wrong = [other for other in np.argsort(-row, kind="stable").tolist() if other != number and row[other]]
        if row.any():
            found[name] = [(shown[other], float(row[other] / row.sum())) for other in wrong]
    return found


def matched_footprints(predicted: Outlines, true: Outlines) -> dict[int, tuple[int, float]]:
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
