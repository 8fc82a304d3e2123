"""Strategies that spread a batch over the pool and never ask how good the model is: the ones to beat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .features import distance_to_nearest

LARGE_POOL = 10_000  # tiles above which k-means works on mini-batches


def k_centre(
    points: NDArray[np.float32], labelled: NDArray[np.float32], count: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The tiles chosen one by one, each the one least like all before it, and how unlike these every tile is.

    Greedy k-centre after Sener & Savarese 2018 (arXiv 1708.00489). Points and labelled are unit vectors
    (tile, channel); the value is 1 - cosine, (tile,). With nothing labelled it starts from the most typical
    tile (our choice).
    """
    similarity = 1 - distance_to_nearest(points, labelled) ** 2 / 2  # the cosine, as both are unit vectors
    best = int(np.argmin(similarity) if len(labelled) else np.argmax(points @ points.sum(axis=0)))
    chosen = []
    for _ in range(min(count, len(points))):
        chosen.append(best)
        similarity = np.maximum(similarity, points @ points[best])
        similarity[best] = np.inf  # never again, not even where all tiles are alike
        best = int(np.argmin(similarity))
    return np.array(chosen, dtype=np.intp), 1 - similarity


def k_means(
    points: NDArray[np.float32], count: int, rng: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The tile nearest to each k-means centre, that of the largest cluster first, and all tiles' distances.

    Points are (tile, channel), distances to the own centre (tile,). Labelled tiles play no part, as is usual
    for this baseline.
    """
    cluster_of, centres = cluster(points, count, rng)
    distance = np.linalg.norm(points - centres[cluster_of], axis=1).astype(np.float64)
    nearest = best_of_each(cluster_of, -distance)
    size = np.bincount(cluster_of)[cluster_of[nearest]]
    return nearest[np.argsort(-size, kind="stable")], distance


def cluster(
    points: NDArray[np.float32], count: int, rng: np.random.Generator, weight: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The k-means cluster of each point (tile,) and the centres (cluster, channel), at most as many as points differ.

    A point of ``weight`` (tile,) 2 draws its centre as strongly as two points of weight 1.
    """
    from sklearn.cluster import KMeans, MiniBatchKMeans

    algorithm = KMeans if len(points) <= LARGE_POOL else MiniBatchKMeans
    most = min(count, len(np.unique(points, axis=0)))
    fitted = algorithm(most, n_init=1, random_state=int(rng.integers(2**31)))
    fitted.fit(points, sample_weight=weight)
    return fitted.labels_, fitted.cluster_centers_


def best_of_each(cluster_of: NDArray[np.intp], value: NDArray[np.float64]) -> NDArray[np.intp]:
    """The tile of the highest value in each cluster, the highest first, (cluster,)."""
    best_first = np.argsort(-value, kind="stable")
    _, first = np.unique(cluster_of[best_first], return_index=True)
    best: NDArray[np.intp] = best_first[np.sort(first)]
    return best
