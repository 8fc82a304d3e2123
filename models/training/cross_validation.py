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


@dataclass(frozen=True)
class HeldOut:
    """The loss at each mixing on one tile that what was learnt has not seen, (mixing,)."""

    losses: Sequence[float]


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


def mixing_of(held_out: Sequence[HeldOut], tiles: int) -> float:
    """How far to go, by what held-out tiles show; by the number of annotated tiles where there are none."""
    if not held_out:
        return tiles / (tiles + HALF_WAY_TILES)
    gains = np.array([each.losses for each in held_out])
    gains = gains[:, :1] - gains
    certain = gains.mean(axis=0) - gains.std(axis=0, ddof=1) / np.sqrt(len(gains))
    return MIXINGS[int(np.argmax(certain))]
