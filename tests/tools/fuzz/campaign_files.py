"""What lies in or beside a hostile GeoPackage: triggers, views, styles, journals, links and caches."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from .campaigns import campaign, change
from .case import Place, Rng, damaged, pick


@campaign
def hostile_triggers(place: Place, rng: Rng) -> Path:
    action = pick(rng, ["DELETE FROM footprints", "UPDATE tiles SET state = 'empty'", "UPDATE settings SET value = '/etc/passwd' WHERE key = 'imagery'",
                        "INSERT INTO settings (key, value) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'k' || i, randomblob(1000) FROM n",
                        "SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)", "SELECT RAISE(ABORT, 'send 5 coins to me')",
                        "SELECT RAISE(ROLLBACK, 'x')", "DELETE FROM log", "SELECT load_extension('/tmp/x.so')", "SELECT writefile('/tmp/x', 'y')"])  # fmt: skip
    event = pick(
        rng,
        [
            "AFTER UPDATE ON settings",
            "AFTER INSERT ON settings",
            "AFTER UPDATE ON tiles",
            "BEFORE INSERT ON log",
            "AFTER INSERT ON footprints",
            "AFTER UPDATE ON gpkg_contents",
            "AFTER INSERT ON claims",
            "AFTER INSERT ON log_footprints",
            "AFTER INSERT ON tile_quality",
        ],
    )
    name = pick(rng, ["evil", "log_is_never_changed_", "rtree_tiles_geom_update9"])
    return change(place, rng, f"CREATE TRIGGER {name} {event} BEGIN {action}; END")


@campaign
def exchanged_triggers(place: Place, rng: Rng) -> Path:
    """Triggers under our own names that do something else, or are gone."""
    name, table = pick(
        rng,
        [
            ("log_is_never_shortened", "log"),
            ("log_is_never_changed", "log"),
            ("rtree_footprints_geom_insert", "footprints"),
            ("rtree_tiles_geom_update7", "tiles"),
        ],
    )
    again = pick(
        rng,
        [
            "",
            f"; CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN DELETE FROM footprints; END",
            f"; CREATE TRIGGER {name} AFTER UPDATE ON {table} BEGIN DELETE FROM settings; END",
        ],
    )
    return change(place, rng, f"DROP TRIGGER IF EXISTS {name}{again}")


@campaign
def hostile_views(place: Place, rng: Rng) -> Path:
    table = str(pick(rng, ["tiles", "settings", "footprints", "log", "rounds", "tile_quality"]))
    query = pick(
        rng,
        [
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT * FROM old_, n",
            "SELECT * FROM old_",
            "SELECT *, load_extension('x') FROM old_",
            "SELECT *, randomblob(900000000) AS x FROM old_",
            "SELECT * FROM old_ UNION ALL SELECT * FROM old_",
        ],
    )
    return change(
        place,
        rng,
        f"PRAGMA legacy_alter_table = ON; ALTER TABLE {table} RENAME TO old_; CREATE VIEW {table} AS {query}",
    )


@campaign
def hostile_schema(place: Place, rng: Rng) -> Path:
    """What a table's own definition can run: generated columns, checks, indexes on expressions, defaults; a broken schema."""
    bad = "(SELECT 1)" if rng.random() < 0.2 else "length(randomblob(900000000))"
    return change(place, rng, str(pick(rng, [
        f"CREATE INDEX evil ON settings ({bad})", f"ALTER TABLE settings ADD COLUMN evil AS ({bad})", f"ALTER TABLE tiles ADD COLUMN evil AS ({bad})", f"ALTER TABLE settings ADD COLUMN evil CHECK ({bad} > 0)",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'nonsense' WHERE name = 'tiles'", "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 2 WHERE name = 'log'",
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'settings'", "PRAGMA application_id = 5", "PRAGMA user_version = 99999999", "PRAGMA encoding = 'UTF-16'", "PRAGMA page_size = 65536; VACUUM", "PRAGMA journal_mode = WAL",
        "CREATE VIRTUAL TABLE evil USING fts5(x)", "PRAGMA auto_vacuum = FULL; VACUUM", "ALTER TABLE tiles ADD COLUMN row2; ALTER TABLE footprints ADD COLUMN evil DEFAULT (randomblob(900000000))"])))  # fmt: skip


@campaign
def planted_style(place: Place, rng: Rng) -> Path:
    qml = "<qgis><editforminitcodesource>2</editforminitcodesource><editforminitcode>import os; os.system(1)</editforminitcode><attributeactions><actionsetting type='1' action='evil'/></attributeactions></qgis>"
    return change(place, rng, f"CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME); INSERT INTO layer_styles (f_table_name, styleName, styleQML, useAsDefault) VALUES ('tiles', 'evil', '{qml.replace(chr(39), chr(39) * 2)}', 1)")  # fmt: skip


