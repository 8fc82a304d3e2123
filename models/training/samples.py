"""Annotated tiles as training samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from shapely.geometry.base import BaseGeometry
from torch import Tensor

from ..annotation.mask import targets_of
from ..imagery.grid import Tile, TileGrid
from ..imagery.normalization import Normalization
from ..imagery.raster import Imagery, read_tiles
from ..jobs import Job
from ..segmentation.prediction import normalized_tensor

FootprintsIn = Callable[[Tile], Sequence[BaseGeometry]]


@dataclass(frozen=True)
class Samples:
    """Annotated tiles: normalized pixels float16 (tile, band, row, column), targets uint8 (tile, layer, row, col)."""

    tiles: tuple[Tile, ...]
    pixels: Tensor
    targets: Tensor

    @property
    def masks(self) -> Tensor:
        """Where the buildings are, uint8 (tile, row, column)."""
        return self.targets[:, 0]

    def part(self, places: Tensor) -> Samples:
        """The samples in some places, (place,), in that order."""
        return Samples(tuple(self.tiles[place] for place in places.tolist()), self.pixels[places], self.targets[places])


def load_samples(
    imagery: Imagery, grid: TileGrid, normalization: Normalization, footprints_in: FootprintsIn, tiles: Sequence[Tile]
) -> Job[Samples]:
    """The annotated tiles as samples; what is not imagery is ignored in the mask."""
    pixels: list[Tensor] = []
    targets: list[Tensor] = []
    for batch in read_tiles(imagery, grid, tiles):
        for valid in batch.valid:
            tile = tiles[len(targets)]
            targets.append(torch.from_numpy(targets_of(footprints_in(tile), grid, tile, ignored=~valid)))
        pixels.append(normalized_tensor(batch, normalization).half())
        yield len(targets) / len(tiles)
    return Samples(tuple(tiles), torch.cat(pixels), torch.stack(targets))
