"""Tile embeddings made comparable: a few principal coordinates, directions, and the novelty of a tile."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

EPSILON = 1e-6  # keeps channels and tiles that do not vary at zero


def principal_coordinates(
    embedding: NDArray[np.float32], labelled: NDArray[np.float32], channels: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The pool and the labelled tiles along the principal axes of all of them, each (tile, coordinate).

    Takes two embeddings (tile, channel) of one model version; every channel is standardised first.
    Gives as many coordinates as `channels` says, or as the embedding has.
    """
    every = np.concatenate([embedding, labelled])
    every = (every - every.mean(axis=0)) / (every.std(axis=0) + EPSILON)
    _, axes = np.linalg.eigh(every.T @ every)  # (channel, axis), the longest axis last
    coordinates = every @ axes[:, -channels:]
    return coordinates[: len(embedding)], coordinates[len(embedding) :]


def channels_for(tiles: int) -> int:
    """How many principal coordinates that many tiles can carry: a quarter as many, 1 to 16 (our choice)."""
    return max(1, min(16, tiles // 4))


def directions(
    embedding: NDArray[np.float32], labelled: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Unit vectors from the pool's mean towards the pool and the labelled tiles, float32 (tile, channel).

    Subtracting the mean is our choice: embeddings behind a ReLU all point the same way otherwise.
    """
    mean = embedding.mean(axis=0)
    return _normalise(embedding - mean), _normalise(labelled - mean)


def distance_to_nearest(coordinates: NDArray[np.float32], references: NDArray[np.float32]) -> NDArray[np.float64]:
    """Distance of each tile to its nearest reference, (tile,); infinite where there are no references."""
    if len(references) == 0:
        return np.full(len(coordinates), np.inf)
    from sklearn.metrics import pairwise_distances_argmin_min

    _, distance = pairwise_distances_argmin_min(coordinates, references)
    return np.asarray(distance, dtype=np.float64)


def percentile_rank(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each value the share of all values below it, ties counted half: between 0 and 1, never either."""
    return np.asarray((rankdata(values) - 0.5) / len(values))


def novelty(coordinates: NDArray[np.float32], labelled: NDArray[np.float32]) -> NDArray[np.float64]:
    """How unlike the labelled tiles each tile is, (tile,): the share of tiles that are nearer to one.

    1 everywhere as long as nothing is labelled.
    """
    if len(labelled) == 0:
        return np.ones(len(coordinates))
    return percentile_rank(distance_to_nearest(coordinates, labelled))


def _normalise(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, EPSILON), dtype=np.float32)
