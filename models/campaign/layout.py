"""How a campaign lies over its imagery: its tile grid, how its pixels are normalised, and what each tile is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import ImageryError
from ..imagery.area import read_area, tiles_in
from ..imagery.grid import Tile, TileGrid
from ..imagery.normalization import Normalization, sampled_normalization
from ..imagery.raster import Imagery, grid_crs, grid_of, valid_shares
from ..training.split import EXAM, TRAINING, choose_exam_tiles

LEAST_IMAGERY = 0.3  # the share of a tile below which nobody is asked to annotate it


@dataclass(frozen=True)
class Layout:
    """The grid, the normalization, and the split of every tile (see ``training.split``) that has enough imagery."""

    grid: TileGrid
    normalization: Normalization
    splits: Mapping[Tile, str]
    bad_imagery: frozenset[Tile] = frozenset()  # the other tiles of the area

    def tiles(self, split: str) -> list[Tile]:
        return [tile for tile, known in self.splits.items() if known == split]


def lay_out(
    imagery: Imagery, area: Path | None, gsd_metres: float | None, tile_size_px: int, exam_tiles: int | None, seed: int
) -> Layout:
    """Lay the grid, and set the exam tiles aside before anything else.

    Raises ImageryError where nothing would be left to train on.
    """
    polygon = None if area is None else read_area(area, grid_crs(imagery))
    grid = grid_of(imagery, gsd_metres, tile_size_px, polygon)
    tiles = tiles_in(grid, polygon)
    shares = valid_shares(imagery, grid)
    usable = [tile for tile in tiles if shares[tile.row, tile.column] >= LEAST_IMAGERY]
    if not any(shares[tile.row, tile.column] for tile in tiles):
        raise ImageryError(
            "imagery-without-data",
            "{name} holds nothing but no-data here. Choose other imagery or another area.",
            name=imagery.path.name,
        )
    exam = choose_exam_tiles(usable, exam_tiles, np.random.default_rng(seed)) if usable else []
    splits = dict.fromkeys(usable, TRAINING)
    splits.update(dict.fromkeys(exam, EXAM))
    if TRAINING not in splits.values():
        raise ImageryError(
            "too-few-tiles",
            "{name} gives {tiles} tiles, and none is left to train on beside the exam tiles. Ask for fewer exam tiles, "
            "or take smaller tiles (tile size 128), a finer GSD or a larger area.",
            name=imagery.path.name,
            tiles=len(usable),
        )
    bad_imagery = frozenset(tiles) - frozenset(usable)
    return Layout(grid, sampled_normalization(imagery, grid, usable, seed), splits, bad_imagery)
