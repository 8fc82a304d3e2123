import numpy as np
import pytest
from shapely import box

from tiletriage.models.annotation.mask import mask_of, mask_of_grid, targets_of, targets_of_grid
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


BY_METRES = TileGrid("EPSG:32637", left=0, top=12, units_per_metre=1, gsd_metres=1, tile_size_px=12, rows=1, columns=2)


def test_the_border_is_a_band_of_three_pixels_on_the_outline():
    mask, border = targets_of([box(2.5, 2.5, 9.5, 9.5)], BY_METRES, Tile(0, 0))
    columns = border[6]  # a row through the middle of the house
    np.testing.assert_array_equal(np.flatnonzero(columns), [1, 2, 3, 8, 9, 10])
    assert mask[6, 3:9].all() and not mask[6, :2].any() and not mask[6, 10:].any()
    assert not border[5:7, 5:7].any() and not border[0].any()


def test_houses_that_touch_have_a_border_between_them():
    mask, border = targets_of([box(1, 1, 6.5, 11), box(6.5, 1, 12, 11)], BY_METRES, Tile(0, 0))
    assert mask[6, 2:11].all()
    np.testing.assert_array_equal(np.flatnonzero(border[6, 4:10]) + 4, [5, 6, 7])


def test_what_is_ignored_has_no_border_either():
    ignored = np.ones((12, 12), bool)
    assert (targets_of([box(1, 1, 6, 6)], BY_METRES, Tile(0, 0), ignored) == 255).all()


@pytest.mark.parametrize("tile", list(BY_METRES.tiles()))
def test_the_targets_of_the_grid_are_those_of_its_tiles(tile):
    footprints = [box(2, 3, 14, 9), box(17, 2, 22, 11)]
    columns = slice(12 * tile.column, 12 * tile.column + 12)
    np.testing.assert_array_equal(
        targets_of_grid(footprints, BY_METRES)[..., columns], targets_of(footprints, BY_METRES, tile)
    )
