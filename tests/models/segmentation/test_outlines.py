from __future__ import annotations

import numpy as np
import pytest
from rasterio.features import rasterize
from shapely.affinity import affine_transform, rotate
from shapely.geometry import Point, box

from tiletriage.models.imagery.grid import TileGrid
from tiletriage.models.segmentation.classes import BUILDING, MappedClass
from tiletriage.models.segmentation.confidence import PlattScaling
from tiletriage.models.segmentation.metrics import footprint_iou
from tiletriage.models.segmentation.mosaic import ProbabilityMosaic, windows
from tiletriage.models.segmentation.outlines import polygonise

GRID = TileGrid("EPSG:32737", 500_000, 9_300_000, 1.0, 0.5, tile_size_px=64, rows=2, columns=2)
AT_60_DEGREES = TileGrid("EPSG:3857", 1_000_000, 8_400_000, 2.0, 0.5, tile_size_px=64, rows=2, columns=2)


def footprints_of(path, probability, grid=GRID, **options):
    """Footprints of a picture of probabilities (row, column), or (layer, row, column), that covers the grid."""
    layers = np.reshape(probability, (-1, *probability.shape[-2:]))
    with ProbabilityMosaic(path, grid, 16, len(layers)) as mosaic:
        for row, column in windows(grid, 16):
            mosaic.add(row, column, layers[:, row : row + 64, column : column + 64])
    job = polygonise(path, grid, **options)
    fractions = []
    while True:
        try:
            fractions.append(next(job))
        except StopIteration as end:
            assert fractions == sorted(fractions) and fractions[0] >= 0 and fractions[-1] <= 1
            return end.value


def picture(*shapes):
    return rasterize(shapes, out_shape=(128, 128), dtype="float32")


def test_a_building_across_four_tiles_is_one_footprint(tmp_path):
    footprints = footprints_of(tmp_path / "p.tif", picture(box(50, 40, 90, 80)))
    assert len(footprints) == 1
    left, top = 500_000 + 50 * 0.5, 9_300_000 - 40 * 0.5
    assert footprints.geometry[0].equals(box(left, top - 20, left + 20, top))
    assert footprints.crs.to_epsg() == 32737


def test_the_area_is_in_ground_metres_where_the_units_of_the_crs_are_not(tmp_path):
    footprints = footprints_of(tmp_path / "p.tif", picture(box(50, 40, 90, 80)), grid=AT_60_DEGREES)
    assert footprints.area_m2[0] == pytest.approx(20 * 20)
    assert footprints.geometry[0].area == pytest.approx(40 * 40)


def test_a_courtyard_is_kept_and_a_tiny_hole_is_filled(tmp_path):
    probability = picture(box(20, 20, 100, 100).difference(box(40, 40, 60, 60)))
    probability[80:83, 80:83] = 0  # 2.25 square metres
    (outline,) = footprints_of(tmp_path / "p.tif", probability, minimum_area_m2=4).geometry
    assert len(outline.interiors) == 1
    assert outline.area == pytest.approx((80 * 80 - 20 * 20) * 0.25)


def test_footprints_below_the_minimum_area_are_left_out(tmp_path):
    probability = picture(box(10, 10, 14, 14), box(40, 40, 45, 45))  # 4 and 6.25 square metres
    assert footprints_of(tmp_path / "p.tif", probability, minimum_area_m2=5).area_m2.tolist() == [6.25]


def test_the_confidence_is_the_mean_probability_inside(tmp_path):
    probability = 0.6 * picture(box(10, 10, 30, 30)) + 0.8 * picture(box(60, 60, 100, 80))
    probability[60:80, 80:100] = 1
    footprints = footprints_of(tmp_path / "p.tif", probability)
    assert sorted(footprints.confidence) == pytest.approx([0.6, 0.9], abs=1 / 255)


def test_the_confidence_is_what_that_mean_is_worth(tmp_path):
    probability = 0.9 * picture(box(10, 10, 30, 30))
    (confidence,) = footprints_of(tmp_path / "p.tif", probability, scaling=PlattScaling(1, -np.log(9))).confidence
    assert confidence == pytest.approx(0.5, abs=0.02)  # of odds of nine to one that are worth a ninth


