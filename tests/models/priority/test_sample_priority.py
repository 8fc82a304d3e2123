import numpy as np
import pytest

from tiletriage.models.priority.sample_priority import error_and_novelty, error_first

NOTHING = np.empty((0, 2))


@pytest.fixture
def groups():
    """Three groups of ten near-duplicates each, the first the worst; (tile,) and coordinates (tile, 2)."""
    rng = np.random.default_rng(0)
    of = np.repeat([0, 1, 2], 10)
    coordinates = np.array([[0, 0], [10, 0], [0, 10]])[of] + 0.01 * rng.normal(size=(30, 2))
    return of, coordinates, np.array([0.1, 0.4, 0.7])[of] + 0.01 * rng.random(30)


def test_p1_takes_the_worst_tile_of_each_group_of_near_duplicates(groups):
    of, coordinates, predicted_iou = groups
    chosen, _ = error_first(predicted_iou, coordinates, 3, np.random.default_rng(0))
    assert chosen.tolist() == [np.argmin(np.where(of == group, predicted_iou, 1)) for group in range(3)]


def test_p1_is_one_minus_the_predicted_iou(groups):
    _, coordinates, predicted_iou = groups
    np.testing.assert_array_equal(
        error_first(predicted_iou, coordinates, 3, np.random.default_rng(0))[1], 1 - predicted_iou
    )


def test_p2_visits_each_group_of_near_duplicates_before_it_comes_back_when_all_are_equally_bad(groups):
    of, coordinates, _ = groups
    chosen, _ = error_and_novelty(np.full(30, 0.3), coordinates, NOTHING, 3)
    assert sorted(of[chosen]) == [0, 1, 2]


def test_p2_starts_with_the_worst_tile_when_nothing_is_labelled(groups):
    _, coordinates, predicted_iou = groups
    chosen, _ = error_and_novelty(predicted_iou, coordinates, NOTHING, 1)
    assert chosen == [np.argmin(predicted_iou)]


def test_p2_prefers_of_two_bad_tiles_the_one_unlike_the_labelled_ones():
    coordinates = np.array([[0.0], [5.0], [9.0]])
    chosen, _ = error_and_novelty(np.array([0.2, 0.2, 0.9]), coordinates, np.array([[0.1]]), 1)
    assert chosen == [1]


def test_the_value_of_p2_is_error_times_the_share_of_tiles_nearer_to_a_label():
    coordinates = np.array([[1.0], [2.0], [3.0], [4.0]])
    _, value = error_and_novelty(np.array([0.5, 0, 0.5, 1]), coordinates, np.array([[0.0]]), 0)
    np.testing.assert_allclose(value, [0.5 / 8, 1 * 3 / 8, 0.5 * 5 / 8, 0])


def test_p2_takes_each_tile_once_and_none_that_do_not_exist(groups):
    _, coordinates, predicted_iou = groups
    chosen, _ = error_and_novelty(predicted_iou, coordinates, NOTHING, 100)
    assert sorted(chosen) == list(range(30))
