from __future__ import annotations

import numpy as np
import pytest

from tiletriage.models.imagery.grid import Tile
from tiletriage.models.training.split import choose_exam_tiles, spread_out

DOWN = ((0, 0), (0, 1), (1, 0), (1, 1))


def area(rows, columns):
    return [Tile(row, column) for row in range(rows) for column in range(columns)]


@pytest.mark.parametrize(("rows", "columns", "expected"), [(16, 32, 48), (9, 12, 8), (5, 5, 4), (100, 100, 48)])
def test_a_tenth_of_the_tiles_examine_the_model_but_at_most_48(rows, columns, expected):
    assert len(choose_exam_tiles(area(rows, columns), None, np.random.default_rng(0))) == expected


def test_who_wants_no_exam_gets_none():
    assert choose_exam_tiles(area(16, 16), 0, np.random.default_rng(0)) == []


def test_exam_tiles_come_in_blocks_of_four():
    exam = set(choose_exam_tiles(area(16, 16), 16, np.random.default_rng(1)))
    corners = {Tile(tile.row - tile.row % 2, tile.column - tile.column % 2) for tile in exam}
    assert len(corners) == 4
    assert all(Tile(c.row + down, c.column + right) in exam for c in corners for down in (0, 1) for right in (0, 1))


@pytest.mark.parametrize(("rows", "columns", "expected"), [(6, 10, 6), (8, 10, 8), (12, 16, 8)])
def test_where_a_tenth_is_too_little_for_five_blocks_each_exam_tile_lies_in_a_block_of_its_own(rows, columns, expected):
    exam = choose_exam_tiles(area(rows, columns), None, np.random.default_rng(0))
    assert len(exam) == len({(tile.row // 2, tile.column // 2) for tile in exam}) == expected


def test_every_quarter_of_the_area_gets_its_exam_block():
    for seed in range(5):
        exam = choose_exam_tiles(area(16, 16), 16, np.random.default_rng(seed))
        assert {(tile.row // 8, tile.column // 8) for tile in exam} == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_the_same_seed_gives_the_same_exam_and_another_seed_another():
    chosen = [choose_exam_tiles(area(16, 16), 8, np.random.default_rng(seed)) for seed in (0, 0, 1)]
    assert chosen[0] == chosen[1] != chosen[2]


def test_an_area_thinner_than_a_block_still_has_an_exam():
    assert choose_exam_tiles(area(1, 5), None, np.random.default_rng(0))


def test_every_exam_tile_is_served_once_and_in_the_same_order_whatever_order_they_come_in():
    exam = choose_exam_tiles(area(30, 40), 48, np.random.default_rng(2))
    served = spread_out(exam)
    assert sorted(served) == exam
    assert spread_out(exam[::-1]) == served
    assert spread_out([]) == []


def test_every_block_gives_one_exam_tile_before_any_gives_its_second():
    served = spread_out(choose_exam_tiles(area(30, 40), 48, np.random.default_rng(2)))
    blocks = [(tile.row // 2, tile.column // 2) for tile in served]
    for first in range(0, 48, 12):
        assert len(set(blocks[first : first + 12])) == 12


def test_any_beginning_of_the_exam_covers_the_area():
    """No tile is farther from what is served than is the best possible twice over (farthest-first, Gonzalez 1985)."""
    exam = [Tile(2 * row + down, 2 * column + right) for row in range(8) for column in range(8) for down, right in DOWN]
    served = spread_out(exam)
    for count, quarters in ((5, 4), (16, 16)):
        side = 16 / quarters**0.5
        assert len({(tile.row // side, tile.column // side) for tile in served[:count]}) >= 0.75 * quarters
    assert spread_out(area(2, 200))[1].column in (0, 198) and spread_out(area(2, 200))[2].column in (0, 198)
