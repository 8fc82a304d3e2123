import numpy as np
import pytest

from tiletriage.models.evaluation.estimators import MapTotals, RoundSample, estimate_quality
from tiletriage.models.priority.sampling_design import draw_round

NOBODY = np.empty(0, np.intp)


def sample(drawn, probability, before=NOBODY):
    return RoundSample(np.asarray(drawn), np.asarray(probability, float), np.asarray(before, np.intp))


def test_a_map_of_which_every_tile_was_judged_alike_is_known_exactly():
    """Ten of twenty tiles, each with one of its ten pixels made up and two more missed."""
    wrong = np.tile([1.0, 2.0], (10, 1))
    found = estimate_quality(MapTotals(annotated=110, predicted=100), wrong, [sample(range(10), [0.5] * 10)])
    right, missed = 110 + 90, 20
    assert found.iou.value == pytest.approx(right / (110 + 100 + missed))
    assert found.f1.value == pytest.approx(2 * right / (right + 110 + 100 + missed))
    assert found.amount.value == pytest.approx(right + missed)
    assert (found.iou.low, found.iou.high) == (pytest.approx(found.iou.value), pytest.approx(found.iou.value))


def test_certain_tiles_speak_for_themselves_alone():
    wrong = np.array([[900.0, 900.0]] * 4 + [[1.0, 0.0]] * 6)
    found = estimate_quality(MapTotals(0, 100), wrong, [sample(range(10), [1.0] * 4 + [0.5] * 6)])
    assert found.iou.value == pytest.approx(94 / 100)


def test_too_few_tiles_drawn_by_lot_tell_nothing():
    assert estimate_quality(MapTotals(0, 10), np.zeros((4, 2)), [sample(range(4), [0.1] * 4)]) is None
    assert estimate_quality(MapTotals(0, 10), np.zeros((20, 2)), [sample(range(20), np.ones(20))]) is None
    assert estimate_quality(MapTotals(0, 10), np.zeros((0, 2)), []) is None


def test_tiles_picked_by_hand_are_known_and_speak_for_no_other():
    """A tile that somebody chose before the round was drawn; the round is of the others."""
    wrong = np.array([[500.0, 500.0]] + [[1.0, 0.0]] * 5)
    found = estimate_quality(MapTotals(0, 100), wrong, [sample(range(1, 6), [0.5] * 5, before=[0])])
    assert found.iou.value == pytest.approx(95 / 100)


@pytest.mark.parametrize("wrong", [0.0, 1e9])
def test_a_share_stays_a_share(wrong):
    counts = np.column_stack([np.zeros(8), wrong * np.arange(8.0)])
    found = estimate_quality(MapTotals(10, 10), counts, [sample(range(8), [0.1] * 8)])
    assert 0 <= found.iou.low <= found.iou.value <= found.iou.high <= 1
    assert found.amount.low >= 10


def test_an_empty_map_of_an_empty_area_is_right():
    found = estimate_quality(MapTotals(0, 0), np.zeros((6, 2)), [sample(range(6), [0.1] * 6)])
    assert (found.iou.value, found.f1.value, found.amount.value) == (1, 1, 0)


def test_over_many_campaigns_the_estimate_is_right_on_average_and_its_interval_mostly():
    rng = np.random.default_rng(0)
    tiles, places = 200, np.array([(tile // 20, tile % 20) for tile in range(200)])
    size, true = rng.gamma(1.0, size=tiles), rng.uniform(20, 80, tiles)
    wrong = rng.gamma(1.0, size=(tiles, 2)) * (1 + 4 * size[:, None])
    shown = true + wrong[:, 0] - np.minimum(wrong[:, 1], true)
    errors, covered = [], []
    for seed in range(300):
        known, rounds = np.empty(0, np.intp), []
        for count in (10, 10, 20):
            rest = np.setdiff1d(np.arange(tiles), known)
            draw = draw_round(size[rest], rest % 5, places[rest], count, np.random.default_rng((seed, count)))
            rounds.append(
                sample(np.arange(len(known), len(known) + count), draw.probability[draw.drawn], np.arange(len(known)))
            )
            known = np.concatenate([known, rest[draw.drawn]])
        left = np.setdiff1d(np.arange(tiles), known)
        totals = MapTotals(true[known].sum(), shown[left].sum())
        right = totals.annotated + totals.predicted - wrong[left, 0].sum()
        truth = right / (totals.annotated + totals.predicted + wrong[left, 1].sum())
        found = estimate_quality(totals, wrong[known], rounds).iou
        errors.append(found.value - truth)
        covered.append(found.low <= truth <= found.high)
    assert abs(np.mean(errors)) < 3 * np.std(errors) / np.sqrt(300) + 0.002
    assert 0.85 <= np.mean(covered) <= 0.95
