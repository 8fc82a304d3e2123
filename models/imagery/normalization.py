"""Pixel values of any sensor brought to the range that the network was trained in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .grid import Tile, TileGrid
from .raster import Imagery, read_windows

WINDOWS, WINDOW_PX = 400, 64  # the mean varies by less than 3 % of a standard deviation from draw to draw, std by 2 %
THINNED = 2  # of the windows every second pixel of every second row is taken: skipped, not averaged


@dataclass(frozen=True)
class Normalization:
    """Clips each band to [low, high], then brings it to mean 0 and standard deviation 1."""

    low: tuple[float, ...]
    high: tuple[float, ...]
    mean: tuple[float, ...]
    std: tuple[float, ...]

    def apply(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Takes and gives shape (..., band, row, column)."""
        low, high, mean, std = (
            np.asarray(values, np.float32)[:, None, None] for values in (self.low, self.high, self.mean, self.std)
        )
        normalized: NDArray[np.float32] = (np.clip(pixels, low, high) - mean) / std
        return normalized


def normalization_of(pixels: NDArray[np.float32], valid: NDArray[np.bool_]) -> Normalization:
    """The normalization of imagery from a sample of it.

    Takes pixels of shape (band, ...) and their validity (...), of which at least one is true. The
    range is the 0.5 to 99.5 % percentiles of each band, so that a few burnt-out roofs do not darken everything else.
    """
    samples = pixels[:, valid]  # (band, sample)
    low, high = np.percentile(samples, [0.5, 99.5], axis=1)
    clipped = np.clip(samples, low[:, None], high[:, None])
    std = np.maximum(clipped.std(axis=1), 1e-6 * np.maximum(1.0, np.abs(high)))
    return Normalization(*(tuple(map(float, values)) for values in (low, high, clipped.mean(axis=1), std)))


def sampled_normalization(imagery: Imagery, grid: TileGrid, tiles: Sequence[Tile], seed: int = 0) -> Normalization:
    """The normalization of imagery as the network will see it: from small windows at the GSD of the grid, spread over
    the tiles.

    Never from a decimated picture: averaging takes contrast out of it, the more the larger the area is. Of the tiles
    at least a part must be imagery. Raises ImageryError where the file is damaged.
    """
    origins, size_px = _windows_in(grid, tiles, np.random.default_rng(seed))
    pixels, valid = [], []
    for batch in read_windows(imagery, grid, origins, size_px=size_px):
        pixels.append(batch.values[..., ::THINNED, ::THINNED])
        valid.append(batch.valid[..., ::THINNED, ::THINNED])
    return normalization_of(np.concatenate(pixels).swapaxes(0, 1), np.concatenate(valid))


def _windows_in(grid: TileGrid, tiles: Sequence[Tile], rng: np.random.Generator) -> tuple[list[tuple[int, int]], int]:
    """The first pixels (row, column) of windows at random places inside tiles, and the side of a window in pixels.

    Every stretch of the tiles gets as many as any other; a few tiles get no more windows than cover them.
    """
    size_px = min(WINDOW_PX, grid.tile_size_px)
    count = min(WINDOWS, len(tiles) * (grid.tile_size_px // size_px) ** 2)
    places = ((np.arange(count) + rng.random(count)) * len(tiles) / count).astype(int)
    offsets = rng.integers(0, grid.tile_size_px - size_px + 1, (count, 2))
    corners = np.array([(tiles[place].row, tiles[place].column) for place in places]) * grid.tile_size_px
    return [(int(row), int(column)) for row, column in corners + offsets], size_px
