from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box

from tiletriage.models.jobs import run
from tiletriage.models.segmentation.connected_components import find_components


def components_of(values, threshold=1, minimum_px=0, block_px=512):
    def read(window):
        rows, columns = window.toslices()
        return values[rows, columns]

    return run(find_components(read, values.shape, threshold, minimum_px, block_px))


def described(components):
    return {(component.outline().normalize().wkt, component.pixels, component.mean_value) for component in components}


def test_a_building_across_four_blocks_is_one_component():
    values = np.zeros((20, 20))
    values[6:14, 7:15] = 100
    (component,) = components_of(values, block_px=10)
    assert len(component.parts) == 4
    assert component.outline().equals(box(7, 6, 15, 14))
    assert (component.pixels, component.mean_value) == (64, 100)


def test_components_that_touch_at_a_corner_only_stay_apart():
    values = np.kron(np.eye(2), np.ones((10, 10)))
    assert len(components_of(values)) == len(components_of(values, block_px=10)) == 2


def test_two_arms_that_meet_in_a_later_row_of_blocks_are_one_component():
    values = np.zeros((20, 20))
    values[:, 1] = values[:, 18] = values[17, 1:18] = 1
    (component,) = components_of(values, block_px=5)
    assert component.pixels == values.sum() == component.outline().area


@pytest.mark.parametrize("share", [0.3, 0.6, 0.8])
@pytest.mark.parametrize("block_px", [5, 13])
def test_outlines_do_not_depend_on_the_borders_of_the_blocks(share, block_px):
    rng = np.random.default_rng(0)
    values = (rng.random((24, 31)) < share) * rng.integers(1, 256, size=(24, 31))
    assert described(components_of(values, block_px=block_px)) == described(components_of(values))


def test_components_cover_exactly_the_pixels_that_reach_the_threshold():
    values = np.random.default_rng(0).integers(0, 256, size=(24, 31))
    components = components_of(values, threshold=100, block_px=7)
    centres = shapely.points(*(np.mgrid[:31, :24] + 0.5))  # (column, row)
    inside = shapely.contains(shapely.union_all([component.outline() for component in components]), centres)
    np.testing.assert_array_equal(inside.T, values >= 100)


def test_small_components_are_left_out_also_at_the_borders_of_blocks():
    values = np.zeros((20, 20))
    values[2, 2:4] = values[8:12, 5] = values[15, 9:11] = 1  # 2 px inside, 4 px and 2 px across a border
    (component,) = components_of(values, minimum_px=3, block_px=10)
    assert component.outline().equals(box(5, 8, 6, 12))


def test_an_outline_has_corners_only():
    (component,) = components_of(np.ones((20, 20)), block_px=5)
    assert component.outline().normalize().equals_exact(Polygon([(0, 0), (0, 20), (20, 20), (20, 0)]).normalize())


def test_nothing_gives_no_components():
    assert components_of(np.zeros((20, 20))) == []
