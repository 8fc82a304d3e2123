"""The two priorities of a sample, after Janik & Sankaran 2022 (arXiv 2202.04766).

The paper orders annotation by estimated properties of model and sample, of which it names the predicted IoU.
The text of its two formulas was not available: both formulas below are our choice.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .coverage import best_of_each, cluster
from .features import distance_to_nearest, percentile_rank


def error_first(
    predicted_iou: NDArray[np.float64],
    coordinates: NDArray[np.float32],
    count: int,
    rng: np.random.Generator,
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """P1: the tiles chosen as one batch, worst first, and the value 1 - predicted IoU of every tile (tile,).

    The batch takes the worst tile of each k-means cluster of the coordinates (tile, channel): near-duplicates
    of the very worst tile would fill it otherwise.
    """
    value = 1 - predicted_iou
    return best_of_each(cluster(coordinates, count, rng)[0], value), value


def error_and_novelty(
    predicted_iou: NDArray[np.float64],
    coordinates: NDArray[np.float32],
    labelled: NDArray[np.float32],
    count: int,
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """P2: the tiles chosen one by one, best first, and the value (1 - predicted IoU) * d of every tile.

    d is the rank-normalised distance to the nearest tile that is labelled or already chosen; coordinates and
    labelled are (tile, channel). The value given is the one that is left once the whole batch is chosen.
    """
    error = 1 - predicted_iou
    distance = distance_to_nearest(coordinates, labelled)
    is_free = np.ones(len(error), dtype=bool)
    chosen = []
    for _ in range(min(count, len(error))):
        best = int(np.argmax(np.where(is_free, error * percentile_rank(distance), -1)))
        is_free[best] = False
        chosen.append(best)
        distance = np.minimum(distance, np.linalg.norm(coordinates - coordinates[best], axis=1))
    return np.array(chosen, dtype=np.intp), error * percentile_rank(distance)
