"""Pictures of houses whose borders are seen or not, as the network draws them: 255 for certain."""

from __future__ import annotations

import numpy as np
import pytest
from rasterio.features import rasterize
from rasterio.windows import Window
from shapely.geometry import box

from tiletriage.models.jobs import run
from tiletriage.models.segmentation import instances
from tiletriage.models.segmentation.instances import Layers, find_instances
from tiletriage.models.segmentation.metrics import footprint_iou

LEFT, RIGHT = box(10, 10, 40, 40), box(40, 10, 70, 40)  # two roofs that touch


def picture(*houses, shape=(64, 96)):
    """The layers (building, border) of some houses: borders 3 px wide."""
    building = rasterize(houses, out_shape=shape, dtype="uint8")
    border = rasterize([house.boundary.buffer(1.4) for house in houses], out_shape=shape, dtype="uint8")
    return 255 * np.stack([building, border])


def outlines_in(values, minimum_px=16, minimum_seed_px=9):
    found = run(find_instances(Layers.of(values, 1), 1, True, 0.5, 0.4, minimum_px, minimum_seed_px))
    return sorted((each.outline for each in found), key=lambda outline: outline.bounds)


def test_roofs_that_touch_are_two_buildings_that_share_all_ground():
    first, second = outlines_in(picture(LEFT, RIGHT))
    assert footprint_iou(first, LEFT) > 0.95 and footprint_iou(second, RIGHT) > 0.95
    assert first.intersection(second).area == 0
    assert first.union(second).equals(LEFT.union(RIGHT))


def test_without_borders_roofs_that_touch_are_one_building():
    assert len(outlines_in(picture(LEFT, RIGHT)[:1])) == 1
    unseen = picture(LEFT, RIGHT)
    unseen[1] = 0
    (both,) = outlines_in(unseen)
    assert both.equals(LEFT.union(RIGHT))


def test_a_building_alone_keeps_its_whole_outline():
    (found,) = outlines_in(picture(LEFT))
    assert found.equals(LEFT)


def test_a_house_too_narrow_to_have_an_inside_is_found_nevertheless():
    narrow = box(10, 10, 14, 60)
    assert outlines_in(picture(narrow))[0].equals(narrow)


def test_a_speck_without_border_does_not_cut_a_house_in_two():
    values = picture(LEFT)
    values[1, 10:40, 24:27] = 255  # a ridge that looks like a border, and a hole in it
    values[1, 20:30, 24:27] = 0
    assert len(outlines_in(values)) == 1
    values[1, 10:40, 24:27] = 255
    assert len(outlines_in(values)) == 2
    assert len(outlines_in(values, minimum_seed_px=500)) == 1


def test_each_building_has_the_mean_of_its_own_pixels():
    values = picture(LEFT, RIGHT)
    values[0, :, 40:] = np.where(values[0, :, 40:], 200, 0)
    found = run(find_instances(Layers.of(values, 1), 1, True, 0.5, 0.4, 16, 9))
    assert sorted(each.mean_value for each in found) == pytest.approx([200, 255], abs=2)


@pytest.mark.parametrize("block_px", [16, 25])
def test_buildings_do_not_depend_on_where_large_components_are_cut(monkeypatch, block_px):
    row = [box(left, 5, left + 18, 60) for left in range(0, 90, 18)]
    whole = outlines_in(picture(*row))
    monkeypatch.setattr(instances, "BLOCK_PX", block_px)
    cut = outlines_in(picture(*row))
    assert len(whole) == len(row)
    assert all(first.equals(second) for first, second in zip(whole, cut))


def test_a_picture_in_memory_is_read_by_windows():
    values = picture(LEFT)
    np.testing.assert_array_equal(Layers.of(values, 1).read(Window(5, 8, 20, 10)), values[:, 8:18, 5:25])


def test_a_picture_without_buildings_has_none():
    assert outlines_in(np.zeros((2, 40, 40), np.uint8)) == []
