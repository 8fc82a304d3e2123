import numpy as np
import pytest

from tiletriage.models.priority.coverage import best_of_each, k_centre, k_means

NOTHING = np.empty((0, 2), dtype=np.float32)


def on_the_circle(*degrees):
    angle = np.radians(degrees)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)


def test_k_centre_goes_to_the_far_side_each_time():
    points = on_the_circle(0, 5, 90, 175, 180)
    chosen, _ = k_centre(points, on_the_circle(0), 2)
    assert points[chosen].tolist() == points[[4, 2]].tolist()


def test_k_centre_starts_from_the_most_typical_tile():
    chosen, _ = k_centre(on_the_circle(0, 10, 20, 180), NOTHING, 1)
    assert chosen == [1]


def test_k_centre_values_a_tile_by_its_distance_to_the_chosen_ones():
    _, value = k_centre(on_the_circle(60, 90, 180), on_the_circle(0), 1)  # chooses the tile at 180 degrees
    np.testing.assert_allclose(value[:2], [1 - np.cos(np.radians(60)), 1], atol=1e-5)


def test_k_centre_takes_every_tile_once_even_if_all_are_alike():
    chosen, _ = k_centre(on_the_circle(30, 30, 30), NOTHING, 5)
    assert sorted(chosen) == [0, 1, 2]


def test_k_means_takes_the_middle_of_each_group_and_that_of_the_largest_first():
    points = on_the_circle(0, 10, 20, 178, 180, 182, 184, 186)
    chosen, _ = k_means(points, 2, np.random.default_rng(0))
    assert chosen.tolist() == [5, 1]


@pytest.mark.parametrize("tiles", [1, 3])
def test_k_means_makes_no_more_groups_than_there_are_tiles(tiles):
    chosen, _ = k_means(on_the_circle(*range(0, 90 * tiles, 90)), 10, np.random.default_rng(0))
    assert sorted(chosen) == list(range(tiles))


def test_the_best_of_each_cluster_comes_in_the_order_of_value():
    cluster_of, value = np.array([7, 7, 2, 2, 5]), np.array([0.1, 0.4, 0.9, 0.8, 0.3])
    assert best_of_each(cluster_of, value).tolist() == [2, 1, 4]
