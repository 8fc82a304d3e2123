"""Hostile and broken files of polygons: labels that are handed in, and areas of interest."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas
import numpy as np
import shapely

from tiletriage.tests.conftest import LEFT, TOP

from .case import START, Kinds, Place, Rng, Words, as_json, damaged, pick

SIDE_X, SIDE_Y = 96, 64  # metres of the scene
SQUARE = [[LEFT, TOP], [LEFT + 8, TOP], [LEFT + 8, TOP - 8], [LEFT, TOP - 8], [LEFT, TOP]]


def handed_in(place: Place, rng: Rng, file: Path) -> list[Words]:
    place.with_campaign()
    words: Words = ["annotate", place.workspace, "--footprints", file, "--annotator", "a"]
    options = pick(rng, [["--next", 4], ["--exam"], ["--next", 2, "--repair"], ["--next", 3, "--empty"], ["--tiles", "r000_c000,r001_c001"]])
    return [[*words, *options], ["next", place.workspace]]


def limiting(place: Place, rng: Rng, file: Path) -> list[Words]:
    if rng.random() < 0.4:
        return [["new", place.workspace, "--imagery", place.input / "scene.tif", *START, place.input / "tiny", "--aoi", file]]
    place.with_campaign()
    drawn = ["annotate", place.workspace, "--footprints", place.input / "labels.gpkg", "--annotator", "a", "--next", 2, "--complete-in", file]
    return [pick(rng, [["predict", place.workspace, "-o", place.out / "a.gpkg", "--aoi", file], drawn])]


labels, area = Kinds("labels", handed_in), Kinds("area", limiting)


def both(make):
    """A kind of file for either use."""
    return area(labels(make))


def write(place: Place, content: str | bytes, name: str = "hostile.geojson") -> Path:
    (place.input / name).write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return place.input / name


def feature(geometry: object, **properties: object) -> dict:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(place: Place, *geometries: object, crs: object = "urn:ogc:def:crs:EPSG::32737", name: str = "hostile.geojson") -> Path:
    """A GeoJSON of geometries in the scene's CRS."""
    crs = {"type": "name", "properties": {"name": crs}} if isinstance(crs, str) else crs
    return write(place, as_json({"type": "FeatureCollection", "crs": crs, "features": list(map(feature, geometries))}), name)


def polygon(*rings: object) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def layer(place: Place, geometries: list, name: str = "hostile.gpkg", crs: object = "EPSG:32737", **options: object) -> Path:
    frame = geopandas.GeoDataFrame(geometry=geometries, crs=crs)
    frame.to_file(place.input / name, engine="pyogrio", **options)
    return place.input / name


@both
def damaged_file(place: Place, rng: Rng) -> Path:
    name = str(pick(rng, ["h.gpkg", "h.geojson", "h.shp", "h.gml", "h.fgb", "h.kml", "h.csv", "h.gpx", "h.sqlite", "h.ods"]))
    square = shapely.box(LEFT, TOP - 9, LEFT + 9, TOP)
    try:
        whole = layer(place, [square.boundary if name == "h.gpx" else square])
        geopandas.read_file(whole).to_file(place.input / name, engine="pyogrio")
        whole = place.input / name
    except Exception:  # a format that this GDAL does not write
        whole = shutil.copy(place.input / "labels.geojson", place.input / "h.geojson")
    whole = Path(whole)
    beside = [path for path in place.input.glob("h.*") if path.is_file()]
    torn = beside[int(rng.integers(len(beside)))]
    torn.write_bytes(damaged(torn.read_bytes(), rng))
    return whole


@both
def damaged_geopackage(place: Place, rng: Rng) -> Path:
    return write(place, damaged((place.input / "labels.gpkg").read_bytes(), rng), "hostile.gpkg")


