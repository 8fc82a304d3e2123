from __future__ import annotations

import geopandas
import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from shapely import box

from tiletriage.models.campaign.layout import lay_out
from tiletriage.models.imagery.raster import open_imagery

GSD, LEFT, TOP = 0.5, 500_000, 9_300_000


@pytest.fixture
def write(tmp_path):
    """Writes an array (band, row, column) as a tiled GeoTIFF with overviews and opens it as imagery."""

    def _write(values, crs="EPSG:32737", transform=None, **profile):
        path = tmp_path / "scene.tif"
        bands, height, width = values.shape
        options = {"count": bands, "height": height, "width": width, "dtype": values.dtype, "tiled": True, **profile}
        transform = transform or Affine(GSD, 0, LEFT, 0, -GSD, TOP)
        with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **options) as raster:
            raster.write(values)
            raster.build_overviews([2, 4, 8], Resampling.average)
        return open_imagery(path)

    return _write


@pytest.fixture
def area(tmp_path):
    """Writes a rectangle in pixels of the scene (left, top, right, bottom) as area of interest."""

    def _area(left, top, right, bottom):
        rectangle = box(LEFT + GSD * left, TOP - GSD * bottom, LEFT + GSD * right, TOP - GSD * top)
        path = tmp_path / "area.gpkg"
        geopandas.GeoDataFrame(geometry=[rectangle], crs="EPSG:32737").to_file(path, engine="pyogrio")
        return path

    return _area


def test_a_tile_gets_the_same_values_in_a_small_campaign_and_in_a_large_one(write, area):
    """Texture as fine as a pixel: any averaging takes the contrast out of it."""
    imagery = write(np.random.default_rng(0).integers(0, 201, (2, 2048, 2560), dtype=np.uint8))
    whole = lay_out(imagery, None, None, 64, None, seed=0).normalization
    part = lay_out(imagery, area(0, 0, 320, 256), None, 64, None, seed=0).normalization
    for found in (whole, part):
        np.testing.assert_allclose(found.mean, 100, atol=1)
        np.testing.assert_allclose(found.std, 201 / np.sqrt(12), rtol=0.02)
        np.testing.assert_allclose(found.low, 1, atol=1)
        np.testing.assert_allclose(found.high, 199, atol=1)


def test_the_normalization_is_that_of_the_gsd_which_the_network_sees(write):
    """At half the resolution four pixels become about one: the contrast of noise halves."""
    imagery = write(np.random.default_rng(0).integers(0, 201, (1, 512, 512), dtype=np.uint8))
    native, coarse = (lay_out(imagery, None, gsd, 32, None, seed=0).normalization for gsd in (None, 2 * GSD))
    assert 0.3 < coarse.std[0] / native.std[0] < 0.6


def test_ground_outside_the_area_has_no_say_in_the_normalization(write, area):
    values = np.random.default_rng(0).integers(0, 201, (1, 512, 512), dtype=np.uint8)
    values[:, :, 256:] = 250
    assert lay_out(write(values), area(0, 0, 256, 512), None, 32, None, seed=0).normalization.high[0] < 201
