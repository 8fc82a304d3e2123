import numpy as np
import pytest

from tiletriage.models.errors import ResultsError
from tiletriage.models.evaluation.learning_curve import (
    EVERYWHERE,
    compare,
    interval,
    learning_curves,
    noise,
    tiles_needed,
    with_mean_of_regions,
)
from tiletriage.models.evaluation.results_file import results_table

from .results import line, straight, write

SLOW, FAST = straight("random", 0.001), straight("p2", 0.002)  # 0.58 and 0.66 at 80 tiles
T_OF_TWO = 12.706  # Student's t, 0.975, one degree of freedom


@pytest.fixture
def table(tmp_path):
    return lambda lines: with_mean_of_regions(results_table([write(tmp_path / "results.jsonl", lines)]))


def standing(lines, table, region="village", strategy="p2", at=None):
    found = compare(table(lines), at, np.random.default_rng(0))
    return next(one for one in found if (one.region, one.strategy) == (region, strategy))


def test_an_interval_is_students():
    found = interval([0.4, 0.6])  # standard error 0.1
    assert found.value == pytest.approx(0.5)
    assert found.high - 0.5 == pytest.approx(0.1 * T_OF_TWO, rel=1e-4)
    assert np.isnan(interval([0.4]).low)


def test_tiles_needed_are_read_off_the_line_between_two_points():
    needed = tiles_needed([0, 10, 20], [[0.5, 0.6, 0.8], [0.5, 0.6, 0.8], [0.5, 0.6, 0.8]], [0.5, 0.7, 0.9])
    np.testing.assert_allclose(needed, [0, 15, np.inf])


def test_a_curve_that_falls_again_reached_its_target_the_first_time():
    assert tiles_needed([0, 10, 20, 30], [0.5, 0.7, 0.6, 0.8], 0.65) == pytest.approx(7.5)


def test_twice_as_steep_needs_half_the_tiles(table):
    found = standing([*SLOW, *FAST], table)
    assert (found.at, found.ratio.value, found.unreached) == (80, pytest.approx(0.5), 0)
    assert (found.ratio.low, found.ratio.high) == (pytest.approx(0.5), pytest.approx(0.5))  # seeds do not differ
    assert found.area.value == pytest.approx(0.58)  # a straight line from 0.50 to 0.66
    assert found.difference.value == pytest.approx(0.04)
    assert standing([*SLOW, *FAST], table, at=40).ratio.value == pytest.approx(0.5)


def test_half_the_tiles_at_twice_the_minutes_are_the_same_minutes(table):
    dear = [{**one, "minutes": 2 * one["minutes"]} for one in FAST]
    found = standing([*SLOW, *dear], table)
    assert (found.ratio.value, found.minutes_ratio.value) == (pytest.approx(0.5), pytest.approx(1))


def test_random_needs_all_the_tiles_of_random(table):
    found = standing([*SLOW, *FAST], table, strategy="random")
    assert (found.ratio.value, found.difference.value) == (pytest.approx(1), 0)
    assert found.verdict == "the yardstick"


def test_half_as_steep_is_worse_and_not_reached(table):
    found = standing([*SLOW, *straight("p2", 0.0005)], table)
    assert (found.ratio.value, found.unreached, found.verdict) == (np.inf, 1, "worse than random")


def test_pairs_of_seeds_take_out_what_both_strategies_share(table):
    offsets = (-0.1, 0.1)
    found = standing([*straight("random", 0.001, offsets), *straight("p2", 0.002, offsets)], table)
    assert found.area.high - found.area.value == pytest.approx(0.1 * T_OF_TWO, rel=1e-4)
    assert found.difference.high == pytest.approx(0.04)
    assert found.verdict == "better than random"


def test_seeds_that_disagree_are_noise(table):
    assert standing([*SLOW, *straight("p2", 0.002, (-0.1, 0.1))], table).verdict == "within noise of random"


def test_one_seed_is_no_measurement(table):
    found = standing([*straight("random", 0.001, (0,)), *straight("p2", 0.002, (0,))], table)
    assert found.verdict == "not known from one seed"
    assert np.isnan([found.area.low, found.difference.high, found.ratio.low]).all()


def test_over_regions_ratios_are_averaged_and_not_reached_counts_as_one(table):
    hard = [*straight("random", 0.001, region="hard"), *straight("p2", 0.0005, region="hard")]
    found = standing([*SLOW, *FAST, *hard], table, region=EVERYWHERE)
    assert (found.ratio.value, found.unreached) == (pytest.approx(0.75), 1)
    assert found.area.value == pytest.approx((0.58 + 0.52) / 2)


def test_the_areas_are_compared_over_the_budgets_that_all_strategies_have(table):
    found = standing([*SLOW, *straight("p2", 0.002, budgets=(0, 10, 20))], table)
    assert found.area.value == pytest.approx(0.52)  # a straight line from 0.50 to 0.54


def test_a_strategy_need_not_have_as_many_tiles_as_random_to_be_beside_it(table):
    short = straight("p2", 0.002, budgets=(0, 10, 20, 40))
    found = standing([*SLOW, *short], table)
    assert (found.at, found.ratio.value) == (80, pytest.approx(0.5))  # 0.58 with 40 tiles and with 80
    assert standing([*SLOW, *short], table, strategy="random").ratio.value == pytest.approx(1)


def test_seeds_that_were_interrupted_wait_for_their_end(table):
    begun = line("p2", 0, 0.0, seed=7)
    assert standing([*SLOW, *FAST, begun], table).seeds == 2


def test_tiles_that_were_not_measured_cannot_be_compared_at(table):
    with pytest.raises(ResultsError, match="Choose --at from 10, 20, 40, 80"):
        standing([*SLOW, *FAST], table, at=30)


def test_a_single_budget_is_no_curve(table):
    with pytest.raises(ResultsError, match="no two budgets"):
        standing([*straight("random", 0.001, budgets=(0,)), *FAST], table)


def test_curves_have_means_bounds_and_the_difference_to_random(table):
    offsets = (-0.1, 0.1)
    curves = learning_curves(table([*straight("random", 0.001, offsets), *straight("p2", 0.002, offsets)]))
    point = curves[(curves.strategy == "p2") & (curves.tiles == 40)].iloc[0]
    assert (point.seeds, point.minutes, point.seconds, point.predicted_iou_rho) == (2, 20, 120, 0.5)
    assert (point.iou, point.f1, point.footprint_f1) == (pytest.approx(0.58), pytest.approx(0.68), pytest.approx(0.38))
    assert point.iou_high == pytest.approx(0.58 + 0.1 * T_OF_TWO, rel=1e-4)
    assert (point.map_iou_difference, point.map_iou_difference_low) == (pytest.approx(0.04), pytest.approx(0.04))


def test_random_agrees_with_itself_where_each_half_of_its_seeds_lies_in_the_interval_of_the_other(table):
    (agreeing,) = noise(table(straight("random", 0.001, (0, 0.1, 0, 0.1))))
    (apart,) = noise(table(straight("random", 0.001, (0, 0.001, 0.5, 0.501))))
    assert (agreeing.agree, apart.agree) == (True, False)
    assert noise(table(SLOW)) == []
