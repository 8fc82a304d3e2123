"""Annotated tiles as training samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from shapely.geometry.base import BaseGeometry
from torch import Tensor

from ..annotation.mask import mask_of
from ..imagery.grid import Tile, TileGrid
from ..imagery.normalization import Normalization
from ..imagery.raster import Imagery, read_tiles
from ..jobs import Job
from ..segmentation.prediction import normalized_tensor

FootprintsIn = Callable[[Tile], Sequence[BaseGeometry]]


@dataclass(frozen=True)
class Samples:
    """Annotated tiles: normalized pixels float16 (tile, band, row, column), masks uint8 (tile, row, column)."""

    tiles: tuple[Tile, ...]
    pixels: Tensor
    masks: Tensor


def load_samples(
    imagery: Imagery, grid: TileGrid, normalization: Normalization, footprints_in: FootprintsIn, tiles: Sequence[Tile]
) -> Job[Samples]:
    """The annotated tiles as samples; what is not imagery is ignored in the mask."""
    pixels: list[Tensor] = []
    masks: list[Tensor] = []
    for batch in read_tiles(imagery, grid, tiles):
        for valid in batch.valid:
            tile = tiles[len(masks)]
            masks.append(torch.from_numpy(mask_of(footprints_in(tile), grid, tile, ignored=~valid)))
        pixels.append(normalized_tensor(batch, normalization).half())
        yield len(masks) / len(tiles)
    return Samples(tuple(tiles), torch.cat(pixels), torch.stack(masks))
