import pytest
from shapely import Polygon, box
from shapely.geometry import GeometryCollection, LineString

from tiletriage.models.annotation.labels import NO_LABELS, Labels
from tiletriage.models.annotation.outline_checks import check_classes_apart, checked_labels, later_on_top
from tiletriage.models.errors import BrokenOutline, LabelError

TILE = (0, 0, 100, 100)
HOUSE = box(10, 10, 20, 20)
BOW_TIE = Polygon([(10, 10), (20, 20), (20, 10), (10, 20)])


def checked(outlines, tile, repair=False):
    return list(checked_labels(Labels.of_one_class(outlines), tile, repair).outlines)


def test_footprints_on_the_tile_and_over_its_edge_are_taken_as_they_are():
    over_the_edge = box(90, 90, 110, 110)
    assert checked([HOUSE, over_the_edge], TILE) == [HOUSE, over_the_edge]
    assert checked([], TILE) == []


def test_heights_and_empty_outlines_are_left_out():
    with_height = Polygon([(10, 10, 5), (10, 20, 5), (20, 20, 5), (20, 10, 5)])
    (flat,) = checked([with_height, Polygon()], TILE)
    assert flat.equals(HOUSE) and not flat.has_z


def test_footprints_outside_the_tile_are_refused_with_their_number():
    beside = [box(200, 10, 210, 20), box(100, 10, 110, 20)]  # the second one only touches the tile
    with pytest.raises(LabelError, match="outside the tile: 2"):
        checked([HOUSE, *beside], TILE)
    with pytest.raises(LabelError, match="outside the tile: 1"):
        checked(beside[:1], TILE)


def test_an_outline_that_crosses_itself_is_refused_or_repaired():
    with pytest.raises(BrokenOutline, match="cross themselves: 1"):
        checked([HOUSE, BOW_TIE], TILE)
    house, mended = checked([HOUSE, BOW_TIE], TILE, repair=True)
    assert house.equals(HOUSE)
    assert mended.is_valid and mended.area == 50  # both triangles


def test_what_is_no_polygon_after_repair_is_left_out():
    line = Polygon([(10, 10), (20, 20), (10, 10)])
    collection = GeometryCollection([LineString([(1, 1), (2, 2)])])
    assert checked([HOUSE, line, collection], TILE, repair=True) == [HOUSE]
    with pytest.raises(LabelError, match="Nothing is left after the repair"):
        checked([line, collection], TILE, repair=True)


def test_what_is_left_out_takes_its_class_with_it():
    labels = Labels.of([(Polygon(), 1), (HOUSE, 2), (box(30, 30, 40, 40), 3)])
    assert checked_labels(labels, TILE).classes.tolist() == [2, 3]


def test_of_two_classes_on_the_same_ground_the_later_keeps_it_and_of_one_class_both_stay():
    field, pond, annex = box(0, 0, 50, 50), box(40, 40, 60, 60), box(15, 15, 25, 25)
    cut = later_on_top(Labels.of([(field, 1), (pond, 2), (HOUSE, 3), (annex, 3)]), NO_LABELS)
    assert cut.classes.tolist() == [1, 2, 3, 3]
    assert cut.outlines[0].area == 2500 - 100 - (100 + 100 - 25)
    assert [each.area for each in cut.outlines[1:]] == [400, 100, 100]


def test_what_lies_wholly_inside_keeps_its_ground_whichever_came_first():
    field = box(0, 0, 50, 50)
    house, around = later_on_top(Labels.of([(HOUSE, 3), (field, 1)]), NO_LABELS).outlines
    assert house.equals(HOUSE) and around.area == 2500 - 100


def test_what_is_drawn_gives_way_to_others_and_is_never_cut_away_whole_in_silence():
    theirs = Labels.of([(box(15, 0, 40, 40), 2)])
    (left,) = later_on_top(Labels.of([(HOUSE, 1)]), theirs).outlines
    assert left.equals(box(10, 10, 15, 20))
    with pytest.raises(LabelError, match="Nothing would be left of 1 footprints"):
        later_on_top(Labels.of([(HOUSE, 1)]), Labels.of([(box(0, 0, 40, 40), 2)]))


def test_what_others_share_among_themselves_does_not_matter_here():
    others = Labels.of([(box(20, 10, 40, 30), 1), (box(25, 10, 45, 30), 2)])  # both touch the house
    check_classes_apart(Labels.of([(HOUSE, 3)]), others, ["a", "b", "c"], 0)
    with pytest.raises(LabelError, match="Footprints of c and of a lie on the same ground"):
        check_classes_apart(Labels.of([(box(10, 10, 21, 20), 3)]), others, ["a", "b", "c"], 0)
