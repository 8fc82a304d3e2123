from __future__ import annotations

from time import process_time

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import pytest
from shapely import Point, Polygon, box, get_coordinates, polygons

from tiletriage.models.errors import ImageryError
from tiletriage.models.imagery.area import read_area, tiles_in
from tiletriage.models.imagery.grid import Tile, TileGrid

GRID = TileGrid("EPSG:32631", 500000, 1000, 1.0, 1.0, 100, rows=3, columns=3)


def test_an_area_of_another_crs_lands_in_its_place(tmp_path):
    area = geopandas.GeoDataFrame(geometry=[box(500010, 900, 500020, 950)], crs="EPSG:32631").to_crs("EPSG:4326")
    area.to_file(tmp_path / "area.geojson")
    read = read_area(tmp_path / "area.geojson", "EPSG:32631")
    assert read.bounds == pytest.approx((500010, 900, 500020, 950), abs=0.01)


def test_only_tiles_that_share_ground_with_the_area_are_taken():
    assert tiles_in(GRID, box(500050, 850, 500150, 950)) == [Tile(0, 0), Tile(0, 1), Tile(1, 0), Tile(1, 1)]
    assert tiles_in(GRID, box(500000, 900, 500100, 1000)) == [Tile(0, 0)]
    assert len(tiles_in(GRID, None)) == 9


def test_an_area_without_polygons_or_crs_is_refused(tmp_path):
    geopandas.GeoDataFrame(geometry=[Point(0, 0)], crs="EPSG:4326").to_file(tmp_path / "points.geojson")
    with pytest.raises(ImageryError, match="no polygon"):
        read_area(tmp_path / "points.geojson", "EPSG:32631")
    geopandas.GeoDataFrame(geometry=[box(0, 0, 1, 1)]).to_file(tmp_path / "area.shp")
    with pytest.raises(ImageryError, match="CRS"):
        read_area(tmp_path / "area.shp", "EPSG:32631")
    with pytest.raises(ImageryError, match="no file"):
        read_area(tmp_path / "missing.gpkg", "EPSG:32631")
    pyogrio.write_dataframe(pd.DataFrame({"name": ["village"]}), tmp_path / "table.gpkg")
    with pytest.raises(ImageryError, match="without polygons"):
        read_area(tmp_path / "table.gpkg", "EPSG:32631")


def test_an_area_that_no_library_can_use_is_refused_with_the_cure(tmp_path):
    open_ring = '{"type": "Polygon", "coordinates": [[[3, 0], [3.1, 0], [3.1, 0.1], [3, 0.1]]]}'
    far = '{"type": "Polygon", "coordinates": [[[3, 0], [1e300, 0], [3.1, 0.1], [3, 0]]]}'
    (tmp_path / "open.geojson").write_text(open_ring)
    (tmp_path / "far.geojson").write_text(far)
    scribble = Polygon(np.random.default_rng(0).random((2_000, 2)))
    geopandas.GeoDataFrame(geometry=[scribble], crs="EPSG:4326").to_file(tmp_path / "scribble.gpkg")
    for name, why in (
        ("open.geojson", ""),
        ("far.geojson", "nowhere"),
        ("scribble.gpkg", "more than 2000 times.*Draw one"),
    ):
        with pytest.raises(ImageryError, match=f"{why or 'cannot be read.*Export it again'}"):
            read_area(tmp_path / name, "EPSG:32631")


def test_an_area_of_thirty_thousand_holes_is_read_at_once_or_refused_where_it_is_broken(tmp_path):
    x, y = np.meshgrid(np.arange(0.1, 90, 0.4), np.arange(1, 60, 0.4))
    holes = get_coordinates(box(x.ravel(), y.ravel(), x.ravel() + 0.3, y.ravel() + 0.3)).reshape(-1, 5, 2)
    shell = get_coordinates(box(0, 0, 96, 64))
    start = process_time()
    geopandas.GeoDataFrame(geometry=[polygons(shell, holes)], crs="EPSG:32631").to_file(tmp_path / "holes.gpkg")
    assert len(read_area(tmp_path / "holes.gpkg", "EPSG:32631").interiors) == len(holes)
    on_the_edge = polygons(shell, holes - [0.1, 0])
    geopandas.GeoDataFrame(geometry=[on_the_edge], crs="EPSG:32631").to_file(tmp_path / "broken.gpkg")
    with pytest.raises(ImageryError, match=r"more than 5000 rings. Draw one"):
        read_area(tmp_path / "broken.gpkg", "EPSG:32631")
    assert process_time() - start < 4  # mending it took 7 s


def test_an_area_whose_outlines_take_minutes_to_mend_or_join_is_refused(tmp_path):
    place = np.linspace(0, 90, 1_000)
    strips = np.concatenate([box(place, 0, place + 0.02, 90), box(0, place, 90, place + 0.02)])
    angle = np.linspace(0, 2 * np.pi, 500_100)
    circle = Polygon(np.c_[np.cos(angle), np.sin(angle)])
    start = process_time()
    for outlines, why in ((strips, "40000 times each other.*Draw one"), ([circle], "500101 vertices; .* Simplify it")):
        geopandas.GeoDataFrame(geometry=outlines, crs="EPSG:32631").to_file(tmp_path / "area.gpkg")
        with pytest.raises(ImageryError, match=why):
            read_area(tmp_path / "area.gpkg", "EPSG:32631")
    assert process_time() - start < 5
