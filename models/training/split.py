"""Which tiles may be trained on, and which ones examine the model."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from ..imagery.grid import Tile

TRAINING, EXAM = "training", "exam"  # the splits
BLOCK = 2  # tiles on a side of an exam block
FEWEST_BLOCKS = 5  # for the gate: with fewer, chance alone does as well in more than 5 % of cases (2 ** -5 is 3 %)
EXAM_SHARE, MOST_EXAM_TILES = 0.1, 48
SMALL_AREA = 60  # tiles: with fewer the exam is one block, and the gate cannot decide
SINGLE_TILES = (6, 8)  # fewest and most, where a tenth of the area is too little for blocks of four


def choose_exam_tiles(tiles: Collection[Tile], count: int | None, rng: np.random.Generator) -> list[Tile]:
    """About ``count`` exam tiles in blocks of 2 x 2, or none, by default 10 % of all but at most 48, at random.

    Where 10 % is less than the gate needs in blocks of four, there are 6 to 8 single tiles instead, each in a block of
    its own; in an area of less than 60 tiles there is one block of four.

    The area is cut into as many compact parts of equal size as blocks are wanted, and each part gives one block, so
    that chance cannot leave a quarter of the area out.
    """
    if count == 0:
        return []
    default, tiles_a_block = int(min(EXAM_SHARE * len(tiles), MOST_EXAM_TILES)), BLOCK**2
    if count is None and len(tiles) < SMALL_AREA:
        count = BLOCK**2
    elif count is None and default < FEWEST_BLOCKS * BLOCK**2:
        count, tiles_a_block = int(np.clip(default, *SINGLE_TILES)), 1
    count = count or default
    blocks = _blocks(tiles)
    whole = [block for block in blocks if len(block) == BLOCK**2] or blocks
    wanted = max(1, min(len(whole), round(count / tiles_a_block)))
    places = np.array([block_of(block[0]) for block in whole])
    chosen = [whole[rng.choice(part)] for part in _compact_parts(places, wanted)]
    if tiles_a_block == 1:
        return sorted(members[rng.integers(len(members))] for members in chosen)
    return sorted(tile for members in chosen for tile in members)


def block_of(tile: Tile) -> tuple[int, int]:
    """The row and column of the block that a tile lies in: a cell of 2 x 2 tiles of the grid."""
    return tile.row // BLOCK, tile.column // BLOCK


def spread_out(tiles: Collection[Tile]) -> list[Tile]:
    """Exam tiles in an order of which any beginning covers the area: one of each block before the second of any.

    The first block is the one in the middle; each next one is the farthest from those before it.
    """
    blocks = _blocks(tiles)
    if not blocks:
        return []
    centres = np.array([np.mean([(tile.row, tile.column) for tile in block], axis=0) for block in blocks])
    order = [int(np.argmin(np.linalg.norm(centres - centres.mean(axis=0), axis=1)))]
    while len(order) < len(blocks):
        distance = np.linalg.norm(centres[:, None] - centres[order], axis=2).min(axis=1)  # to the nearest one chosen
        order.append(int(np.argmax(distance)))
    return [blocks[place][turn] for turn in range(BLOCK**2) for place in order if turn < len(blocks[place])]


def _blocks(tiles: Collection[Tile]) -> list[list[Tile]]:
    """The tiles in blocks of 2 x 2, both in the order of the grid."""
    blocks: dict[tuple[int, int], list[Tile]] = {}
    for tile in sorted(tiles):
        blocks.setdefault(block_of(tile), []).append(tile)
    return [blocks[block] for block in sorted(blocks)]


def _compact_parts(blocks: NDArray[np.intp], count: int) -> list[NDArray[np.intp]]:
    """Indices of the blocks (block, 2) in ``count`` parts of about equal size: halved along the longer side."""

    def halve(part: NDArray[np.intp], count: int) -> list[NDArray[np.intp]]:
        if count == 1:
            return [part]
        axis = int(np.argmax(np.ptp(blocks[part], axis=0)))
        ordered = part[np.argsort(blocks[part, axis], kind="stable")]
        first = count // 2
        cut = round(len(part) * first / count)
        return halve(ordered[:cut], first) + halve(ordered[cut:], count - first)

    return halve(np.arange(len(blocks)), count)
