"""How far to go from the start to what annotated tiles have taught, found by cross-validation among the tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..imagery.grid import Tile
from ..segmentation.metrics import ConfusionCounts, class_counts, iou_of
from .gate import Difference, measure_difference
from .split import block_of

MIXINGS = (0.0, 0.25, 0.5, 0.75, 1.0)  # from the start alone to what was learnt alone
HALF_WAY = 0.5
FEWEST_TILES = 8  # new ones; fewer are too few to spare any
HALF_WAY_TILES = 10  # with fewer, and no cross-validation, what was learnt weighs less than the start
NOT_HELD_OUT = -1
CAUTION = 3.0  # standard errors


@dataclass(frozen=True)
class HeldOut:
    """What each mixing shows on one tile, a place among the samples, that what was learnt has not seen.

    ``confusion`` are pixels by true class and class that is shown, (mixing, class, class), background first.
    """

    place: int
    confusion: list[list[list[int]]]

    def counts(self, mixing: float) -> ConfusionCounts:
        """The counts of all classes together at one of MIXINGS."""
        matrix = np.array(self.confusion[MIXINGS.index(mixing)])
        return ConfusionCounts(*class_counts(matrix).sum(axis=0).tolist())


def folds_of(
    tiles: Sequence[Tile], is_new: NDArray[np.bool_], has_foreground: NDArray[np.bool_], folds: int, seed: int
) -> NDArray[np.intp]:
    """The fold that holds each tile out, (tile,); ``NOT_HELD_OUT`` for tiles that the start has learnt from.

    Blocks stay whole, because neighbouring tiles show the same roofs, and are dealt out at random, those with buildings
    first. Too few new tiles, or blocks, are not held out at all.
    """
    fold_of = np.full(len(tiles), NOT_HELD_OUT)
    blocks: dict[tuple[int, int], list[int]] = {}
    for place in np.flatnonzero(is_new):
        blocks.setdefault(block_of(tiles[place]), []).append(place)
    if folds < 2 or is_new.sum() < FEWEST_TILES or len(blocks) < folds:
        return fold_of
    shuffled = np.random.default_rng((seed, len(tiles))).permutation(len(blocks))
    dealt = [list(blocks.values())[number] for number in shuffled]
    dealt.sort(key=lambda places: not has_foreground[places].any())
    for number, places in enumerate(dealt):
        fold_of[places] = number % folds
    return fold_of


def mixing_of(tiles: Sequence[Tile], held_out: Sequence[HeldOut], new_tiles: int) -> float:
    """How far to go: half way, if what held-out tiles show does not surely say otherwise.

    ``tiles`` are those of all samples.

    Half way is what Wortsman et al. 2022 (arXiv 2109.01903) advise where nothing is known. Another mixing is taken
    where its IoU over all held-out tiles exceeds that of half way by more than three standard errors of the difference
    (jackknife over blocks, Efron 1982), the one that exceeds it by most: less caution lost a third of the gain, see
    held_out_trials.csv. Without held-out tiles less than half way is gone with less than ten new ones.
    """
    if not held_out:
        return min(HALF_WAY, new_tiles / (new_tiles + HALF_WAY_TILES))
    matrices = np.array([each.confusion for each in held_out])
    of_tile = class_counts(matrices).sum(axis=2)  # (tile, mixing, count)
    _, block = np.unique([block_of(tiles[each.place]) for each in held_out], axis=0, return_inverse=True)
    counts = np.zeros((int(block.max()) + 1, *of_tile.shape[1:]))
    np.add.at(counts, block.ravel(), of_tile)
    half_way = MIXINGS.index(HALF_WAY)
    iou, without_one = iou_of(counts.sum(axis=0)), iou_of(counts.sum(axis=0) - counts)
    errors = np.sqrt((len(counts) - 1) * (without_one - without_one[:, [half_way]]).var(axis=0))
    surely = iou - iou[half_way] - CAUTION * errors
    return MIXINGS[int(np.argmax(surely))] if surely.max() > 0 else HALF_WAY


def measured_on_held_out(
    tiles: Sequence[Tile], held_out: Sequence[HeldOut], mixing: float, asked: float = HALF_WAY
) -> Difference | None:
    """How a mixing differs from the start on the tiles that were held out, of all samples' ``tiles``; None without any.

    It may have been chosen on these very tiles, so its gain may be a little too good. The p-value is not: it is that of
    the mixing ``asked``, by default half way, which nobody has chosen on them. Tiles drawn by lot do not weigh by their
    chances: few would decide then, and the gate would see fewer gains and be wrong as often, see gate_campaigns.csv.
    """
    if not held_out:
        return None
    here = [tiles[each.place] for each in held_out]
    start, half_way, mixed = ([each.counts(at) for each in held_out] for at in (MIXINGS[0], asked, mixing))
    sure = measure_difference(here, start, half_way)
    return replace(measure_difference(here, start, mixed), p_value=sure.p_value)


def confusion_on_held_out(held_out: Sequence[HeldOut], mixing: float) -> NDArray[np.int64]:
    """The confusion matrices of the start and of a mixing over all tiles held out, (version, class, class)."""
    matrices: NDArray[np.int64] = np.array([each.confusion for each in held_out], np.int64).sum(axis=0)
    return matrices[[MIXINGS.index(MIXINGS[0]), MIXINGS.index(mixing)]]