@pytest.mark.parametrize(("threshold", "found"), [(0.3, 2), (0.5, 1), (0.9, 0)])
def test_only_what_reaches_the_threshold_is_a_footprint(tmp_path, threshold, found):
    probability = 0.4 * picture(box(10, 10, 30, 30)) + 0.5 * picture(box(60, 60, 100, 80))
    footprints = footprints_of(tmp_path / "p.tif", probability, threshold=threshold)
    assert len(footprints) == found
    assert list(footprints.columns) == ["class", "confidence", "area_m2", "geometry"]


@pytest.mark.parametrize("angle", [0, 17, 45, 70])
def test_a_turned_building_gets_four_square_corners(tmp_path, angle):
    building = rotate(box(30, 40, 100, 85), angle)
    (outline,) = footprints_of(tmp_path / "p.tif", picture(building)).geometry
    assert len(outline.exterior.coords) - 1 == 4
    assert outline.area == pytest.approx(outline.minimum_rotated_rectangle.area, rel=1e-3)
    on_the_map = affine_transform(building, [0.5, 0, 0, -0.5, 500_000, 9_300_000])
    assert footprint_iou(outline, on_the_map) > 0.97


def test_a_round_tank_stays_round(tmp_path):
    (outline,) = footprints_of(tmp_path / "p.tif", picture(Point(64, 64).buffer(30))).geometry
    assert len(outline.exterior.coords) > 8


def test_without_regularising_only_the_steps_of_the_pixels_go(tmp_path):
    building = rotate(box(30, 40, 100, 85), 17)
    (outline,) = footprints_of(tmp_path / "p.tif", picture(building), regularise=False).geometry
    on_the_map = affine_transform(building, [0.5, 0, 0, -0.5, 500_000, 9_300_000])
    assert outline.hausdorff_distance(on_the_map) < 2 * 0.5 + 0.5


HOUSE_AND_LAND = (BUILDING, MappedClass("land", "#c2a36b"), MappedClass("water", "#0072b2"))


def of_classes(tmp_path, labels, **options):
    """The footprints of a picture (row, column) of class numbers, each with a probability of 0.9."""
    layers = np.stack([np.where(labels == number, 0.9, 0) for number in (1, 2, 3)]).astype(np.float32)
    return footprints_of(tmp_path / "p.tif", layers, classes=HOUSE_AND_LAND, **options)


def test_classes_that_touch_share_their_edge_and_leave_no_ground_between(tmp_path):
    rows, columns = np.mgrid[:128, :128]
    shore = np.where(columns < 64 + 10 * np.sin(rows / 9), 2, 3)
    land, water = of_classes(tmp_path, shore).set_index("class").geometry[["land", "water"]]
    assert land.intersection(water).area == pytest.approx(0, abs=1e-6)
    assert land.union(water).area == pytest.approx(64 * 64)  # the grid is 64 m wide
    assert len(land.exterior.coords) < 80  # 128 steps were simplified


def test_a_building_is_squared_and_the_land_around_it_gives_way(tmp_path):
    tilted = rotate(box(40, 40, 80, 70), 10)
    labels = np.where(picture(tilted) > 0, 1, 2)
    found = of_classes(tmp_path, labels).set_index("class").geometry
    assert len(found["building"].exterior.coords) == 5
    assert found["building"].intersection(found["land"]).area == pytest.approx(0, abs=1e-6)
    assert found["building"].area + found["land"].area > 0.99 * 64 * 64


def test_specks_of_land_are_no_footprints_and_buildings_have_their_own_minimum(tmp_path):
    labels = np.full((128, 128), 3)
    labels[10:12, 10:14], labels[30:33, 30:33] = 2, 2  # 8 and 9 px
    labels[60:64, 60:63] = 1  # 3 m²
    found = of_classes(tmp_path, labels)
    assert sorted(found["class"]) == ["land", "water"]
    assert len(of_classes(tmp_path, labels, minimum_area_m2=1)) == 3
