import numpy as np
import pytest

from tiletriage.models.priority.predicted_iou import ENOUGH_FOR_A_NETWORK, fit, smoothed_iou


def mask(*columns):
    """A mask of 20 x 20 pixels with buildings in the given columns."""
    result = np.zeros((20, 20), dtype=np.uint8)
    result[:, list(columns)] = 1
    return result


def test_an_empty_tile_predicted_empty_is_perfect():
    assert smoothed_iou(mask(), mask()) == 1


def test_the_iou_is_overlap_over_union_with_two_pixels_of_smoothing_on_each_side():
    assert smoothed_iou(mask(0, 1), mask(1, 2)) == pytest.approx((20 + 2) / (60 + 2))


def test_a_few_wrong_pixels_on_an_empty_tile_cost_little_and_a_wrong_house_costs_all():
    speck = mask()
    speck[0, 0] = 1
    assert smoothed_iou(mask(), speck) == pytest.approx(2 / 3)
    assert smoothed_iou(mask(), mask(*range(10))) < 0.01


def test_what_is_ignored_is_neither_right_nor_wrong():
    truth = mask(0)
    truth[:, 5:] = 255
    assert smoothed_iou(truth, mask(0, 10)) == 1


@pytest.mark.parametrize("labels", [12, ENOUGH_FOR_A_NETWORK])
def test_a_regressor_ranks_tiles_that_it_never_saw(labels):
    rng = np.random.default_rng(0)
    features = rng.random((labels, 2))
    regressor = fit(features, 0.2 + 0.6 * features[:, 0], np.ones(labels, dtype=bool), rng)
    assert regressor.quality.labels == labels
    assert regressor.quality.rho > 0.8
    assert regressor.quality.rho_non_empty == regressor.quality.rho
    assert regressor.quality.mae < 0.2
    unseen = regressor.predict(np.array([[0.9, 0.5], [0.1, 0.5]]))
    assert unseen[0] > unseen[1] + 0.2


def test_no_tile_is_expected_better_than_perfect_or_worse_than_nothing():
    features = np.linspace(0, 1, 12)[:, None]
    regressor = fit(features, features[:, 0], np.ones(12, dtype=bool), np.random.default_rng(0))
    np.testing.assert_array_equal(regressor.predict(np.array([[-50.0], [50.0]])), [0, 1])


def test_the_same_seed_gives_the_same_prediction():
    features = np.random.default_rng(0).random((12, 3))
    first, second = (fit(features, features[:, 0], features[:, 1] > 0.5, np.random.default_rng(1)) for _ in range(2))
    np.testing.assert_array_equal(first.predict(features), second.predict(features))
    assert first.quality == second.quality


def test_knowing_only_where_nothing_stands_shows_in_the_correlation_over_non_empty_tiles():
    rng = np.random.default_rng(0)
    has_foreground = np.arange(24) % 2 == 0
    iou = np.where(has_foreground, rng.uniform(0.2, 0.6, 24), 1)
    quality = fit(has_foreground[:, None].astype(float), iou, has_foreground, rng).quality
    assert quality.rho > 0.6
    assert quality.rho_non_empty < 0.2


def test_few_non_empty_tiles_have_no_correlation_of_their_own():
    features = np.random.default_rng(0).random((12, 1))
    quality = fit(features, features[:, 0], np.arange(12) < 9, np.random.default_rng(0)).quality
    assert quality.rho_non_empty is None


def test_tiles_that_are_all_alike_correlate_with_nothing():
    quality = fit(np.zeros((8, 2)), np.ones(8), np.zeros(8, dtype=bool), np.random.default_rng(0)).quality
    assert quality.rho == 0
    assert quality.mae == pytest.approx(0)
