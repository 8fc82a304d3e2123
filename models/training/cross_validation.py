"""How far to go from the start to what annotated tiles have taught, found by cross-validation among the tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..imagery.grid import Tile
from .split import block_of

MIXINGS = (0.0, 0.25, 0.5, 0.75, 1.0)  # from the start alone to what was learnt alone
FEWEST_TILES = 8  # new ones; fewer are too few to spare any
HALF_WAY_TILES = 10  # with so many, and no cross-validation, what was learnt weighs as much as the start
NOT_HELD_OUT = -1
CAUTION = 0.5  # standard errors


@dataclass(frozen=True)
class HeldOut:
    """What each mixing shows on one tile that what was learnt has not seen, all (mixing,): the pixels that are building
    both in truth and as shown, and those that are building in either."""

    shared: list[int]
    covered: list[int]


def folds_of(
    tiles: Sequence[Tile], is_new: NDArray[np.bool_], has_buildings: NDArray[np.bool_], folds: int, seed: int
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
    dealt.sort(key=lambda places: not has_buildings[places].any())
    for number, places in enumerate(dealt):
        fold_of[places] = number % folds
    return fold_of


def mixing_of(held_out: Sequence[HeldOut], new_tiles: int) -> float:
    """How far to go, by what held-out tiles show; by the number of new tiles where there are none.

    Taken is the mixing whose IoU over all held-out tiles exceeds that of the start by most, after half a standard error
    of the difference is taken off (jackknife over tiles, Efron 1982): what may be chance does not move the start.
    """
    if not held_out:
        return new_tiles / (new_tiles + HALF_WAY_TILES)
    shared = np.array([each.shared for each in held_out], float)  # (tile, mixing)
    covered = np.array([each.covered for each in held_out], float)
    without_one = _iou(shared.sum(axis=0) - shared, covered.sum(axis=0) - covered)
    errors = np.sqrt((len(shared) - 1) * (without_one - without_one[:, :1]).var(axis=0))
    iou = _iou(shared.sum(axis=0), covered.sum(axis=0))
    return MIXINGS[int(np.argmax(iou - iou[0] - CAUTION * errors))]


def _iou(shared: NDArray[np.float64], covered: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 where nothing is building, neither in truth nor as shown."""
    iou: NDArray[np.float64] = np.where(covered > 0, shared / np.maximum(covered, 1), 1.0)
    return iou
