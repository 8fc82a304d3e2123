"""The regular tiling of an area in ground metres: the unit of scoring and annotating."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from affine import Affine

from ..errors import ImageryError
from ..storage.limits import MOST_TILES

Bounds = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, order=True)
class Tile:
    """One square cell of a tile grid, counted from the upper left."""

    row: int
    column: int

    @property
    def id(self) -> str:
        return f"r{self.row:03d}_c{self.column:03d}"

    @classmethod
    def from_id(cls, tile_id: str) -> Tile:
        """The tile of an id such as ``r003_c012``; raises ValueError for anything else."""
        match = re.fullmatch(r"r(\d+)_c(\d+)", tile_id)
        if match is None:
            raise ValueError(f"'{tile_id}' is no tile id: they look like r003_c012")
        return cls(int(match[1]), int(match[2]))


@dataclass(frozen=True)
class TileGrid:
    """A tiling in a projected, north-up CRS.

    Lengths in that CRS are ``units_per_metre`` times ground metres: 1 in UTM, about 1 / cos(latitude) in Web Mercator.
    """

    crs: str
    left: float
    top: float
    units_per_metre: float
    gsd_metres: float
    tile_size_px: int
    rows: int
    columns: int

    @property
    def pixel_size(self) -> float:
        """The side of a pixel in units of the CRS."""
        return self.gsd_metres * self.units_per_metre

    @property
    def tile_size(self) -> float:
        """The side of a tile in units of the CRS."""
        return self.tile_size_px * self.pixel_size

    @property
    def tile_m2(self) -> float:
        """The ground of a tile."""
        return (self.tile_size_px * self.gsd_metres) ** 2

    @property
    def width_px(self) -> int:
        return self.columns * self.tile_size_px

    @property
    def height_px(self) -> int:
        return self.rows * self.tile_size_px

    @property
    def bounds(self) -> Bounds:
        return (
            self.left,
            self.top - self.rows * self.tile_size,
            self.left + self.columns * self.tile_size,
            self.top,
        )

    @property
    def transform(self) -> Affine:
        """From (column, row) in pixels of the whole grid to map coordinates."""
        return Affine(self.pixel_size, 0, self.left, 0, -self.pixel_size, self.top)

    def tiles(self) -> Iterator[Tile]:
        """Every tile, row by row."""
        return (Tile(row, column) for row in range(self.rows) for column in range(self.columns))

    def tile(self, tile_id: str) -> Tile:
        """The tile of this id; raises ValueError where the grid has none."""
        tile = Tile.from_id(tile_id)
        if tile.row >= self.rows or tile.column >= self.columns:
            raise ValueError(f"the grid has no tile {tile_id}: it ends at {Tile(self.rows - 1, self.columns - 1).id}")
        return tile

    def tile_bounds(self, tile: Tile) -> Bounds:
        left = self.left + tile.column * self.tile_size
        top = self.top - tile.row * self.tile_size
        return (left, top - self.tile_size, left + self.tile_size, top)

    def tile_transform(self, tile: Tile) -> Affine:
        """From (column, row) in pixels of the tile to map coordinates."""
        return self.transform * Affine.translation(tile.column * self.tile_size_px, tile.row * self.tile_size_px)


def cover(crs: str, bounds: Bounds, units_per_metre: float, gsd_metres: float, tile_size_px: int) -> TileGrid:
    """The smallest grid that starts at the upper left of the bounds and covers them.

    A sliver thinner than a hundredth of a pixel, which only rounding makes, gets no tile of its own. Raises
    ImageryError where a campaign cannot have so many tiles.
    """
    left, bottom, right, top = bounds
    tile_size = gsd_metres * units_per_metre * tile_size_px
    sliver = 0.01 / tile_size_px
    columns = max(1, math.ceil((right - left) / tile_size - sliver))
    rows = max(1, math.ceil((top - bottom) / tile_size - sliver))
    if rows * columns > MOST_TILES:
        raise ImageryError(
            "too-many-tiles",
            "The grid would have {tiles} tiles ({rows} x {columns}); a campaign has at most {most}. Take a coarser "
            "GSD, larger tiles, or a smaller area of interest.",
            tiles=rows * columns,
            rows=rows,
            columns=columns,
            most=MOST_TILES,
        )
    return TileGrid(crs, left, top, units_per_metre, gsd_metres, tile_size_px, rows, columns)
