"""Which tiles may be trained on, and which ones examine the model."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from ..imagery.grid import Tile

TRAINING, EXAM, GUARD = "training", "exam", "guard"  # the splits: a guard tile touches an exam tile
BLOCK = 2  # tiles on a side of an exam block
EXAM_SHARE = 0.1
FEWEST_EXAM_TILES, MOST_EXAM_TILES = 4, 48


def choose_exam_tiles(tiles: Collection[Tile], count: int | None, rng: np.random.Generator) -> list[Tile]:
    """About ``count`` exam tiles, by default 10 % of all but 4 to 48, at random over the area in blocks of 2 x 2.

    The area is cut into as many compact parts of equal size as blocks are wanted, and each part gives one block, so
    that chance cannot leave a quarter of the area out.
    """
    count = count or int(np.clip(EXAM_SHARE * len(tiles), FEWEST_EXAM_TILES, MOST_EXAM_TILES))
    blocks: dict[tuple[int, int], list[Tile]] = {}
    for tile in tiles:
        blocks.setdefault((tile.row // BLOCK, tile.column // BLOCK), []).append(tile)
    whole = sorted(block for block, members in blocks.items() if len(members) == BLOCK**2) or sorted(blocks)
    wanted = max(1, min(len(whole), round(count / BLOCK**2)))
    parts = _compact_parts(np.array(whole), wanted)
    return sorted(tile for part in parts for tile in blocks[whole[rng.choice(part)]])


def guard_tiles(exam: Collection[Tile], tiles: Collection[Tile]) -> list[Tile]:
    """The tiles that touch an exam tile: they hold parts of the same buildings, so they are not trained on either."""
    around = {
        Tile(tile.row + down, tile.column + right) for tile in exam for down in (-1, 0, 1) for right in (-1, 0, 1)
    }
    return sorted((around - set(exam)) & set(tiles))


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
