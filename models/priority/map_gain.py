"""What annotating a tile is worth to the finished map, after Janik & Sankaran 2022 (arXiv 2202.04766).

The paper orders annotation by the predicted IoU and by properties of model and sample; the text of its formulas was not
available. Our choice: a tile is worth the errors that it mends, its own, and those that it teaches to avoid, which are
the more the more tiles are in its cluster: information density (Settles & Craven 2008). One formula serves the first
round and all later ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .coverage import cluster
from .uncertainty import IOU_SMOOTHING

CLUSTERS = 16  # of tiles, by their looks
DENSITY_WEIGHT = 0.03  # what mending an error teaches to avoid on another tile of the cluster, as a share of it


def expected_errors(
    error_mass: NDArray[np.float64], foreground_fraction: NDArray[np.float64], predicted_iou: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The share of each tile's pixels that is expected to be wrong, 0..1; all arrays are (tile,).

    The geometric mean of what the probabilities say, the mean of min(p, 1 - p), and what the predicted IoU says where
    as much is missed as made up: with an area A and an IoU q that is 2A (1 - q) / (1 + q).
    """
    area = foreground_fraction + IOU_SMOOTHING
    by_iou = np.minimum(2 * area * (1 - predicted_iou) / (1 + predicted_iou), 1)
    return np.asarray(np.sqrt(error_mass * by_iou))


def clusters_of(
    coordinates: NDArray[np.float32], labelled: NDArray[np.float32], rng: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The cluster of each tile of the pool, (tile,), and of each labelled one, (labelled,): k-means over both."""
    cluster_of, _ = cluster(np.concatenate([coordinates, labelled]), CLUSTERS, rng)
    return cluster_of[: len(coordinates)], cluster_of[len(coordinates) :]


def expected_gain(
    errors: NDArray[np.float64],
    cluster_of: NDArray[np.intp],
    labelled_cluster_of: NDArray[np.intp],
    density_weight: float = DENSITY_WEIGHT,
) -> NDArray[np.float64]:
    """What annotating each tile takes from the errors of the map, in the unit of ``errors``, (tile,).

    The more of a cluster is labelled the less is left to teach: its n-th tile teaches a n-th of what the first did.
    """
    tiles, labelled = (np.bincount(of, minlength=CLUSTERS) for of in (cluster_of, labelled_cluster_of))
    return np.asarray(errors * (1 + density_weight * (tiles - 1) / (1 + labelled))[cluster_of])
