"""The steps that lead from an older schema of a campaign's GeoPackage to the next one."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timezone
from itertools import count
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from ..errors import ModelError
from ..storage.bounded_json import read_json
from ..storage.sqlite_file import open_sqlite
from .geopackage import decode
from .model_store import VersionCard, read_card

Migration = Callable[[sqlite3.Connection, Path], None]  # changes an open GeoPackage that lies in a folder

SCHEMA_2 = (
    # What each entry of the log brought to the layer of footprints, and what it removed: the log can be replayed.
    """CREATE TABLE log_footprints (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, entry TEXT NOT NULL,
        change TEXT NOT NULL CHECK (change IN ('brought', 'removed')), uuid TEXT NOT NULL, tile_id TEXT,
        annotator TEXT, created_at DATETIME, origin TEXT, model_version TEXT, geometry BLOB)""",
    "CREATE INDEX log_footprints_uuid ON log_footprints (uuid)",
    "CREATE INDEX log_footprints_tile_id ON log_footprints (tile_id)",
    "CREATE INDEX log_tile_id ON log (tile_id)",
    "CREATE INDEX footprints_uuid ON footprints (uuid)",
    """CREATE TRIGGER log_footprints_are_never_changed BEFORE UPDATE ON log_footprints
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_footprints_are_never_shortened BEFORE DELETE ON log_footprints
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER log_footprints_belong_to_the_last_entry BEFORE INSERT ON log_footprints
        WHEN EXISTS (SELECT 1 FROM log_footprints WHERE fid = NEW.fid)
        OR NEW.entry IS NOT (SELECT uuid FROM log ORDER BY fid DESC LIMIT 1)
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TABLE claims (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, tile_id TEXT NOT NULL UNIQUE,
        session TEXT NOT NULL, annotator TEXT, until DATETIME NOT NULL, state_before TEXT NOT NULL)""",
    "ALTER TABLE tile_quality ADD COLUMN statistics BLOB",
    "ALTER TABLE tile_quality ADD COLUMN embedding BLOB",
    "ALTER TABLE rounds ADD COLUMN exam_tiles INTEGER",
    """INSERT INTO gpkg_contents (table_name, data_type, identifier)
        VALUES ('log_footprints', 'attributes', 'log_footprints'), ('claims', 'attributes', 'claims')""",
)
SCHEMA_3 = (
    # Every ranking of the pool; outside are the ids of the training tiles that were not in the pool, as JSON.
    """CREATE TABLE drawn_rounds (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, uuid TEXT NOT NULL UNIQUE,
        time DATETIME NOT NULL, version TEXT NOT NULL, strategy TEXT NOT NULL, seed INTEGER NOT NULL,
        outside TEXT NOT NULL)""",
    """CREATE TABLE drawn_tiles (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, round TEXT NOT NULL,
        tile_id TEXT NOT NULL, probability REAL NOT NULL, UNIQUE (round, tile_id))""",
    "ALTER TABLE tile_quality ADD COLUMN tp INTEGER",
    "ALTER TABLE tile_quality ADD COLUMN fp INTEGER",
    "ALTER TABLE tile_quality ADD COLUMN fn INTEGER",
    """INSERT INTO gpkg_contents (table_name, data_type, identifier)
        VALUES ('drawn_rounds', 'attributes', 'drawn_rounds'), ('drawn_tiles', 'attributes', 'drawn_tiles')""",
)
SCHEMA_4 = (
    """CREATE TABLE map_quality (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, time DATETIME NOT NULL,
        version TEXT NOT NULL, tiles INTEGER NOT NULL, minutes REAL NOT NULL, iou REAL NOT NULL,
        iou_low REAL NOT NULL, iou_high REAL NOT NULL)""",
    """INSERT INTO gpkg_contents (table_name, data_type, identifier)
        VALUES ('map_quality', 'attributes', 'map_quality')""",
)

SCHEMA_5 = (
    "ALTER TABLE tile_quality ADD COLUMN footprint_tp INTEGER",
    "ALTER TABLE tile_quality ADD COLUMN footprint_fp INTEGER",
    "ALTER TABLE tile_quality ADD COLUMN footprint_fn INTEGER",
)

SCHEMA_7 = (  # where a campaign maps one class its footprints name none
    "ALTER TABLE footprints ADD COLUMN class TEXT",
    "ALTER TABLE log_footprints ADD COLUMN class TEXT",
)


def to_schema_2(connection: sqlite3.Connection, folder: Path) -> None:
    """A log that can be replayed, an identity of the campaign, claims, and observations that outlive the cache."""
    for statement in SCHEMA_2:
        connection.execute(statement)
    settings = dict(connection.execute("SELECT key, value FROM settings"))
    requests = _import_requests(settings.get("handing_in", "{}"))
    connection.execute("DELETE FROM settings WHERE key = 'handing_in'")
    connection.executemany(
        "INSERT INTO settings (key, value) VALUES (?, ?)",
        [("campaign_id", _identity(connection, settings)), ("import_requests", json.dumps(requests))],
    )
    _log_snapshot(connection)
    _keep_observations(connection, folder, settings.get("fingerprint", ""))
    for (version,) in connection.execute("SELECT version FROM rounds").fetchall():
        card = _card(folder, version)
        exam_tiles = card.metrics.get("exam_tiles") if card else None
        connection.execute("UPDATE rounds SET exam_tiles = ? WHERE version = ?", (exam_tiles, version))


def to_schema_3(connection: sqlite3.Connection, folder: Path) -> None:
    """How each round was drawn, and the pixels that a version was right and wrong about on each tile."""
    for statement in SCHEMA_3:
        connection.execute(statement)


def to_schema_4(connection: sqlite3.Connection, folder: Path) -> None:
    """How good the map was told to be, from round to round."""
    for statement in SCHEMA_4:
        connection.execute(statement)


def to_schema_5(connection: sqlite3.Connection, folder: Path) -> None:
    """The footprints that a version was right and wrong about on each tile."""
    for statement in SCHEMA_5:
        connection.execute(statement)


def to_schema_6(connection: sqlite3.Connection, folder: Path) -> None:
    """Tiles beside the exam may be annotated and learnt from; no round that was drawn before could have drawn them."""
    connection.execute(
        """UPDATE drawn_rounds SET outside = (SELECT json_group_array(tile_id) FROM
        (SELECT value AS tile_id FROM json_each(outside) UNION SELECT tile_id FROM tiles WHERE split = 'guard'))
        WHERE json_valid(outside)"""
    )
    connection.execute("UPDATE tiles SET split = 'training' WHERE split = 'guard'")


def to_schema_7(connection: sqlite3.Connection, folder: Path) -> None:
    """The class of each footprint; a column of the user's that is called so gets another name."""
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(footprints)")]
    taken = {name.casefold() for name in columns}
    if "class" in taken:
        free = next(name for number in count(1) if (name := f"own_class_{number}") not in taken)
        connection.execute(f"ALTER TABLE footprints RENAME COLUMN class TO {free}")
    for statement in SCHEMA_7:
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (  # from version 1 to 2, from 2 to 3, ...
    to_schema_2,
    to_schema_3,
    to_schema_4,
    to_schema_5,
    to_schema_6,
    to_schema_7,
)


