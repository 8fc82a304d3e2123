import numpy as np
import pytest
from shapely import box

from tiletriage.models.annotation.mask import mask_of, mask_of_grid
from tiletriage.models.imagery.grid import Tile, TileGrid

GRID = TileGrid("EPSG:32637", left=100, top=60, units_per_metre=1, gsd_metres=2, tile_size_px=4, rows=2, columns=2)


def test_the_upper_left_pixel_is_the_north_western_corner():
    mask = mask_of([box(100, 58, 102, 60)], GRID, Tile(0, 0))
    np.testing.assert_array_equal(np.argwhere(mask == 1), [[0, 0]])


def test_a_pixel_is_building_when_its_centre_is():
    mask = mask_of([box(108, 44, 111.1, 52)], GRID, Tile(1, 1))  # centres at 109, 111, 113, 115
    np.testing.assert_array_equal(mask, [[1, 1, 0, 0]] * 4)


def test_a_tile_without_footprints_is_background():
    assert not mask_of([], GRID, Tile(0, 1)).any()


def test_courtyards_are_background():
    mask = mask_of([box(100, 52, 108, 60) - box(102, 54, 106, 58)], GRID, Tile(0, 0))
    np.testing.assert_array_equal(mask, [[1, 1, 1, 1], [1, 0, 0, 1], [1, 0, 0, 1], [1, 1, 1, 1]])


def test_what_is_ignored_is_neither_building_nor_background():
    ignored = np.zeros((4, 4), bool)
    ignored[0] = True
    mask = mask_of([box(100, 52, 108, 60)], GRID, Tile(0, 0), ignored)
    np.testing.assert_array_equal(mask, [[255] * 4] + [[1] * 4] * 3)


@pytest.mark.parametrize("tile", list(GRID.tiles()))
def test_the_mask_of_the_grid_is_that_of_its_tiles(tile):
    footprints = [box(103, 47, 113, 55), box(101, 57, 102.5, 59.5)]
    rows, columns = (slice(4 * index, 4 * index + 4) for index in (tile.row, tile.column))
    np.testing.assert_array_equal(mask_of_grid(footprints, GRID)[rows, columns], mask_of(footprints, GRID, tile))
