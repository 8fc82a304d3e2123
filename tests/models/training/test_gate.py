from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tiletriage.models.imagery.grid import Tile
from tiletriage.models.segmentation.metrics import ConfusionCounts
from tiletriage.models.training.gate import Difference, measure_difference, passes
from tiletriage.models.training.split import FEWEST_BLOCKS, choose_exam_tiles
from tiletriage.tests.tools.gate_trials import draw_exams

BAD, GOOD = ConfusionCounts(tp=40, fp=30, fn=30), ConfusionCounts(tp=60, fp=20, fn=10)
NOTHING = ConfusionCounts()


def apart(number):
    """Exam tiles of which each lies in a block of its own."""
    return [Tile(0, 2 * place) for place in range(number)]


def in_blocks(number):
    """Exam tiles in blocks of four."""
    return [Tile(down, 4 * block + right) for block in range(number) for down in (0, 1) for right in (0, 1)]


def counts_of(exam):
    """Counts (block, tile, count) as a list, an entry a tile."""
    return [ConfusionCounts(*counts) for counts in exam.reshape(-1, 3).tolist()]


@pytest.mark.parametrize("blocks", [5, 6, 8])
def test_a_version_that_is_no_better_is_activated_in_at_most_five_of_a_hundred_cases(blocks):
    rng, passed, tiles = np.random.default_rng(blocks), [], in_blocks(blocks)
    for correlation in (0.0, 0.3, 0.6):
        for before, after in draw_exams(rng, 700, blocks, correlation):
            passed.append(measure_difference(tiles, counts_of(before), counts_of(after)).is_better_than_noise)
    assert np.mean(passed) <= 0.05 + 2.5 * np.sqrt(0.05 * 0.95 / len(passed))


def test_with_fewer_blocks_than_five_nothing_is_sure_however_good_it_looks():
    found = measure_difference(apart(4), [BAD] * 4, [GOOD] * 4)
    assert (found.blocks, found.missing_blocks, found.is_better_than_noise) == (4, 1, False)


def test_five_blocks_of_which_each_gained_are_a_chance_of_one_in_thirty_two():
    found = measure_difference(apart(5), [BAD] * 5, [GOOD] * 5)
    assert found.p_value == 1 / 32
    assert found.is_better_than_noise and not found.missing_blocks


def test_one_block_that_did_not_change_is_one_too_few_of_five_but_not_of_six():
    before, after = [NOTHING, *[BAD] * 5], [NOTHING, *[GOOD] * 5]
    assert not measure_difference(apart(5), before[:5], after[:5]).is_better_than_noise
    assert measure_difference(apart(6), before, after).p_value == 2 / 64


def test_four_tiles_side_by_side_are_one_witness():
    found = measure_difference(in_blocks(4), [BAD] * 16, [GOOD] * 16)
    assert (found.tiles, found.blocks, found.is_better_than_noise) == (16, 4, False)
    assert measure_difference(apart(16), [BAD] * 16, [GOOD] * 16).is_better_than_noise


def test_worse_is_never_better():
    assert measure_difference(apart(8), [GOOD] * 8, [BAD] * 8).p_value == 1


def test_an_unchanged_version_is_never_better():
    found = measure_difference(apart(8), [BAD] * 8, [BAD] * 8)
    assert (found.low, found.high, found.p_value, found.is_better_than_noise) == (0, 0, 1, False)
    assert (found.better_tiles, found.worse_tiles) == (0, 0)


def test_a_gain_on_one_tile_that_another_loses_is_noise():
    low, high = ConfusionCounts(tp=10, fp=45, fn=45), ConfusionCounts(tp=90, fp=5, fn=5)
    found = measure_difference(apart(8), [low, high, *[BAD] * 6], [high, low, *[BAD] * 6])
    assert found.iou_before == pytest.approx(found.iou_after)
    assert found.low < 0 < found.high
    assert (found.better_tiles, found.worse_tiles) == (1, 1)


def test_the_pooled_iou_weighs_tiles_by_their_pixels():
    counts = [ConfusionCounts(tp=90, fp=5, fn=5), ConfusionCounts(fn=100)]
    assert measure_difference(apart(2), counts, counts).iou_before == pytest.approx(90 / 200)


def test_one_block_says_nothing_about_how_far_it_is_from_the_truth():
    found = measure_difference(apart(1), [BAD], [GOOD])
    assert (found.low, found.high) == (-1, 1)


def test_very_many_blocks_are_no_hindrance():
    assert measure_difference(apart(60), [BAD] * 60, [GOOD] * 60).is_better_than_noise


@pytest.mark.parametrize(("rows", "columns"), [(6, 10), (8, 10), (12, 12), (12, 16), (16, 16)])
def test_the_exam_of_a_campaign_can_activate_a_version_that_is_clearly_better(rows, columns):
    tiles = [Tile(row, column) for row in range(rows) for column in range(columns)]
    for seed in range(5):
        exam = choose_exam_tiles(tiles, None, np.random.default_rng(seed))
        before, after = [BAD] * len(exam), [GOOD] * len(exam)
        assert measure_difference(exam, before, after).is_better_than_noise


def test_what_is_missing_is_never_less_than_nothing():
    enough = Difference(0.4, 0.5, 0.0, 0.2, 0.01, tiles=40, blocks=10, better_tiles=30, worse_tiles=10)
    assert enough.missing_blocks == 0
    assert replace(enough, blocks=0).missing_blocks == FEWEST_BLOCKS


def test_where_there_is_nothing_to_find_a_version_that_has_unlearnt_all_is_not_better():
    """On empty tiles it makes nothing up any more, which looks perfect."""
    made_up = ConfusionCounts(fp=100)
    found = measure_difference(apart(10), [made_up] * 10, [NOTHING] * 10)
    assert (found.iou_before, found.iou_after, found.p_value) == (0, 1, 1)
    assert not found.is_better_than_noise
    one_house = measure_difference(
        apart(10), [made_up] * 9 + [ConfusionCounts(tp=50, fn=10)], [NOTHING] * 9 + [ConfusionCounts(fn=60)]
    )
    assert not one_house.is_better_than_noise


def test_from_a_blank_start_a_version_needs_no_certainty():
    worse, better = (measure_difference(apart(2), *pair) for pair in (([GOOD] * 2, [BAD] * 2), ([BAD] * 2, [GOOD] * 2)))
    assert passes(better, is_from_blank=True) and passes(None, is_from_blank=True, is_first=True)
    assert not passes(None, is_from_blank=True)  # a later one that nothing measures
    assert not passes(worse, is_from_blank=True)
    assert not passes(better, is_from_blank=False) and not passes(None, is_from_blank=False)


def test_tiles_with_nothing_to_find_activate_nothing_but_the_first_from_a_blank_start():
    empty, wrong = ConfusionCounts(), ConfusionCounts(fp=1)
    found = measure_difference(apart(8), [wrong] * 8, [empty] * 8)
    assert (found.iou_before, found.iou_after, found.mapped_px) == (0, 1, 0)
    assert not passes(found, is_from_blank=True) and not passes(found, is_from_blank=False)
    assert passes(found, is_from_blank=True, is_first=True)