def _identity(connection: sqlite3.Connection, settings: dict[str, str]) -> str:
    """The same for every copy of a campaign: from where its grid lies, over which imagery, and how it is split."""
    splits = connection.execute("SELECT tile_id, split FROM tiles ORDER BY tile_id").fetchall()
    facts = [settings.get("grid"), settings.get("fingerprint"), splits]
    return str(uuid5(NAMESPACE_URL, json.dumps(facts, default=repr)))


def _import_requests(setting: str) -> list[dict[str, Any]]:
    """The import that was begun, if any. Before schema 2 the path of the file stood for its content."""
    try:
        begun = read_json(setting, "handing_in")
        if not begun:
            return []
        path, count, exam = begun["wish"]
        return [{"content": path, "count": count, "exam": exam, "tiles": begun["tiles"]}]
    except (ValueError, KeyError, TypeError):  # what it meant cannot be known: the next import is a new one
        return []


def _log_snapshot(connection: sqlite3.Connection) -> None:
    """An entry for each tile that has a history or footprints, from which these can be replayed.

    Footprints without a uuid of their own, or without a tile, were drawn with QGIS's tools: the tile that is finished
    over them adopts them.
    """
    rows = connection.execute(
        """SELECT uuid, tile_id, annotator, created_at, origin, model_version, geom FROM footprints
        WHERE geom NOT NULL AND uuid > '' AND tile_id IN (SELECT tile_id FROM tiles) ORDER BY fid"""
    ).fetchall()
    times = Counter(uuid for (uuid,) in connection.execute("SELECT uuid FROM footprints WHERE geom NOT NULL"))
    of_tile = defaultdict(list)
    for uuid, tile_id, *source, blob in rows:
        if times[uuid] == 1:
            of_tile[tile_id].append((uuid, tile_id, *source, decode(blob)))
    logged = {tile_id for (tile_id,) in connection.execute("SELECT DISTINCT tile_id FROM log")}
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    for tile_id, state in connection.execute("SELECT tile_id, state FROM tiles ORDER BY fid").fetchall():
        if state != "pool" or tile_id in logged or tile_id in of_tile:
            entry = str(uuid4())
            connection.execute(
                "INSERT INTO log (uuid, time, tile_id, action, state) VALUES (?, ?, ?, 'snapshot', ?)",
                (entry, now, tile_id, state),
            )
            connection.executemany(
                """INSERT INTO log_footprints
                (entry, change, uuid, tile_id, annotator, created_at, origin, model_version, geometry)
                VALUES (?, 'brought', ?, ?, ?, ?, ?, ?, ?)""",
                [(entry, *record) for record in of_tile[tile_id]],
            )


def _keep_observations(connection: sqlite3.Connection, folder: Path, fingerprint: str) -> None:
    """Copy what the cache still has of the predictions whose IoU was observed; without it only the IoU is known."""
    cache = folder / "cache" / "scores.sqlite"
    if not cache.is_file():
        return
    observed = connection.execute("SELECT fid, tile_id, version FROM tile_quality").fetchall()
    cards = {version: _card(folder, version) for _, _, version in observed}
    try:
        with closing(open_sqlite(cache, "ro")) as scores:
            known = {
                (tile_id, version): blobs
                for tile_id, version, *blobs in scores.execute(
                    "SELECT tile_id, version, statistics, embedding FROM scores WHERE imagery = ?", (fingerprint,)
                )
            }
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # a damaged cache, which may always be deleted
        return
    connection.executemany(
        "UPDATE tile_quality SET statistics = ?, embedding = ? WHERE fid = ?",
        [
            (*known[tile_id, card.sha256], fid)
            for fid, tile_id, version in observed
            if (card := cards[version]) and (tile_id, card.sha256) in known
        ],
    )


def _card(folder: Path, version: str) -> VersionCard | None:
    try:
        return read_card(folder / "versions" / version)
    except (ModelError, TypeError, ValueError):  # a row may hold what is no name
        return None
