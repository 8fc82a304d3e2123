"""Tiles of 64 px at 0.5 m; houses are squares of 10 m, in metres right of and below the grid's upper left."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.affinity import translate
from shapely.geometry import box

from tiletriage.models.annotation.labels import Labels
from tiletriage.models.annotation.mask import targets_of
from tiletriage.models.evaluation.footprint_match import match_drafts, match_footprints
from tiletriage.models.imagery.grid import Tile, TileGrid
from tiletriage.models.segmentation.classes import BUILDING
from tiletriage.models.segmentation.metrics import ConfusionCounts

GRID = TileGrid("EPSG:32637", 500_000, 200, 1, 0.5, 64, rows=6, columns=6)
TILE_M = 32
ONE, RIGHT_OF_IT, BELOW_IT, FAR = Tile(0, 0), Tile(0, 1), Tile(1, 0), Tile(4, 4)


def house(right, down, width=10, height=10):
    return translate(box(right, -down - height, right + width, -down), GRID.left, GRID.top)


def match(tiles, predicted, true, ignored=None, has_border=False, annotated=()):
    """What comes of predicted and true houses; a predicted one is seen on these tiles alone, with its border or not."""
    layers = slice(None) if has_border else slice(1)
    seen = 255 * np.stack([targets_of(predicted, GRID, tile)[layers] for tile in tiles])
    known = np.ones_like(seen[:, 0], bool) if ignored is None else ~np.stack([ignored] * len(tiles))
    counts = match_footprints(tiles, seen, known, Labels.of_one_class(true), GRID, (BUILDING,), annotated)
    return ConfusionCounts(counts.tp, counts.fp, counts.fn)


def test_true_houses_that_touch_are_not_one():
    row = [house(1, 5), house(11, 5), house(21, 5)]
    assert match([ONE], row, row) == ConfusionCounts(fp=1, fn=3)  # one outline is predicted around all of them
    assert match([ONE], row[:1], row[:2]) == ConfusionCounts(tp=1, fn=1)


def test_houses_that_touch_are_told_apart_by_their_borders():
    row = [house(1, 5), house(11, 5), house(21, 5)]
    assert match([ONE], row, row, has_border=True) == ConfusionCounts(tp=3)


def test_houses_that_touch_are_told_apart_across_tiles():
    row = [house(TILE_M - 15, 5), house(TILE_M - 5, 5), house(TILE_M + 5, 5)]
    assert match([ONE, RIGHT_OF_IT], row, row, has_border=True) == ConfusionCounts(tp=3)


def test_a_house_on_the_border_of_two_tiles_is_one():
    across = [house(TILE_M - 5, 10)]
    assert match([ONE, RIGHT_OF_IT], across, across) == ConfusionCounts(tp=1)
    assert match([ONE, RIGHT_OF_IT], [], across) == ConfusionCounts(fn=1)


def test_a_house_on_a_corner_of_four_tiles_is_one():
    corner, tiles = [house(TILE_M - 5, TILE_M - 5)], [ONE, RIGHT_OF_IT, BELOW_IT, Tile(1, 1)]
    assert match(tiles, corner, corner) == ConfusionCounts(tp=1)
    assert match(tiles[::-1], corner, corner) == ConfusionCounts(tp=1)


@pytest.mark.parametrize(("inside", "counted"), [(6, 1), (4, 0)])
def test_a_house_that_the_border_cuts_counts_where_its_middle_is_inside(inside, counted):
    cut = [house(TILE_M - inside, 10)]
    assert match([ONE], cut, cut) == ConfusionCounts(tp=counted)  # its visible part was found
    assert match([ONE], [], cut) == ConfusionCounts(fn=counted)


def test_a_cut_house_counts_once_whichever_of_two_exams_has_its_middle():
    cut = [house(TILE_M - 4, 10)]
    assert match([ONE], cut, cut) + match([RIGHT_OF_IT], cut, cut) == ConfusionCounts(tp=1)


def test_what_is_made_up_counts_even_at_the_border():
    assert match([ONE], [house(TILE_M - 4, 10)], []) == ConfusionCounts(fp=1)


def test_tiles_apart_are_counted_together():
    true = [house(5, 5), house(4 * TILE_M + 5, 4 * TILE_M + 5)]
    assert match([ONE, FAR], true[:1], true) == ConfusionCounts(tp=1, fn=1)
    assert match([ONE, FAR], true, true[:1]) == ConfusionCounts(tp=1, fp=1)


def test_houses_elsewhere_play_no_part():
    assert match([ONE], [], [house(3 * TILE_M, 3 * TILE_M)]) == ConfusionCounts()


def test_where_there_is_no_imagery_nothing_is_found_or_missed():
    ignored = np.zeros((64, 64), bool)
    ignored[:, 32:] = True
    true = [house(5, 5), house(20, 5)]
    assert match([ONE], true, true, ignored) == ConfusionCounts(tp=1)


def test_a_speck_is_no_footprint():
    assert match([ONE], [house(5, 5, width=1.5, height=2)], []) == ConfusionCounts()  # 3 of at least 4 square metres


def test_on_annotated_tiles_the_finished_map_has_what_people_drew():
    missed, made_up, missed_elsewhere = house(5, 5), house(20, 20), house(TILE_M + 5, 5)
    both, true = [ONE, RIGHT_OF_IT], [missed, missed_elsewhere]
    assert match(both, [made_up], true) == ConfusionCounts(fp=1, fn=2)
    assert match(both, [made_up], true, annotated=[ONE]) == ConfusionCounts(tp=1, fn=1)
    assert match(both, [made_up], true, annotated=both) == ConfusionCounts(tp=2)


def test_a_house_drawn_across_the_border_of_an_annotated_tile_is_once_on_the_map():
    across = [house(TILE_M - 5, 10)]
    assert match([ONE, RIGHT_OF_IT], across, across, annotated=[ONE]) == ConfusionCounts(tp=1)


def test_people_draw_only_what_lies_in_the_area_that_is_evaluated():
    cut = [house(TILE_M - 6, 10)]
    assert match([ONE], [], cut, annotated=[ONE]) == ConfusionCounts(tp=1)
    assert match([ONE], [], [house(TILE_M - 4, 10)], annotated=[ONE]) == ConfusionCounts()  # its middle is outside


def on_tile(tile, drafts, true):
    counts = match_drafts(drafts, true, tile, GRID)
    return ConfusionCounts(counts.tp, counts.fp, counts.fn)


def test_a_house_on_the_border_counts_on_the_tile_of_its_representative_point_alone():
    across = [house(TILE_M - 7, 10)]  # 7 m on one tile, 3 m on the next
    assert on_tile(ONE, across, across) == ConfusionCounts(tp=1)
    assert on_tile(RIGHT_OF_IT, across, across) == ConfusionCounts()
    assert on_tile(ONE, [], across) == ConfusionCounts(fn=1)
    assert on_tile(RIGHT_OF_IT, [], across) == ConfusionCounts()
    assert on_tile(ONE, across, []) == ConfusionCounts(fp=1)
    assert on_tile(RIGHT_OF_IT, across, []) == ConfusionCounts()


def test_a_draft_that_shows_a_house_of_the_neighbour_is_not_made_up():
    true = [house(TILE_M - 3, 10)]
    assert (
        on_tile(ONE, [house(TILE_M - 6, 10)], true) == ConfusionCounts()
    )  # its point lies here, that of the house not


def test_a_large_house_is_found_as_far_as_the_surroundings_of_the_tile_show_it():
    true, shown = [house(-29, 5, width=60)], [house(-8, 5, width=39)]  # a quarter tile, 8 m, is seen beyond the border
    assert on_tile(ONE, shown, true) == ConfusionCounts(tp=1)


def test_a_tile_without_footprints_has_none_right_or_wrong():
    assert on_tile(ONE, [], []) == ConfusionCounts()
