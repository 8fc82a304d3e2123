"""The gate: whether a new version is better than its parent, or merely had luck with the tiles that judge it.

Neighbouring tiles show the same roofs, so a version that is lucky on one is lucky on the others: what is drawn or
swapped is never a tile but a block of them, a cell of 2 x 2 tiles of the grid. The test is a sign-flip permutation test
(Fisher 1935; Good 2005, Permutation Tests): if the new version were no better, the results of the two could be swapped
in any block, and the gain that was seen must stand out among those of all such swaps. Its error is kept for any number
of blocks and any correlation inside them, which bootstraps and t-intervals do not do here: see gate_trials.csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import permutation_test, t

from ..imagery.grid import Tile
from ..segmentation.metrics import ConfusionCounts, iou_of
from .split import FEWEST_BLOCKS, block_of

CHANCE = 0.05  # with which a version that is no better may become active
SWAPS = 9999  # at most; all of them where there are fewer


@dataclass(frozen=True)
class Difference:
    """What a change does to the IoU of the tiles that judge, taken as one, and how sure that is.

    ``low`` and ``high`` bound the 90 % interval of after minus before, by the jackknife over blocks: for showing. What
    decides is the ``p_value``, the chance of such a gain where the new version is no better.
    """

    iou_before: float
    iou_after: float
    low: float
    high: float
    p_value: float
    tiles: int
    blocks: int
    better_tiles: int
    worse_tiles: int
    mapped_px: int = 1  # of any class on these tiles; versions of before it was kept had some

    @property
    def missing_blocks(self) -> int:
        """How many more blocks must have a tile that judges before anything can be sure."""
        return max(0, FEWEST_BLOCKS - self.blocks)

    @property
    def is_better(self) -> bool:
        return self.iou_after > self.iou_before

    @property
    def is_better_than_noise(self) -> bool:
        """Whether the new version passes the gate: better with a certainty of 95 %."""
        return not self.missing_blocks and self.p_value <= CHANCE and self.is_better


def passes(difference: Difference | None, is_from_blank: bool, is_first: bool = False) -> bool:
    """Whether a new version becomes active: where it is better than noise.

    One that was learnt from a blank start need only be better at all: the next one begins there again, so what luck has
    activated does not last. The first of them may also be unmeasured: nothing can be worse to work with. Tiles without
    anything to find, where to show nothing is perfect, speak for no version.
    """
    if difference is None or not difference.mapped_px:
        return is_from_blank and is_first
    return difference.is_better if is_from_blank else difference.is_better_than_noise


def measure_difference(
    tiles: Sequence[Tile],
    before: Sequence[ConfusionCounts],
    after: Sequence[ConfusionCounts],
) -> Difference:
    """How two versions differ on the same tiles, at least one: their counts of pixels, an entry a tile."""
    counts = np.array([[(c.tp, c.fp, c.fn) for c in side] for side in (before, after)])  # (version, tile, count)
    _, block = np.unique([block_of(tile) for tile in tiles], axis=0, return_inverse=True)
    is_in = np.eye(int(block.max()) + 1, dtype=int)[block.ravel()]  # (tile, block)
    blocks = np.einsum("vtc,tb->vbc", counts, is_in)
    iou_before, iou_after = iou_of(counts.sum(axis=1)).tolist()
    low, high = _interval(blocks)
    tile_before, tile_after = iou_of(counts)
    return Difference(
        iou_before,
        iou_after,
        low,
        high,
        _p_value(blocks),
        tiles=len(tiles),
        blocks=blocks.shape[1],
        better_tiles=int((tile_after > tile_before).sum()),
        worse_tiles=int((tile_after < tile_before).sum()),
        mapped_px=int(counts[0, :, [0, 2]].sum()),
    )


def _p_value(blocks: NDArray[np.int64]) -> float:
    """The share of swaps with at least the gain that was seen; 1 where there are too few blocks for any certainty.

    It is 1 as well where there is nothing to find: a version that finds nothing at all would be perfect there.
    """
    number, both = blocks.shape[1], np.concatenate(blocks)
    tp, _, fn = both.T
    if number < FEWEST_BLOCKS or not (tp + fn).any():
        return 1.0

    def gain(before: NDArray[np.intp], after: NDArray[np.intp], axis: int) -> NDArray[np.float64]:
        return np.asarray(iou_of(both[after].sum(axis=-2)) - iou_of(both[before].sum(axis=-2)))

    found = permutation_test(
        (np.arange(number), number + np.arange(number)),  # places in ``both``
        gain,
        permutation_type="samples",
        alternative="greater",
        vectorized=True,
        axis=-1,
        n_resamples=SWAPS,
        random_state=0,
    )
    return float(found.pvalue)


def _interval(blocks: NDArray[np.int64]) -> tuple[float, float]:
    """The 90 % interval of the gain by the jackknife, within what is possible: -1 to 1, all that one block shows."""
    number = blocks.shape[1]
    if number == 1:
        return -1.0, 1.0
    whole = blocks.sum(axis=1, keepdims=True)
    before, after = iou_of(whole)[:, 0]
    without = np.diff(iou_of(whole - blocks), axis=0)[0]  # the gain without each block
    error = np.sqrt((number - 1) / number * ((without - without.mean()) ** 2).sum())
    half = t.ppf(0.95, number - 1) * error
    low, high = np.clip([after - before - half, after - before + half], -1, 1)
    return float(low), float(high)
