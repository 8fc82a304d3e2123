"""Labels of two classes, water and field, as polygons and as a raster on tiles of 100 x 100 m, a pixel a metre."""

from __future__ import annotations

from contextlib import ExitStack

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin
from shapely import box

from tiletriage.models.annotation.label_source import ClassReading, open_labels
from tiletriage.models.annotation.mask import mask_of
from tiletriage.models.errors import LabelError
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.jobs import run

CLASSES = ("water", "field")
LAKE, ACRE = box(500_010, 110, 500_030, 130), box(500_040, 110, 500_060, 130)  # of the upper left tile
UPPER_LEFT, UPPER_RIGHT = Tile(0, 0), Tile(0, 1)


@pytest.fixture
def polygons(tmp_path):
    def write(outlines, kinds, crs="EPSG:32637"):
        path = tmp_path / "labels.gpkg"
        geopandas.GeoDataFrame({"kind": kinds}, geometry=outlines, crs=crs).to_file(path)
        return path

    return write


@pytest.fixture
def raster(tmp_path):
    """Writes values from the upper left of the grid on, (row, column) of pixels of this size."""

    def write(values, pixel=1, nodata=None, left=500_000, **profile):
        path, values = tmp_path / "labels.tif", np.asarray(values)
        profile = {"dtype": values.dtype.name, "count": 1, "crs": "EPSG:32637", "nodata": nodata, **profile}
        height, width = values.shape
        place = from_origin(left, 200, pixel, pixel)
        with rasterio.open(path, "w", "GTiff", width=width, height=height, transform=place, **profile) as file:
            for band in range(1, profile["count"] + 1):
                file.write(values, band)
        return path

    return write


@pytest.fixture
def labels_on(grid):
    def read(path, tile=UPPER_LEFT, classes=CLASSES, **reading):
        with ExitStack() as opened:
            return run(open_labels(path, grid, classes, ClassReading(**reading), opened)).on_tile(tile)

    return read


def test_a_field_of_the_file_names_the_class_of_each_footprint(polygons, labels_on):
    found = labels_on(polygons([LAKE, ACRE], ["Water", "2"]), class_field="kind")
    assert [outline.equals(one) for outline, one in zip(found.labels.outlines, (LAKE, ACRE))] == [True, True]
    assert found.labels.classes.tolist() == [1, 2]
    assert found.is_known.all()


def test_what_is_said_of_a_value_counts_and_background_is_left_out(polygons, labels_on):
    path = polygons([LAKE, ACRE, box(500_070, 110, 500_080, 120)], ["lake", "grass", "field"])
    found = labels_on(path, class_field="kind", meaning={"lake": "water", "grass": "background"})
    assert found.labels.classes.tolist() == [1, 2]


def test_a_value_that_is_no_class_is_refused_with_what_would_cure_it(polygons, labels_on):
    path = polygons([LAKE, ACRE], ["lake", "field"])
    with pytest.raises(LabelError, match=r"no class of this campaign \(water, field\): lake\..*lake=water"):
        labels_on(path, class_field="kind")
    with pytest.raises(LabelError, match=r"'sea', which lake shall mean, is no class"):
        labels_on(path, class_field="kind", meaning={"lake": "sea"})
    with pytest.raises(LabelError, match=r"has no field 'sort'\. Choose one of its fields: kind"):
        labels_on(path, class_field="sort")
    with pytest.raises(LabelError, match=r"maps water, field.*Its fields: kind"):
        labels_on(path)
    with pytest.raises(LabelError, match="nobody has looked at"):
        labels_on(path, class_field="kind", meaning={"lake": "unlabelled"})


def test_in_a_campaign_of_one_class_footprints_need_none(polygons, labels_on):
    assert labels_on(polygons([LAKE, ACRE], ["a", "b"]), classes=("water",)).labels.classes.tolist() == [1, 1]


def test_two_classes_on_the_same_ground_are_refused_with_the_place_or_resolved_in_the_order_given(polygons, labels_on):
    over = polygons([LAKE, box(500_020, 110, 500_040, 130)], ["water", "field"])
    with pytest.raises(LabelError, match=r"water and of field lie on the same ground, at x 500025\.0, y 120\.0"):
        labels_on(over, class_field="kind")
    lake, field = labels_on(over, class_field="kind", order=("water", "field")).labels.outlines
    assert lake.equals(LAKE) and field.equals(box(500_030, 110, 500_040, 130))
    lake, _ = labels_on(over, class_field="kind", order=("field", "water")).labels.outlines
    assert lake.equals(box(500_010, 110, 500_020, 130))


def test_what_lies_on_two_tiles_is_cut_alike_on_both_though_what_covers_it_lies_on_one(polygons, labels_on):
    field, pond = box(500_080, 110, 500_120, 130), box(500_110, 115, 500_115, 125)  # the pond is right of the border
    over = polygons([field, pond], ["field", "water"])
    cut = [labels_on(over, tile, class_field="kind", order=CLASSES).labels for tile in (UPPER_LEFT, UPPER_RIGHT)]
    assert cut[0].outlines[0].equals(cut[1].of_class(2)[0]) and cut[0].outlines[0].area == 40 * 20 - 5 * 10


