from __future__ import annotations

import numpy as np
import pytest
import rasterio
from affine import Affine
from pyproj import Geod, Transformer
from rasterio.enums import ColorInterp
from shapely import MultiPolygon, box

from tiletriage.models.errors import ImageryError
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.imagery.raster import (
    grid_crs,
    grid_of,
    open_imagery,
    read_overview,
    read_tiles,
    read_windows,
    valid_shares,
)

UTM = Affine(0.5, 0, 500000, 0, -0.5, 9000000)


@pytest.fixture
def write(tmp_path):
    """Writes an array (band, row, column) as GeoTIFF and returns its path."""

    def _write(values, crs="EPSG:32737", transform=UTM, colours=None, **profile):
        path = tmp_path / "scene.tif"
        bands, height, width = values.shape
        options = {"count": bands, "height": height, "width": width, "dtype": values.dtype, **profile}
        with rasterio.open(path, "w", driver="GTiff", crs=crs, transform=transform, **options) as raster:
            raster.write(values)
            if colours:
                raster.colorinterp = colours
        return path

    return _write


def noise(bands=3, height=60, width=90, dtype=np.uint8):
    return np.random.default_rng(0).integers(1, 200, (bands, height, width)).astype(dtype)


def all_pixels(imagery, grid):
    return list(read_tiles(imagery, grid, list(grid.tiles()), batch_size=2))


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "int16", "float32"])
def test_tiles_at_native_resolution_hold_the_very_pixels(write, dtype):
    values = noise(dtype=dtype)
    imagery = open_imagery(write(values))
    grid = grid_of(imagery, tile_size_px=30)
    tiles = np.concatenate([batch.values for batch in all_pixels(imagery, grid)])
    assert (grid.rows, grid.columns) == (2, 3)
    np.testing.assert_array_equal(tiles[4], values[:, 30:60, 30:60])
    assert all(batch.valid.all() for batch in all_pixels(imagery, grid))


def test_order_survives_batching(write):
    imagery = open_imagery(write(noise()))
    grid = grid_of(imagery, tile_size_px=30)
    tiles = [Tile(1, 2), Tile(0, 0), Tile(1, 0)]
    one_by_one = np.concatenate([b.values for b in read_tiles(imagery, grid, tiles, batch_size=1)])
    at_once = next(read_tiles(imagery, grid, tiles, batch_size=8)).values
    np.testing.assert_array_equal(one_by_one, at_once)


def test_a_window_may_start_at_any_pixel(write):
    values = noise()
    imagery = open_imagery(write(values))
    window = next(read_windows(imagery, grid_of(imagery, tile_size_px=30), [(7, 11)]))
    np.testing.assert_array_equal(window.values[0], values[:, 7:37, 11:41])


def test_what_lies_beyond_the_raster_is_not_valid(write):
    imagery = open_imagery(write(noise(height=40, width=40)))
    grid = grid_of(imagery, tile_size_px=30)
    valid = np.concatenate([batch.valid for batch in all_pixels(imagery, grid)])
    assert [int(tile.sum()) for tile in valid] == [900, 300, 300, 100]


def test_no_data_alpha_and_nan_are_not_valid_and_0(write):
    holes = np.zeros((60, 90), bool)
    holes[10:20, 10:20] = True
    no_data, alpha, nan = noise(), noise(bands=4), noise(dtype=np.float32)
    no_data[:, holes], nan[:, holes] = 0, np.nan
    alpha[3] = np.where(holes, 0, 255)
    colours = [ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha]
    for values, options in ((no_data, {"nodata": 0}), (alpha, {"colours": colours}), (nan, {"nodata": np.nan})):
        imagery = open_imagery(write(values, **options))
        assert imagery.bands == (1, 2, 3)
        first = all_pixels(imagery, grid_of(imagery, tile_size_px=30))[0]
        np.testing.assert_array_equal(first.valid[0], ~holes[:30, :30])
        assert not first.values[0][:, holes[:30, :30]].any()


def test_a_metre_is_a_metre_on_the_ground_in_web_mercator_and_in_degrees(write):
    for crs, transform in (
        ("EPSG:3857", Affine(0.2, 0, 9519620, 0, -0.2, 3203093)),
        ("EPSG:3857", Affine(0.2, 0, 1000000, 0, -0.2, -8000000)),
        ("EPSG:4326", Affine(2e-6, 0, 85.5, 0, -2e-6, 27.6)),
        ("EPSG:4326", Affine(2e-6, 0, -70.3, 0, -2e-6, -53.2)),
        ("EPSG:32737", Affine(0.2, 0, 700000, 0, -0.2, 9000000)),
    ):
        grid = grid_of(open_imagery(write(noise(), crs, transform)), gsd_metres=0.25, tile_size_px=16)
        left, bottom, right, top = grid.tile_bounds(Tile(0, 0))
        to_degrees = Transformer.from_crs(grid.crs, "EPSG:4326", always_xy=True).transform
        for here, there in (((left, top), (right, top)), ((left, top), (left, bottom))):
            *_, metres = Geod(ellps="WGS84").inv(*to_degrees(*here), *to_degrees(*there))
            assert metres == pytest.approx(16 * 0.25, rel=4e-3)  # Web Mercator itself is off by 0.3 %


