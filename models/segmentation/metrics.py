"""How good a prediction is: counts by pixel and by footprint, and whether a change is better than noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Counts:
    """True positives, false positives and false negatives, of pixels or of footprints; they add up."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def iou(self) -> float:
        """Intersection over union; 1 where there is nothing and nothing was predicted."""
        return float(_iou(np.array([self.tp, self.fp, self.fn])))

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there is nothing and nothing was predicted."""
        return 2 * self.iou / (1 + self.iou)


@dataclass(frozen=True)
class Difference:
    """The pooled IoU before and after, and the 90 % interval, low to high, of after minus before.

    Whether a change is better asks for one side only: it lies above ``low`` with a certainty of 95 %.
    """

    iou_before: float
    iou_after: float
    low: float
    high: float
    share_better: float
    better_tiles: int
    worse_tiles: int

    @property
    def is_better_than_noise(self) -> bool:
        return self.low > 0


def pixel_counts(prediction: NDArray[np.bool_], truth: NDArray[np.uint8]) -> Counts:
    """Counts of pixels of a prediction, given the mask of the same shape: 1 building, 0 not, 255 ignore."""
    building, background = truth == 1, truth == 0
    return Counts(
        tp=int((prediction & building).sum()),
        fp=int((prediction & background).sum()),
        fn=int((~prediction & building).sum()),
    )


def footprint_counts(predicted: Sequence[BaseGeometry], true: Sequence[BaseGeometry], threshold: float = 0.5) -> Counts:
    """Counts of footprints, matched one to one, the greatest IoU first, down to the threshold."""
    proposals, tree = np.asarray(predicted, dtype=object), shapely.STRtree(true)
    left, right = tree.query(proposals, predicate="intersects")
    iou = footprint_iou(proposals[left], tree.geometries[right])
    matched_left: set[int] = set()
    matched_right: set[int] = set()
    for pair in np.argsort(-iou, kind="stable"):
        if iou[pair] >= threshold and left[pair] not in matched_left and right[pair] not in matched_right:
            matched_left.add(left[pair])
            matched_right.add(right[pair])
    tp = len(matched_left)
    return Counts(tp, len(predicted) - tp, len(true) - tp)


def footprint_iou(one: NDArray[np.object_], other: NDArray[np.object_]) -> NDArray[np.float64]:
    """Intersection over union of each pair of polygons, shape (pair,); also takes two single polygons."""
    intersection = shapely.area(shapely.intersection(one, other))
    iou: NDArray[np.float64] = intersection / (shapely.area(one) + shapely.area(other) - intersection)
    return iou


def bootstrap_difference(
    before: Sequence[Counts], after: Sequence[Counts], rng: np.random.Generator, draws: int = 2000
) -> Difference:
    """What a change does to the pooled IoU, and how sure that is: a paired bootstrap over the tiles.

    Each draw takes as many tiles as there are, with replacement, the same ones before and after.
    Both lists hold one entry a tile, in the same order, and at least one; the fewer the tiles, the more
    the interval is too narrow.
    """
    tiles = len(before)
    counts = np.array([[(c.tp, c.fp, c.fn) for c in side] for side in (before, after)])  # (side, tile, count)
    times_drawn = rng.multinomial(tiles, np.full(tiles, 1 / tiles), size=draws)  # (draw, tile)
    iou_before, iou_after = _iou(times_drawn @ counts)  # (draw,) each
    change = iou_after - iou_before
    low, high = np.quantile(change, [0.05, 0.95])
    pooled_before, pooled_after = _iou(counts.sum(axis=1))
    tile_before, tile_after = _iou(counts)
    return Difference(
        iou_before=float(pooled_before),
        iou_after=float(pooled_after),
        low=float(low),
        high=float(high),
        share_better=float((change > 0).mean()),
        better_tiles=int((tile_after > tile_before).sum()),
        worse_tiles=int((tile_after < tile_before).sum()),
    )


def _iou(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """IoU of counts of shape (..., 3): true positives, false positives, false negatives."""
    union = counts.sum(axis=-1)
    return np.where(union > 0, counts[..., 0] / np.maximum(union, 1), 1.0)
