from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.warp import transform_geom
from shapely.geometry import box, shape

from tiletriage.tests.tools.sample_scene import Canvas, lay_out, paint, write_sample

SAMPLE = Path(__file__).parents[2] / "resources" / "sample"


@pytest.fixture(scope="module")
def layout():
    return lay_out(np.random.default_rng(11))


def shipped_footprints(crs="EPSG:4326"):
    features = json.loads((SAMPLE / "labels.geojson").read_text())["features"]
    return [shape(transform_geom("EPSG:4326", crs, feature["geometry"])) for feature in features]


def test_the_sample_with_its_labels_stays_under_a_megabyte_and_a_half():
    assert sum((SAMPLE / name).stat().st_size for name in ("scene.tif", "labels.geojson")) <= 1_500_000


def test_the_sample_is_georeferenced_rgb_with_overviews():
    with rasterio.open(SAMPLE / "scene.tif") as scene:
        assert scene.crs.to_epsg() == 32631
        assert (scene.width, scene.height, scene.count, scene.dtypes[0]) == (3072, 2304, 3, "uint8")
        assert scene.res == pytest.approx((0.15, 0.15))
        assert len(scene.overviews(1)) >= 2


def test_every_label_is_valid_and_lies_inside_the_scene():
    with rasterio.open(SAMPLE / "scene.tif") as scene:
        inside = shape(transform_geom(scene.crs, "EPSG:4326", box(*scene.bounds).__geo_interface__))
    footprints = shipped_footprints()
    assert len(footprints) > 200
    assert shapely.is_valid(footprints).all()
    assert shapely.within(footprints, inside.buffer(1e-7)).all()


def test_labels_lie_on_the_roofs_that_are_in_the_picture():
    with rasterio.open(SAMPLE / "scene.tif") as scene:
        green_excess = []
        at = [each.representative_point().coords[0] for each in shipped_footprints(scene.crs)]
        for moved in (0, 12):  # metres
            red, green, blue = np.array(list(scene.sample([(x + moved, y) for x, y in at]))).astype(float).T
            green_excess.append(np.mean(2 * green - red - blue))
    assert green_excess[0] < green_excess[1] - 5


def test_the_shipped_labels_are_what_the_generator_draws(layout):
    drawn = [house.footprint for house in layout.houses]
    np.testing.assert_allclose(shapely.area(shipped_footprints("EPSG:32631")), shapely.area(drawn), rtol=0.01)


def test_no_two_buildings_overlap(layout):
    footprints = [house.footprint for house in layout.houses]
    pairs = shapely.STRtree(footprints).query(footprints, predicate="overlaps")
    assert pairs.size == 0


def test_the_same_seed_draws_the_same_picture(layout):
    first, second = (paint(layout, np.random.default_rng(5), gsd_metres=2.4) for _ in range(2))
    assert first.shape == (144, 192, 3)
    np.testing.assert_array_equal(first, second)


def test_something_low_does_not_cover_something_high():
    canvas = Canvas(np.random.default_rng(0), gsd_metres=4.8)
    window, everywhere = (slice(0, 2), slice(0, 2)), np.ones((2, 2), dtype=bool)
    for height, colour in ((3.0, 200), (1.0, 50)):
        canvas.cover(window, everywhere, height, np.full(3, colour))
    assert (canvas.height[window] == 3).all() and (canvas.colour[window] == 200).all()


def test_writing_gives_a_scene_its_labels_and_a_readme_that_says_it_is_synthetic(tmp_path):
    write_sample(tmp_path, gsd_metres=2.4)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["README.md", "labels.geojson", "scene.tif"]
    assert "Synthetic" in (tmp_path / "README.md").read_text()
    with rasterio.open(tmp_path / "scene.tif") as scene:
        assert (scene.width, scene.height) == (192, 144)
