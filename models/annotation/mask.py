"""Footprints burnt into the pixels of a tile: what the network is trained on and measured against."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Union

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import rasterize
from shapely.geometry.base import BaseGeometry

from ..imagery.grid import Tile, TileGrid
from .labels import Labels

BACKGROUND, IGNORE = 0, 255  # the values between are classes, counted from 1
BORDER_WIDTH_PX = 3.0

Footprints = Union[Labels, Sequence[BaseGeometry], NDArray[np.object_]]  # without classes they are of the first


def mask_of(
    footprints: Footprints, grid: TileGrid, tile: Tile, ignored: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """The mask of one tile, shape (row, column): the number of a class, 0 background, 255 where ``ignored``.

    Footprints are in the grid's CRS; a pixel belongs to one when its centre does, and to the last of several.
    """
    return _burn(footprints, (grid.tile_size_px, grid.tile_size_px), grid.tile_transform(tile), ignored)


def mask_of_grid(footprints: Footprints, grid: TileGrid, ignored: NDArray[np.bool_] | None = None) -> NDArray[np.uint8]:
    """As ``mask_of`` for the whole grid at once, shape (row, column)."""
    return _burn(footprints, (grid.height_px, grid.width_px), grid.transform, ignored)


def targets_of(
    footprints: Footprints,
    grid: TileGrid,
    tile: Tile,
    ignored: NDArray[np.bool_] | None = None,
    separated: Collection[int] | None = None,
) -> NDArray[np.uint8]:
    """What the network is to say of one tile, shape (layer, row, column): its mask and its border mask.

    The border mask is 1 in a band of three pixels on the outline of every footprint, half of it inside: it is what
    tells roofs that touch apart. It has those of the ``separated`` classes alone, where some are named. Both are 255
    where ``ignored``.
    """
    size = (grid.tile_size_px, grid.tile_size_px)
    return _burn_targets(footprints, size, grid.tile_transform(tile), ignored, separated)


def targets_of_grid(
    footprints: Footprints, grid: TileGrid, ignored: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """As ``targets_of`` for the whole grid at once, shape (layer, row, column)."""
    return _burn_targets(footprints, (grid.height_px, grid.width_px), grid.transform, ignored, None)


def _burn_targets(
    footprints: Footprints,
    shape: tuple[int, int],
    transform: Affine,
    ignored: NDArray[np.bool_] | None,
    separated: Collection[int] | None,
) -> NDArray[np.uint8]:
    labels = _labels(footprints)
    apart = labels if separated is None else labels.part(np.isin(labels.classes, list(separated)))
    borders = shapely.buffer(shapely.boundary(apart.outlines), BORDER_WIDTH_PX / 2 * transform.a)
    return np.stack([_burn(shapes, shape, transform, ignored) for shapes in (labels, borders)])


def _burn(
    footprints: Footprints, shape: tuple[int, int], transform: Affine, ignored: NDArray[np.bool_] | None
) -> NDArray[np.uint8]:
    labels = _labels(footprints)
    shapes = [each for each in zip(labels.outlines, labels.classes.tolist()) if not each[0].is_empty]
    mask = np.zeros(shape, np.uint8)
    if shapes:
        rasterize(shapes, out=mask, transform=transform)
    if ignored is not None:
        mask[ignored] = IGNORE
    return mask


def _labels(footprints: Footprints) -> Labels:
    return footprints if isinstance(footprints, Labels) else Labels.of_one_class(footprints)
