"""The quality of the finished map, estimated from the tiles that were drawn by lot.

What people annotated is right and known, and so is how much the model shows elsewhere; unknown is how much of that is
wrong, and how much it misses. Each tile drawn by lot is an estimate of these on its own: what is wrong on it, divided
by the chance with which one draw would have met it, is on average what is wrong on all tiles of the lot (Hansen &
Hurwitz 1943); less what is known to be wrong on those that people have annotated since, it is what is left. The mean of
all such estimates is the estimate, their scatter its variance, with Hájek's correction for tiles that were nearly
certain (Särndal, Swensson & Wretman 1992, 3.6; for the accuracy of maps Olofsson et al. 2014). As the chances of a
round depend on earlier labels only through what was annotated before it, rounds may be averaged (Farquhar et al. 2021,
arXiv 2101.11665).

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
FEWEST_DRAWN = 5  # tiles drawn by lot: with fewer nothing is said,
FEWEST_MATCHED = 10  # and nothing of footprints: a tile holds few


@dataclass(frozen=True)
class ProbabilitySample:
    """The tiles of a round that were drawn by lot, without those that were certain.

    ``drawn`` are the places, among all annotated tiles, of those drawn that are annotated by now, and ``probability``
    (drawn,) their inclusion probabilities; ``count`` is how many were drawn. ``known`` are the places of all annotated
    tiles that might have been drawn so. ``expansion`` is the number of tiles that nobody has annotated, as a multiple
    of those among them that might have been drawn.
    """

    drawn: NDArray[np.intp]
    probability: NDArray[np.float64]
    count: int
    known: NDArray[np.intp]
    expansion: float = 1.0


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
class MapEstimate:
    """Of the finished map: its IoU, and how much is really there, in the unit of what was counted."""

    iou: Estimate
    amount: Estimate

    @property
    def f1(self) -> Estimate:
        """The F1 that goes with the IoU."""
        return Estimate(*(2 * iou / (1 + iou) for iou in (self.iou.value, self.iou.low, self.iou.high)))


def estimate_map(
    annotated: float, shown: float, wrong: NDArray[np.float64], samples: Sequence[ProbabilitySample]
) -> MapEstimate | None:
    """The quality of a finished map in pixels; None where too few tiles were drawn by lot.

    ``annotated`` is what people annotated, ``shown`` what the model shows on all other tiles. ``wrong`` (annotated
    tile, 2) are the false positives and false negatives of the model on the annotated tiles.
    """
    probability = _probability(samples)
    if len(probability) < FEWEST_DRAWN:
        return None
    left = np.concatenate([_left(wrong, sample) for sample in samples])
    return _estimate(annotated, shown, np.pad(left, ((0, 0), (0, 1))), probability)


def estimate_footprints(
    annotated: float,
    shown_px: float,
    wrong: NDArray[np.float64],
    shown: NDArray[np.float64],
    samples: Sequence[ProbabilitySample],
) -> MapEstimate | None:
    """The quality of a finished map in footprints; None where the tiles drawn are too few, or show none of them.

    Of the tiles that nobody has annotated it is known how many pixels look built, ``shown_px``, and not how many
    footprints that makes: as many by the pixel as on the tiles drawn (ratio estimator, Särndal et al. 1992, 5.6).
    ``annotated`` are the footprints that people have drawn, ``wrong`` is as in ``estimate_map``, and ``shown``
    (annotated tile, 2) are the footprints and the pixels of buildings that the model shows on each annotated tile.
    """
    probability = _probability(samples)
    if len(probability) < FEWEST_MATCHED:
        return None
    footprints, pixels = np.concatenate([_on_all(shown, sample) for sample in samples]).mean(axis=0)
    if not (footprints and pixels):
        return None
    by_pixel = footprints / pixels
    residual = (shown @ [1.0, -by_pixel])[:, None]  # footprints beyond the ratio
    columns = [np.hstack([_left(wrong, each), shown_px / pixels * _on_all(residual, each)]) for each in samples]
    return _estimate(annotated, by_pixel * shown_px, np.concatenate(columns), probability)


def _probability(samples: Sequence[ProbabilitySample]) -> NDArray[np.float64]:
    return np.concatenate([sample.probability for sample in samples] or [np.empty(0)])


def _on_all(counts: NDArray[np.float64], sample: ProbabilitySample) -> NDArray[np.float64]:
    """What each tile drawn says of all tiles that might have been, (drawn, count)."""
    return np.asarray(sample.count * counts[sample.drawn] / sample.probability[:, None])


def _left(counts: NDArray[np.float64], sample: ProbabilitySample) -> NDArray[np.float64]:
    """What each tile drawn says of the tiles that nobody has annotated, (drawn, count)."""
    return np.asarray(sample.expansion * (_on_all(counts, sample) - counts[sample.known].sum(axis=0)))


def _estimate(
    annotated: float, shown: float, left: NDArray[np.float64], probability: NDArray[np.float64]
) -> MapEstimate:
    """From what each tile drawn says is made up, missed, and shown beyond ``shown``, (drawn, 3), on the tiles left.

    Variances are those of the linearised IoU and amount.
    """
    tiles = len(probability)
    made_up, missed = np.maximum(left[:, :2].mean(axis=0), 0.0).tolist()
    made_up = min(made_up, shown)
    weight = (1 - probability)[:, None]
    apart = left - (weight * left).sum(axis=0) / weight.sum()
    covariance = (weight * apart).T @ apart / (tiles * (tiles - 1))
    either = max(annotated + shown + missed, 1.0)  # less than one is none
    wrong = (made_up + missed) / either
    of_wrong, of_amount = np.array([1, 1 - wrong, -wrong]) / either, np.array([-1, 1, 1])
    quantile = float(student.ppf((1 + LEVEL) / 2, tiles - 1))
    half, half_amount = (quantile * math.sqrt(max(each @ covariance @ each, 0.0)) for each in (of_wrong, of_amount))
    amount = annotated + shown - made_up + missed
    return MapEstimate(
        _iou(wrong, half, tiles), Estimate(amount, max(amount - half_amount, annotated), amount + half_amount)
    )


def _iou(wrong: float, half: float, tiles: int) -> Estimate:
    """The IoU where a share of the map is wrong: its interval is symmetric on the logarithmic scale of that share.

    Where nothing was found wrong it begins where chance would have shown nothing on so many tiles.
    """
    if wrong <= 0:
        return Estimate(1.0, (1 - LEVEL) ** (1 / tiles), 1.0)
    factor = math.exp(min(half / wrong, 700.0))
    return Estimate(1 - wrong, 1 - min(wrong * factor, 1.0), 1 - wrong / factor)
