import numpy as np
import pytest

from tiletriage.models.priority.uncertainty import doubts, tile_statistics


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


def of_classes(*probabilities):
    """A tile of 20 x 20 px in which every pixel has these probabilities of the classes."""
    return np.broadcast_to(np.array(probabilities, np.float32)[None, :, None, None], (1, len(probabilities), 20, 20))


def test_where_all_classes_and_background_are_alike_the_model_guesses():
    found = tile_statistics(of_classes(1 / 3, 1 / 3))
    assert found.entropy[0] == pytest.approx(1, abs=1e-5)
    assert found.margin[0] == pytest.approx(1, abs=1e-5)


def test_the_margin_is_between_the_two_likeliest_of_classes_and_background():
    assert tile_statistics(of_classes(0.6, 0.3)).margin[0] == pytest.approx(1 - 0.3, abs=1e-5)
    assert tile_statistics(of_classes(0.3, 0.1)).margin[0] == pytest.approx(1 - 0.3, abs=1e-5)  # background has 0.6


def test_stability_is_the_mean_over_classes_that_may_be_there():
    sure, unsure = of_classes(0.8, 0.05), of_classes(0.5, 0.4)
    assert tile_statistics(sure).stability[0] == pytest.approx(1)
    assert tile_statistics(unsure).stability[0] == pytest.approx(0.005 / 1.005)
    assert tile_statistics(of_classes(0.1, 0.1)).stability[0] == 1
    assert tile_statistics(sure).foreground_fraction[0] == 1


def test_the_doubt_about_a_class_is_the_share_of_pixels_where_it_is_expected_to_be_wrong():
    probability = np.array([[[[0.9, 0.5]], [[0.1, 0.25]]]], np.float32)  # a tile of two pixels, two classes
    np.testing.assert_allclose(doubts(probability), [[0.3, 0.175]], rtol=1e-6)
    assert doubts(probability[:, :1]).shape == (1, 0)  # of one class the statistics say it already
