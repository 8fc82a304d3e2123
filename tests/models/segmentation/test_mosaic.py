from __future__ import annotations

import numpy as np
import pytest
import rasterio

from tiletriage.models.errors import WorkspaceError
from tiletriage.models.imagery.grid import TileGrid
from tiletriage.models.segmentation.mosaic import ProbabilityMosaic, blending_weights, windows

from ...memory_disk import PAGE_BYTES, mounted

GRID = TileGrid("EPSG:32737", 500_000, 9_300_000, 1.0, 0.5, tile_size_px=16, rows=2, columns=3)


def write(path, probability_of, grid=GRID, overlap_px=4):
    with ProbabilityMosaic(path, grid, overlap_px) as mosaic:
        for row, column in windows(grid, overlap_px):
            mosaic.add(row, column, probability_of(row, column)[None])
    with rasterio.open(path) as raster:
        return raster.read(1)


@pytest.mark.parametrize("overlap_px", [0, 1, 4, 8, 12])
def test_windows_cover_the_grid_and_stay_inside_it(overlap_px):
    covered = np.zeros((GRID.height_px, GRID.width_px), dtype=int)
    for row, column in windows(GRID, overlap_px):
        assert 0 <= row <= GRID.height_px - 16 and 0 <= column <= GRID.width_px - 16
        covered[row : row + 16, column : column + 16] += 1
    assert covered.min() == 1


def test_without_overlap_the_windows_are_the_tiles():
    assert list(windows(GRID, 0)) == [(16 * tile.row, 16 * tile.column) for tile in GRID.tiles()]


@pytest.mark.parametrize("overlap_px", [0, 1, 4, 8, 12])
def test_the_weights_of_all_windows_sum_to_one_on_every_pixel(overlap_px):
    total = np.zeros(50)
    for start, weights in blending_weights(50, 16, overlap_px).items():
        total[start : start + 16] += weights
    np.testing.assert_allclose(total, 1, atol=1e-6)


@pytest.mark.parametrize("overlap_px", [0, 4, 9])
def test_windows_of_one_probability_give_a_mosaic_of_it_up_to_the_edges(tmp_path, overlap_px):
    values = write(tmp_path / "p.tif", lambda row, column: np.full((16, 16), 0.6), overlap_px=overlap_px)
    assert values.shape == (32, 48)
    assert np.unique(values).tolist() == [153]


def test_the_mosaic_of_windows_cut_from_one_picture_is_the_picture(tmp_path):
    picture = np.random.default_rng(0).integers(0, 256, size=(32, 48))
    values = write(tmp_path / "p.tif", lambda row, column: picture[row:, column:][:16, :16] / 255)
    np.testing.assert_array_equal(values, picture)


def test_one_window_fades_into_the_next(tmp_path):
    grid = TileGrid("EPSG:32737", 500_000, 9_300_000, 1.0, 0.5, tile_size_px=16, rows=1, columns=2)
    values = write(tmp_path / "p.tif", lambda row, column: np.full((16, 16), column == 0), grid, overlap_px=8)
    falls = -np.diff(values[5].astype(int))
    assert (values[5, 0], values[5, -1]) == (255, 0)
    assert falls.min() >= 0 and falls.max() < 255 / 4


def test_a_window_left_out_counts_as_no_building(tmp_path):
    with ProbabilityMosaic(tmp_path / "p.tif", GRID, 0) as mosaic:
        mosaic.add(16, 16, np.ones((16, 16)))
    with rasterio.open(tmp_path / "p.tif") as raster:
        values = raster.read(1)
    assert values[16:, 16:32].min() == 255
    assert values.sum() == 255 * 16 * 16


def test_the_mosaic_lies_where_the_grid_lies(tmp_path):
    write(tmp_path / "p.tif", lambda row, column: np.zeros((16, 16)))
    with rasterio.open(tmp_path / "p.tif") as raster:
        assert raster.transform == GRID.transform
        assert raster.crs.to_epsg() == 32737


def test_windows_out_of_order_are_refused(tmp_path):
    with ProbabilityMosaic(tmp_path / "p.tif", GRID, 0) as mosaic:
        mosaic.add(16, 0, np.zeros((16, 16)))
        with pytest.raises(ValueError, match="came after"):
            mosaic.add(0, 0, np.zeros((16, 16)))


def test_a_folder_that_cannot_be_written_is_named_with_the_cure(tmp_path):
    mosaic = ProbabilityMosaic(tmp_path / "missing" / "p.tif", GRID, 0)
    with pytest.raises(WorkspaceError, match=r"missing.*Check"):
        mosaic.__enter__()


@pytest.mark.parametrize("empty_row", [0, 384])
def test_a_disk_too_full_for_a_tile_is_told_whatever_the_others_hold(tmp_path, empty_row):
    grid = TileGrid("EPSG:32737", 500_000, 9_300_000, 1.0, 0.5, tile_size_px=128, rows=4, columns=1)
    noise = np.random.default_rng(0).random((128, 128))
    with mounted(tmp_path / "disk") as disk:
        disk.resize(2 * PAGE_BYTES)
        with pytest.raises(WorkspaceError, match="has room"):
            write(disk.folder / "p.tif", lambda row, _: noise * (row != empty_row), grid, overlap_px=0)
