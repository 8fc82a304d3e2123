import numpy as np
import pytest

from tiletriage.models.evaluation.estimators import ProbabilitySample, estimate_map
from tiletriage.models.priority.sampling_design import draw_round

FIVE = [0, 1, 2, 3, 4]


def sample(drawn, probability, known=None, count=None, expansion=1.0):
    places = np.asarray(drawn, np.intp)
    known = places if known is None else np.asarray(known, np.intp)
    return ProbabilitySample(places, np.asarray(probability, float), count or len(places), known, expansion)


def test_a_map_of_which_every_tile_was_judged_alike_is_known_exactly():
    """Ten of twenty tiles, on each of which one pixel is made up and two are missed."""
    wrong = np.tile([1.0, 2.0], (10, 1))
    found = estimate_map(110, 100, wrong, [sample(range(10), [0.5] * 10)])
    assert found.iou.value == pytest.approx((110 + 90) / (110 + 100 + 20))
    assert found.amount.value == pytest.approx(110 + 90 + 20)
    assert (found.iou.low, found.iou.high) == (pytest.approx(found.iou.value), pytest.approx(found.iou.value))


def test_a_lot_that_is_half_annotated_says_the_same():
    wrong = np.tile([1.0, 0.0], (5, 1))
    found = estimate_map(0, 100, wrong, [sample(FIVE, [0.5] * 5, count=10)])
    assert found.iou.value == pytest.approx(85 / 100)  # on fifteen tiles one pixel each


def test_tiles_that_the_lot_could_not_meet_are_known_and_speak_for_no_other():
    wrong = np.array([[1.0, 0.0]] * 5 + [[500.0, 500.0]])
    found = estimate_map(0, 100, wrong, [sample(FIVE, [0.5] * 5)])
    assert found.iou.value == pytest.approx(95 / 100)


def test_what_is_annotated_since_is_not_left_any_more():
    """Of ten tiles that the lot could meet five were drawn, and three others annotated later: two are left."""
    wrong = np.tile([1.0, 0.0], (8, 1))
    found = estimate_map(0, 100, wrong, [sample(FIVE, [0.5] * 5, known=range(8))])
    assert found.iou.value == pytest.approx(98 / 100)


def test_tiles_out_of_reach_of_the_lot_are_taken_to_be_like_those_within():
    wrong = np.tile([1.0, 0.0], (5, 1))
    found = estimate_map(0, 100, wrong, [sample(FIVE, [0.5] * 5, expansion=2.0)])
    assert found.iou.value == pytest.approx(90 / 100)


def test_rounds_with_one_drawn_tile_each_have_an_interval_too():
    wrong = np.column_stack([np.arange(5.0), np.zeros(5)])
    found = estimate_map(0, 1000, wrong, [sample([place], [0.1]) for place in FIVE])
    assert found.iou.low < found.iou.value < found.iou.high


def test_too_few_tiles_drawn_by_lot_tell_nothing():
    assert estimate_map(0, 10, np.zeros((4, 2)), [sample(range(4), [0.1] * 4)]) is None
    assert estimate_map(0, 10, np.zeros((0, 2)), []) is None


def test_where_nothing_was_found_wrong_something_may_be():
    found = estimate_map(0, 100, np.zeros((10, 2)), [sample(range(10), [0.1] * 10)]).iou
    assert (found.value, found.high) == (1, 1)
    assert found.low == pytest.approx(0.1 ** (1 / 10))  # all right on ten tiles, of such with so much right, by chance


@pytest.mark.parametrize("wrong", [0.0, 1e-9, 1e9])
def test_a_share_stays_a_share(wrong):
    counts = np.column_stack([np.zeros(8), wrong * np.arange(8.0)])
    found = estimate_map(10, 10, counts, [sample(range(8), [0.1] * 8)])
    assert 0 <= found.iou.low <= found.iou.value <= found.iou.high <= 1
    assert found.amount.low >= 10


def test_an_empty_map_of_an_empty_area_is_right():
    found = estimate_map(0, 0, np.zeros((6, 2)), [sample(range(6), [0.1] * 6)])
    assert (found.iou.value, found.amount.value) == (1, 0)


def test_over_many_campaigns_the_estimate_is_right_on_average_and_its_interval_mostly():
    rng = np.random.default_rng(0)
    tiles, places = 200, np.array([(tile // 20, tile % 20) for tile in range(200)])
    size, true = rng.gamma(1.0, size=tiles), rng.uniform(20, 80, tiles)
    wrong = rng.gamma(1.0, size=(tiles, 2)) * (1 + 4 * size[:, None])
    shown = true + wrong[:, 0] - np.minimum(wrong[:, 1], true)
    errors, covered = [], []
    for seed in range(300):
        known, drawn = np.empty(0, np.intp), []
        for count in (10, 10, 20):
            rest = np.setdiff1d(np.arange(tiles), known)
            draw = draw_round(size[rest], rest % 5, places[rest], count, np.random.default_rng((seed, count)))
            by_lot = draw.drawn[draw.probability[draw.drawn] < 1][: count // 4]  # half of the lot is annotated
            certain = draw.drawn[draw.probability[draw.drawn] == 1]
            drawn.append((rest[by_lot], draw.probability[by_lot], count // 2, np.delete(rest, certain)))
            known = np.concatenate([known, rest[certain], rest[by_lot]])
        left = np.setdiff1d(np.arange(tiles), known)
        place_of = {tile: place for place, tile in enumerate(known.tolist())}
        drawn_samples = [
            ProbabilitySample(
                np.array([place_of[tile] for tile in some.tolist()]),
                chances,
                by_lot,
                np.flatnonzero(np.isin(known, met)),
            )
            for some, chances, by_lot, met in drawn
        ]
        right = true[known].sum() + shown[left].sum() - wrong[left, 0].sum()
        truth = right / (true[known].sum() + shown[left].sum() + wrong[left, 1].sum())
        found = estimate_map(true[known].sum(), shown[left].sum(), wrong[known], drawn_samples).iou
        errors.append(found.value - truth)
        covered.append(found.low <= truth <= found.high)
    assert abs(np.mean(errors)) < 3 * np.std(errors) / np.sqrt(300) + 0.002
    assert 0.85 <= np.mean(covered) <= 0.97