def test_a_rotated_raster_is_read_upright(write):
    values = np.zeros((1, 60, 60), np.uint8)
    values[:, 20:40, 20:40] = 200
    rotated = UTM * Affine.rotation(30)
    imagery = open_imagery(write(values + 1, transform=rotated))
    grid = grid_of(imagery, tile_size_px=32)
    overview = read_overview(imagery, grid)
    rows, columns = np.nonzero(overview.values[0, 0] > 100)
    x, y = grid.transform * (columns.mean() + 0.5, rows.mean() + 0.5)
    assert (x, y) == pytest.approx(rotated * (30, 30), abs=0.5)
    assert len(rows) == pytest.approx(20 * 20, rel=0.05)


def test_half_the_resolution_has_a_quarter_of_the_pixels(write):
    imagery = open_imagery(write(noise(), "EPSG:32737"))
    native = grid_of(imagery, tile_size_px=15)
    coarse = grid_of(imagery, gsd_metres=2 * native.gsd_metres, tile_size_px=15)
    assert (native.rows, native.columns, coarse.rows, coarse.columns) == (4, 6, 2, 3)


def test_an_area_limits_the_grid_and_keeps_to_the_pixels(write):
    imagery = open_imagery(write(noise()))
    grid = grid_of(imagery, tile_size_px=10, area=box(500010.2, 8999985, 500020, 8999990.1))
    assert (grid.left, grid.top) == (500010.0, 8999990.5)
    assert (grid.rows, grid.columns) == (2, 2)


def test_of_an_area_only_what_lies_on_the_imagery_makes_the_grid(write):
    far_and_near = MultiPolygon([box(500010, 8999990, 500020, 8999995), box(499000, 8999000, 499900, 8999900)])
    grid = grid_of(open_imagery(write(noise())), tile_size_px=10, area=far_and_near)
    assert (grid.left, grid.top, grid.rows, grid.columns) == (500010, 8999995, 1, 2)


def test_a_mask_inside_the_file_marks_what_is_not_valid(write):
    path = write(noise())
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as raster:
        raster.write_mask(np.arange(90) >= np.full((60, 1), 20))
    imagery = open_imagery(path)
    valid = read_overview(imagery, grid_of(imagery, tile_size_px=30)).valid[0]
    assert not valid[:, :20].any() and valid[:, 20:].all()


def test_the_share_of_a_tile_that_is_imagery(write):
    imagery = open_imagery(write(noise(height=30, width=45)))
    assert valid_shares(imagery, grid_of(imagery, tile_size_px=30)).tolist() == [[1, 0.5]]


@pytest.mark.parametrize("bands", [1, 4, 16])
def test_one_to_sixteen_bands_are_read(write, bands):
    imagery = open_imagery(write(noise(bands=bands), photometric="minisblack"))
    assert imagery.bands == tuple(range(1, bands + 1))


def test_bands_are_chosen_by_name_too_and_a_number_is_never_a_name(tmp_path):
    place = {"crs": "EPSG:32637", "transform": Affine(1, 0, 500_000, 0, -1, 100)}
    with rasterio.open(tmp_path / "s2.tif", "w", "GTiff", width=64, height=64, count=3, dtype="uint8", **place) as file:
        file.write(np.arange(3, dtype=np.uint8)[:, None, None] + np.zeros((3, 64, 64), np.uint8))
        file.descriptions = ("3", "B4", "NIR  narrow")
    chosen = open_imagery(tmp_path / "s2.tif", ["nir narrow", "b4"])
    assert (chosen.bands, chosen.band_names) == ((3, 2), ("NIR narrow", "B4"))
    assert open_imagery(tmp_path / "s2.tif", [3, 1]).bands == (3, 1)
    assert open_imagery(tmp_path / "s2.tif", ["3"]).bands == (1,)
    with pytest.raises(ImageryError, match=r"no band 4: its bands are 1 \(3\), 2 \(B4\), 3 \(NIR narrow\)"):
        open_imagery(tmp_path / "s2.tif", [4])


def test_bands_are_read_in_the_order_wished(write):
    values = noise()
    imagery = open_imagery(write(values), bands=[3, 1])
    first = all_pixels(imagery, grid_of(imagery, tile_size_px=30))[0].values[0]
    np.testing.assert_array_equal(first, values[[2, 0], :30, :30])