@pytest.mark.parametrize("order", [("water",), ("field", "water", "field"), ("water", "sea")])
def test_an_order_that_is_none_of_all_classes_is_refused(polygons, labels_on, order):
    with pytest.raises(LabelError, match="Name each once, the first on top: water,field"):
        labels_on(polygons([LAKE], ["water"]), class_field="kind", order=order)


def test_a_footprint_without_a_class_is_named(polygons, labels_on):
    with pytest.raises(LabelError, match=r"1 footprints without a class in the field 'kind', the first is feature 2"):
        labels_on(polygons([LAKE, ACRE], ["water", None]), class_field="kind")


def test_what_is_said_of_the_value_of_no_data_counts_more_than_the_file(raster, labels_on):
    values = np.zeros((200, 200), np.uint8)
    values[10:40, 20:60] = 1
    assert not labels_on(raster(values, nodata=0)).is_known[0, 0]
    found = labels_on(raster(values, nodata=0), meaning={"0": "background"})
    assert found.is_known.all() and found.labels.classes.tolist() == [1]


def test_a_raster_gives_the_mask_that_it_holds(raster, labels_on, grid):
    values = np.zeros((200, 200), np.uint8)
    values[10:40, 20:60], values[40:50, 90:120] = 1, 2
    found = labels_on(raster(values))
    np.testing.assert_array_equal(mask_of(found.labels, grid, UPPER_LEFT), values[:100, :100])
    np.testing.assert_array_equal(
        mask_of(labels_on(raster(values), UPPER_RIGHT).labels, grid, UPPER_RIGHT), values[:100, 100:]
    )


def test_footprints_of_a_raster_end_at_the_edge_of_their_tile(raster, labels_on, grid):
    (outline,) = labels_on(raster(np.ones((200, 200), np.uint8))).labels.outlines
    assert shapely.equals(outline, box(*grid.tile_bounds(UPPER_LEFT)))


def test_where_a_raster_has_no_data_nobody_has_looked(raster, labels_on):
    values = np.zeros((200, 200), np.int16)
    values[:50], values[50:60] = -1, 1
    for nodata, meaning in ((-1, {}), (None, {"-1": "unlabelled"})):
        found = labels_on(raster(values, nodata=nodata), meaning=meaning)
        assert not found.is_known[:50].any() and found.is_known[50:].all()
        assert found.labels.classes.tolist() == [1]


def test_a_raster_of_larger_pixels_in_another_crs_falls_on_the_grid(tmp_path, labels_on):
    path = tmp_path / "degrees.tif"
    profile = {"dtype": "uint8", "count": 1, "crs": "EPSG:4326", "transform": from_origin(38.99, 0.01, 1e-4, 1e-4)}
    with rasterio.open(path, "w", "GTiff", width=200, height=200, **profile) as file:
        file.write(np.full((200, 200), 2, np.uint8), 1)
    found = labels_on(path)
    assert found.is_known.all() and found.labels.classes.tolist() == [2]


def test_a_value_of_a_raster_that_is_no_class_is_refused(raster, labels_on):
    values = np.array([[0, 1], [7, 2]], np.uint8)
    with pytest.raises(LabelError, match=r"no class of this campaign \(water, field\): 7\..*7=water"):
        labels_on(raster(values, pixel=100))
    assert labels_on(raster(values, pixel=100), meaning={"7": "field"}).labels.classes.tolist() == []


def test_a_raster_that_is_none_of_classes_or_lies_elsewhere_is_refused_with_the_cure(raster, labels_on):
    square = np.ones((200, 200), np.uint8)
    with pytest.raises(LabelError, match=r"does not lie on the imagery.*Check its CRS"):
        labels_on(raster(square, left=900_000))
    with pytest.raises(LabelError, match=r"3 bands of uint8.*gdal_translate -b 1"):
        labels_on(raster(square, count=3))
    with pytest.raises(LabelError, match="1 bands of float32"):
        labels_on(raster(square.astype(np.float32)))
    with pytest.raises(LabelError, match="more than 1000 values"):
        labels_on(raster(np.arange(40_000, dtype=np.uint16).reshape(200, 200)))


def test_the_same_labels_in_another_order_have_the_same_content_and_other_classes_another(polygons, grid):
    def content(outlines, kinds):
        with ExitStack() as opened:
            return run(
                open_labels(polygons(outlines, kinds), grid, CLASSES, ClassReading(class_field="kind"), opened)
            ).content

    one = content([LAKE, ACRE], ["water", "field"])
    assert content([ACRE, LAKE], ["field", "water"]) == one != content([ACRE, LAKE], ["water", "field"])
