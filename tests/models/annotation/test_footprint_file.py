import json
import sqlite3
from contextlib import closing, suppress

import geopandas
import numpy as np
import pytest
import shapely
from shapely import Point, Polygon, box

from tiletriage.models.annotation.footprint_file import (
    check_footprint_output,
    read_footprints,
    read_repaired,
    write_footprints,
)
from tiletriage.models.errors import LabelError, OutputError

from ...memory_disk import PAGE_BYTES, mounted

HOUSE = box(500_010, 110, 500_020, 120)
BOW_TIE = Polygon([(500_050, 50), (500_060, 60), (500_060, 50), (500_050, 60)])  # two triangles of 25 m²


@pytest.fixture
def write(tmp_path):
    """Writes geometries to a file of this name and gives its path."""

    def write(geometries, name="labels.gpkg", crs="EPSG:32637"):
        path = tmp_path / name
        geopandas.GeoDataFrame(geometry=list(geometries), crs=crs).to_file(path)
        return path

    return write


def result_of(job):
    """What a job returns when it runs to its end."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def read_one(path, grid):
    (footprint,) = read_footprints(path, grid).geometry
    return footprint


@pytest.mark.parametrize("name", ["labels.gpkg", "labels.geojson", "labels.shp"])
def test_footprints_in_the_crs_of_the_grid_come_as_they_are(write, grid, name):
    footprint = read_one(write([HOUSE], name), grid)
    assert shapely.equals_exact(footprint.normalize(), HOUSE.normalize(), 1e-6)


def test_degrees_land_at_their_place_in_ground_metres(write, grid):
    """On the equator 0.001° of longitude are a·π/180,000 m, of latitude a·(1-e²)·π/180,000 m.

    On its central meridian UTM draws both at 0.9996.
    """
    footprint = read_one(write([box(39.0, 0.0, 39.001, 0.001)], "labels.geojson", "EPSG:4326"), grid)
    east, north = 0.9996 * 6_378_137 * np.pi / 180_000, 0.9996 * 6_335_439.327 * np.pi / 180_000
    np.testing.assert_allclose(footprint.bounds, (500_000, 0, 500_000 + east, north), atol=0.001)


def test_web_mercator_lands_at_its_place_in_ground_metres(write, grid):
    """On the equator a metre of EPSG:3857 eastwards is a metre on the ground, and 39° E is x = 39·a·π/180."""
    left = 39 * 6_378_137 * np.pi / 180
    footprint = read_one(write([box(left, 0, left + 100, 100)], crs="EPSG:3857"), grid)
    np.testing.assert_allclose(footprint.bounds[::2], (500_000, 500_099.96), atol=0.001)


def test_height_is_dropped(write, grid):
    assert not read_one(write([shapely.force_3d(HOUSE, 12.0)]), grid).has_z


def test_a_missing_file_is_refused(tmp_path, grid):
    with pytest.raises(LabelError, match=r"missing\.gpkg' does not exist"):
        read_footprints(tmp_path / "missing.gpkg", grid)


def test_an_unreadable_file_is_refused(tmp_path, grid):
    (tmp_path / "labels.geojson").write_text("{ this is no GeoJSON")
    with pytest.raises(LabelError, match=r"cannot be read.*Export it again"):
        read_footprints(tmp_path / "labels.geojson", grid)


def test_a_file_without_crs_is_refused(write, grid):
    with pytest.raises(LabelError, match=r"does not say its CRS\. Set it"):
        read_footprints(write([HOUSE], "labels.shp", crs=None), grid)


def test_an_empty_file_is_refused(tmp_path, grid):
    (tmp_path / "labels.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(LabelError, match="holds no features"):
        read_footprints(tmp_path / "labels.geojson", grid)


def test_a_layer_of_lines_is_refused(write, grid):
    with pytest.raises(LabelError, match="no layer of polygons"):
        read_footprints(write([HOUSE.boundary]), grid)


def test_several_layers_of_polygons_are_refused_by_name(write, grid, tmp_path):
    path = write([HOUSE])
    geopandas.GeoDataFrame(geometry=[HOUSE], crs="EPSG:32637").to_file(path, layer="roads")
    with pytest.raises(LabelError, match="'labels', 'roads'"):
        read_footprints(path, grid)


def test_an_invalid_footprint_is_refused_with_its_number_and_the_cure(write, grid):
    with pytest.raises(LabelError, match=r"1 unusable of 2 .*feature 2: Self-intersection.*option repair"):
        read_footprints(write([HOUSE, BOW_TIE]), grid)  # feature ids of a GeoPackage start at 1


def test_only_the_first_of_many_broken_footprints_are_named(write, grid):
    with pytest.raises(LabelError, match=r"5 unusable of 6 .*feature 4: .*; and 2 more"):
        read_footprints(write([HOUSE] + [BOW_TIE] * 5), grid)


def test_points_and_missing_geometry_among_polygons_are_refused(write, grid):
    path = write([HOUSE, Point(500_001, 1), None], "labels.geojson")
    with pytest.raises(LabelError, match="feature 1: no polygon; feature 2: empty geometry"):
        read_footprints(path, grid)


def test_repair_mends_what_it_can_and_leaves_out_the_rest(write, grid):
    path = write([HOUSE, Point(500_001, 1), None, BOW_TIE], "labels.geojson")
    repaired = result_of(read_repaired(path, grid))
    assert list(repaired.index) == [0, 3]
    assert repaired.is_valid.all()
    np.testing.assert_allclose(repaired.area, [100, 50])


def test_a_file_that_holds_nothing_after_repair_is_refused(write, grid):
    with pytest.raises(LabelError, match="even after repair"):
        result_of(read_repaired(write([shapely.GeometryCollection([Point(500_001, 1)]), None]), grid))


def test_an_outline_that_is_no_ring_is_refused_with_its_number_and_closed_by_repair(tmp_path, grid):
    open_ring = [[39.0, 0.0], [39.001, 0.0], [39.001, 0.001], [39.0, 0.001]]
    feature = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [open_ring]},
    }
    path = tmp_path / "labels.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(LabelError, match="feature 0"):
        read_footprints(path, grid)
    np.testing.assert_allclose(result_of(read_repaired(path, grid)).area, 111.275 * 110.530, rtol=1e-4)


def scribble(vertices):
    """An outline that crosses itself again and again inside the grid."""
    return Polygon(np.random.default_rng(0).random((vertices, 2)) * 90 + (500_000, 10))


def test_a_scribble_is_not_repaired_for_minutes_but_named(write, grid):
    with pytest.raises(LabelError, match=r"\(feature 2\): it crosses itself more than 2000 times"):
        result_of(read_repaired(write([HOUSE, scribble(2_000)]), grid))
    assert result_of(read_repaired(write([HOUSE, scribble(20)]), grid)).is_valid.all()


def test_a_repair_can_be_stopped_between_outlines(write, grid):
    job = read_repaired(write([BOW_TIE] * 50), grid)
    assert [next(job), next(job)] == [0.4, 0.8]
    job.close()


@pytest.mark.parametrize("corner", [np.nan, np.inf, 1e300])
def test_corners_that_are_nowhere_on_earth_are_refused_by_feature(write, grid, corner):
    path = write([HOUSE, Polygon([(500_000, 0), (corner, 0), (500_000, 10)])])
    for read in (read_footprints, lambda *arguments: result_of(read_repaired(*arguments))):
        with pytest.raises(LabelError, match="nowhere on Earth, the first is feature 2"):
            read(path, grid)


def test_footprints_elsewhere_are_refused_with_both_extents(write, grid):
    path = write([box(1_000, 2_000, 1_010, 2_010)])
    with pytest.raises(LabelError, match=r"x 1000 to 1010.*imagery x 500000 to 500200, y 0 to 200. Wrong CRS\?"):
        read_footprints(path, grid)


def test_degrees_that_claim_to_be_metres_are_refused(write, grid):
    with pytest.raises(LabelError, match=r"x 39 to 39.*Wrong CRS"):
        read_footprints(write([box(39.0, 0.0, 39.001, 0.001)]), grid)


def test_places_that_the_crs_cannot_hold_are_elsewhere(write, grid):
    with pytest.raises(LabelError, match="Wrong CRS"):
        read_footprints(write([box(500_010, 110, 500_020, 120)], crs="EPSG:4326"), grid)


def test_footprints_around_the_imagery_are_allowed_beside_those_on_it(write, grid):
    assert len(read_footprints(write([HOUSE, box(1_000, 2_000, 1_010, 2_010)]), grid)) == 2


def predicted(*outlines):
    columns = {"origin": "model", "confidence": 0.5, "version": "v001"}
    return geopandas.GeoDataFrame(columns, index=range(len(outlines)), geometry=list(outlines), crs="EPSG:32637")


def content(path):
    """All of a GeoPackage as SQL, but for the layer of footprints and what lists it."""
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if "footprints" not in line]


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "A.GPKG"])
def test_a_file_of_predicted_footprints_is_replaced_on_the_users_word_alone(tmp_path, name):
    write_footprints(tmp_path / name, predicted(HOUSE))
    with pytest.raises(OutputError, match="option overwrite"):
        write_footprints(tmp_path / name, predicted(HOUSE, HOUSE))
    assert len(geopandas.read_file(tmp_path / name)) == 1
    write_footprints(tmp_path / name, predicted(HOUSE, HOUSE), overwrite=True)
    assert len(geopandas.read_file(tmp_path / name)) == 2
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_prediction_without_a_footprint_can_be_replaced_too(tmp_path):
    for name in ("a.gpkg", "a.geojson"):
        write_footprints(tmp_path / name, predicted())
        write_footprints(tmp_path / name, predicted(HOUSE), overwrite=True)
        assert len(geopandas.read_file(tmp_path / name)) == 1


@pytest.mark.parametrize("name", ["footprints.gpkg", "footprints.geojson"])
def test_footprints_that_people_drew_are_never_replaced(write, name):
    path = write([HOUSE], name)
    before = path.read_bytes()
    with pytest.raises(OutputError, match="never replaced"):
        write_footprints(path, predicted(HOUSE, HOUSE), overwrite=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson"])
def test_a_file_that_cannot_be_read_is_never_replaced(tmp_path, name):
    (tmp_path / name).write_text("something of somebody")
    with pytest.raises(OutputError, match="never replaced"):
        check_footprint_output(tmp_path / name, overwrite=True)


def test_among_other_layers_only_that_of_the_predicted_footprints_changes(tmp_path):
    path = tmp_path / "town.gpkg"
    for layer in ("roads", "wells"):
        geopandas.GeoDataFrame({"name": ["a"]}, geometry=[HOUSE], crs="EPSG:32637").to_file(path, layer=layer)
    before = content(path)
    for outlines in ([HOUSE], [HOUSE, HOUSE]):
        write_footprints(path, predicted(*outlines), overwrite=True)
        assert content(path) == before
        assert len(geopandas.read_file(path, layer="footprints")) == len(outlines)


def test_a_writing_that_fails_leaves_the_other_layers_as_they_were(tmp_path, little_room):
    path = tmp_path / "town.gpkg"
    geopandas.GeoDataFrame({"name": ["a"]}, geometry=[HOUSE], crs="EPSG:4326").to_file(path, layer="roads")
    before = path.read_bytes()
    with little_room(), pytest.raises(OutputError, match="has room"):
        write_footprints(path, predicted(HOUSE), overwrite=True)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["town.gpkg"]


@pytest.mark.parametrize("name", ["map.gpkg", "map.geojson"])
def test_a_map_for_which_the_disk_has_no_room_does_not_appear(tmp_path, name):
    footprints, least_pages = predicted(*[HOUSE] * 40), 0
    with mounted(tmp_path / "disk") as disk:
        path = disk.folder / name
        while not path.exists():
            disk.resize(disk.used() + least_pages * PAGE_BYTES)
            with suppress(OutputError):
                write_footprints(path, footprints)
            least_pages += 1
        assert least_pages > 2
        assert len(geopandas.read_file(path)) == 40


def test_a_geopackage_with_changes_in_another_program_is_left_alone(tmp_path):
    path = tmp_path / "town.gpkg"
    write_footprints(path, predicted(HOUSE))
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE notes (text TEXT)")
        other.commit()
        with pytest.raises(OutputError, match=r"open in another program, which keeps changes in town\.gpkg-wal"):
            write_footprints(path, predicted(HOUSE), overwrite=True)
    write_footprints(path, predicted(HOUSE), overwrite=True)
    with closing(sqlite3.connect(path)) as after:
        assert after.execute("SELECT count(*) FROM notes").fetchone() == (0,)
