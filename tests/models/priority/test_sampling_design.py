import numpy as np
import pytest

from tiletriage.models.priority.sampling_design import draw_round, inclusion_probabilities, systematic_sample

PLACES = np.array([(tile // 10, tile % 10) for tile in range(60)])


def draw(value, count=12, kinds=4, seed=0):
    tiles = len(value)
    stratum_of = np.arange(tiles) % kinds
    return draw_round(value, stratum_of, PLACES[:tiles], count, np.random.default_rng(seed))


def test_chances_are_proportional_to_size_and_sum_to_the_round():
    found = inclusion_probabilities(np.array([1.0, 2.0, 3.0, 4.0]), 2)
    np.testing.assert_allclose(found, [0.2, 0.4, 0.6, 0.8])


def test_what_would_have_more_than_one_chance_is_certain_and_the_others_share_the_rest():
    found = inclusion_probabilities(np.array([100.0, 1.0, 1.0, 2.0]), 2)
    np.testing.assert_allclose(found, [1, 0.25, 0.25, 0.5])


@pytest.mark.parametrize("count", [0, 3])
def test_all_or_none_are_drawn_where_so_many_are_wanted(count):
    np.testing.assert_allclose(inclusion_probabilities(np.array([5.0, 1.0, 0.1]), count), count / 3)


def test_without_any_size_all_have_the_same_chance():
    np.testing.assert_allclose(inclusion_probabilities(np.zeros(4), 1), 0.25)


def test_the_comb_meets_every_tile_as_often_as_its_chance_says():
    rng = np.random.default_rng(0)
    probability = inclusion_probabilities(rng.random(20), 7)
    order = rng.permutation(20)
    samples = [systematic_sample(probability, order, rng) for _ in range(4000)]
    assert {len(sample) for sample in samples} == {7}
    met = np.bincount(np.concatenate(samples), minlength=20) / 4000
    np.testing.assert_allclose(met, probability, atol=4 * np.sqrt(0.25 / 4000))


def test_a_round_is_drawn_with_the_chances_that_it_tells():
    rng = np.random.default_rng(1)
    value = rng.random(60)
    draws = [draw(value, seed=seed) for seed in range(4000)]
    met = np.bincount(np.concatenate([one.drawn for one in draws]), minlength=60) / 4000
    np.testing.assert_allclose(met, draws[0].probability, atol=4 * np.sqrt(0.25 / 4000))
    assert draws[0].probability.min() > 0
    assert draws[0].probability.sum() == pytest.approx(12)


def test_the_tiles_of_the_highest_value_are_certain_and_come_first():
    value = np.arange(60.0)
    found = draw(value)
    assert found.drawn[:6].tolist() == [59, 58, 57, 56, 55, 54]
    assert (found.probability[54:] == 1).all() and (found.probability[:54] < 1).all()


def test_any_beginning_of_the_drawn_half_is_a_sample_as_well():
    value = np.where(np.arange(60) < 54, 1.0, 2.0)
    first = [draw(value, seed=seed).drawn[6] for seed in range(3000)]
    shares = np.bincount(first, minlength=60)[:54] / 3000
    np.testing.assert_allclose(shares, 1 / 54, atol=5 * np.sqrt(1 / 54 / 3000))


def test_every_kind_is_drawn_as_often_as_it_should_be():
    for seed in range(20):
        found = draw(np.where(np.arange(60) < 52, 1.0, 2.0), count=16, kinds=4, seed=seed)
        of_kind = np.bincount(found.drawn[8:] % 4, minlength=4)
        assert of_kind.min() >= 1 and of_kind.max() <= 3  # two of each, but for where the comb crosses a border


@pytest.mark.parametrize("count", [1, 2, 3, 10])
def test_of_a_small_pool_no_more_is_drawn_than_there_is(count):
    found = draw(np.arange(3.0), count=count)
    assert len(set(found.drawn.tolist())) == min(count, 3)
    assert found.probability.sum() == pytest.approx(min(count, 3))