@campaign
def planted_journal(place: Place, rng: Rng) -> Path:
    """A journal that names a super-journal: SQLite rolls it back, then deletes what is named."""
    path, target = place.with_campaign(), place.victim / "report.md"
    name, at = str(target).encode(), len(path.read_bytes()) // 4096
    header = (
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
        + (0).to_bytes(4, "big")
        + bytes(4)
        + at.to_bytes(4, "big")
        + (512).to_bytes(4, "big")
        + (4096).to_bytes(4, "big")
    )
    end = (2**31 // 4096 + 1).to_bytes(4, "big") if rng.random() < 0.3 else (2**30 // 4096 + 1).to_bytes(4, "big")
    record = (
        end + name + len(name).to_bytes(4, "big") + sum(name).to_bytes(4, "big") + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    )
    target.write_bytes(pick(rng, [b"My own report", b"", str(path).encode() + b"-journal\0"]))
    path.with_name("campaign.gpkg-journal").write_bytes(header.ljust(512, b"\0") + record)
    return path


@campaign
def odd_journal(place: Place, rng: Rng) -> Path:
    """Another journal, log or shared memory beside the GeoPackage: noise, a link, a pipe, or a folder."""
    path = place.with_campaign()
    beside = path.with_name(path.name + str(pick(rng, ["-journal", "-wal", "-shm", "-mj01234567"])))
    kind = pick(rng, ["noise", "magic", "link", "dangling", "fifo", "folder"])
    if kind == "fifo":
        os.mkfifo(beside)
    elif kind == "folder":
        beside.mkdir()
    elif kind in ("link", "dangling"):
        beside.symlink_to(place.victim / ("drawn.gpkg" if kind == "link" else "planted"))
    else:
        beside.write_bytes((b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" if kind == "magic" else b"") + rng.bytes(3000))
    return path


@campaign
def planted_links(place: Place, rng: Rng) -> Path:
    """A name that a command writes to leads elsewhere."""
    path, folder = place.with_campaign(), place.workspace
    name = str(pick(rng, ["heatmap.tif", ".heatmap.part.tif", "heatmap.tif.aux.xml", "cache", "cache/scores.sqlite", "cache/scores.sqlite-journal", "cache/precision.json", "cache/fine-tune.safetensors", "cache/fine-tune.part", "versions", "versions/tiny", ".lock", "campaign.gpkg", "campaign.gpkg.part"]))  # fmt: skip
    shutil.rmtree(folder / "cache", ignore_errors=True)
    beside = folder / name
    if beside.is_dir():
        shutil.rmtree(beside)
    beside.parent.mkdir(exist_ok=True)
    beside.unlink(missing_ok=True)
    is_folder = name in ("cache", "versions", "versions/tiny")
    beside.symlink_to(
        place.victim / str(pick(rng, ["planted", "secret.txt", "drawn.gpkg"])) if not is_folder else place.victim
    )
    return path


BLOBS = ["UPDATE scores SET statistics = x'00', embedding = zeroblob(90)", "UPDATE scores SET statistics = 5", "UPDATE scores SET embedding = NULL", "UPDATE scores SET statistics = randomblob(32), embedding = randomblob(400)", "UPDATE scores SET embedding = zeroblob(8) WHERE tile_id = 'r001_c001'"]  # fmt: skip


@campaign
def odd_cache(place: Place, rng: Rng) -> Path:
    path = place.with_campaign()
    cache = place.workspace / "cache" / "scores.sqlite"
    cache.parent.mkdir(exist_ok=True)
    kind = pick(rng, ["noise", "damaged", "tables", "blobs", "fifo", "trigger", "precision"])
    if kind == "damaged" and cache.exists():
        cache.write_bytes(damaged(cache.read_bytes(), rng))
    elif kind == "fifo":
        cache.unlink(missing_ok=True)
        os.mkfifo(cache)
    elif kind == "precision":
        (cache.parent / "precision.json").write_text(
            str(pick(rng, ["[", "{}", '{"subject": 5}', "[" * 10**6, '{"is_safe": []}']))
        )
    elif kind in ("blobs", "tables", "trigger") and cache.exists():
        statement = {
            "blobs": str(pick(rng, BLOBS)),
            "tables": "DROP TABLE scores; CREATE TABLE scores (x)",
            "trigger": "CREATE TRIGGER e AFTER INSERT ON scores BEGIN SELECT RAISE(ABORT, 'x'); END; DELETE FROM scores",
        }[str(kind)]
        with closing(sqlite3.connect(cache)) as connection:
            connection.executescript(statement)
    else:
        cache.write_bytes(rng.bytes(5000))
    return path


@campaign
def no_geopackage(place: Place, rng: Rng) -> Path:
    path = place.with_campaign()
    path.unlink()
    kind = pick(rng, ["missing", "empty", "fifo", "folder", "foreign", "noise", "loop", "device"])
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "foreign":
        shutil.copy(place.input / "labels.gpkg", path)
    elif kind in ("loop", "device"):
        path.symlink_to(path if kind == "loop" else "/dev/zero")
    elif kind != "missing":
        path.write_bytes(b"" if kind == "empty" else rng.bytes(5000))
    return path
