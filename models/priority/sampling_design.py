"""A round drawn by lot: every tile has a known chance, so that the tiles drawn measure the whole map.

Half of a round are the tiles of the highest value, which are certain: they speak for themselves alone. The other half
is drawn with probability proportional to value from all others, systematically (Madow 1949) along an order in which the
tiles of one stratum, and of one neighbourhood within it, lie side by side: implicit stratification, Särndal, Swensson
& Wretman 1992, Model Assisted Survey Sampling, 3.6 and 3.7. The halves and the floor are our choice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CERTAIN_SHARE = 0.5  # of a round
FLOOR = 0.2  # of the mean value is added to each: no tile is without a chance, and none speaks for very many
BITS = 16  # of a row or column in the order of neighbourhoods


@dataclass(frozen=True)
class Draw:
    """A round, and how likely each tile was to be in it."""

    drawn: NDArray[np.intp]  # (count,) first those that were certain, then the lot in random order
    probability: NDArray[np.float64]  # (tile,) inclusion probabilities


def draw_round(
    value: NDArray[np.float64],
    stratum_of: NDArray[np.intp],
    places: NDArray[np.intp],
    count: int,
    rng: np.random.Generator,
) -> Draw:
    """Draw ``count`` tiles, or all where there are fewer, by their value, at least 0, and stratum, (tile,).

    ``places`` (tile, 2) are rows and columns. The drawn half comes in random order: any beginning of it is a sample as
    well.
    """
    count = min(count, len(value))
    best_first = np.argsort(-value, kind="stable")
    certain = best_first[: round(CERTAIN_SHARE * count)]
    others = np.sort(best_first[len(certain) :])
    probability = np.ones(len(value))
    size = value[others] + FLOOR * value[others].mean()
    probability[others] = inclusion_probabilities(size, count - len(certain))
    order = np.lexsort((_neighbourhood(places[others]), rng.permutation(stratum_of.max() + 1)[stratum_of[others]]))
    drawn = rng.permutation(others[systematic_sample(probability[others], order, rng)])
    drawn = drawn[np.argsort(probability[drawn] < 1, kind="stable")]  # what was certain after all is no sample
    return Draw(np.concatenate([certain, drawn]), probability)


def inclusion_probabilities(size: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """The chances of tiles, (tile,), that are proportional to their size, at most 1 and ``count`` in sum.

    Those that would have more than one are certain, and the rest is shared out among the others again. Where no tile
    has a size all are alike.
    """
    size = size if size.any() else np.ones_like(size)
    certain = np.zeros(len(size), dtype=bool)
    while True:
        left = count - certain.sum()
        share = left * size / max(size[~certain].sum(), np.finfo(float).tiny)
        more = (share >= 1) & ~certain
        if not more.any() or left <= 0:
            return np.where(certain, 1.0, np.minimum(share, 1.0))
        certain |= more


def systematic_sample(
    probability: NDArray[np.float64], order: NDArray[np.intp], rng: np.random.Generator
) -> NDArray[np.intp]:
    """The tiles that a comb of distance 1 with a random start meets along their probabilities, laid end to end."""
    ends = np.concatenate([[0.0], np.cumsum(probability[order])])
    ends *= np.round(ends[-1]) / max(ends[-1], np.finfo(float).tiny)  # what rounding has left out of a whole number
    return order[np.diff(np.floor(ends + rng.random())) > 0]


def _neighbourhood(places: NDArray[np.intp]) -> NDArray[np.int64]:
    """A number for each row and column, (tile,), by which what is near on the ground mostly is near (Morton 1966)."""
    number = np.zeros(len(places), np.int64)
    for bit in range(BITS):
        for axis in range(2):
            number |= ((places[:, axis].astype(np.int64) >> bit) & 1) << (2 * bit + axis)
    return number
