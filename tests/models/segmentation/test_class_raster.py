from __future__ import annotations

import numpy as np
import pytest
import rasterio
from shapely import box

from tiletriage.models.errors import OutputError
from tiletriage.models.imagery.grid import Tile, TileGrid
from tiletriage.models.jobs import run
from tiletriage.models.segmentation.class_raster import check_raster_output, write_class_raster
from tiletriage.models.segmentation.classes import MappedClass

GRID = TileGrid("EPSG:32637", 500_000, 100, 1, 1, 32, rows=2, columns=2)
CLASSES = (MappedClass("water", "#0000ff"), MappedClass("field", "#00ff00"))


@pytest.fixture
def mosaic(tmp_path):
    """Water on the left half of the grid, field on the right one, each with a probability of 200 / 255."""
    layers = np.zeros((2, 64, 64), np.uint8)
    layers[0, :, :32], layers[1, :, 32:] = 200, 200
    path = tmp_path / "mosaic.tif"
    profile = {"dtype": "uint8", "count": 2, "width": 64, "height": 64, "crs": GRID.crs, "transform": GRID.transform}
    with rasterio.open(path, "w", "GTiff", **profile) as file:
        file.write(layers)
    return path


@pytest.fixture
def written(tmp_path, mosaic):
    def write(labels=(), finished=(), mapped=None, name="map.tif"):
        path, mapped = tmp_path / name, set(GRID.tiles()) if mapped is None else mapped
        run(write_class_raster(path, mosaic, GRID, CLASSES, list(labels), set(finished), mapped, 0.5))
        with rasterio.open(path) as file:
            return file.read(1)

    return write


def test_where_nobody_drew_the_map_is_the_models(written):
    found = written()
    assert (found[:, :32] == 1).all() and (found[:, 32:] == 2).all()


def test_on_a_finished_tile_what_people_drew_is_all_that_there_is(written):
    found = written([(box(500_004, 90, 500_008, 96), 2)], [Tile(0, 0)])  # rows 4 to 10, columns 4 to 8
    expected = np.zeros((32, 32))
    expected[4:10, 4:8] = 2
    np.testing.assert_array_equal(found[:32, :32], expected)
    assert (found[32:, :32] == 1).all()


def test_what_people_drew_beyond_it_lies_on_top_of_the_model(written):
    found = written([(box(500_030, 70, 500_040, 80), 1)])
    assert (found[20:30, 30:40] == 1).all() and found[20, 40] == 2


def test_tiles_that_are_not_mapped_have_no_data(written, tmp_path):
    found = written(mapped={Tile(1, 1)})
    assert (found[:32] == 255).all() and (found[32:, 32:] == 2).all()
    with rasterio.open(tmp_path / "map.tif") as file:
        assert file.nodata == 255


def test_the_file_has_its_colours_and_its_style_their_names(written, tmp_path):
    written()
    with rasterio.open(tmp_path / "map.tif") as file:
        assert (file.colormap(1)[1], file.colormap(1)[2][:3]) == ((0, 0, 255, 255), (0, 255, 0))
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    style = (tmp_path / "map.qml").read_text()
    assert 'color="#0000ff" alpha="255" label="water"' in style and 'label="field"' in style
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.qml", "map.tif", "mosaic.tif"]


def test_only_a_raster_of_ours_gives_way_and_only_where_the_user_says_so(written, mosaic, tmp_path):
    written()
    with pytest.raises(OutputError, match="option overwrite"):
        check_raster_output(tmp_path / "map.tif")
    check_raster_output(tmp_path / "map.tif", overwrite=True)
    with pytest.raises(OutputError, match="not written by this step"):
        check_raster_output(mosaic, overwrite=True)
    (tmp_path / "other.qml").write_text("<qgis>of the user</qgis>")
    with pytest.raises(OutputError, match="not written by this step"):
        check_raster_output(tmp_path / "other.tif", overwrite=True)
    with pytest.raises(OutputError, match=r"Use one of: \.tif"):
        check_raster_output(tmp_path / "map.png")


def test_where_nothing_can_be_written_nothing_is_left(tmp_path, mosaic):
    with pytest.raises(OutputError, match="cannot be written"):
        run(write_class_raster(tmp_path / "gone" / "m.tif", mosaic, GRID, CLASSES, [], set(), set(), 0.5))
    assert [path.name for path in tmp_path.iterdir()] == ["mosaic.tif"]
