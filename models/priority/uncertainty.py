"""How unsure the model is of each tile, read off its building probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IOU_SMOOTHING = 0.005  # share of a tile's pixels added above and below an IoU, so that empty on empty counts 1
POSSIBLE, LIKELY = 0.3, 0.7  # probabilities


@dataclass(frozen=True)
class TileStatistics:
    """What the model's own probabilities say about each tile; every array is (tile,) and lies in 0..1."""

    entropy: NDArray[np.float64]  # mean binary entropy in bits: 0 where the model is sure, 1 where it guesses
    margin: NDArray[np.float64]  # mean of 1 - |2p - 1|: 0 where the model is sure, 1 where it guesses
    building_fraction: NDArray[np.float64]  # share of pixels with p >= 0.5
    stability: NDArray[np.float64]  # IoU of what is likely building with what may be building

    def features(self) -> NDArray[np.float64]:
        """The four statistics side by side, float64 (tile, 4): what the predicted IoU is regressed on."""
        return np.column_stack([self.entropy, self.margin, self.building_fraction, self.stability])


@dataclass(frozen=True)
class TileScore:
    """Of one tile: the statistics of its probabilities, float64 (4,) in the order of TileStatistics, and its embedding,
    float32 (channel,)."""

    statistics: NDArray[np.float64]
    embedding: NDArray[np.float32]


def tile_statistics(probability: NDArray[np.float32]) -> TileStatistics:
    """The statistics of each tile of building probabilities, float32 (tile, row, column) in 0..1.

    Tile by tile, because the temporary arrays of one tile fit into the processor's cache.
    """
    rows = np.array([_statistics(tile) for tile in probability], dtype=np.float64).reshape(-1, 4)
    return TileStatistics(*rows.T)


def _statistics(p: NDArray[np.float32]) -> tuple[float, float, float, float]:
    sure = np.minimum(np.maximum(p, 1 - p), np.float32(1 - 1e-7))  # probability of the likelier class
    unsure = 1 - sure
    entropy = -(sure * np.log2(sure) + unsure * np.log2(unsure)).mean()

    likely, building, possible = (np.count_nonzero(p >= level) / p.size for level in (LIKELY, 0.5, POSSIBLE))
    return float(entropy), 2 * float(unsure.mean()), building, (likely + IOU_SMOOTHING) / (possible + IOU_SMOOTHING)
