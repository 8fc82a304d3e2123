"""The confidence of a footprint: how likely it is that a building is there, drawn well enough.

The mean probability of its pixels is too sure of itself, because a network has never seen the place. What it is worth
is learnt on regions that a model was not trained on: Platt scaling (Platt 1999), a logistic regression on the logit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

LEAST = 1e-3  # a mean probability is not taken to be surer than this
BINS = 10


@dataclass(frozen=True)
class PlattScaling:
    """Mean probability to confidence; as it stands it changes nothing."""

    slope: float = 1.0
    intercept: float = 0.0

    def confidence(self, probability: NDArray[np.float64]) -> NDArray[np.float64]:
        """The confidence of footprints, (footprint,) in 0..1, by the mean probability of their pixels."""
        confidence: NDArray[np.float64] = expit(self.slope * logit(_clipped(probability)) + self.intercept)
        return confidence


AS_IT_IS = PlattScaling()


def fit(probability: NDArray[np.float64], is_right: NDArray[np.bool_]) -> PlattScaling:
    """The scaling that fits footprints, of which some were right and some not; never a falling one."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=np.inf).fit(logit(_clipped(probability))[:, None], is_right)
    return PlattScaling(max(0.0, float(model.coef_[0, 0])), float(model.intercept_[0]))


def reliability(
    confidence: NDArray[np.float64], is_right: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """For each tenth of confidence that has footprints: their mean confidence, the share that is right, how many."""
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    number = np.bincount(place, minlength=BINS)
    filled = np.flatnonzero(number)
    mean, right = (np.bincount(place, values, BINS)[filled] / number[filled] for values in (confidence, is_right))
    return mean, right, number[filled]


def expected_calibration_error(confidence: NDArray[np.float64], is_right: NDArray[np.bool_]) -> float:
    """The mean distance of confidence from the share that is right, by tenths of confidence (Guo et al. 2017)."""
    mean, right, number = reliability(confidence, is_right)
    return float(np.average(np.abs(mean - right), weights=number))


def _clipped(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(probability, LEAST, 1 - LEAST)