@both
def geopackage_pieces(place: Place, rng: Rng) -> Path:
    """A GeoPackage whose tables, rows or geometries are missing or wrong."""
    path = place.input / "labels.gpkg"
    statement = pick(rng, [
        "DROP TABLE gpkg_geometry_columns", "DROP TABLE gpkg_contents", "DROP TABLE gpkg_spatial_ref_sys", "DELETE FROM gpkg_contents",
        "DELETE FROM gpkg_geometry_columns", "DELETE FROM gpkg_spatial_ref_sys", "UPDATE gpkg_geometry_columns SET srs_id = 99999",
        "UPDATE gpkg_geometry_columns SET geometry_type_name = 'CURVEPOLYGON'", "UPDATE gpkg_geometry_columns SET column_name = 'x'",
        "UPDATE labels SET geom = NULL", "UPDATE labels SET geom = x'00'", "UPDATE labels SET geom = randomblob(90)", "UPDATE labels SET geom = 'text'",
        "UPDATE labels SET geom = zeroblob(200000000)", "UPDATE labels SET geom = substr(geom, 1, 50)", "DROP TABLE rtree_labels_geom_node",
        "UPDATE gpkg_spatial_ref_sys SET definition = 'nonsense' WHERE srs_id = 32737", "UPDATE labels SET geom = x'4750ff01' || randomblob(60)",
        "UPDATE gpkg_contents SET table_name = 'other'", "UPDATE gpkg_contents SET min_x = 'nan', max_x = 1e999", "PRAGMA user_version = 99999999",
        "DROP TABLE labels", "DELETE FROM labels", "CREATE VIEW v AS SELECT * FROM labels; UPDATE gpkg_geometry_columns SET table_name = 'v'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'nonsense'", "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 1"])  # fmt: skip
    with closing(sqlite3.connect(path)) as connection:
        for index in ("insert", "update1", "update2", "update3", "update4", "update6", "update7", "delete"):
            connection.execute(f"DROP TRIGGER IF EXISTS rtree_labels_geom_{index}")
        connection.executescript(str(statement))
        connection.commit()
    return path


@both
def endless_view(place: Place, rng: Rng) -> Path:
    """A view in the place of the layer that never ends, writes, or loads an extension."""
    path = place.input / "labels.gpkg"
    query = pick(rng, ["WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom FROM n",
                       "SELECT fid, geom, load_extension('/tmp/x.so') AS x FROM labels_", "SELECT fid, randomblob(1000000000) AS geom FROM labels_",
                       f"SELECT fid, ST_GeomFromText(readfile('{place.victim}/secret.txt')) AS geom FROM labels_"])  # fmt: skip
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        connection.executescript(f"ALTER TABLE labels RENAME TO labels_; CREATE VIEW labels AS {query}")
        connection.commit()
    return path


@both
def no_polygons(place: Place, rng: Rng) -> Path:
    point, line = {"type": "Point", "coordinates": SQUARE[0]}, {"type": "LineString", "coordinates": SQUARE}
    return collection(place, *pick(rng, [[], [None], [point], [line], [None, None], [polygon()], [polygon([])], [{"type": "GeometryCollection", "geometries": []}], [{"type": "Nonsense"}], [point, line, polygon(SQUARE)]]))


@both
def absurd_coordinates(place: Place, rng: Rng) -> Path:
    value = pick(rng, [float("nan"), float("inf"), -float("inf"), 1e300, -1e300, 1e18, 1e-300, 1.7976931348623157e308, None, "x", [], True, 10**400])
    ring = [list(corner) for corner in SQUARE]
    for corner in (0, -1) if rng.random() < 0.5 else (int(rng.integers(5)),):
        ring[corner][int(rng.integers(2))] = value
    extra = [polygon(SQUARE)] if rng.random() < 0.5 else []
    return collection(place, polygon(ring), *extra, crs=str(pick(rng, ["urn:ogc:def:crs:EPSG::32737", "urn:ogc:def:crs:OGC:1.3:CRS84"])))


@both
def absurd_in_geopackage(place: Place, rng: Rng) -> Path:
    value = float(pick(rng, [np.nan, np.inf, 1e300, 1e18, -1e308]))
    corners = np.array(SQUARE, float)
    corners[rng.integers(5), rng.integers(2)] = value
    corners[-1] = corners[0]
    return layer(place, [shapely.polygons(corners), shapely.box(LEFT, TOP - 9, LEFT + 9, TOP)])


@both
def broken_rings(place: Place, rng: Rng) -> Path:
    bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    ring = pick(rng, [SQUARE[:4], SQUARE[:3], SQUARE[:2], SQUARE[:1], [], bow, [SQUARE[0]] * 4, SQUARE + SQUARE, [[]], [SQUARE[0]] * 2])
    holes = pick(rng, [[], [SQUARE], [bow], [[[0, 0], [1, 1], [1, 0], [0, 0]]]])
    return collection(place, polygon(ring, *holes))


@both
def odd_geometries(place: Place, rng: Rng) -> Path:
    text = pick(rng, ["CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))", "POLYHEDRALSURFACE(((0 0 0,0 1 0,1 1 0,0 0 0)))", "TIN(((0 0 0,0 1 0,1 1 0,0 0 0)))",
                      "POLYGON EMPTY", "MULTIPOLYGON(EMPTY)", "GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0))))", "POLYGON ZM((0 0 1 1,9 0 1 1,9 9 1 1,0 0 1 1))",
                      "MULTISURFACE(CURVEPOLYGON(COMPOUNDCURVE((0 0,1 1),(1 1,0 0))))", "POLYGON((0 0,1 0", "POLYGON((nan nan,1 0,1 1,nan nan))", "GEOMETRYCOLLECTION(" * 2000])  # fmt: skip
    rows = "".join(f'{number},"{text}"\n' for number in range(3))
    write(place, "CoordString\nWKT\n", "hostile.csvt") if rng.random() < 0.1 else None
    if rng.random() < 0.5:
        write(place, 'PROJCS["x",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],UNIT["metre",1]]', "hostile.prj")
    return write(place, f"id,WKT\n{rows}", "hostile.csv")


