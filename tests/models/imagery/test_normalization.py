from __future__ import annotations

import numpy as np

from tiletriage.models.imagery.normalization import Normalization, normalization_of


def test_any_sensor_comes_to_mean_0_and_deviation_1():
    rng = np.random.default_rng(0)
    pixels = rng.uniform([[[54.0]], [[0.1]]], [[[6615.0]], [[0.3]]], (2, 64, 64)).astype(np.float32)
    normalized = normalization_of(pixels, np.ones((64, 64), bool)).apply(pixels)
    np.testing.assert_allclose(normalized.mean(axis=(1, 2)), 0, atol=1e-4)
    np.testing.assert_allclose(normalized.std(axis=(1, 2)), 1, rtol=1e-4)


def test_no_data_has_no_say():
    pixels = np.zeros((1, 10, 10), np.float32)
    pixels[0, :5] = np.linspace(100, 200, 50).reshape(5, 10)
    valid = pixels[0] > 0
    assert normalization_of(pixels, valid) == normalization_of(pixels[:, :5], valid[:5])


def test_a_burnt_out_roof_is_clipped():
    normalization = Normalization((0.0,), (10.0,), (5.0,), (5.0,))
    np.testing.assert_allclose(normalization.apply(np.array([[[0.0, 5.0, 1000.0]]], np.float32)), [[[-1, 0, 1]]])


def test_flat_imagery_does_not_divide_by_nothing():
    flat = np.full((1, 4, 4), 7, np.float32)
    assert np.isfinite(normalization_of(flat, np.ones((4, 4), bool)).apply(flat)).all()
