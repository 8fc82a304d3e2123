import numpy as np
import pytest

from tiletriage.models.priority.map_gain import CLUSTERS, clusters_of, expected_errors, expected_gain


def test_where_both_say_the_same_share_is_wrong_it_is_that_share():
    area, iou = 0.3, 0.5  # as much missed as made up: 2A(1 - q)/(1 + q) = 0.2
    found = expected_errors(np.array([0.2]), np.array([area - 0.005]), np.array([iou]))
    assert found == pytest.approx(0.2)


@pytest.mark.parametrize(("mass", "iou"), [(0.0, 0.5), (0.2, 1.0)])
def test_who_is_sure_or_expected_to_be_right_makes_no_errors(mass, iou):
    assert expected_errors(np.array([mass]), np.array([0.3]), np.array([iou])) == [0]


def test_an_error_is_a_share_however_bad_the_tile():
    worst = expected_errors(np.array([0.5]), np.array([1.0]), np.array([0.0]))
    assert 0 < worst[0] <= 1


def test_a_tile_mends_its_own_errors_and_teaches_about_the_others_of_its_kind():
    errors, cluster_of = np.array([0.1, 0.3, 0.2, 0.2]), np.array([0, 0, 0, 5])
    gain = expected_gain(errors, cluster_of, np.empty(0, np.intp), density_weight=0.5)
    np.testing.assert_allclose(gain, [0.2, 0.6, 0.4, 0.2])  # two others of kind 0, none of kind 5


def test_the_second_tile_of_a_kind_teaches_half_as_much():
    errors, cluster_of = np.array([0.4, 0.4]), np.array([3, 3])
    gains = [expected_gain(errors, cluster_of, np.full(labelled, 3), density_weight=0.5)[0] for labelled in (0, 1, 3)]
    np.testing.assert_allclose(gains, [0.6, 0.5, 0.45])


def test_where_nothing_is_wrong_nothing_is_to_gain():
    assert expected_gain(np.zeros(2), np.zeros(2, np.intp), np.empty(0, np.intp)).tolist() == [0, 0]


def test_tiles_that_look_alike_are_of_one_kind_whether_labelled_or_not():
    rng = np.random.default_rng(0)
    centres = 100 * rng.normal(size=(CLUSTERS, 3))
    looks = np.repeat(centres, 4, axis=0) + rng.normal(size=(4 * CLUSTERS, 3))
    cluster_of, labelled = clusters_of(looks.astype(np.float32), centres[:2].astype(np.float32), rng)
    assert labelled.tolist() == [cluster_of[0], cluster_of[4]]
    assert len(set(cluster_of[:4])) == 1
