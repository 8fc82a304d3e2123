"""A GeoPackage as the SQLite file that it is: opened, locked and changed so that nothing is lost.

While it is open in this process it is read through ``sqlite3`` only, never through GDAL: a wheel brings an
SQLite of its own, and a file closed by a second SQLite in one process silently drops the locks of the first.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..errors import WorkspaceError
from ..imagery.grid import Bounds
from ..storage.sqlite_file import open_sqlite

DAMAGE = (  # of the file, or of what it says of itself
    *("malformed", "Could not decode", "can't decode", "no such module", "already exists", "duplicate column"),
    *("constraint failed", "user-defined function", "too big", "RTree"),
)
# what SQLite says -> the code of the error, and its template
SYMPTOMS = {
    "locked": (
        "geopackage-locked",
        "'{path}' is in use by another program, which did not let go of it. Save or stop editing its layers in QGIS, "
        "or wait for the other command, and try again; nothing was changed.",
    ),
    "disk is full": (
        "geopackage-without-room",
        "The disk of '{path}' is full. Free some space and try again; nothing was changed.",
    ),
    "disk I/O": (
        "geopackage-without-disk",
        "'{path}' could not be read or written: {error}. Check the free space and the disk, or move the campaign to a "
        "local disk; nothing was changed.",
    ),
    "readonly": (
        "geopackage-read-only",
        "'{path}' is read-only. Make the file and its folder writable, or copy the campaign to a folder of your own.",
    ),
    "unable to open": (
        "geopackage-not-opened",
        "'{path}' could not be opened. Check that it is there and that its folder is yours to write.",
    ),
    "not a database": (
        "geopackage-foreign",
        "'{path}' is no GeoPackage. Restore it from a copy, or make a new campaign.",
    ),
    **dict.fromkeys(DAMAGE, ("geopackage-damaged", "'{path}' is damaged: {error}. Restore it from a copy.")),
}


def open_geopackage(path: Path, busy_seconds: float = 10) -> sqlite3.Connection:
    """A connection whose commits last, for explicit transactions; waits that long for other programs."""
    connection = open_sqlite(path, "rw", busy_seconds)
    # EXTRA is FULL and also syncs the folder when the journal goes: else a power cut may undo a commit.
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA fullfsync = ON")
    _register_spatial_functions(connection)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, on disk when it ends; locked from its start, so that a second writer waits."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """A file that is locked, read-only, damaged or on a full disk becomes a WorkspaceError with the cure."""
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the latter where SQLite quotes a damaged name
        for symptom, (code, template) in SYMPTOMS.items():
            if symptom in str(error):
                raise WorkspaceError(code, template, path=path, error=error) from error
        raise


def touch(connection: sqlite3.Connection, table: str, other: str | None = None) -> None:
    """Tell other programs that a table has changed, or two."""
    connection.execute(
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name IN (?, ?)",
        (table, other),
    )


def widen_extent(connection: sqlite3.Connection, layer: str, bounds: Bounds) -> None:
    """Stretch the extent that a layer announces so that it covers these bounds."""
    connection.execute(
        """UPDATE gpkg_contents SET
        min_x = min(coalesce(min_x, ?1), ?1), min_y = min(coalesce(min_y, ?2), ?2),
        max_x = max(coalesce(max_x, ?3), ?3), max_y = max(coalesce(max_y, ?4), ?4) WHERE table_name = ?5""",
        (*bounds, layer),
    )


def encode(geometry: BaseGeometry, srs_id: int) -> bytes:
    """A GeoPackage geometry: the little-endian header with envelope, then the WKB in two dimensions."""
    left, bottom, right, top = geometry.bounds
    header = struct.pack("<2sBBi4d", b"GP", 0, 0b011, srs_id, left, right, bottom, top)
    return header + wkb_of(geometry)


def decode(blob: bytes) -> bytes:
    """The WKB in a GeoPackage geometry, after its envelope of five sizes; WorkspaceError where it is damaged."""
    try:
        envelope = (blob[3] >> 1) & 0b111
        return blob[8 + (0, 32, 48, 48, 64)[envelope] :]
    except (IndexError, TypeError) as error:
        raise _damaged(error) from error


def decode_all(blobs: list[bytes]) -> NDArray[np.object_]:
    """The geometries in GeoPackage blobs; raises WorkspaceError where one is damaged."""
    return geometries_of([decode(blob) for blob in blobs])


def geometries_of(wkbs: list[bytes]) -> NDArray[np.object_]:
    """The geometries of a campaign from their WKB; raises WorkspaceError where one is damaged."""
    try:
        geometries: NDArray[np.object_] = shapely.from_wkb(np.array(wkbs, dtype=object))
    except (shapely.errors.ShapelyError, TypeError) as error:
        raise _damaged(error) from error
    return geometries


def _damaged(error: Exception) -> WorkspaceError:
    return WorkspaceError(
        "geometry-damaged",
        "The campaign is damaged: an outline in it cannot be read ({error}). Restore campaign.gpkg from a copy.",
        error=error,
    )


def wkb_of(geometry: BaseGeometry) -> bytes:
    wkb: bytes = shapely.to_wkb(geometry, output_dimension=2, byte_order=1)
    return wkb


def _register_spatial_functions(connection: sqlite3.Connection) -> None:
    """What the triggers call to keep the spatial indexes right, and only GDAL brings along."""

    def bound(index: int, blob: bytes) -> float:
        return _bounds_of(blob)[index]

    for index, name in enumerate(("ST_MinX", "ST_MinY", "ST_MaxX", "ST_MaxY")):
        connection.create_function(name, 1, partial(bound, index), deterministic=True)
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)


@lru_cache(1)  # the triggers ask four times for the same geometry
def _bounds_of(blob: bytes) -> Bounds:
    left, bottom, right, top = shapely.from_wkb(decode(blob)).bounds
    return left, bottom, right, top


def _is_empty(blob: bytes | None) -> bool | None:
    return None if blob is None else bool(shapely.from_wkb(decode(blob)).is_empty)
