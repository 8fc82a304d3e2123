"""Polygons in strange forms of many formats: missing and lying parts, tables that compute, borders that explode."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import geopandas
import numpy as np
import shapely

from tiletriage.tests.conftest import LEFT, TOP

from .case import Place, Rng, as_json, damaged, pick
from .labels import SIDE_X, SIDE_Y, SQUARE, area, both, collection, feature, layer, polygon, write

HOUSE = shapely.box(LEFT, TOP - 9, LEFT + 9, TOP)
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"


@both
def shapefile_parts(place: Place, rng: Rng) -> Path:
    """A Shapefile some of whose files are gone, damaged, exchanged or say something else."""
    path = layer(place, [HOUSE, HOUSE], "hostile.shp")
    part = path.with_suffix(str(pick(rng, [".shx", ".dbf", ".prj", ".cpg", ".shp"])))
    kind = pick(rng, ["gone", "empty", "damaged", "text", "fifo", "link"])
    held = part.read_bytes()
    part.unlink()
    if kind == "fifo":
        os.mkfifo(part)
    elif kind == "link":
        part.symlink_to(place.victim / "secret.txt")
    elif kind != "gone":
        texts = {".prj": f"+proj=utm +zone=37 +nadgrids={place.url}/g.tif", ".cpg": "UTF-7/../../x\x1b[31m"}
        text = texts.get(part.suffix, "text").encode()
        part.write_bytes({"empty": b"", "damaged": damaged(held, rng), "text": text}[str(kind)])
    return path


@both
def more_formats(place: Place, rng: Rng) -> Path:
    """A sound file of a format that is not read, or not under this name."""
    name = str(pick(rng, ["h.kml", "h.csv", "h.gml", "h.dxf", "h.gpx", "h.tab", "h.mif", "h.ods", "h.xlsx", "h.sqlite", "h.parquet", "h.geojsonl", "h.topojson", "h.pmtiles", "h.fgb"]))  # fmt: skip
    try:
        geopandas.GeoDataFrame(geometry=[HOUSE], crs="EPSG:32737").to_file(place.input / name, engine="pyogrio")
    except Exception:  # a format that this GDAL does not write
        write(place, (place.input / "labels.geojson").read_bytes(), name)
    made = place.input / name
    if rng.random() < 0.4:
        made = made.rename(made.with_suffix(str(pick(rng, [".geojson", ".gpkg", ".shp", ".GPKG", ""]))))
    return made


@both
def zipped(place: Place, rng: Rng) -> str:
    """A sound layer in an archive, which is a file, or asked for by a path into it."""
    layer(place, [HOUSE], "a.gpkg")
    with zipfile.ZipFile(place.input / "hostile.zip", "w") as packed:
        packed.write(place.input / "a.gpkg", "a.gpkg")
    inside = f"{place.input}/hostile.zip"
    return str(pick(rng, [inside, f"/vsizip/{inside}/a.gpkg", f"{inside}!a.gpkg", f"zip://{inside}!a.gpkg"]))


@both
def remote_name(place: Place, rng: Rng) -> str:
    """The name of the file is an address."""
    address = f"{place.url}/a.geojson"
    return str(pick(rng, [address, f"/vsicurl/{address}", f"/vsicurl_streaming/{address}", f"WFS:{place.url}", "PG:host=127.0.0.1", f"GeoJSON:{address}", "/vsistdin/", f"OAPIF:{place.url}", f"vrt://{address}", f"/vsigzip//vsicurl/{address}"]))  # fmt: skip


@both
def lying_flatgeobuf(place: Place, rng: Rng) -> Path:
    content = bytearray(layer(place, [HOUSE] * 20, "hostile.fgb").read_bytes())
    for at in rng.integers(8, min(len(content), 400), int(rng.integers(1, 12))):
        content[at] = int(pick(rng, [0, 1, 127, 255]))
    return write(place, bytes(content), "hostile.fgb")


@both
def computing_tables(place: Place, rng: Rng) -> Path:
    """A GeoPackage in which reading or writing computes: modules, computed columns, joins without end, triggers."""
    path = place.input / "labels.gpkg"
    crossed = ", ".join(f"labels_ AS l{number}" for number in range(12))
    remote = f"/vsicurl/{place.url}/a.geojson"
    virtual = f"CREATE VIRTUAL TABLE evil USING VirtualOGR('{remote}', 0, 'a')"
    away = "PRAGMA legacy_alter_table = ON; ALTER TABLE labels RENAME TO labels_; "
    planted = virtual.replace("'", "''")
    statement = pick(rng, [
        f"{away} CREATE VIEW labels AS SELECT l0.fid, l0.geom FROM {crossed} WHERE l1.fid + l2.fid < 0",
        f"CREATE TABLE evil (x); PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = '{planted}', rootpage = 0 WHERE name = 'evil'",
        f"{away} CREATE TABLE labels (fid INTEGER PRIMARY KEY, geom AS (zeroblob(900000000))); INSERT INTO labels (fid) VALUES (1)",
        f"{away} CREATE TABLE labels (fid INTEGER PRIMARY KEY, geom, x AS /* ( */ (zeroblob(900000000))); INSERT INTO labels SELECT fid, geom FROM labels_",
        f"ALTER TABLE gpkg_contents RENAME TO c_; CREATE VIEW gpkg_contents AS {ENDLESS} c_.* FROM n, c_",
        f"CREATE VIEW a AS {ENDLESS} i FROM n; INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('a', 'attributes', 'a')",
        f"CREATE TRIGGER evil AFTER INSERT ON labels BEGIN {ENDLESS} count(*) FROM n; END", "CREATE TABLE evil AS SELECT 1; CREATE INDEX e ON evil (abs(1))",
        "CREATE VIRTUAL TABLE evil USING fts4(x)", f"CREATE VIEW evil AS SELECT ogr_geocode('{place.url}')"])  # fmt: skip
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(str(statement))
        connection.commit()
    return path


@both
def odd_srs_row(place: Place, rng: Rng) -> Path:
    """The CRS of a GeoPackage is defined by what is none, or by what leads elsewhere."""
    path = place.input / "labels.gpkg"
    text = pick(rng, [f"+proj=utm +zone=37 +nadgrids={place.url}/g.tif", f"{place.url}/crs", "undefined", "", "PROJCS[" * 5000, "/etc/passwd", 'LOCAL_CS["x",UNIT["metre",1]]', "GEOGCS[\"\x1b[31m\"]"])  # fmt: skip
    number = int(pick(rng, [32737, -1, 0, 99999, 4326, 4978, 2**31 - 1, -(2**31)]))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE gpkg_spatial_ref_sys SET definition = ?, organization = ?, organization_coordsys_id = ? WHERE srs_id = 32737", (text, pick(rng, ["EPSG", "NONE", "x\ny"]), number))  # fmt: skip
    return path


@both
def beside_geopackage(place: Place, rng: Rng) -> Path:
    """What SQLite takes for its own beside a GeoPackage."""
    path = place.input / "labels.gpkg"
    beside = path.with_name(path.name + str(pick(rng, ["-journal", "-wal", "-shm"])))
    kind = pick(rng, ["noise", "empty", "link", "dangling", "fifo", "folder"])
    if kind == "fifo":
        os.mkfifo(beside)
    elif kind == "folder":
        beside.mkdir()
    elif kind in ("link", "dangling"):
        beside.symlink_to(place.victim / ("drawn.gpkg" if kind == "link" else "planted"))
    else:
        beside.write_bytes(b"" if kind == "empty" else rng.bytes(3000))
    return path


@area
def crossing_strips(place: Place, rng: Rng) -> Path:
    """A few hundred strips that cross each other: joined, they have a million corners."""
    number, wide = int(pick(rng, [60, 500, 3_000])), 0.01
    x, y = LEFT + np.linspace(0, SIDE_X, number), TOP - np.linspace(0, SIDE_Y, number)
    upright = shapely.box(x, TOP - SIDE_Y, x + wide, TOP)
    return layer(place, [*upright, *shapely.box(LEFT, y - wide, LEFT + SIDE_X, y)])


@both
def comb(place: Place, rng: Rng) -> Path:
    """Two combs over each other in one ring, or spikes without end on one corner."""
    teeth = np.arange(int(pick(rng, [200, 3_000])))
    zigzag = np.c_[LEFT + teeth * 96 / len(teeth), TOP - 64 * (teeth % 2)]
    return collection(place, polygon([*zigzag.tolist(), *(zigzag[::-1, ::1] + [0.01, 0]).tolist(), zigzag[0].tolist()]))


@both
def many_parts(place: Place, rng: Rng) -> Path:
    """One feature of a hundred thousand polygons, or polygons within collections within collections."""
    if rng.random() < 0.5:
        x, y = LEFT + rng.random(100_000) * SIDE_X, TOP - rng.random(100_000) * SIDE_Y
        return layer(place, [shapely.multipolygons(shapely.box(x, y, x + 1, y + 1))])
    held: dict = polygon(SQUARE)
    for _ in range(int(pick(rng, [3, 50, 400]))):
        held = {"type": "GeometryCollection", "geometries": [held]}
    return collection(place, held)


@both
def odd_properties(place: Place, rng: Rng) -> Path:
    """A sound outline with properties that are large, deep, many or named as if they were columns of ours."""
    properties = pick(rng, [{"x" * 10_000: 1}, {f"p{number}": number for number in range(5_000)}, {"fid": "x", "geom": 5, "ogc_fid": -1}, {"uuid": "'; DROP TABLE log", "tile_id": 5},
                            {"a": "\0\x1b[31m\n"}, {"a": [[[{}]]]}, {"a": 10**400}, {"a": "y" * 5_000_000}, {"id": None, "": ""}])  # fmt: skip
    whole = {"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "EPSG:32737"}}}
    one = {**feature(polygon(SQUARE), **properties), "id": pick(rng, [0, -1, 2**63, "x", None, [], 1.5])}
    return write(place, as_json({**whole, "features": [one] * int(pick(rng, [1, 3]))}))


@both
def lines_of_json(place: Place, rng: Rng) -> Path:
    """GeoJSON as a sequence of lines or records, alone without a collection, or in another order or encoding."""
    one = json.dumps(feature(polygon(SQUARE)))
    text = pick(rng, [f"{one}\n{one}\n", f"\x1e{one}\n\x1e{one}\n", one, json.dumps(polygon(SQUARE)), f"  \n\t{one}", f"/* */{one}", one.replace('"', "'"),
                      f'{{"features":[{one}],"type":"FeatureCollection"}}', f'{{"type":"FeatureCollection","features":[{one},]}}', f"[{one}]", one + "\0" * 1000, json.dumps(one)])  # fmt: skip
    encoding = str(pick(rng, ["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32"]))
    return write(
        place, str(text).encode(encoding), str(pick(rng, ["hostile.geojson", "hostile.geojsonl", "hostile.json"]))
    )


@both
def edges_of_the_world(place: Place, rng: Rng) -> Path:
    """Degrees across the date line, over a pole, or beyond: and the same as if they were metres."""
    x, y = pick(rng, [(179.99, 0), (-180, 0), (0, 89.99), (0, -90), (540, 0), (39, 91), (39, -6.33), (0, 0)])
    ring = [[x, y], [x + 0.02, y], [x + 0.02, y + 0.02], [x, y + 0.02], [x, y]]
    return collection(place, polygon(ring), crs=pick(rng, ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "EPSG:3031", "EPSG:32737", "EPSG:3857", None]))  # fmt: skip


@both
def hard_link(place: Place, rng: Rng) -> Path:
    os.link(place.victim / "drawn.gpkg", place.input / "hostile.gpkg")
    shutil.copy(place.input / "labels.gpkg", place.input / "other.gpkg")
    return place.input / "hostile.gpkg"
