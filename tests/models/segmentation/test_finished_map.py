import math
import time

import geopandas
import numpy as np
import pytest
from rasterio.features import shapes
from shapely import Polygon, box
from shapely.geometry import shape

from tiletriage.models.imagery.grid import Tile, cover
from tiletriage.models.segmentation.finished_map import finish_map

LEFT, BOTTOM = 500_000, 0  # of four tiles of 100 m: row 0 is the upper one


def at(x, y, width=10, height=10):
    return box(LEFT + x, BOTTOM + y, LEFT + x + width, BOTTOM + y + height)


def seen_by_model(*outlines, of_class="building"):
    areas = [outline.area for outline in outlines]
    columns = {"class": of_class, "confidence": np.full(len(outlines), 0.75), "area_m2": np.array(areas, dtype=float)}
    return geopandas.GeoDataFrame(columns, geometry=list(outlines), crs="EPSG:32637")


def labelled(*outlines, origin="human"):
    columns = {"class": "building", "origin": [origin] * len(outlines), "model_version": ["v001"] * len(outlines)}
    return geopandas.GeoDataFrame(columns, geometry=list(outlines), crs="EPSG:32637")


@pytest.fixture
def finish(grid):
    """The finished map of what the model sees and people drew, with some finished tiles."""

    def finish(predicted, labels, finished=(), minimum_area_m2=4):
        smallest = {"building": minimum_area_m2, "water": minimum_area_m2}
        return finish_map(predicted, labels, list(finished), grid, "v002", smallest, {"building"})

    return finish


def test_without_people_the_map_is_the_models(finish):
    found = finish(seen_by_model(at(10, 10)), labelled())
    assert list(found.drop(columns="geometry").iloc[0]) == ["building", "model", False, 0.75, "v002", 100]


def test_without_anything_the_map_is_empty_and_has_its_columns(finish):
    found = finish(seen_by_model(), labelled())
    columns = ["class", "origin", "checked", "confidence", "version", "area_m2", "geometry"]
    assert list(found.columns) == columns and found.empty


def test_people_keep_what_they_drew_without_confidence_or_version(finish):
    (row,) = finish(seen_by_model(), labelled(at(10, 10))).to_dict("records")
    assert (row["origin"], row["checked"], row["version"], row["area_m2"]) == ("human", True, None, 100)
    assert np.isnan(row["confidence"])


def test_a_pile_of_drawn_footprints_is_not_cut_one_by_one(finish):
    bay = [(LEFT + 2 * math.cos(angle) + 5, 5 + 2 * math.sin(angle)) for angle in np.linspace(0, 6, 2000)]
    predicted = seen_by_model(Polygon(at(0, 0).exterior.coords, [bay]))
    began = time.process_time()
    assert set(finish(predicted, labelled(*[at(1, 1, 12, 8)] * 50_000)).origin) == {"human"}
    assert time.process_time() - began < 2


def test_each_outline_is_cut_by_the_finished_tiles_near_it_and_by_no_others(finish):
    across = seen_by_model(*[at(100 * column + 97, 20) for column in range(2_000)])  # 7 m of 10 m outside, or less
    began = time.process_time()
    found = finish(across, labelled(), [Tile(1, column) for column in range(0, 2_001, 2)])
    assert time.process_time() - began < 2
    assert found.area_m2.tolist() == [70] * 1_000


def test_an_accepted_draft_keeps_the_model_for_its_origin_and_the_version_that_drew_it(finish):
    (row,) = finish(seen_by_model(), labelled(at(10, 10), origin="model")).to_dict("records")
    assert (row["origin"], row["checked"], row["version"]) == ("model", True, "v001")
    assert np.isnan(row["confidence"])


def test_in_a_finished_tile_the_model_draws_nothing(finish):
    predicted = seen_by_model(at(10, 110), at(50, 150), at(110, 110))  # two in the upper left tile, one beside it
    found = finish(predicted, labelled(at(12, 180)), [Tile(0, 0)])
    assert sorted(zip(found.origin, found.bounds.minx)) == [("human", LEFT + 12), ("model", LEFT + 110)]


@pytest.mark.parametrize(("shift", "left"), [(0, []), (4.9, []), (5.1, [51]), (8, [80]), (10, [100])])
def test_the_model_gives_way_to_a_drawn_building_on_which_half_of_its_outline_lies(finish, shift, left):
    found = finish(seen_by_model(at(10 + shift, 10)), labelled(at(10, 10)))
    assert found[found.origin == "model"].area_m2.tolist() == pytest.approx(left)
    assert (found.origin == "human").sum() == 1


