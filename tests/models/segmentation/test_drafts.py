from __future__ import annotations

import pytest
from shapely import box

from tiletriage.models.imagery.grid import Tile, TileGrid
from tiletriage.models.imagery.raster import grid_of, open_imagery
from tiletriage.models.segmentation.drafts import draft_tile, not_labelled, surroundings

GRID = TileGrid("EPSG:32737", 500_000, 9_300_000, 1.0, 0.5, tile_size_px=64, rows=3, columns=8)
HOUSE = box(500_012, 9_299_980, 500_020, 9_299_988)  # of the first tile of the tiny scene


@pytest.fixture
def draft(bright_predictor, tiny_scene, tmp_path):
    imagery = open_imagery(tiny_scene)

    def draft(tile, grid=None, **options):
        job = draft_tile(
            bright_predictor, imagery, grid or grid_of(imagery, tile_size_px=64), tile, tmp_path / "p.tif", **options
        )
        fractions = []
        while True:
            try:
                fractions.append(next(job))
            except StopIteration as end:
                assert fractions == sorted(fractions) and fractions[-1] <= 1
                return list(end.value.geometry)

    return draft


def test_the_drafts_of_a_tile_are_the_buildings_on_it_and_not_those_around_it(draft):
    (house,) = draft(Tile(0, 0))
    assert house.symmetric_difference(HOUSE).area < 1
    assert draft(Tile(0, 2)) == []


def test_a_building_on_the_edge_is_drafted_whole_on_both_tiles(draft):
    grid = TileGrid("EPSG:32737", 500_016, 9_300_000, 1.0, 0.5, tile_size_px=64, rows=1, columns=2)
    cut = [TileGrid("EPSG:32737", 500_016 - 32, 9_300_000, 1.0, 0.5, tile_size_px=64, rows=1, columns=2), grid]
    left = draft(Tile(0, 0), cut[0])  # ends at 500,016, in the middle of the house
    right = [found for found in draft(Tile(0, 0), cut[1]) if found.intersects(HOUSE)]  # begins there
    for (house,) in (left, right):
        assert house.symmetric_difference(HOUSE).area < 1


def test_specks_are_no_drafts(draft):
    assert draft(Tile(0, 0), minimum_area_m2=65) == []
    assert len(draft(Tile(0, 0), minimum_area_m2=60)) == 1


@pytest.mark.parametrize("size_px", [32, 64, 96, 256, 512])
def test_the_surroundings_of_a_tile_are_something_that_the_network_takes(size_px):
    grid = TileGrid("EPSG:32737", 500_000, 9_300_000, 1.0, 0.5, size_px, rows=3, columns=3)
    around = surroundings(grid, Tile(1, 1))
    assert around.tile_size_px % 32 == 0 and around.rows == around.columns == 1
    assert box(*around.bounds).contains_properly(box(*grid.tile_bounds(Tile(1, 1))))
    assert box(*around.bounds).centroid.equals_exact(box(*grid.tile_bounds(Tile(1, 1))).centroid, 1e-6)


def test_what_is_labelled_already_is_not_proposed_again():
    half = box(500_012, 9_299_980, 500_016, 9_299_988)
    elsewhere = box(500_040, 9_299_980, 500_048, 9_299_988)
    assert not_labelled([HOUSE, elsewhere], [half]) == [elsewhere]
    sliver = box(500_019, 9_299_980, 500_025, 9_299_988)
    assert not_labelled([HOUSE, elsewhere], [sliver]) == [HOUSE, elsewhere]
    assert not_labelled([HOUSE], []) == [HOUSE]
