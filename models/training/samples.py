"""Annotated tiles as training samples."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..annotation.mask import BACKGROUND, IGNORE, Footprints, targets_of
from ..imagery.grid import Tile, TileGrid
from ..imagery.normalization import Normalization
from ..imagery.raster import Imagery, read_tiles
from ..jobs import Job
from ..segmentation.classes import BUILDING, MappedClass
from ..segmentation.prediction import normalized_tensor

STRIP = 4  # the part of a tile's side that is not learnt from beside a test tile: one in so many
LabelsIn = Callable[[Tile], Footprints]


@dataclass(frozen=True)
class Samples:
    """Annotated tiles: normalized pixels float16 (tile, band, row, column), targets uint8 (tile, layer, row, col)."""

    tiles: tuple[Tile, ...]
    pixels: Tensor
    targets: Tensor

    @property
    def masks(self) -> Tensor:
        """The class of each pixel, uint8 (tile, row, column): see ``mask_of``."""
        return self.targets[:, 0]

    @property
    def has_foreground(self) -> NDArray[np.bool_]:
        """Whether any class is on each tile, (tile,)."""
        found: NDArray[np.bool_] = ((self.masks != BACKGROUND) & (self.masks != IGNORE)).flatten(1).any(1).numpy()
        return found

    def part(self, places: Tensor) -> Samples:
        """The samples in some places, (place,), in that order."""
        return Samples(tuple(self.tiles[place] for place in places.tolist()), self.pixels[places], self.targets[places])

    def apart_from(self, test_tiles: Collection[Tile]) -> Samples:
        """The same samples, but what lies within a quarter tile of a test tile is ignored.

        A building on the edge of two tiles would else be learnt from one and asked of the other.
        """
        side, targets = self.targets.shape[-1], self.targets.clone()
        parts = {-1: slice(side // STRIP), 0: slice(None), 1: slice(side - side // STRIP, None)}
        for place, tile in enumerate(self.tiles):
            for (down, rows), (right, columns) in product(parts.items(), repeat=2):
                if (down or right) and Tile(tile.row + down, tile.column + right) in test_tiles:
                    targets[place, :, rows, columns] = IGNORE
        return replace(self, targets=targets)


def load_samples(
    imagery: Imagery,
    grid: TileGrid,
    normalization: Normalization,
    labels_in: LabelsIn,
    tiles: Sequence[Tile],
    classes: Sequence[MappedClass] = (BUILDING,),
) -> Job[Samples]:
    """The annotated tiles as samples; what is not imagery is ignored in the mask.

    Borders are those of the ``classes`` whose objects are told apart.
    """
    separated = [number for number, each in enumerate(classes, 1) if each.is_squared]
    pixels: list[Tensor] = []
    targets: list[Tensor] = []
    for batch in read_tiles(imagery, grid, tiles):
        for valid in batch.valid:
            tile = tiles[len(targets)]
            targets.append(torch.from_numpy(targets_of(labels_in(tile), grid, tile, ~valid, separated)))
        pixels.append(normalized_tensor(batch, normalization).half())
        yield len(targets) / len(tiles)
    return Samples(tuple(tiles), torch.cat(pixels), torch.stack(targets))
