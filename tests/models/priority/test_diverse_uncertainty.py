import numpy as np

from tiletriage.models.priority.diverse_uncertainty import uncertain_and_diverse


def chosen(entropy, coordinates, count, seed=0):
    points = np.asarray(coordinates, np.float32)
    return uncertain_and_diverse(np.asarray(entropy, float), points, count, np.random.default_rng(seed))[0].tolist()


def test_every_kind_of_uncertain_tile_is_taken_once_and_the_most_uncertain_first():
    coordinates = [[0], [0.1], [0.2], [9], [9.1], [9.2], *[[50 + i] for i in range(6)]]
    entropy = [0.5, 0.5, 0.5, 0.9, 0.9, 0.9, *[0.1] * 6]
    assert chosen(entropy, coordinates, 2) == [4, 1]  # the middle one of each group; nobody is sure of the others


def test_the_most_uncertain_tile_is_left_where_it_is_like_no_other():
    coordinates = [[0], [1], [2], [3], [4], [100]]
    assert 5 not in chosen([0.5, 0.5, 0.5, 0.5, 0.5, 0.6], coordinates, 1)


def test_a_model_that_is_sure_of_everything_still_gives_a_batch():
    assert len(set(chosen(np.zeros(12), np.arange(12)[:, None], 5))) == 5


def test_a_batch_larger_than_the_uncertain_half_takes_from_the_others_too():
    assert sorted(chosen([0.9, 0.8, 0.1, 0.1], [[0], [1], [2], [3]], 4)) == [0, 1, 2, 3]


def test_without_a_batch_the_value_is_the_entropy():
    entropy = np.array([0.3, 0.1, 0.2])
    _, value = uncertain_and_diverse(entropy, np.zeros((3, 2), np.float32), 1, np.random.default_rng(0))
    np.testing.assert_array_equal(value, entropy)
