import numpy as np
import pytest

from tiletriage.models.priority.uncertainty import tile_statistics


def constant(*probabilities):
    return np.stack([np.full((1, 20, 20), p, dtype=np.float32) for p in probabilities])


def test_a_guess_is_worth_one_bit_and_a_certainty_nothing():
    np.testing.assert_allclose(tile_statistics(constant(0.5, 0, 1)).entropy, [1, 0, 0], atol=1e-5)


def test_the_margin_falls_linearly_from_a_guess_to_a_certainty():
    np.testing.assert_allclose(tile_statistics(constant(0.5, 0.25, 0.75, 0, 1)).margin, [1, 0.5, 0.5, 0, 0], atol=1e-6)


def test_uncertainty_does_not_care_which_class_is_called_building():
    probability = np.random.default_rng(0).random((3, 8, 8), dtype=np.float32)
    here, there = tile_statistics(probability[:, None]), tile_statistics(1 - probability[:, None])
    np.testing.assert_allclose(here.entropy, there.entropy, atol=1e-5)
    np.testing.assert_allclose(here.margin, there.margin, atol=1e-5)


def test_half_a_tile_of_buildings_is_a_fraction_of_one_half():
    tile = constant(0.1)
    tile[..., :10, :] = 0.5
    assert tile_statistics(tile).foreground_fraction == [0.5]


def test_the_mask_of_a_model_that_is_sure_is_stable_even_where_there_is_nothing():
    np.testing.assert_allclose(tile_statistics(constant(0, 1, 0.1)).stability, 1)


def test_stability_is_the_share_of_the_possible_that_is_likely():
    tile = constant(0.1)
    tile[0, 0, :10] = 0.4  # 200 pixels may be building, 100 of them likely; 0.5 % of 400 pixels is 2
    tile[0, 0, :5] = 0.8
    assert tile_statistics(tile).stability[0] == pytest.approx((100 + 2) / (200 + 2))


def test_no_tiles_have_no_statistics():
    assert tile_statistics(np.empty((0, 1, 8, 8), dtype=np.float32)).features().shape == (0, 4)
