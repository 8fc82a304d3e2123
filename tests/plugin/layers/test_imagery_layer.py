import shutil

import pytest
import rasterio
from affine import Affine
from qgis.core import QgsCoordinateReferenceSystem, QgsMultiBandColorRenderer, QgsRasterLayer

from tiletriage.plugin.layers.imagery_layer import bands_shown, imagery_path, is_online, suggestion
from tiletriage.plugin.layers.layer_problem import LayerProblem
from tiletriage.tests.conftest import LEFT, TOP, write_scene

XYZ = "type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=21&zmin=0"
EQUATOR = 6378137 * 2 * 3.14159265358979 / 256  # metres a pixel of the whole world in one picture


def write_plain(path, **profile):
    """A GeoTIFF of zeros, 20 x 10 px."""
    settings = {"driver": "GTiff", "width": 20, "height": 10, "count": 1, "dtype": "uint8", "crs": "EPSG:32737"}
    settings["transform"] = Affine(2, 0, LEFT, 0, -2, TOP)
    with rasterio.open(path, "w", **{**settings, **profile}):
        return path


def test_a_layer_of_a_file_is_its_file(raster, tiny_scene):
    layer = raster(tiny_scene)
    assert imagery_path(layer) == tiny_scene
    assert not is_online(layer)


def test_a_layer_without_crs_is_refused_with_the_cure(raster, tmp_path):
    with pytest.raises(LayerProblem, match=r"'scene' does not say its CRS.*Assign Projection"):
        imagery_path(raster(write_plain(tmp_path / "scene.tif", crs=None)))


def test_a_crs_that_only_qgis_knows_is_refused_because_the_engine_reads_the_file(raster, tiny_scene):
    layer = raster(tiny_scene)
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32736"))
    with pytest.raises(LayerProblem, match=r"set to EPSG:32736 by hand, but its file says EPSG:32737"):
        imagery_path(layer)


def test_a_file_that_has_moved_is_refused_with_the_cure(raster, tiny_scene, tmp_path):
    shutil.copy(tiny_scene, tmp_path / "here.tif")
    layer = raster(tmp_path / "here.tif")
    (tmp_path / "here.tif").rename(tmp_path / "there.tif")
    with pytest.raises(LayerProblem, match=r"is gone: .*here.tif.*Change Data Source"):
        imagery_path(layer)
    broken = QgsRasterLayer(str(tmp_path / "here.tif"), "scene")
    assert "is gone" in suggestion(broken).problem


def test_a_file_that_is_no_raster_is_refused(tmp_path):
    (tmp_path / "scene.tif").write_text("no picture", encoding="utf-8")
    with pytest.raises(LayerProblem, match="may be damaged"):
        imagery_path(QgsRasterLayer(str(tmp_path / "scene.tif"), "scene"))


def test_a_raster_in_memory_is_refused_with_the_cure(raster, tiny_scene):
    from osgeo import gdal

    gdal.Translate("/vsimem/scene.tif", str(tiny_scene))
    layer = raster("/vsimem/scene.tif")
    assert layer.isValid()
    with pytest.raises(LayerProblem, match=r"not a plain file.*Export > Save As"):
        imagery_path(layer)


def test_an_online_layer_has_no_file(raster):
    layer = raster(XYZ, "Satellite", "wms")
    assert is_online(layer)
    with pytest.raises(LayerProblem, match=r"'Satellite' is online.*area of interest"):
        imagery_path(layer)


def test_the_gsd_of_imagery_is_that_of_its_pixels_on_the_ground(raster, tiny_scene):
    suited = suggestion(raster(tiny_scene))
    assert suited.problem == ""
    assert suited.gsd_metres == pytest.approx(0.5, rel=1e-3)  # UTM is 0.04 % too short there


def test_a_pixel_of_web_mercator_is_shorter_on_the_ground(raster, tmp_path):
    layer = raster(write_plain(tmp_path / "far_north.tif", crs="EPSG:3857", transform=Affine(2, 0, 0, 0, -2, 8399738)))
    assert suggestion(layer).gsd_metres == pytest.approx(1, rel=0.01)  # at 60 degrees


def test_imagery_that_is_finer_than_the_model_knows_is_taken_coarser(raster, tmp_path):
    layer = raster(write_plain(tmp_path / "fine.tif", transform=Affine(0.02, 0, LEFT, 0, -0.02, TOP)))
    assert suggestion(layer).gsd_metres == 0.07


def test_small_imagery_gets_small_tiles(raster, tiny_scene):
    suited = suggestion(raster(tiny_scene))
    assert (suited.tile_size_px, suited.tiles) == (64, 24)
    assert suited.tile_metres == pytest.approx(32, rel=1e-3)


def test_large_imagery_gets_tiles_of_256_pixels(raster, tmp_path):
    suited = suggestion(raster(write_plain(tmp_path / "large.tif", width=2560, height=1280)))
    assert (suited.tile_size_px, suited.tiles) == (256, 50)


def test_an_area_of_interest_limits_the_tiles(raster, area, tmp_path):
    layer = raster(write_plain(tmp_path / "large.tif", width=5120, height=5120))
    village = area((LEFT + 1024, TOP - 5120, LEFT + 5120, TOP - 1024))
    assert suggestion(layer, village).tiles == 8 * 8


def test_an_area_of_interest_beside_the_imagery_is_a_problem(raster, area, tiny_scene):
    suited = suggestion(raster(tiny_scene), area((0, 0, 9, 9)))
    assert "'village' lies outside 'scene'" in suited.problem


def test_online_imagery_is_taken_as_fine_as_the_server_has_it(raster, area):
    layer = raster(XYZ, "Satellite", "wms")
    suited = suggestion(layer)
    assert (suited.is_online, suited.problem, suited.tiles) == (True, "", 0)
    assert suited.gsd_metres == pytest.approx(EQUATOR / 2**21, rel=1e-3)
    degree = 111_000
    there = suggestion(layer, area((0, 45 * degree, 99, 45 * degree + 99), crs="EPSG:3857"))
    assert there.gsd_metres == 0.07
    assert there.tiles > 1


def test_the_bands_are_those_that_the_layer_shows(raster, tmp_path):
    layer = raster(write_scene(tmp_path / "scene.tif", bands=4))
    layer.setRenderer(QgsMultiBandColorRenderer(layer.dataProvider(), 4, 3, 2))
    assert bands_shown(layer) == (4, 3, 2)


def test_a_grey_picture_gives_its_one_band_three_times(raster, tmp_path):
    assert bands_shown(raster(write_plain(tmp_path / "grey.tif"))) == (1, 1, 1)
