from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, logit

from tiletriage.models.segmentation.confidence import PlattScaling, expected_calibration_error, fit, reliability


def drawn(slope, intercept, number=20_000):
    """Mean probabilities of footprints that are right as often as a scaling says."""
    rng = np.random.default_rng(0)
    probability = rng.uniform(0.5, 0.99, number)
    return probability, rng.random(number) < expit(slope * logit(probability) + intercept)


def test_without_a_scaling_the_confidence_is_the_mean_probability():
    np.testing.assert_allclose(PlattScaling().confidence(np.array([0.2, 0.5, 0.9])), [0.2, 0.5, 0.9])


def test_the_scaling_that_made_the_footprints_is_found():
    found = fit(*drawn(0.8, -1.5))
    assert (found.slope, found.intercept) == (pytest.approx(0.8, abs=0.06), pytest.approx(-1.5, abs=0.1))


def test_after_scaling_nine_in_ten_of_those_with_0_9_are_right():
    probability, is_right = drawn(1.5, -2.0)
    confidence = fit(probability, is_right).confidence(probability)
    assert expected_calibration_error(probability, is_right) > 0.15
    assert expected_calibration_error(confidence, is_right) < 0.02
    assert is_right[abs(confidence - 0.9) < 0.03].mean() == pytest.approx(0.9, abs=0.03)


def test_a_higher_probability_is_never_less_confident():
    probability = np.linspace(0.5, 0.99, 100)
    assert fit(probability, probability < 0.75).slope == 0


def test_the_error_is_the_mean_distance_by_tenths_of_confidence():
    confidence = np.array([0.95, 0.95, 0.95, 0.95, 0.55, 0.55])
    is_right = np.array([True, True, True, False, True, False])
    mean, right, number = reliability(confidence, is_right)
    np.testing.assert_allclose((mean, right, number), ([0.55, 0.95], [0.5, 0.75], [2, 4]))
    assert expected_calibration_error(confidence, is_right) == pytest.approx((2 * 0.05 + 4 * 0.2) / 6)


def test_even_certain_pixels_are_not_certain():
    assert 0 < PlattScaling().confidence(np.array([0.0]))[0] < PlattScaling().confidence(np.array([1.0]))[0] < 1