@both
def three_dimensions(place: Place, rng: Rng) -> Path:
    height = pick(rng, [5, float("nan"), 1e300])
    return collection(place, polygon([[*corner, height] for corner in SQUARE]), polygon([[*corner, 1, 2, 3] for corner in SQUARE]))


@both
def many_vertices(place: Place, rng: Rng) -> Path:
    angles = np.linspace(0, 2 * np.pi, int(pick(rng, [100_000, 400_000])))
    return layer(place, [shapely.polygons(np.c_[LEFT + 40 + 9 * np.cos(angles), TOP - 30 + 9 * np.sin(angles)])])


@both
def scribble(place: Place, rng: Rng) -> Path:
    """One ring that crosses itself a million times."""
    corners = rng.random((int(pick(rng, [300, 2000, 6000])), 2)) * [SIDE_X, -SIDE_Y] + [LEFT, TOP]
    return collection(place, polygon([*corners.tolist(), corners[0].tolist()]))


@both
def many_features(place: Place, rng: Rng) -> Path:
    x, y = LEFT + rng.random(60_000) * SIDE_X, TOP - rng.random(60_000) * SIDE_Y
    return layer(place, list(shapely.box(x, y, x + 3, y + 3)))


@both
def many_holes(place: Place, rng: Rng) -> Path:
    x, y = np.meshgrid(np.arange(0, 90, 0.4), np.arange(1, 60, 0.4))
    holes = shapely.get_coordinates(shapely.box(LEFT + x.ravel(), TOP - y.ravel(), LEFT + x.ravel() + 0.3, TOP - y.ravel() + 0.3)).reshape(-1, 5, 2)
    return layer(place, [shapely.polygons(shapely.get_coordinates(shapely.box(LEFT, TOP - 64, LEFT + 96, TOP)), holes)])


@both
def deep_json(place: Place, rng: Rng) -> Path:
    depth = int(pick(rng, [100, 5000, 100_000]))
    whole = as_json({"type": "FeatureCollection", "features": [feature(polygon(SQUARE), deep="HERE")]})
    return write(place, pick(rng, [whole.replace('"HERE"', "[" * depth + "]" * depth), "[" * depth, '{"a":' * depth, whole.replace('"HERE"', '{"a":' * depth + "1" + "}" * depth)]))


