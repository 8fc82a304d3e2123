"""Vector files of the user read: only formats of plain files, which lead to nothing else on any network.

GDAL tries all its drivers on a file, and some of them fetch what a few lines in it name. So the format is told by how
the file begins, and what a GeoJSON or a GeoPackage could have fetched or run is looked for before GDAL sees it.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from ..errors import EngineError
from . import limits
from .input_file import check_input

# what pyogrio, shapely, pyproj and SQLite raise where the file is at fault: theirs derive from the first two
UNREADABLE = (RuntimeError, ValueError, OSError, ShapelyError, MemoryError, OverflowError, sqlite3.Error)
GEOPACKAGE, SHAPEFILE, FLATGEOBUF = b"SQLite format 3\0", b"\0\0\x27\x0a", b"fgb\x03fgb"
APPLICATION_IDS = (b"GPKG", b"GP10", b"GP11")  # at byte 68 of a GeoPackage
GEOJSON_TYPES = {
    *("FeatureCollection", "Feature", "GeometryCollection"),
    *("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"),
}
POLYGON, SIDES_AT_ONCE = 3, 256  # the type of shapely; what is looked at before counting goes on
CRS_NAME = re.compile(r"(urn:ogc:def:crs:|EPSG:|OGC:|urn:x-ogc:def:crs:)[A-Za-z0-9:._-]*", re.IGNORECASE)
OUTSIDE_FUNCTION = re.compile(r"\b(ogr_\w+|gdal_\w+|load_extension|readfile|writefile)\s*\(", re.IGNORECASE)
# tables, indexes and triggers, as SQLite itself writes them down: whatever else it may compute on reading
STORED = re.compile(
    r"CREATE (TABLE|(UNIQUE )?INDEX|TRIGGER|VIRTUAL TABLE (\"[^\"]*\"|\w+)\s+USING\s+(rtree|rtree_i32|fts[345])\s*\()",
    re.IGNORECASE,
)
COMPUTED = re.compile(r"\bAS(\s|/\*.*?\*/|--[^\n]*\n)*\(", re.IGNORECASE | re.DOTALL)  # a column of a table


class Unreadable(ValueError):
    """Why a file is not read, as part of a sentence."""


def list_layers(path: Path) -> list[tuple[str, str | None]]:
    """Name and type of geometry of each layer of a file that has been checked."""
    return [(str(name), kind) for name, kind in pyogrio.list_layers(path.resolve())]


def read_layer(path: Path, layer: str | None = None, on_invalid: str = "raise", columns: Sequence[str] = ()) -> Any:
    """The features of a layer, the first one without a name, with the ids of the file: a GeoDataFrame, or a DataFrame
    where they have no geometry. Of its fields it has the ``columns`` that the layer has.
    """
    layers = [layer] if layer else [name for name, _ in list_layers(path)]
    if not layers:
        raise Unreadable("it holds no layer")
    found = pyogrio.read_dataframe(
        path.resolve(), layer=layers[0], columns=list(columns), fid_as_index=True, on_invalid=on_invalid
    )
    if isinstance(found, geopandas.GeoDataFrame):
        vertices = int(shapely.get_num_coordinates(found.geometry.array).sum())
        if vertices > limits.MOST_VERTICES:
            raise Unreadable(f"it has {vertices} vertices, and {limits.MOST_VERTICES} can be used")
    return found


def are_on_earth(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Whether all coordinates of each are numbers that some CRS may have; PROJ loops with others."""
    coordinates, places = shapely.get_coordinates(geometries, return_index=True)
    is_far = ~(np.abs(coordinates) <= limits.LARGEST_COORDINATE).all(axis=1)
    on_earth: NDArray[np.bool_] = np.bincount(places[is_far], minlength=len(geometries)) == 0
    return on_earth


def is_tangled(geometry: BaseGeometry | None) -> bool:
    """Whether an outline crosses itself so often, or has so many rings, that repairing it would take minutes."""
    if shapely.is_missing(geometry) or shapely.is_valid(geometry):
        return False
    rings = _rings(geometry)
    return len(rings) > limits.MOST_BROKEN_RINGS or _cross_more_often(rings, limits.MOST_CROSSINGS)


def are_entangled(geometries: NDArray[np.object_]) -> bool:
    """Whether outlines cross each other so often that joining them would take minutes."""
    return len(geometries) > 1 and _cross_more_often(_rings(geometries), limits.MOST_CROSSINGS_TOGETHER)


