from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import box

from tiletriage.models.segmentation.metrics import (
    Counts,
    bootstrap_difference,
    footprint_counts,
    pixel_counts,
)


def test_iou_and_f1_follow_their_closed_forms():
    counts = Counts(tp=6, fp=2, fn=4)
    assert counts.iou == pytest.approx(6 / 12)
    assert counts.f1 == pytest.approx(2 * 6 / (2 * 6 + 2 + 4))


def test_nothing_predicted_where_nothing_is_counts_as_perfect():
    assert Counts().iou == Counts().f1 == 1


def test_counts_of_tiles_add_up():
    assert sum([Counts(1, 2, 3), Counts(10, 20, 30)], Counts()) == Counts(11, 22, 33)


def test_ignored_pixels_are_not_counted():
    prediction = np.array([[True, True, False], [False, True, False]])
    truth = np.array([[1, 0, 1], [0, 255, 255]], dtype=np.uint8)
    assert pixel_counts(prediction, truth) == Counts(tp=1, fp=1, fn=1)


def test_each_footprint_is_matched_at_most_once():
    house = box(0, 0, 10, 10)
    assert footprint_counts([house, box(0, 0, 10, 9)], [house]) == Counts(tp=1, fp=1, fn=0)
    assert footprint_counts([house], [box(0, 0, 10, 9), house]) == Counts(tp=1, fp=0, fn=1)


def test_the_greatest_overlap_is_matched_first():
    first, second = box(0, 0, 10, 10), box(2, 0, 12, 10)
    assert footprint_counts([second, first], [first]) == Counts(tp=1, fp=1, fn=0)
    assert footprint_counts([second, first], [first, second]) == Counts(tp=2)


def test_a_footprint_matches_from_half_iou_on():
    house = box(0, 0, 10, 10)
    assert footprint_counts([box(0, 0, 10, 5)], [house]) == Counts(tp=1)
    assert footprint_counts([box(0, 0, 10, 4)], [house]) == Counts(fp=1, fn=1)


def test_without_footprints_on_one_side_the_others_are_all_wrong():
    assert footprint_counts([], [box(0, 0, 1, 1)]) == Counts(fn=1)
    assert footprint_counts([box(0, 0, 1, 1)], []) == Counts(fp=1)
    assert footprint_counts([], []) == Counts()


@pytest.mark.parametrize("seed", range(5))
def test_an_unchanged_model_is_never_better(seed):
    rng = np.random.default_rng(seed)
    before = [Counts(*rng.integers(0, 100, size=3)) for _ in range(12)]
    difference = bootstrap_difference(before, before, rng)
    assert not difference.is_better_than_noise
    assert (difference.low, difference.high, difference.share_better) == (0, 0, 0)
    assert (difference.better_tiles, difference.worse_tiles) == (0, 0)


@pytest.mark.parametrize("seed", range(5))
def test_a_gain_on_every_tile_is_always_better(seed):
    rng = np.random.default_rng(seed)
    before = [Counts(*rng.integers(50, 100, size=3)) for _ in range(12)]
    after = [Counts(c.tp + c.fn, c.fp, 0) for c in before]
    difference = bootstrap_difference(before, after, rng)
    assert difference.is_better_than_noise
    assert difference.share_better == 1
    assert (difference.better_tiles, difference.worse_tiles) == (12, 0)


def test_a_gain_on_one_tile_that_another_loses_is_noise():
    low, high = Counts(tp=10, fp=45, fn=45), Counts(tp=90, fp=5, fn=5)
    same = [Counts(tp=50, fp=25, fn=25)] * 6
    difference = bootstrap_difference([low, high, *same], [high, low, *same], np.random.default_rng(0))
    assert difference.iou_before == difference.iou_after
    assert difference.low < 0 < difference.high
    assert (difference.better_tiles, difference.worse_tiles) == (1, 1)


def test_the_pooled_iou_weighs_tiles_by_their_pixels():
    tiles = [Counts(tp=90, fp=5, fn=5), Counts(tp=0, fp=0, fn=100)]
    difference = bootstrap_difference(tiles, tiles, np.random.default_rng(0))
    assert difference.iou_before == pytest.approx(90 / 200)
