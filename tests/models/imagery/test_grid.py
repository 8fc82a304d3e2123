from __future__ import annotations

import pytest

from tiletriage.models.imagery.grid import Tile, TileGrid, cover

GRID = TileGrid("EPSG:32631", 500000, 1000, 1.0, 0.5, 100, rows=2, columns=3)


def test_tiles_cover_the_grid_once():
    squares = [GRID.tile_bounds(tile) for tile in GRID.tiles()]
    left, bottom, right, top = GRID.bounds
    assert len(set(squares)) == len(squares)
    assert sum((east - west) * (north - south) for west, south, east, north in squares) == pytest.approx(
        (right - left) * (top - bottom)
    )
    assert min(s[0] for s in squares) == left and max(s[2] for s in squares) == right
    assert min(s[1] for s in squares) == bottom and max(s[3] for s in squares) == top


def test_the_second_tile_of_the_second_row_starts_one_tile_in():
    assert GRID.tile_bounds(Tile(1, 1)) == (500050, 900, 500100, 950)
    assert GRID.tile_transform(Tile(1, 1)) * (0, 0) == (500050, 950)


def test_an_id_leads_back_to_its_tile():
    assert Tile(3, 12).id == "r003_c012"
    assert all(Tile.from_id(tile.id) == tile for tile in (Tile(0, 0), Tile(3, 12), Tile(1234, 5678)))


@pytest.mark.parametrize("wrong", ["", "3_12", "r3", "r001_c-01", "r002_c000", "r000_c003"])
def test_a_wrong_id_is_refused(wrong):
    with pytest.raises(ValueError, match=r"no tile"):
        GRID.tile(wrong)


def test_a_grid_covers_bounds_that_tiles_do_not_divide():
    grid = cover("EPSG:32631", (0, 0, 101, 50), 1.0, 1.0, 50)
    assert (grid.rows, grid.columns) == (1, 3)


def test_a_rounding_error_gets_no_tile():
    assert cover("EPSG:32631", (0, 0, 100 + 1e-9, 50), 1.0, 1.0, 50).columns == 2


def test_a_tile_in_web_mercator_is_as_large_on_the_ground():
    grid = TileGrid("EPSG:3857", 0, 0, 2.0, 0.5, 100, 1, 1)  # at 60 degrees a metre is two units
    assert grid.tile_size == 100
