"""The layers and tables of a campaign's GeoPackage, and what leads from an older version of them to this."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import geopandas
import numpy as np
import pandas as pd
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

from ..errors import WorkspaceError
from ..imagery.grid import Tile, TileGrid
from ..storage.atomic_files import appearing_whole
from ..training.split import TRAINING
from .geopackage import explained, open_geopackage, transaction
from .migrations import MIGRATIONS, SCHEMA_2, SCHEMA_3, SCHEMA_4, SCHEMA_5, SCHEMA_7, Migration
from .records import TileState
from .schema_format import Objects, check_columns, check_objects, objects_of

SCHEMA_VERSION = 1 + len(MIGRATIONS)

# No constraint on the uuid and tile_id of footprints: what is drawn or split in QGIS lacks or repeats them.
SCHEMA_1 = (
    "CREATE UNIQUE INDEX tiles_tile_id ON tiles (tile_id)",
    "CREATE INDEX footprints_tile_id ON footprints (tile_id)",
    """CREATE TABLE log (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, uuid TEXT NOT NULL UNIQUE,
        time DATETIME NOT NULL, annotator TEXT, tile_id TEXT NOT NULL, action TEXT NOT NULL,
        state TEXT NOT NULL, imagery TEXT, model_version TEXT, origin TEXT, geometry BLOB)""",
    """CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
        WHEN EXISTS (SELECT 1 FROM log WHERE fid = NEW.fid OR uuid = NEW.uuid)
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TABLE rounds (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, time DATETIME NOT NULL,
        version TEXT NOT NULL, parent TEXT, tiles INTEGER NOT NULL, exam_iou_before REAL, exam_iou_after REAL,
        activated BOOLEAN NOT NULL, seconds REAL NOT NULL)""",
    """CREATE TABLE tile_quality (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, tile_id TEXT NOT NULL,
        version TEXT NOT NULL, iou REAL NOT NULL, UNIQUE (tile_id, version))""",
    """CREATE TABLE settings (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, key TEXT NOT NULL UNIQUE,
        value TEXT NOT NULL)""",
)
LATER_SCHEMAS = (*SCHEMA_2, *SCHEMA_3, *SCHEMA_4, *SCHEMA_5, *SCHEMA_7)
OWN = (*SCHEMA_1, *LATER_SCHEMAS)
ATTRIBUTE_TABLES = ("log", "rounds", "tile_quality", "settings")


def create(path: Path, grid: TileGrid, splits: Mapping[Tile, str], bad_imagery: Collection[Tile] = ()) -> None:
    """Make the GeoPackage with a row for each tile of ``splits`` (its split as value) and no footprints yet.

    Tiles with bad imagery are kept beside them in that state, to be neither queued nor trained on.
    It appears whole or not at all; raises WorkspaceError where there is one already or none can be written.
    """
    if path.exists():
        raise WorkspaceError(
            "campaign-exists",
            "'{path}' exists already. Open that campaign, or choose another folder.",
            path=path,
        )
    try:
        with appearing_whole(path) as beside:
            _write_layers(beside, grid, {**splits, **dict.fromkeys(bad_imagery, TRAINING)}, bad_imagery)
            with explained(path), closing(open_geopackage(beside)) as connection, transaction(connection):
                _write_tables(connection)
    except (OSError, DataSourceError, DataLayerError, FeatureError) as error:
        raise WorkspaceError(
            "campaign-unwritable",
            "'{path}' cannot be written: {error}. Choose a folder that exists, is yours to write and has free space.",
            path=path,
            error=error,
        ) from error


def connect(path: Path, busy_seconds: float = 10) -> sqlite3.Connection:
    """Open the GeoPackage for reading and writing, migrated to this schema.

    Waits ``busy_seconds`` for other programs. Raises WorkspaceError where it is missing, foreign or too new.
    """
    if not path.is_file():
        raise WorkspaceError(
            "campaign-missing",
            "'{path}' does not exist. Put the campaign back, open another one, or make a new one.",
            path=path,
        )
    with explained(path):
        connection = open_geopackage(path, busy_seconds)
        try:
            objects = objects_of(connection)
            check_objects(objects, path, OWN)
            version = _version_of(connection, path, objects)
            check_columns(objects, path, version)
            connection.execute("PRAGMA trusted_schema = ON")  # or the spatial indexes could not be kept
            migrate(connection, path, version)
        except BaseException:
            connection.close()
            raise
    return connection


def migrate(
    connection: sqlite3.Connection, path: Path, version: int, migrations: tuple[Migration, ...] = MIGRATIONS
) -> None:
    """Bring a schema of an older version up to date, all steps or none; a newer one raises WorkspaceError."""
    newest = 1 + len(migrations)
    if version > newest:
        raise WorkspaceError(
            "campaign-newer",
            "'{path}' was made by a newer Tile Triage (schema {version}, this one knows {newest}). Update "
            "Tile Triage and open it again; nothing was changed.",
            path=path,
            version=version,
            newest=newest,
        )
    if version < newest:
        with transaction(connection):
            version = _version_of(connection, path, objects_of(connection))  # another program may have been faster
            for step in migrations[version - 1 :]:
                step(connection, path.parent)
            connection.execute("UPDATE settings SET value = ? WHERE key = 'schema_version'", (str(newest),))


def _version_of(connection: sqlite3.Connection, path: Path, objects: Objects) -> int:
    tables = {name for kind, name, _, _ in objects if kind == "table"}
    if not tables.issuperset(("tiles", "footprints", "log", "settings")):
        raise WorkspaceError(
            "campaign-foreign",
            "'{path}' is no campaign of Tile Triage. Choose the folder of one, or make a new one.",
            path=path,
        )
    known = connection.execute("SELECT value FROM settings WHERE key = 'schema_version'").fetchone()
    if known is None or not re.fullmatch(r"[1-9]\d{0,5}", str(known[0])):
        raise WorkspaceError(
            "campaign-without-version",
            "'{path}' is damaged: its setting schema_version is {value}, which is no version. Restore it from a copy.",
            path=path,
            value="missing" if known is None else repr(known[0]),
        )
    return int(known[0])


def _write_layers(path: Path, grid: TileGrid, splits: Mapping[Tile, str], bad_imagery: Collection[Tile]) -> None:
    """The two layers, with the columns' types only. Version 1.2 is what GDAL 3.6 reads without a warning."""
    tiles = sorted(splits)
    unknown, text = np.full(len(tiles), np.nan), pd.Series([None] * len(tiles), dtype=object)
    moment = pd.Series([pd.NaT] * len(tiles), dtype="datetime64[ms, UTC]")
    columns = {
        "tile_id": [tile.id for tile in tiles],
        "row": np.array([tile.row for tile in tiles], np.int32),
        "column_": np.array([tile.column for tile in tiles], np.int32),
        "split": [splits[tile] for tile in tiles],
        "state": [(TileState.BAD_IMAGERY if tile in bad_imagery else TileState.POOL).value for tile in tiles],
        "priority": unknown,
        "rank": pd.array([None] * len(tiles), dtype="Int32"),
        "predicted_iou": unknown,
        "uncertainty": unknown,
        "novelty": unknown,
        "reason": text,
        "version": text,
        "annotator": text,
        "finished_at": moment,
    }
    squares = shapely.box(*np.array([grid.tile_bounds(tile) for tile in tiles]).T)
    geopandas.GeoDataFrame(columns, geometry=squares, crs=grid.crs).to_file(
        path, layer="tiles", engine="pyogrio", driver="GPKG", dataset_options={"VERSION": "1.2"}
    )
    columns = dict.fromkeys(("uuid", "tile_id", "annotator", "origin", "model_version"), text[:0])
    columns["created_at"] = moment[:0]
    geopandas.GeoDataFrame(columns, geometry=[], crs=grid.crs).to_file(
        path, layer="footprints", engine="pyogrio", driver="GPKG", geometry_type="MultiPolygon"
    )


def _write_tables(connection: sqlite3.Connection) -> None:
    for statement in SCHEMA_1:
        connection.execute(statement)
    for table in ATTRIBUTE_TABLES:
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, 'attributes', ?)",
            (table, table),
        )
    for statement in LATER_SCHEMAS:
        connection.execute(statement)
    unusable = connection.execute("SELECT tile_id, state FROM tiles WHERE state != 'pool'").fetchall()
    connection.executemany(
        """INSERT INTO log (uuid, time, tile_id, action, state)
        VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, 'mark', ?)""",
        [(str(uuid4()), tile_id, state) for tile_id, state in unusable],
    )
    known = {"schema_version": str(SCHEMA_VERSION), "campaign_id": str(uuid4()), "import_requests": "[]"}
    connection.executemany("INSERT INTO settings (key, value) VALUES (?, ?)", known.items())