def test_a_large_blob_leaves_the_building_that_people_drew_in_it_and_stays_around_it(finish):
    human, model = finish(seen_by_model(at(0, 0, 60, 60)), labelled(at(30, 30, 5, 5))).to_dict("records")
    assert (human["origin"], model["origin"], model["area_m2"]) == ("human", "model", 60 * 60 - 5 * 5)
    assert model["geometry"].intersection(human["geometry"]).area == 0


def test_of_a_blob_on_which_people_drew_most_nothing_stays(finish):
    drawn = [at(x, y) for x in range(0, 60, 12) for y in range(0, 48, 12)]  # each a twenty-fourth of it
    assert finish(seen_by_model(at(0, 0, 60, 40)), labelled(*drawn)).origin.tolist() == ["human"] * 20


def test_slivers_beside_what_people_drew_do_not_stay(finish):
    blob = at(0, 0, 40, 10).union(at(0, 0, 10, 60))
    found = finish(seen_by_model(blob), labelled(at(0, 0.5, 40, 9.5)))  # half a metre of it is left below
    (part,) = found[found.origin == "model"].geometry
    assert part.bounds == (LEFT, 10, LEFT + 10, 60)


@pytest.mark.parametrize(("outside", "left"), [(9, [90]), (5, [50]), (4, []), (0, [])])
def test_across_the_border_of_a_finished_tile_the_larger_part_outside_stays(finish, outside, left):
    """A house of 10 x 10 m across the border at x = 100 of the lower left tile, so many metres of it outside."""
    found = finish(seen_by_model(at(90 + outside, 20)), labelled(), [Tile(1, 0)])
    assert found.area_m2.tolist() == pytest.approx(left)
    assert found.area.tolist() == pytest.approx(left)
    assert (found.bounds.minx >= LEFT + 100).all()


def test_a_part_outside_below_the_minimum_area_is_left_out(finish):
    assert finish(seen_by_model(at(94, 20)), labelled(), [Tile(1, 0)], minimum_area_m2=50).empty  # 40 m² outside
    assert finish(seen_by_model(at(96, 20)), labelled(), [Tile(1, 0)], minimum_area_m2=70).empty  # 60 m² outside


def test_several_parts_outside_stay_each_as_one(finish):
    across = at(60, 90, 120, 20).union(at(60, 60, 5, 50))  # over the upper left tile's lower right corner
    found = finish(seen_by_model(across, at(150, 10)), labelled(), [Tile(0, 0)])
    assert (found.geom_type == "Polygon").all()
    assert found.area_m2.sum() == pytest.approx(across.difference(at(0, 100, 100, 100)).area + 100)
    assert found.intersection(at(0, 100, 100, 100)).area.sum() == pytest.approx(0)
    through = at(95, 150, 5, 10).union(at(100, 150, 60, 10)).union(at(30, 60, 10, 38))
    assert len(finish(seen_by_model(through), labelled(), [Tile(0, 0)])) == 2


def test_a_model_footprint_that_only_touches_a_finished_tile_stays_whole(finish):
    (outline,) = finish(seen_by_model(at(100, 20)), labelled(), [Tile(1, 0)]).geometry
    assert outline.equals(at(100, 20))


def test_a_drawing_that_crosses_itself_is_kept_and_still_makes_the_model_give_way(finish):
    bow_tie = Polygon([(LEFT, 50), (LEFT + 10, 60), (LEFT + 10, 50), (LEFT, 60)])  # two triangles of 25 m²
    found = finish(seen_by_model(at(0, 53, 10, 4)), labelled(bow_tie))
    assert found.origin.tolist() == ["human"] and found.area_m2.tolist() == [50]


def test_what_the_model_draws_across_itself_is_mended_and_cut_as_any_other(finish):
    """So the thin parts of simplified outlines may come out; GEOS refuses to cut them."""
    corners = [(80, 120), (140, 180), (140, 120), (80, 180)]  # a bow tie over the edge of the finished tile
    bow_tie = Polygon([(LEFT + x, y) for x, y in corners])
    found = finish(seen_by_model(bow_tie, of_class="water"), labelled(), [Tile(0, 0)])
    assert (found.geom_type == "Polygon").all() and found.is_valid.all()
    assert found.area_m2.sum() == pytest.approx(900 + 100, abs=1)  # of the right half, and what the left has outside
    elsewhere = finish(seen_by_model(bow_tie, of_class="water"), labelled(), [])
    assert elsewhere.is_valid.all() and elsewhere.area_m2.sum() == pytest.approx(1800)


