"""How unsure the model is of each tile, read off its probabilities."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..segmentation.likeliest_class import likeliest_class

IOU_SMOOTHING = 0.005  # share of a tile's pixels added above and below an IoU, so that empty on empty counts 1
POSSIBLE, LIKELY = 0.3, 0.7  # probabilities


@dataclass(frozen=True)
class TileStatistics:
    """What the model's own probabilities say about each tile; every array is (tile,) and lies in 0..1."""

    entropy: NDArray[np.float64]  # mean entropy, in bits for one class: 0 where the model is sure, 1 where it guesses
    margin: NDArray[np.float64]  # mean of 1 - (p1 - p2), of the two likeliest: 0 where it is sure, 1 where it guesses
    foreground_fraction: NDArray[np.float64]  # share of pixels that show a class
    stability: NDArray[np.float64]  # mean IoU of what likely is a class with what may be it, over classes that may be

    def features(self) -> NDArray[np.float64]:
        """The four statistics side by side, float64 (tile, 4): what the predicted IoU is regressed on."""
        return np.column_stack([self.entropy, self.margin, self.foreground_fraction, self.stability])


@dataclass(frozen=True)
class TileScore:
    """Of one tile: the statistics of its probabilities, float64 (4,) in the order of TileStatistics, its embedding,
    float32 (channel,), and, of several classes, how unsure the model is of each, float64 (class,): see ``doubts``."""

    statistics: NDArray[np.float64]
    embedding: NDArray[np.float32]
    doubt: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))


def tile_statistics(probability: NDArray[np.float32]) -> TileStatistics:
    """The statistics of each tile of class probabilities, float32 (tile, class, row, column) in 0..1.

    Tile by tile, because the temporary arrays of one tile fit into the processor's cache.
    """
    rows = np.array([_statistics(tile) for tile in probability], dtype=np.float64).reshape(-1, 4)
    return TileStatistics(*rows.T)


def doubts(probability: NDArray[np.float32]) -> NDArray[np.float64]:
    """The share of pixels at which each class is expected to be wrongly there or missing, float64 (tile, class): the
    mean of min(p, 1 - p). Of one class (tile, 0): the statistics say it already."""
    if probability.shape[1] == 1:
        return np.empty((len(probability), 0))
    return np.array([np.minimum(tile, 1 - tile).mean(axis=(1, 2), dtype=np.float64) for tile in probability])


def _statistics(p: NDArray[np.float32]) -> tuple[float, float, float, float]:
    """Of one tile, (class, row, column)."""
    return _of_one_class(p[0]) if len(p) == 1 else _of_classes(p)


def _of_one_class(p: NDArray[np.float32]) -> tuple[float, float, float, float]:
    sure = np.minimum(np.maximum(p, 1 - p), np.float32(1 - 1e-7))  # probability of the likelier class
    unsure = 1 - sure
    entropy = -(sure * np.log2(sure) + unsure * np.log2(unsure)).mean()

    likely, shown, possible = (np.count_nonzero(p >= level) / p.size for level in (LIKELY, 0.5, POSSIBLE))
    return float(entropy), 2 * float(unsure.mean()), shown, (likely + IOU_SMOOTHING) / (possible + IOU_SMOOTHING)


def _of_classes(p: NDArray[np.float32]) -> tuple[float, float, float, float]:
    every = np.concatenate([1 - p.sum(axis=0, keepdims=True), p]).clip(1e-7, 1)  # with background
    entropy = -(every * np.log2(every)).sum(axis=0).mean() / np.log2(len(every))
    second, first = np.partition(every, -2, axis=0)[-2:]
    likely, possible = ((p >= level).mean(axis=(1, 2)) for level in (LIKELY, POSSIBLE))
    stable = (likely + IOU_SMOOTHING) / (possible + IOU_SMOOTHING)
    stability = float(stable[possible > 0].mean()) if possible.any() else 1.0
    shown = np.count_nonzero(likeliest_class(p, len(p))) / p[0].size
    return float(entropy), float((1 - first + second).mean()), shown, stability
