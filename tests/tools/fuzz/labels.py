"""Hostile and broken files of polygons: labels that are handed in, and areas of interest."""

from __future__ import annotations

import shutil
import sqlite3
import struct
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
    options = pick(
        rng,
        [
            ["--next", 4],
            ["--exam"],
            ["--next", 2, "--repair"],
            ["--next", 3, "--empty"],
            ["--tiles", "r000_c000,r001_c001"],
        ],
    )
    return [[*words, *options], ["next", place.workspace]]


def limiting(place: Place, rng: Rng, file: Path) -> list[Words]:
    if rng.random() < 0.4:
        return [
            [
                "new",
                place.workspace,
                "--imagery",
                place.input / "scene.tif",
                *START,
                place.input / "tiny",
                "--aoi",
                file,
            ]
        ]
    place.with_campaign()
    drawn = [
        "annotate",
        place.workspace,
        "--footprints",
        place.input / "labels.gpkg",
        "--annotator",
        "a",
        "--next",
        2,
        "--complete-in",
        file,
    ]
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


def collection(
    place: Place, *geometries: object, crs: object = "urn:ogc:def:crs:EPSG::32737", name: str = "hostile.geojson"
) -> Path:
    """A GeoJSON of geometries in the scene's CRS."""
    crs = {"type": "name", "properties": {"name": crs}} if isinstance(crs, str) else crs
    return write(
        place, as_json({"type": "FeatureCollection", "crs": crs, "features": list(map(feature, geometries))}), name
    )


def polygon(*rings: object) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def layer(
    place: Place, geometries: list, name: str = "hostile.gpkg", crs: object = "EPSG:32737", **options: object
) -> Path:
    frame = geopandas.GeoDataFrame(geometry=geometries, crs=crs)
    frame.to_file(place.input / name, engine="pyogrio", **options)
    return place.input / name


@both
def damaged_file(place: Place, rng: Rng) -> Path:
    name = str(
        pick(rng, ["h.gpkg", "h.geojson", "h.shp", "h.gml", "h.fgb", "h.kml", "h.csv", "h.gpx", "h.sqlite", "h.ods"])
    )
    square = shapely.box(LEFT, TOP - 9, LEFT + 9, TOP)
    try:
        whole = layer(place, [square.boundary if name == "h.gpx" else square])
        geopandas.read_file(whole).to_file(place.input / name, engine="pyogrio")
        whole = place.input / name
    except Exception:  # a format that this GDAL does not write
        whole = Path(shutil.copy(place.input / "labels.geojson", place.input / "h.geojson"))
    beside = [path for path in place.input.rglob("h.*") if path.is_file()] or [place.input / "labels.geojson"]
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
        connection.create_function("ST_IsEmpty", 1, lambda blob: blob is None)
        for index in ("insert", "update1", "update2", "update3", "update4", "update5", "update6", "update7", "delete"):
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
    return collection(
        place,
        *pick(
            rng,
            [
                [],
                [None],
                [point],
                [line],
                [None, None],
                [polygon()],
                [polygon([])],
                [{"type": "GeometryCollection", "geometries": []}],
                [{"type": "Nonsense"}],
                [point, line, polygon(SQUARE)],
            ],
        ),
    )


@both
def absurd_coordinates(place: Place, rng: Rng) -> Path:
    value = pick(
        rng,
        [
            float("nan"),
            float("inf"),
            -float("inf"),
            1e300,
            -1e300,
            1e18,
            1e-300,
            1.7976931348623157e308,
            None,
            "x",
            [],
            True,
            10**400,
        ],
    )
    ring = [list(corner) for corner in SQUARE]
    for corner in (0, -1) if rng.random() < 0.5 else (int(rng.integers(5)),):
        ring[corner][int(rng.integers(2))] = value
    extra = [polygon(SQUARE)] if rng.random() < 0.5 else []
    return collection(
        place,
        polygon(ring),
        *extra,
        crs=str(pick(rng, ["urn:ogc:def:crs:EPSG::32737", "urn:ogc:def:crs:OGC:1.3:CRS84"])),
    )


def wkb_of(corners: np.ndarray) -> bytes:
    """A polygon of one ring, whatever its corners are."""
    return struct.pack("<BIII", 1, 3, 1, len(corners)) + np.ascontiguousarray(corners, "<f8").tobytes()


@both
def absurd_in_geopackage(place: Place, rng: Rng) -> Path:
    value = float(pick(rng, [np.nan, np.inf, 1e300, 1e18, -1e308]))
    corners = np.array(SQUARE, float)
    corners[rng.integers(1, 4), rng.integers(2)] = value  # not the first one: NaN closes no ring
    ring = shapely.polygons(corners) if np.isfinite(value) else shapely.from_wkb(wkb_of(corners))
    return layer(place, [ring, shapely.box(LEFT, TOP - 9, LEFT + 9, TOP)])


@both
def broken_rings(place: Place, rng: Rng) -> Path:
    bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    ring = pick(
        rng,
        [
            SQUARE[:4],
            SQUARE[:3],
            SQUARE[:2],
            SQUARE[:1],
            [],
            bow,
            [SQUARE[0]] * 4,
            SQUARE + SQUARE,
            [[]],
            [SQUARE[0]] * 2,
        ],
    )
    holes = pick(rng, [[], [SQUARE], [bow], [[[0, 0], [1, 1], [1, 0], [0, 0]]]])
    return collection(place, polygon(ring, *holes))


@both
def odd_geometries(place: Place, rng: Rng) -> Path:
    text = pick(rng, ["CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))", "POLYHEDRALSURFACE(((0 0 0,0 1 0,1 1 0,0 0 0)))", "TIN(((0 0 0,0 1 0,1 1 0,0 0 0)))",
                      "POLYGON EMPTY", "MULTIPOLYGON(EMPTY)", "GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0))))", "POLYGON ZM((0 0 1 1,9 0 1 1,9 9 1 1,0 0 1 1))",
                      "MULTISURFACE(CURVEPOLYGON(COMPOUNDCURVE((0 0,1 1),(1 1,0 0))))", "POLYGON((0 0,1 0", "POLYGON((nan nan,1 0,1 1,nan nan))", "GEOMETRYCOLLECTION(" * 2000])  # fmt: skip
    rows = "".join(f'{number},"{text}"\n' for number in range(3))
    if rng.random() < 0.5:
        write(
            place,
            'PROJCS["x",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],UNIT["metre",1]]',
            "hostile.prj",
        )
    return write(place, f"id,WKT\n{rows}", "hostile.csv")


@both
def three_dimensions(place: Place, rng: Rng) -> Path:
    height = pick(rng, [5, float("nan"), 1e300])
    return collection(
        place, polygon([[*corner, height] for corner in SQUARE]), polygon([[*corner, 1, 2, 3] for corner in SQUARE])
    )


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
    x, y = np.meshgrid(np.arange(0, 90, 0.4) + pick(rng, [0.0, 0.1]), np.arange(1, 60, 0.4))
    holes = shapely.get_coordinates(
        shapely.box(LEFT + x.ravel(), TOP - y.ravel(), LEFT + x.ravel() + 0.3, TOP - y.ravel() + 0.3)
    ).reshape(-1, 5, 2)
    return layer(place, [shapely.polygons(shapely.get_coordinates(shapely.box(LEFT, TOP - 64, LEFT + 96, TOP)), holes)])
