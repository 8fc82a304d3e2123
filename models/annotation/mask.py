"""Footprints burnt into the pixels of a tile: what the network is trained on and measured against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import rasterize
from shapely.geometry.base import BaseGeometry

from ..imagery.grid import Tile, TileGrid

BACKGROUND, BUILDING, IGNORE = 0, 1, 255
BORDER_WIDTH_PX = 3.0

Footprints = Union[Sequence[BaseGeometry], NDArray[np.object_]]


def mask_of(
    footprints: Footprints, grid: TileGrid, tile: Tile, ignored: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """The mask of one tile, shape (row, column): 1 building, 0 background, 255 where ``ignored``.

    Footprints are in the grid's CRS; a pixel belongs to one when its centre does.
    """
    return _burn(footprints, (grid.tile_size_px, grid.tile_size_px), grid.tile_transform(tile), ignored)


def mask_of_grid(footprints: Footprints, grid: TileGrid, ignored: NDArray[np.bool_] | None = None) -> NDArray[np.uint8]:
    """As ``mask_of`` for the whole grid at once, shape (row, column)."""
    return _burn(footprints, (grid.height_px, grid.width_px), grid.transform, ignored)


def targets_of(
    footprints: Footprints, grid: TileGrid, tile: Tile, ignored: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """What the network is to say of one tile, shape (layer, row, column): its mask and its border mask.

    The border mask is 1 in a band of three pixels on the outline of every footprint, half of it inside: it is what
    tells roofs that touch apart. Both are 255 where ``ignored``.
    """
    return _burn_targets(footprints, (grid.tile_size_px, grid.tile_size_px), grid.tile_transform(tile), ignored)


def targets_of_grid(
    footprints: Footprints, grid: TileGrid, ignored: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """As ``targets_of`` for the whole grid at once, shape (layer, row, column)."""
    return _burn_targets(footprints, (grid.height_px, grid.width_px), grid.transform, ignored)


def _burn_targets(
    footprints: Footprints, shape: tuple[int, int], transform: Affine, ignored: NDArray[np.bool_] | None
) -> NDArray[np.uint8]:
    outlines = shapely.boundary(np.asarray(footprints, dtype=object))
    borders = shapely.buffer(outlines, BORDER_WIDTH_PX / 2 * transform.a)
    return np.stack([_burn(shapes, shape, transform, ignored) for shapes in (footprints, borders)])


def _burn(
    footprints: Footprints, shape: tuple[int, int], transform: Affine, ignored: NDArray[np.bool_] | None
) -> NDArray[np.uint8]:
    shapes = [(footprint, BUILDING) for footprint in footprints if not footprint.is_empty]
    mask = np.zeros(shape, np.uint8)
    if shapes:
        rasterize(shapes, out=mask, transform=transform)
    if ignored is not None:
        mask[ignored] = IGNORE
    return mask
