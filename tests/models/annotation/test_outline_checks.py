import pytest
from shapely import Polygon, box
from shapely.geometry import GeometryCollection, LineString

from tiletriage.models.annotation.outline_checks import checked_footprints
from tiletriage.models.errors import BrokenOutline, LabelError

TILE = (0, 0, 100, 100)
HOUSE = box(10, 10, 20, 20)
BOW_TIE = Polygon([(10, 10), (20, 20), (20, 10), (10, 20)])


def test_footprints_on_the_tile_and_over_its_edge_are_taken_as_they_are():
    over_the_edge = box(90, 90, 110, 110)
    assert checked_footprints([HOUSE, over_the_edge], TILE) == [HOUSE, over_the_edge]
    assert checked_footprints([], TILE) == []


def test_heights_and_empty_outlines_are_left_out():
    with_height = Polygon([(10, 10, 5), (10, 20, 5), (20, 20, 5), (20, 10, 5)])
    (flat,) = checked_footprints([with_height, Polygon()], TILE)
    assert flat.equals(HOUSE) and not flat.has_z


def test_footprints_outside_the_tile_are_refused_with_their_number():
    beside = [box(200, 10, 210, 20), box(100, 10, 110, 20)]  # the second one only touches the tile
    with pytest.raises(LabelError, match="outside the tile: 2"):
        checked_footprints([HOUSE, *beside], TILE)
    with pytest.raises(LabelError, match="outside the tile: 1"):
        checked_footprints(beside[:1], TILE)


def test_an_outline_that_crosses_itself_is_refused_or_repaired():
    with pytest.raises(BrokenOutline, match="cross themselves: 1"):
        checked_footprints([HOUSE, BOW_TIE], TILE)
    house, mended = checked_footprints([HOUSE, BOW_TIE], TILE, repair=True)
    assert house.equals(HOUSE)
    assert mended.is_valid and mended.area == 50  # both triangles


def test_what_is_no_polygon_after_repair_is_left_out():
    line = Polygon([(10, 10), (20, 20), (10, 10)])
    collection = GeometryCollection([LineString([(1, 1), (2, 2)])])
    assert checked_footprints([HOUSE, line, collection], TILE, repair=True) == [HOUSE]
    with pytest.raises(LabelError, match="Nothing is left after the repair"):
        checked_footprints([line, collection], TILE, repair=True)
