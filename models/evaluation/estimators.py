"""The quality of the finished map, estimated from the tiles that were drawn by lot.

What people annotated is right and known, and so is how much the model shows elsewhere; unknown is how much of that is
wrong, and how much it misses. Each round is a sample of the area as it was when the round was drawn, with known
inclusion probabilities: Horvitz-Thompson estimates its totals without bias, whatever made some tiles likelier than
others (Särndal, Swensson & Wretman 1992, 2.8; for map accuracy Olofsson et al. 2014). The rounds are averaged by their
numbers of drawn tiles; as the chances of a round depend on earlier labels only through what was annotated before it,
which is counted as it is, the mean is unbiased too (Farquhar et al. 2021, arXiv 2101.11665). The variance is that of
drawing with replacement with Hájek's correction for certain tiles (1964), by linearisation for ratios.

A tile is judged as the version sees it that is asked for. Where that version has learnt from the tile, its counts must
come from one that has not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

LEVEL = 0.9  # of the intervals
FEWEST_DRAWN = 5  # tiles drawn by lot: with fewer nothing is said

Array = NDArray[np.float64]


@dataclass(frozen=True)
class RoundSample:
    """The annotated tiles of a round: places among all annotated tiles.

    ``probability`` (drawn,) are the inclusion probabilities of the tiles drawn; those of a round that is not annotated
    whole are scaled by the share that is. ``before`` are the tiles that were annotated when the round was drawn.
    """

    drawn: NDArray[np.intp]
    probability: Array
    before: NDArray[np.intp]


@dataclass(frozen=True)
class Estimate:
    """A value and the bounds of its 90 % interval."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> Estimate:
        """The same in another unit."""
        return Estimate(factor * self.value, factor * self.low, factor * self.high)


@dataclass(frozen=True)
class MapTotals:
    """What is known of a map: in pixels or in footprints.

    ``annotated`` is what people annotated; ``predicted`` what the model shows on all other tiles.
    """

    annotated: float
    predicted: float


@dataclass(frozen=True)
class MapQuality:
    """Of the finished map: IoU, F1, and how much is really there, in the unit of its totals."""

    iou: Estimate
    f1: Estimate
    amount: Estimate


def estimate_quality(totals: MapTotals, wrong: Array, rounds: Sequence[RoundSample]) -> MapQuality | None:
    """The quality of the finished map; None where too few tiles were drawn by lot.

    ``wrong`` (annotated tile, 2) are the false positives and false negatives of the version on the annotated tiles.
    """
    by_lot = sum(int((each.probability < 1).sum()) for each in rounds)
    if by_lot < FEWEST_DRAWN:
        return None
    (made_up, missed), covariance = _left(wrong, rounds)
    made_up, missed = min(max(made_up, 0.0), totals.predicted), max(missed, 0.0)
    shown = totals.annotated + totals.predicted
    right, either = shown - made_up, max(shown + missed, 1.0)  # less than one pixel or footprint is none
    reach = float(student.ppf((1 + LEVEL) / 2, max(1, by_lot - len(rounds))))
    gradient = np.array([-1, -right / either]) / either
    value = right / either if shown + missed else 1.0
    iou = _share(value, reach * math.sqrt(gradient @ covariance @ gradient))
    half = reach * math.sqrt(np.array([-1, 1]) @ covariance @ np.array([-1, 1]))
    amount = right + missed
    return MapQuality(
        iou=iou,
        f1=Estimate(*(2 * each / (1 + each) for each in (iou.value, iou.low, iou.high))),
        amount=Estimate(amount, max(amount - half, totals.annotated), amount + half),
    )


def _left(wrong: Array, rounds: Sequence[RoundSample]) -> tuple[Array, Array]:
    """The totals over all tiles that nobody has annotated, (2,), and their covariance, (2, 2)."""
    totals, covariance, every = np.zeros(2), np.zeros((2, 2)), sum(len(each.drawn) for each in rounds)
    for each in rounds:
        expanded, weight = wrong[each.drawn] / each.probability[:, None], 1 - each.probability
        share, by_lot = len(each.drawn) / every, int((weight > 0).sum())
        totals += share * (expanded.sum(axis=0) + wrong[each.before].sum(axis=0))
        if by_lot > 1:
            apart = expanded - (weight[:, None] * expanded).sum(axis=0) / weight.sum()
            covariance += share**2 * by_lot / (by_lot - 1) * (weight[:, None] * apart).T @ apart
    return totals - wrong.sum(axis=0), covariance


def _share(value: float, half: float) -> Estimate:
    """The interval of a share, symmetric on the scale of log odds: it stays between 0 and 1."""
    inside = min(max(value, 1e-6), 1 - 1e-6)
    middle, half = math.log(inside / (1 - inside)), half / (inside * (1 - inside))
    low, high = (1 / (1 + math.exp(-min(max(each, -700.0), 700.0))) for each in (middle - half, middle + half))
    return Estimate(value, min(low, value), max(high, value))