@both
def no_json(place: Place, rng: Rng) -> Path:
    whole = (place.input / "labels.geojson").read_text()
    text = pick(rng, ["", "{}", "[]", "null", '{"type":"FeatureCollection"}', '{"type":"FeatureCollection","features":null}', '{"type":"FeatureCollection","features":{}}',
                      whole[: len(whole) // 2], whole.replace("Polygon", "Point"), whole.replace('"features"', '"feature"'), whole + whole, "\ufeff" + whole,
                      whole.encode("utf-16").decode("latin-1"), '{"type":"Topology","objects":{}}', whole.replace("coordinates", "coordinates\ud800")])  # fmt: skip
    return write(place, str(text))


@both
def crs_link(place: Place, rng: Rng) -> Path:
    link = {"type": "link", "properties": {"href": pick(rng, [f"{place.url}/crs.wkt", f"file://{place.victim}/secret.txt", f"/vsicurl/{place.url}/crs"]), "type": "ogcwkt"}}
    named = pick(rng, [f"{place.url}/def/crs/EPSG/0/4326", "http://www.opengis.net/def/crs/EPSG/0/4326", "urn:x", "", "EPSG:-1", "A" * 100_000, f"/vsicurl/{place.url}/x", "EPSG:999999", "EPSG:4978", "+proj=utm +zone=37 +nadgrids=" + place.url])
    return collection(place, polygon(SQUARE), crs=pick(rng, [link, str(named), str(named), None, [], 5]))


@both
def remote_vector(place: Place, rng: Rng) -> Path:
    address = f"{place.url}/a.geojson"
    text = pick(rng, [
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/{address}</SrcDataSource><GeometryType>wkbPolygon</GeometryType></OGRVRTLayer></OGRVRTDataSource>',
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{address}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>WFS:{place.url}/wfs</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>',
        f'<OGRVRTDataSource><OGRVRTLayer name="drawn"><SrcDataSource>{place.victim}/drawn.gpkg</SrcDataSource><SrcSQL>DELETE FROM drawn</SrcSQL></OGRVRTLayer></OGRVRTDataSource>',
        f"<OGRWFSDataSource><URL>{place.url}/wfs</URL></OGRWFSDataSource>", f"<WFS_Capabilities version='1.1.0'><URL>{place.url}</URL></WFS_Capabilities>",
        f'<?xml version="1.0"?><OGRCSWDataSource><URL>{place.url}</URL></OGRCSWDataSource>', f'{{"links":[{{"rel":"data","href":"{place.url}/c"}}],"conformsTo":[]}}',
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><NetworkLink><Link><href>{place.url}/a.kml</href></Link></NetworkLink></kml>',
        f'{{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read /vsicurl/{address}"}}',
        f'<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xlink="http://www.w3.org/1999/xlink" xsi:schemaLocation="x {place.url}/a.xsd"><gml:featureMember><a><gml:geometryProperty xlink:href="{place.url}/a.gml#x"/></a></gml:featureMember></gml:FeatureCollection>',
    ])  # fmt: skip
    return write(place, str(text), f"hostile.{pick(rng, ['vrt', 'xml', 'geojson', 'gml', 'kml', 'json'])}")


@both
def gml(place: Place, rng: Rng) -> Path:
    """GML, whose driver keeps a .gfs beside it, resolves links and reads schemas."""
    entity = pick(rng, ["", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{place.victim}/secret.txt">]>', '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"])
    corners = " ".join(f"{x},{y}" for x, y in SQUARE)
    held = f'<gml:Polygon srsName="{pick(rng, ["EPSG:32737", "urn:ogc:def:crs:EPSG::32737", place.url + "/crs", ""])}"><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>{corners}</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>'
    text = f'<?xml version="1.0"?>{entity}<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml"><gml:featureMember><ogr:a fid="1"><ogr:geometryProperty>{held}</ogr:geometryProperty><ogr:n>{"&e;" if entity else 1}</ogr:n></ogr:a></gml:featureMember></ogr:FeatureCollection>'
    return write(place, text, "hostile.gml")


@both
def several_layers(place: Place, rng: Rng) -> Path:
    path = place.input / "labels.gpkg"
    names = pick(rng, [["b"], ["\x1b[31mred", "a\nb"], [f"l{number}" for number in range(300)], ["a|b", "'; DROP TABLE labels; --"]])
    for name in names[:40]:
        layer(place, [shapely.box(LEFT, TOP - 9, LEFT + 9, TOP)], "labels.gpkg", layer=name)
    return path


@both
def elsewhere(place: Place, rng: Rng) -> Path:
    square = shapely.box(LEFT, TOP - 9, LEFT + 9, TOP)
    moved = shapely.affinity.translate(square, float(pick(rng, [1e7, 1e5, -1e9])), 0)
    return layer(place, [moved if rng.random() < 0.5 else square], crs=pick(rng, ["EPSG:32737", "EPSG:4326", "EPSG:3031", "EPSG:2056", None]))


@both
def odd_place(place: Place, rng: Rng) -> Path:
    kind = pick(rng, ["fifo", "folder", "loop", "missing", "zero", "null", "empty"])
    path = place.input / "hostile.geojson"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind != "missing":
        path.symlink_to({"loop": path, "zero": "/dev/zero", "null": "/dev/null"}[str(kind)])
    return path


@both
def fifo(place: Place, rng: Rng) -> Path:
    os.mkfifo(place.input / "hostile.gpkg")
    return place.input / "hostile.gpkg"


@both
def odd_name(place: Place, rng: Rng) -> Path:
    name = pick(rng, ["a\nb.gpkg", "a|b.gpkg", "\x1b[31mred.gpkg", os.fsdecode(b"caf\xe9.gpkg"), "x" * 250 + ".gpkg", "a{b}%s.gpkg", "a'b\"c;--.gpkg",
                      "a|layername=b.gpkg", "a\u202eb.gpkg", "{}.gpkg", "PG:x.gpkg", "a?b#c%20d.gpkg", "WFS:x.gpkg", "none", "a.exe"])  # fmt: skip
    shutil.copy(place.input / "labels.gpkg", place.input / str(name))
    return place.input / str(name)


@both
def archive(place: Place, rng: Rng) -> Path:
    """A zip with a shapefile's name inside that leads out of it, or one that unpacks to a gigabyte."""
    import zipfile

    path = place.input / str(pick(rng, ["hostile.zip", "hostile.shz", "hostile.kmz", "hostile.gpkg.zip"]))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        if rng.random() < 0.5:
            packed.writestr("../../victim/planted.geojson", (place.input / "labels.geojson").read_bytes())
        else:
            packed.writestr("bomb.geojson", b'{"type":"FeatureCollection","features":[' + b" " * 300_000_000 + b"]}")
    return path