def test_unusable_rasters_are_refused_with_the_cure(write, tmp_path):
    with pytest.raises(ImageryError, match="no file"):
        open_imagery(tmp_path / "missing.tif")
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"II*\0 and then nothing")
    with pytest.raises(ImageryError, match="copy it again"):
        open_imagery(broken)
    with pytest.raises(ImageryError, match="Assign"):
        open_imagery(write(noise(), crs=None))
    with pytest.raises(ImageryError, match="local coordinate reference system"):
        open_imagery(write(noise(), crs='LOCAL_CS["site",UNIT["metre",1]]'))
    with pytest.raises(ImageryError, match="no band 7"):
        open_imagery(write(noise()), bands=[7])
    with pytest.raises(ImageryError, match="17 bands"):
        open_imagery(write(noise(bands=17), photometric="minisblack"))
    with pytest.raises(ImageryError, match="gdal_translate"):
        open_imagery(write(noise(dtype=np.float64)))
    with pytest.raises(ImageryError, match="outside the imagery"):
        grid_of(open_imagery(write(noise())), area=box(0, 0, 1, 1))
    around = MultiPolygon([box(499990, 8999980, 499999, 8999990), box(500050, 8999980, 500060, 8999990)])
    with pytest.raises(ImageryError, match="outside the imagery"):
        grid_of(open_imagery(write(noise())), area=around)


def test_a_truncated_raster_is_noticed_when_it_is_opened_or_else_when_it_is_read(write):
    path = write(noise(height=600, width=600))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1000])
    imagery = open_imagery(path)
    with pytest.raises(ImageryError, match="damaged or incomplete"):
        all_pixels(imagery, grid_of(imagery, tile_size_px=100))
    path.write_bytes(whole[:300_000])
    with pytest.raises(ImageryError, match="damaged or incomplete"):
        open_imagery(path)


def test_a_reader_that_is_left_early_lets_go_of_the_file(write):
    imagery = open_imagery(write(noise()))
    reading = read_tiles(imagery, grid_of(imagery, tile_size_px=10), [Tile(0, 0)] * 40, batch_size=1)
    next(reading)
    reading.close()
    assert grid_crs(imagery) == "EPSG:32737"
    imagery.path.unlink()


def test_a_batch_goes_by_pixels_so_that_large_tiles_take_no_more_memory(write):
    imagery = open_imagery(write(noise(height=1024, width=2048)))

    def batches(size_px):
        grid = grid_of(imagery, tile_size_px=size_px)
        return [len(batch.values) for batch in read_tiles(imagery, grid, list(grid.tiles()))]

    assert (batches(1024), batches(512), batches(256)) == ([1, 1], [2] * 4, [8] * 4)


def test_more_tiles_than_a_campaign_can_have_are_refused_with_their_number(tmp_path):
    path = tmp_path / "wide.tif"
    size = {"width": 600_000, "height": 600_000, "count": 1, "dtype": "uint8", "sparse_ok": True, "tiled": True}
    with rasterio.open(path, "w", driver="GTiff", crs="EPSG:32737", transform=UTM, bigtiff="yes", **size):
        pass
    with pytest.raises(ImageryError, match=r"5494336 tiles \(2344 x 2344\).*at most 1000000"):
        grid_of(open_imagery(path), tile_size_px=256)


@pytest.mark.parametrize("gsd", [1e-9, 0.009, 101, 1e300])
def test_a_gsd_that_nobody_maps_at_is_refused(write, gsd):
    with pytest.raises(ImageryError, match=r"take one from 0\.01 to 100"):
        grid_of(open_imagery(write(noise())), gsd_metres=gsd)


@pytest.mark.parametrize("crs, pixel", [("EPSG:32737", 737_000.0 / 256), ("EPSG:4326", 0.5), ("EPSG:32737", 1e-3)])
def test_pixels_of_a_size_that_nobody_maps_are_asked_about(write, crs, pixel):
    place = Affine(pixel, 0, 30, 0, -pixel, 30) if crs == "EPSG:4326" else Affine(pixel, 0, 500000, 0, -pixel, 9000000)
    with pytest.raises(ImageryError, match=f"m on the ground.*Is {crs} really its CRS"):
        grid_of(open_imagery(write(noise(), crs, place)))


@pytest.mark.parametrize("crs, x", [("EPSG:32737", 1e300), ("EPSG:32737", np.inf), ("EPSG:4326", 500_000)])
def test_a_place_that_is_not_on_earth_is_asked_about(write, crs, x):
    with pytest.raises(ImageryError, match=r"no place in EPSG.*really its CRS|no georeference"):
        grid_of(open_imagery(write(noise(), crs, Affine(0.5, 0, x, 0, -0.5, 80))))


def test_a_place_that_its_crs_cannot_hold_is_asked_about(write):
    with pytest.raises(ImageryError, match=r"no place in EPSG:32737|m on the ground"):
        grid_of(open_imagery(write(noise(), transform=Affine(0.5, 0, 9e7, 0, -0.5, 9e7))))