def test_areas_are_those_on_the_ground(grid):
    from dataclasses import replace

    twice = replace(grid, units_per_metre=2)  # as at 60 degrees north in Web Mercator
    found = finish_map(seen_by_model(), labelled(at(10, 10)), [], twice, "v002", {"building": 4}, {"building"})
    assert found.area_m2.tolist() == [25]


def test_water_keeps_all_ground_that_nobody_judged_however_little_of_it_that_is(finish):
    """A lake over a finished tile and a part of the next one, on which people drew its other half."""
    lake = seen_by_model(at(20, 120, 100, 60), of_class="water")  # 80 m of 100 m on the finished upper left tile
    found = finish(lake, labelled(at(20, 120, 80, 60)), [Tile(0, 0)])
    (left,) = found[found.origin == "model"].geometry
    assert left.equals(at(100, 120, 20, 60))


def cut(outline, *corners):
    """The parts of an outline in tiles of 100 m."""
    return [outline.intersection(at(x, y, 100, 100)) for x, y in corners]


CUT_HOUSE = cut(at(150, 95), (100, 0), (100, 100))  # joined in any case, which must change nothing else


def test_what_a_tile_edge_cuts_into_parts_is_one_again(finish):
    lake = at(60, 60, 80, 80)
    parts = cut(lake, *((x, y) for x in (0, 100) for y in (0, 100)))
    found = finish(seen_by_model(), labelled(*parts, *CUT_HOUSE, at(150, 10)))
    assert sorted(found.area_m2) == [100, 100, 6400]
    assert any(outline.equals(lake) for outline in found.geometry)


@pytest.mark.parametrize("gsd", [0.0746, 0.1, 0.2986, 0.3, 1.0])
def test_parts_of_a_label_raster_are_one_again_at_any_pixel_size(gsd):
    """Where the edges of two tiles are computed they differ by rounding."""
    grid = cover("EPSG:32637", (500_000.3, 0.7, 500_000.3 + 256 * gsd, 0.7 + 256 * gsd), 1.0, gsd, 32)
    parts = []
    for tile in grid.tiles():
        ((outline, _),) = shapes(np.ones((32, 32), np.uint8), transform=grid.tile_transform(tile))
        parts.append(shape(outline))
    found = finish_map(seen_by_model(), labelled(*parts), [], grid, "v002", {"building": 0.0}, {"building"})
    assert len(parts) > 60 and len(found) == 1


@pytest.mark.parametrize(
    "side_by_side",
    [
        (at(20, 20), at(30, 20)),  # away from a tile edge
        (at(95, 20), at(105, 20)),  # beyond it
        (at(60, 90), at(70, 90)),  # up to it
        (at(90, 95, 10, 10), at(100, 105)),  # with a corner on it
        (at(80, 80, 20, 20), at(100, 70, 10, 40).union(at(90, 100, 10, 10))),  # along it and round a corner
    ],
)
def test_what_people_drew_side_by_side_stays_apart(finish, side_by_side):
    found = finish(seen_by_model(), labelled(*CUT_HOUSE, *side_by_side))
    assert len(found) == 3 and (found.geom_type == "Polygon").all()


def test_parts_of_two_classes_stay_apart(finish):
    parts = labelled(at(90, 20), at(100, 20), *CUT_HOUSE)
    parts["class"] = ["building", "water", "building", "building"]
    assert len(finish(seen_by_model(), parts)) == 3


def test_what_has_no_other_part_stays_as_it_is(finish):
    spike = Polygon([(LEFT, 50), (LEFT + 10, 50), (LEFT + 10, 60), (LEFT + 10, 50), (LEFT + 20, 50)])
    found = finish(seen_by_model(), labelled(spike, *CUT_HOUSE))
    assert len(found) == 2 and any(outline.equals_exact(spike, 0) for outline in found.geometry)


def test_each_class_has_a_smallest_area_of_its_own(grid):
    predicted = seen_by_model(at(10, 10, 2, 2), at(50, 50, 2, 2))
    predicted["class"] = ["building", "water"]
    found = finish_map(predicted, labelled(), [], grid, "v002", {"building": 5.0, "water": 0.0}, {"building"})
    assert found["class"].tolist() == ["water"]
