from __future__ import annotations

import numpy as np
import pytest

from tiletriage.models.imagery.grid import Tile
from tiletriage.models.segmentation.metrics import ConfusionCounts
from tiletriage.models.training.cross_validation import (
    MIXINGS,
    NOT_HELD_OUT,
    HeldOut,
    confusion_on_held_out,
    folds_of,
    measured_on_held_out,
    mixing_of,
)
from tiletriage.models.training.split import block_of

NOWHERE = 0.0


def row(count):
    return [Tile(0, column) for column in range(count)]


def test_blocks_stay_whole_and_folds_are_of_one_size():
    tiles = row(24)  # twelve blocks
    fold_of = folds_of(tiles, np.ones(24, bool), np.zeros(24, bool), 4, seed=3)
    assert np.bincount(fold_of).tolist() == [6] * 4
    assert len({(block_of(tile), fold) for tile, fold in zip(tiles, fold_of)}) == 12


def test_every_fold_has_some_of_the_tiles_with_buildings():
    has_foreground = np.arange(24) < 8  # four blocks
    fold_of = folds_of(row(24), np.ones(24, bool), has_foreground, 4, seed=3)
    assert np.bincount(fold_of[has_foreground]).tolist() == [2] * 4


def test_tiles_that_the_start_has_learnt_from_are_never_held_out():
    is_new = np.arange(24) >= 12
    fold_of = folds_of(row(24), is_new, np.zeros(24, bool), 4, seed=0)
    assert (fold_of[:12] == NOT_HELD_OUT).all() and (fold_of[12:] != NOT_HELD_OUT).all()


SEVEN = [Tile(0, 2 * number) for number in range(7)]
TWO_BLOCKS = [Tile(row, column) for row in range(2) for column in range(4)]


@pytest.mark.parametrize("tiles", [SEVEN, TWO_BLOCKS])
def test_too_few_new_tiles_or_blocks_are_not_held_out(tiles):
    every = np.ones(len(tiles), bool)
    assert (folds_of(tiles, every, every, 4, seed=0) == NOT_HELD_OUT).all()


def tiles_that_show(*iou):
    """Eight tiles of a thousand building pixels whose IoU at the mixings is this."""
    return [shown(place, [round(1000 * each) for each in iou]) for place in range(8)]


def shown(place, right):
    """A tile of a thousand building pixels, of which so many are found at the mixings."""
    return HeldOut(place, [[[0, 0], [1000 - each, each]] for each in right])


def chosen(held_out):
    apart = [Tile(0, 2 * place) for place in range(8)]
    return mixing_of(apart, held_out, len(held_out))


@pytest.mark.parametrize(
    ("iou", "mixing"),
    [((0.5, 0.55, 0.6, 0.56, 0.4), 0.5), ((0.1, 0.2, 0.3, 0.6, 0.9), 1), ((0.5, 0.4, 0.3, 0.2, 0.1), 0)],
)
def test_it_goes_where_all_held_out_tiles_show_the_highest_iou(iou, mixing):
    assert chosen(tiles_that_show(*iou)) == mixing


def test_what_one_tile_alone_shows_leads_away_from_half_way_in_no_direction():
    same = tiles_that_show(0.5, 0.5, 0.5, 0.5, 0.5)
    for lucky in ([900, 600, 500, 500, 500], [500, 500, 500, 600, 900]):
        assert chosen([*same[1:], shown(7, lucky)]) == 0.5


def test_tiles_without_buildings_lead_nowhere_else():
    assert chosen([HeldOut(place, [[[9, 0], [0, 0]]] * 5) for place in range(8)]) == 0.5


def test_without_held_out_tiles_their_number_decides_and_half_way_is_the_most():
    assert [mixing_of([], [], new_tiles) for new_tiles in (1, 5, 10, 30)] == [1 / 11, 1 / 3, 1 / 2, 1 / 2]


def test_to_stay_at_the_start_is_always_among_what_is_compared():
    assert MIXINGS[0] == NOWHERE


def test_the_gain_is_measured_on_the_tiles_that_were_held_out_block_by_block():
    tiles = row(30)
    held_out = [shown(place, [500, 510, 600, 650, 700]) for place in range(10, 22)]
    found = measured_on_held_out(tiles, held_out, 0.5)
    assert (found.iou_before, found.iou_after) == (0.5, 0.6)
    assert (found.tiles, found.blocks, found.better_tiles) == (12, 6, 12)
    assert found.is_better_than_noise  # of 2 ** 6 swaps only the one seen gains as much


def test_what_decides_is_half_way_which_nobody_has_chosen():
    tiles = row(12)
    held_out = [shown(place, [500, 500, 500, 500, 900]) for place in range(12)]
    found = measured_on_held_out(tiles, held_out, 1.0)
    assert found.iou_after == 0.9 and found.p_value == 1
    assert not found.is_better_than_noise


def test_without_held_out_tiles_nothing_was_measured():
    assert measured_on_held_out(row(4), [], 0.5) is None


def test_each_class_is_measured_over_all_held_out_tiles():
    nothing = [[[1, 0, 0], [4, 0, 0], [2, 0, 0]]] * 2
    some = [[1, 0, 0], [1, 3, 0], [2, 0, 0]]  # half way three of four of the first class are found
    taken = [[1, 0, 0], [3, 1, 0], [0, 2, 0]]  # and on the other tile the second class is taken for it
    one, other = (HeldOut(place, [*nothing, half_way, *nothing]) for place, half_way in enumerate((some, taken)))
    start, half_way = confusion_on_held_out([one, other], 0.5).tolist()
    assert start == [[2, 0, 0], [8, 0, 0], [4, 0, 0]]
    assert half_way == [[2, 0, 0], [4, 4, 0], [2, 2, 0]]
    assert one.counts(0.5) == ConfusionCounts(3, 0, 3)
    assert other.counts(0.5) == ConfusionCounts(1, 2, 5)
