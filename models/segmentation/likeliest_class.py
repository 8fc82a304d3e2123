"""Which class each pixel shows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 0.5


def likeliest_class(
    layers: NDArray[Any], classes: int, threshold: float = THRESHOLD, certain: float = 1.0
) -> NDArray[np.uint8]:
    """The class that each pixel shows, uint8 (..., row, column), counted from 1; 0 where it is background.

    Takes what the network says (..., layer, row, column), the probabilities of the classes first, of which ``certain``
    stands for 1. A class shows where no other is likelier and its odds against background reach those of ``threshold``.
    """
    probability = layers[..., :classes, :, :]
    if classes == 1:
        return (probability[..., 0, :, :] >= threshold * certain).astype(np.uint8)
    best = probability.argmax(axis=-3).astype(np.uint8) + 1
    background = certain - probability.sum(axis=-3, dtype=np.float32)
    is_shown = probability.max(axis=-3) * (1 - threshold) >= background * threshold
    shown: NDArray[np.uint8] = np.where(is_shown, best, np.uint8(0))
    return shown
