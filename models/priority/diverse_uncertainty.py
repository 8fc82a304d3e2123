"""Uncertain tiles of every kind, after Zhdanov 2019 (arXiv 1901.05954): k-means weighted by uncertainty.

The paper takes k-means over the most informative samples, weighted by their margin. Our choices: entropy for the
margin, because it sums over all pixels; the half of the pool for its fixed multiple of the batch; and k-means over
principal coordinates of the embedding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .coverage import best_of_each, cluster

CANDIDATES = 0.5  # share of the pool
LEAST_WEIGHT = 1e-6  # of a tile that the model is sure of: where it is sure of all, they count alike


def uncertain_and_diverse(
    score: NDArray[np.float64], coordinates: NDArray[np.float32], count: int, rng: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The tiles chosen as one batch, the most uncertain first, and the score of every tile (tile,).

    Takes the acquisition score (tile,), such as the entropy, and the coordinates (tile, channel). Of the uncertain half
    the batch takes the tile nearest to the centre of each cluster: a typical one, because the most uncertain of all are
    freaks, and ten of them spoil a model.
    """
    candidates = np.argsort(-score, kind="stable")[: max(count, int(CANDIDATES * len(score)))]
    points = coordinates[candidates]
    cluster_of, centres = cluster(points, count, rng, score[candidates] + LEAST_WEIGHT)
    distance = np.linalg.norm(points - centres[cluster_of], axis=1)
    typical = candidates[best_of_each(cluster_of, -distance.astype(np.float64))]
    return typical[np.argsort(-score[typical], kind="stable")], score
