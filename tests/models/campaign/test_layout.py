from __future__ import annotations

import geopandas
import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.warp import transform as transform_points
from shapely import Polygon, box

from tiletriage.models.campaign.layout import lay_out
from tiletriage.models.imagery.grid import Tile
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


def corners_cut_off():
    """Imagery turned by 30 degrees: the corners of its upright grid are empty."""
    values = np.random.default_rng(0).integers(1, 200, (3, 800, 800), dtype=np.uint8)
    return values, Affine(GSD, 0, LEFT, 0, -GSD, TOP) * Affine.rotation(30)


def share_inside(layout, tile, corners):
    ground = box(*layout.grid.tile_bounds(tile))
    return ground.intersection(Polygon(corners)).area / ground.area


@pytest.mark.parametrize("tile_size_px", [32, 128])
def test_a_tile_with_little_imagery_is_neither_exam_nor_trained_on(write, tile_size_px):
    values, transform = corners_cut_off()
    imagery = write(values, transform=transform)
    layout = lay_out(imagery, None, None, tile_size_px, None, seed=0)
    everywhere = set(layout.grid.tiles())
    assert set(layout.splits) | layout.bad_imagery == everywhere
    assert not set(layout.splits) & layout.bad_imagery
    shares = {tile: share_inside(layout, tile, imagery.corners) for tile in everywhere}
    assert min(shares[tile] for tile in layout.splits) > 0.25
    assert max(shares[tile] for tile in layout.bad_imagery) < 0.35


def test_a_picture_in_degrees_has_its_empty_corners_left_out_too(write):
    """At 60 degrees north a degree of longitude is half as long as one of latitude, and UTM's north is not north."""
    values, _ = corners_cut_off()
    imagery = write(values, "EPSG:4326", Affine(2e-4, 0, 12.5, 0, -1e-4, 60))
    layout = lay_out(imagery, None, None, 32, None, seed=0)
    corners = list(zip(*transform_points("EPSG:4326", layout.grid.crs, *zip(*imagery.corners))))
    assert min(share_inside(layout, tile, corners) for tile in layout.splits) > 0.25
    assert max(share_inside(layout, tile, corners) for tile in layout.bad_imagery) < 0.35


def test_a_sliver_at_the_edge_of_the_imagery_is_no_tile_to_annotate(write):
    """132 px in tiles of 32 px: the fifth row and the fifth column hold 4 px of imagery each."""
    values = np.random.default_rng(0).integers(1, 200, (3, 132, 132), dtype=np.uint8)
    layout = lay_out(write(values), None, None, 32, 1, seed=0)
    assert layout.bad_imagery == {tile for tile in layout.grid.tiles() if 4 in (tile.row, tile.column)}


def test_a_large_grid_is_judged_tile_by_tile_as_a_small_one_is(write):
    """A lake of no-data over 2 x 2 of 80 x 80 tiles, in a picture of which an overview would show a speck."""
    values = np.full((1, 2560, 2560), 7, np.uint8)
    values[:, 320:384, 640:704] = 0
    layout = lay_out(write(values, nodata=0), None, None, 32, None, seed=0)
    assert layout.bad_imagery == {Tile(row, column) for row in (10, 11) for column in (20, 21)}
