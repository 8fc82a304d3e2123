"""How the learning rate runs over a training."""

from __future__ import annotations

import math


def cosine_schedule(spent: float, warm_up: float = 0.0) -> float:
    """The learning rate as a share of its peak: up over the warm-up, then down to 0 along half a cosine.

    Takes the share of the training that is over, from 0, and the share that is warm-up.
    """
    if spent < warm_up:
        return (spent + 0.001) / warm_up
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (spent - warm_up) / (1 - warm_up))))
