"""Pixel values of any sensor brought to the range that the network was trained in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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

    Takes pixels of shape (band, row, column) and their validity (row, column), of which at least one is true. The
    range is the 0.5 to 99.5 % percentiles of each band, so that a few burnt-out roofs do not darken everything else.
    """
    samples = pixels[:, valid]  # (band, sample)
    low, high = np.percentile(samples, [0.5, 99.5], axis=1)
    clipped = np.clip(samples, low[:, None], high[:, None])
    std = np.maximum(clipped.std(axis=1), 1e-6 * np.maximum(1.0, np.abs(high)))
    return Normalization(*(tuple(map(float, values)) for values in (low, high, clipped.mean(axis=1), std)))
