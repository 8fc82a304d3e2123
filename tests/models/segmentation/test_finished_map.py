import math
import time

import geopandas
import numpy as np
import pytest
from shapely import Polygon, box

from tiletriage.models.imagery.grid import Tile
from tiletriage.models.segmentation.finished_map import finish_map

LEFT, BOTTOM = 500_000, 0  # of four tiles of 100 m: row 0 is the upper one


def at(x, y, width=10, height=10):
    return box(LEFT + x, BOTTOM + y, LEFT + x + width, BOTTOM + y + height)


def seen_by_model(*outlines):
    areas = [outline.area for outline in outlines]
    columns = {"confidence": np.full(len(outlines), 0.75), "area_m2": np.array(areas, dtype=float)}
    return geopandas.GeoDataFrame(columns, geometry=list(outlines), crs="EPSG:32637")


def labelled(*outlines, origin="human"):
    columns = {"origin": [origin] * len(outlines), "model_version": ["v001"] * len(outlines)}
    return geopandas.GeoDataFrame(columns, geometry=list(outlines), crs="EPSG:32637")


@pytest.fixture
def finish(grid):
    """The finished map of what the model sees and people drew, with some finished tiles."""

    def finish(predicted, labels, finished=(), minimum_area_m2=4):
        return finish_map(predicted, labels, list(finished), grid, "v002", minimum_area_m2)

    return finish


def test_without_people_the_map_is_the_models(finish):
    found = finish(seen_by_model(at(10, 10)), labelled())
    assert list(found.drop(columns="geometry").iloc[0]) == ["model", False, 0.75, "v002", 100]


def test_without_anything_the_map_is_empty_and_has_its_columns(finish):
    found = finish(seen_by_model(), labelled())
    assert list(found.columns) == ["origin", "checked", "confidence", "version", "area_m2", "geometry"] and found.empty


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


def test_an_accepted_draft_keeps_the_model_for_its_origin_and_the_version_that_drew_it(finish):
    (row,) = finish(seen_by_model(), labelled(at(10, 10), origin="model")).to_dict("records")
    assert (row["origin"], row["checked"], row["version"]) == ("model", True, "v001")
    assert np.isnan(row["confidence"])


def test_in_a_finished_tile_the_model_draws_nothing(finish):
    predicted = seen_by_model(at(10, 110), at(50, 150), at(110, 110))  # two in the upper left tile, one beside it
    found = finish(predicted, labelled(at(12, 180)), [Tile(0, 0)])
    assert sorted(zip(found.origin, found.bounds.minx)) == [("human", LEFT + 12), ("model", LEFT + 110)]


@pytest.mark.parametrize(("shift", "kept"), [(0, 1), (5, 1), (7.9, 1), (8.1, 2), (10, 2)])
def test_the_model_gives_way_to_a_drawn_building_where_they_share_a_fifth_of_the_smaller(finish, shift, kept):
    assert len(finish(seen_by_model(at(10 + shift, 10)), labelled(at(10, 10)))) == kept


def test_a_large_blob_gives_way_to_a_small_building_that_people_drew_in_it(finish):
    found = finish(seen_by_model(at(0, 0, 60, 60)), labelled(at(30, 30, 5, 5)))
    assert found.origin.tolist() == ["human"]


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


def test_of_several_parts_outside_the_largest_stays(finish):
    across = at(60, 90, 120, 20).union(at(60, 60, 5, 50))  # over the upper left tile's lower right corner
    (row,) = finish(seen_by_model(across), labelled(), [Tile(0, 0)]).geometry
    assert row.geom_type == "Polygon"
    assert row.intersection(at(0, 100, 100, 100)).area == pytest.approx(0)


def test_a_model_footprint_that_only_touches_a_finished_tile_stays_whole(finish):
    (outline,) = finish(seen_by_model(at(100, 20)), labelled(), [Tile(1, 0)]).geometry
    assert outline.equals(at(100, 20))


def test_a_drawing_that_crosses_itself_is_kept_and_still_makes_the_model_give_way(finish):
    bow_tie = Polygon([(LEFT, 50), (LEFT + 10, 60), (LEFT + 10, 50), (LEFT, 60)])  # two triangles of 25 m²
    found = finish(seen_by_model(at(0, 50)), labelled(bow_tie))
    assert found.origin.tolist() == ["human"] and found.area_m2.tolist() == [50]


def test_areas_are_those_on_the_ground(grid):
    from dataclasses import replace

    twice = replace(grid, units_per_metre=2)  # as at 60 degrees north in Web Mercator
    found = finish_map(seen_by_model(), labelled(at(10, 10)), [], twice, "v002")
    assert found.area_m2.tolist() == [25]
