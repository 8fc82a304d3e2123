"""What a vector file from a stranger must not do when it is read: reach a network, another program, or all memory."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing

import geopandas
import pytest
from shapely import box

from tiletriage.models.errors import LabelError
from tiletriage.models.storage.vector_file import Unreadable, check_vector, list_layers, read_layer
from tiletriage.tests.loopback import listening

HOUSE = box(39.0, 0.0, 39.001, 0.001)
FEATURE = {
    "type": "Feature",
    "properties": {"crs": "EPSG:4326", "a": {"b": None}},
    "geometry": {"type": "Polygon", "coordinates": [[[39.0, 0], [39.001, 0], [39.001, 0.001], [39.0, 0]]]},
}


@pytest.fixture
def server():
    with listening() as (address, asked):
        yield address
        assert asked == []


def read(path):
    check_vector(path, LabelError)
    return read_layer(path, list_layers(path)[0][0])


def written(path):
    geopandas.GeoDataFrame(geometry=[HOUSE], crs="EPSG:4326").to_file(path)
    return path


def geojson(path, **members):
    path.write_text(
        json.dumps({"type": "FeatureCollection", **members, "features": members.get("features", [FEATURE])})
    )
    return path


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.shp", "a.fgb"])
def test_usual_formats_are_read(tmp_path, name):
    assert len(read(written(tmp_path / name))) == 1


def test_a_crs_that_is_named_is_understood(tmp_path):
    for crs in (
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32737"}},
        {"type": "name", "properties": {"name": "EPSG:32737"}},
    ):
        assert read(geojson(tmp_path / "a.geojson", crs=crs)).crs == "EPSG:32737"


def test_a_crs_that_is_a_link_is_not_followed_wherever_it_stands(tmp_path, server):
    links = [
        {"type": "link", "properties": {"href": f"{server}/crs", "type": "proj4"}},
        {"type": "LINK", "properties": {"href": f"{server}/crs"}},
        {"type": "name", "properties": {"name": f"{server}/crs"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs,crs:EPSG::4326"}},
        {"type": "OGC", "properties": {"urn": f"{server}/crs"}},
    ]
    geometry = FEATURE["geometry"]
    for link in links:
        for members in (
            {"crs": link},
            {"Crs": link},
            {"features": [{**FEATURE, "crs": link}]},
            {"features": [{**FEATURE, "geometry": {**geometry, "crs": link}}]},
        ):
            with pytest.raises(Unreadable, match="CRS is not given by a name"):
                read(geojson(tmp_path / "a.geojson", **members))


def test_what_describes_a_service_or_a_pipeline_is_no_vector_file(tmp_path, server):
    source = f"<SrcDataSource>/vsicurl/{server}/a.geojson</SrcDataSource>"
    texts = {
        "a.vrt": f'<OGRVRTDataSource><OGRVRTLayer name="a">{source}</OGRVRTLayer></OGRVRTDataSource>',
        "a.gpkg": f'<OGRVRTDataSource><OGRVRTLayer name="a">{source}</OGRVRTLayer></OGRVRTDataSource>',
        "wfs.xml": f"<OGRWFSDataSource><URL>{server}/wfs</URL></OGRWFSDataSource>",
        "a.kml": f"<kml><NetworkLink><Link><href>{server}/a.kml</href></Link></NetworkLink></kml>",
        "a.gdalg.json": f'{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {server}/a"}}',
        "a.json": '{"type": "Topology"}',
        "a.csv": "a,WKT\n1,POINT (1 1)\n",
        "a.geojson": '{"type": "Feature", "type": "gdal_streamed_alg"}',
        "deep.geojson": '{"type": ' + "[" * 100_000,
        "utf16.geojson": '{"type": "Feature"}'.encode("utf-16").decode("latin-1"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="latin-1")
        with pytest.raises(ValueError):
            read(tmp_path / name)


def test_a_geopackage_that_calls_what_reaches_beyond_it_is_refused(tmp_path):
    path = written(tmp_path / "a.gpkg")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW towns AS SELECT ogr_geocode('Paris')")
        connection.commit()
    with pytest.raises(Unreadable, match="its 'towns' calls ogr_geocode"):
        read(path)


@pytest.mark.parametrize(
    "statements",
    [
        "CREATE VIEW b AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid FROM n",
        "ALTER TABLE a ADD COLUMN b AS (length(zeroblob(1000000000)))",
        "CREATE TABLE b (c, d GENERATED ALWAYS AS /* so */ ( zeroblob(c) ))",
        "CREATE TABLE b (c); PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = "
        "'CREATE VIRTUAL TABLE b USING VirtualOGR(''/vsicurl/http://localhost/a'')', rootpage = 0 WHERE name = 'b'",
    ],
)
def test_a_geopackage_that_would_compute_when_it_is_read_is_refused(tmp_path, statements):
    path = written(tmp_path / "a.gpkg")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statements)
    with pytest.raises(Unreadable, match=r"no stored table|computed, not stored"):
        read(path)


def test_a_journal_beside_a_geopackage_is_neither_rolled_back_nor_followed(tmp_path):
    path, precious = written(tmp_path / "a.gpkg"), tmp_path / "precious.txt"
    precious.write_text("mine")
    (tmp_path / "a.gpkg-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504) + str(precious).encode())
    before = path.read_bytes()
    with pytest.raises(Unreadable, match=r"left a\.gpkg-journal"):
        read(path)
    assert precious.exists() and path.read_bytes() == before


def test_a_damaged_geopackage_is_told_as_unreadable(tmp_path):
    path = written(tmp_path / "a.gpkg")
    path.write_bytes(path.read_bytes()[:5_000])
    with pytest.raises(Exception) as told:
        read(path)
    assert isinstance(told.value, (RuntimeError, ValueError, sqlite3.Error))


def test_a_pipe_beside_a_shapefile_is_not_waited_for(tmp_path):
    path = written(tmp_path / "a.shp")
    (tmp_path / "a.dbf").unlink()
    os.mkfifo(tmp_path / "a.dbf")
    with pytest.raises(LabelError, match=r"a\.dbf' is no plain file"):
        read(path)


def test_a_geopackage_in_a_folder_that_is_read_only_is_read(tmp_path):
    path = written(tmp_path / "a.gpkg")
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        assert len(read(path)) == 1
    finally:
        tmp_path.chmod(0o755)


def test_a_file_without_a_layer_is_told_as_unreadable(tmp_path):
    path = written(tmp_path / "a.gpkg")
    with closing(sqlite3.connect(path)) as connection:
        for table in ("gpkg_contents", "gpkg_geometry_columns"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DROP TABLE a")
        connection.commit()
    with pytest.raises((Unreadable, RuntimeError)):
        read_layer(path)


def test_a_log_beside_a_geopackage_that_has_none_is_not_deleted(tmp_path):
    path = written(tmp_path / "a.gpkg")
    (tmp_path / "a.gpkg-wal").write_bytes(b"mine")
    with pytest.raises(Unreadable, match="does not belong to it"):
        read(path)
    assert (tmp_path / "a.gpkg-wal").read_bytes() == b"mine"
