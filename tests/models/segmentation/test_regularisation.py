from __future__ import annotations

import numpy as np
import pytest
from shapely.affinity import rotate
from shapely.geometry import Point, Polygon, box

from tiletriage.models.segmentation.metrics import footprint_iou
from tiletriage.models.segmentation.regularisation import dominant_direction, square_corners

ANGLES = [0, 10, 30, 44.9, 45, 60, 120]
L_SHAPE = Polygon([(0, 0), (40, 0), (40, 15), (18, 15), (18, 32), (0, 32)])


def noisy(polygon, rng, amplitude=0.6, every=3.0):
    """The outline with a point every few units, each moved at random."""
    points = np.array(polygon.exterior.segmentize(every).coords[:-1])
    return Polygon(points + rng.uniform(-amplitude, amplitude, size=points.shape)).simplify(1.5 * amplitude)


def corner_cosines(polygon):
    edges = np.diff(np.array(polygon.exterior.coords), axis=0)
    edges /= np.linalg.norm(edges, axis=1, keepdims=True)
    return (edges * np.roll(edges, -1, axis=0)).sum(axis=1)


@pytest.mark.parametrize("angle", ANGLES)
def test_a_noisy_rectangle_becomes_four_right_angles(angle):
    true = rotate(box(0, 0, 40, 25), angle)
    squared = square_corners(noisy(true, np.random.default_rng(0)), minimum_edge=3)
    assert len(squared.exterior.coords) - 1 == 4
    np.testing.assert_allclose(corner_cosines(squared), 0, atol=1e-9)
    assert footprint_iou(squared, true) > 0.93


@pytest.mark.parametrize("angle", ANGLES)
def test_a_noisy_l_keeps_its_six_corners(angle):
    true = rotate(L_SHAPE, angle)
    squared = square_corners(noisy(true, np.random.default_rng(0)), minimum_edge=3)
    assert len(squared.exterior.coords) - 1 == 6
    np.testing.assert_allclose(corner_cosines(squared), 0, atol=1e-9)
    assert footprint_iou(squared, true) > 0.93


@pytest.mark.parametrize("angle", ANGLES)
def test_a_polygon_with_square_corners_stays_as_it_is(angle):
    polygon = rotate(L_SHAPE, angle)
    squared = square_corners(polygon, minimum_edge=3)
    assert squared.normalize().equals_exact(polygon.normalize(), tolerance=1e-9)


def test_a_courtyard_is_squared_along_with_its_building():
    building = box(0, 0, 40, 40).difference(Polygon([(10, 10), (30, 11), (29.5, 30), (10, 29)]))
    squared = square_corners(building, minimum_edge=3)
    assert len(squared.interiors) == 1
    assert len(squared.interiors[0].coords) - 1 == 4
    assert set(np.round(np.abs(corner_cosines(Polygon(squared.interiors[0]))), 9)) == {0}


def test_a_step_shorter_than_the_minimum_edge_goes_and_a_longer_one_stays():
    stepped = Polygon([(0, 0), (40, 0), (40, 20), (20, 20), (20, 22), (0, 22)])
    assert square_corners(stepped, minimum_edge=3).equals(box(0, 0, 40, 21))
    assert square_corners(stepped, minimum_edge=1).equals(stepped)


CIRCLE, TRIANGLE = Point(0, 0).buffer(20), Polygon([(0, 0), (30, 0), (0, 30)])
SLIVER = Polygon([(0, 0), (30, 1), (60, 0), (30, -1)])


@pytest.mark.parametrize("polygon", [CIRCLE, TRIANGLE, SLIVER])
def test_what_has_no_right_angles_is_left_alone(polygon):
    assert square_corners(polygon, minimum_edge=3) is polygon


@pytest.mark.parametrize("seed", range(20))
def test_any_outline_stays_valid_and_keeps_its_shape(seed):
    rng = np.random.default_rng(seed)
    radius, angle = rng.uniform(5, 30, size=12), np.sort(rng.uniform(0, 2 * np.pi, size=12))
    polygon = Polygon(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])).buffer(0)
    squared = square_corners(polygon, minimum_edge=3)
    assert squared.is_valid
    assert footprint_iou(squared, polygon) >= 0.9


@pytest.mark.parametrize("angle", [-40, -10, 0, 25, 44])
def test_the_dominant_direction_is_that_of_the_rectangle(angle):
    assert np.degrees(dominant_direction(rotate(box(0, 0, 40, 25), angle))) == pytest.approx(angle)
    assert np.degrees(dominant_direction(rotate(box(0, 0, 40, 25), angle + 90))) == pytest.approx(angle)
