from __future__ import annotations

import numpy as np
import rasterio
from affine import Affine

from tiletriage.models.imagery.grid import Tile
from tiletriage.models.imagery.normalization import Normalization, normalization_of, sampled_normalization
from tiletriage.models.imagery.raster import grid_of, open_imagery


def write(path, values, **profile):
    """Writes an array (band, row, column) as GeoTIFF and opens it."""
    bands, height, width = values.shape
    place = {"crs": "EPSG:32737", "transform": Affine(0.5, 0, 500_000, 0, -0.5, 9_000_000)}
    options = {"count": bands, "height": height, "width": width, "dtype": values.dtype, **place, **profile}
    with rasterio.open(path, "w", driver="GTiff", **options) as raster:
        raster.write(values)
    return open_imagery(path)


def test_any_sensor_comes_to_mean_0_and_deviation_1():
    rng = np.random.default_rng(0)
    pixels = rng.uniform([[[54.0]], [[0.1]]], [[[6615.0]], [[0.3]]], (2, 64, 64)).astype(np.float32)
    normalized = normalization_of(pixels, np.ones((64, 64), bool)).apply(pixels)
    np.testing.assert_allclose(normalized.mean(axis=(1, 2)), 0, atol=1e-4)
    np.testing.assert_allclose(normalized.std(axis=(1, 2)), 1, rtol=1e-4)


def test_no_data_has_no_say():
    pixels = np.zeros((1, 10, 10), np.float32)
    pixels[0, :5] = np.linspace(100, 200, 50).reshape(5, 10)
    valid = pixels[0] > 0
    assert normalization_of(pixels, valid) == normalization_of(pixels[:, :5], valid[:5])


def test_a_burnt_out_roof_is_clipped():
    normalization = Normalization((0.0,), (10.0,), (5.0,), (5.0,))
    np.testing.assert_allclose(normalization.apply(np.array([[[0.0, 5.0, 1000.0]]], np.float32)), [[[-1, 0, 1]]])


def test_flat_imagery_does_not_divide_by_nothing():
    flat = np.full((1, 4, 4), 7, np.float32)
    assert np.isfinite(normalization_of(flat, np.ones((4, 4), bool)).apply(flat)).all()


def test_windows_lie_inside_the_tiles_asked_for_and_skip_no_data(tmp_path):
    """Four tiles, of 10, 20, 30 and 40, and a half of the last is no-data."""
    values = np.kron([[[10, 20], [30, 40]]], np.ones((100, 100))).astype(np.uint8)
    values[:, 100:, 150:] = 0
    imagery = write(tmp_path / "scene.tif", values, nodata=0)
    found = sampled_normalization(imagery, grid_of(imagery, tile_size_px=100), [Tile(1, 1), Tile(0, 1)])
    assert (found.low, found.high) == ((20.0,), (40.0,))


def test_the_same_seed_looks_at_the_same_windows_and_another_seed_at_others(tmp_path):
    imagery = write(tmp_path / "scene.tif", np.random.default_rng(0).integers(0, 200, (1, 300, 300), dtype=np.uint8))
    grid = grid_of(imagery, tile_size_px=100)
    first, again, other = (sampled_normalization(imagery, grid, list(grid.tiles()), seed) for seed in (0, 0, 1))
    assert first == again != other


def test_a_tile_smaller_than_a_window_is_read_whole(tmp_path):
    imagery = write(tmp_path / "scene.tif", np.arange(256, dtype=np.uint8).reshape(1, 16, 16))
    found = sampled_normalization(imagery, grid_of(imagery, tile_size_px=16), [Tile(0, 0)])
    np.testing.assert_allclose((found.low[0], found.high[0]), (0, 255), atol=20)
