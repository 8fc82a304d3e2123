"""Footprints burnt into the pixels of a tile: what the network is trained on and measured against."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import rasterize
from shapely.geometry.base import BaseGeometry

from ..imagery.grid import Tile, TileGrid

BACKGROUND, BUILDING, IGNORE = 0, 1, 255


def mask_of(
    footprints: Iterable[BaseGeometry], grid: TileGrid, tile: Tile, ignored: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """The mask of one tile, shape (row, column): 1 building, 0 background, 255 where ``ignored``.

    Footprints are in the grid's CRS; a pixel belongs to one when its centre does.
    """
    size = (grid.tile_size_px, grid.tile_size_px)
    return _burn(footprints, size, grid.tile_transform(tile), ignored)


def mask_of_grid(
    footprints: Iterable[BaseGeometry], grid: TileGrid, ignored: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """As ``mask_of`` for the whole grid at once, shape (row, column)."""
    return _burn(footprints, (grid.height_px, grid.width_px), grid.transform, ignored)


def _burn(
    footprints: Iterable[BaseGeometry],
    shape: tuple[int, int],
    transform: Affine,
    ignored: NDArray[np.bool_] | None,
) -> NDArray[np.uint8]:
    shapes = [(footprint, BUILDING) for footprint in footprints if not footprint.is_empty]
    mask = np.zeros(shape, np.uint8)
    if shapes:
        rasterize(shapes, out=mask, transform=transform)
    if ignored is not None:
        mask[ignored] = IGNORE
    return mask