def _cross_more_often(outlines: NDArray[np.object_], most: int) -> bool:
    """Whether the sides of some rings cross more than so many times."""
    coordinates, rings = shapely.get_coordinates(outlines, return_index=True)
    is_side = rings[1:] == rings[:-1]
    sides = shapely.linestrings(np.stack([coordinates[:-1], coordinates[1:]], axis=1)[is_side])
    tree, crossings = shapely.STRtree(sides), 0
    for start in range(0, len(sides), SIDES_AT_ONCE):
        some = sides[start : start + SIDES_AT_ONCE]
        first, second = tree.query(some, predicate="crosses")
        crossings += int((second > first + start).sum())
        if crossings > most:
            return True
    return False


def _rings(geometry: BaseGeometry | NDArray[np.object_]) -> NDArray[np.object_]:
    polygons = shapely.get_parts(shapely.get_parts(geometry))
    rings: NDArray[np.object_] = shapely.get_rings(polygons[shapely.get_type_id(polygons) == POLYGON])
    return rings


def check_vector(path: Path, error: type[EngineError]) -> None:
    """Raises Unreadable, or the error given, where a file is none that may be read."""
    check_input(path, error)
    size = path.stat().st_size
    if size > limits.LARGEST_VECTOR_BYTES:
        raise Unreadable(f"it has {size >> 20} MB, and {limits.LARGEST_VECTOR_BYTES >> 20} can be read")
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(GEOPACKAGE) and start[68:72] in APPLICATION_IDS and path.suffix.lower() == ".gpkg":
        _check_geopackage(path)
    elif start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        _check_geojson(path, size)
    elif not start.startswith((SHAPEFILE, FLATGEOBUF)):
        raise Unreadable("it is no GeoPackage, GeoJSON, Shapefile or FlatGeobuf")


def _check_geopackage(path: Path) -> None:
    """Unreadable where reading it would change it, or call what reaches beyond it."""
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists() and journal.stat().st_size:
        raise Unreadable(
            f"a program was interrupted while it wrote it and left {journal.name}; open it there once more, or in QGIS"
        )
    wal = path.with_name(f"{path.name}-wal")
    with path.open("rb") as file:
        is_in_wal_mode = file.read(20)[18:] == b"\2\2"
    if os.path.lexists(wal) and not is_in_wal_mode:  # SQLite would delete it
        raise Unreadable(f"{wal.name} beside it does not belong to it; take that away")
    address = path.resolve().as_uri()
    for mode in ("mode=ro", "immutable=1"):  # the second for folders in which nothing can be written
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"{address}?{mode}", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            schema = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
            break
    else:
        raise Unreadable("its tables cannot be listed")
    for name, definition in schema:
        _check_definition(str(name), str(definition))


def _check_definition(name: str, definition: str) -> None:
    """Unreadable where a part of a database computes something: that may reach beyond the file, and never end."""
    called, stored = OUTSIDE_FUNCTION.search(definition), STORED.match(definition)
    if called:
        raise Unreadable(f"its '{name}' calls {called[1]}, which reaches beyond the file")
    if not stored:
        raise Unreadable(f"its '{name}' is no stored table but a view, or read by a module")
    if stored[1].upper() == "TABLE" and COMPUTED.search(definition):
        raise Unreadable(f"its '{name}' has a column that is computed, not stored")


def _check_geojson(path: Path, size: int) -> None:
    """Unreadable where it is no plain GeoJSON, or names its CRS by a link, which GDAL would follow."""
    if size > limits.LARGEST_GEOJSON_BYTES:
        raise Unreadable(
            f"a GeoJSON of {size >> 20} MB is not read, only up to {limits.LARGEST_GEOJSON_BYTES >> 20} MB"
        )
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=_checked_object)
    except RecursionError as error:
        raise Unreadable("it is nested too deeply") from error
    if not isinstance(content, dict) or content.get("type") not in GEOJSON_TYPES:
        raise Unreadable("it is JSON, but no GeoJSON")


def _checked_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What matters of a JSON object: memory shall not hold all coordinates a second time."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise Unreadable("a name stands twice in one object")
    if not all(_is_plain_crs(value) for name, value in pairs if name.casefold() in ("crs", "coordrefsys")):
        raise Unreadable("its CRS is not given by a name such as urn:ogc:def:crs:EPSG::4326")
    return {name: value for name, value in pairs if name in ("type", "properties", "name")}


def _is_plain_crs(value: object) -> bool:
    """Whether a member 'crs' makes GDAL look nothing up: only objects can."""
    if not isinstance(value, dict):
        return True
    kind, properties = str(value.get("type")).casefold(), value.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    return kind == "epsg" or (kind == "name" and CRS_NAME.fullmatch(str(name)) is not None)
