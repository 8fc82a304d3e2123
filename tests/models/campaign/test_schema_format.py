"""Hostile and damaged GeoPackages of campaigns: each is refused by what is wrong with it, and nothing of it has run."""

import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timezone

import pytest
import shapely

from tiletriage.models.campaign.label_store import LabelStore
from tiletriage.models.errors import WorkspaceError
from tiletriage.models.imagery.grid import Tile

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
INDEX = "rtree_footprints_geom"
HOSTILE = {
    "wiper": "CREATE TRIGGER wiper AFTER UPDATE ON tiles BEGIN DELETE FROM footprints; END",
    "endless": """CREATE TRIGGER endless AFTER UPDATE ON tiles BEGIN
        SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n); END""",
    "log_is_never_shortened": """CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log
        BEGIN DELETE FROM footprints; END""",
    f"{INDEX}_insert": f"""CREATE TRIGGER "{INDEX}_insert" AFTER INSERT ON "footprints"
        BEGIN DELETE FROM "tiles"; END""",
    f"{INDEX}_update1": f"""CREATE TRIGGER "{INDEX}_update1" AFTER UPDATE OF "geom" ON "footprints"
        BEGIN UPDATE "tiles" SET "geom" = NULL; END""",
    f"{INDEX}_delete": f"""CREATE TRIGGER "{INDEX}_delete" AFTER DELETE ON "footprints"
        WHEN (SELECT 1) BEGIN DELETE FROM "{INDEX}" WHERE id = OLD."fid"; END""",
    "trigger_insert_feature_count_tiles": """CREATE TRIGGER "trigger_insert_feature_count_tiles" AFTER INSERT ON "tiles"
        BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE lower(table_name) = lower('tiles');
        DELETE FROM footprints; END""",
    "gpkg_tile_matrix_zoom_level_insert": """CREATE TRIGGER gpkg_tile_matrix_zoom_level_insert BEFORE INSERT ON
        gpkg_tile_matrix FOR EACH ROW BEGIN DELETE FROM footprints; END""",
    "peep": "CREATE VIEW peep AS SELECT * FROM settings",
    "costly": "CREATE INDEX costly ON footprints (hex(zeroblob(100)))",
    "some": "CREATE INDEX some ON footprints (tile_id) WHERE length(hex(zeroblob(100))) > 0",
    "text": "CREATE VIRTUAL TABLE text USING fts5(word)",
}


def change(path, *statements):
    with closing(sqlite3.connect(path)) as connection, connection:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MinY", "ST_MaxX", "ST_MaxY"):  # of the spatial index
            connection.create_function(name, 1, lambda blob: 1)
        for statement in statements:
            connection.execute(statement)


def footprints_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM footprints").fetchall()


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_run_and_is_not_ours_is_refused_by_name(campaign, name):
    kind = HOSTILE[name].split()[1].lower().replace("virtual", "table")
    change(campaign, *([f'DROP TRIGGER IF EXISTS "{name}"'] if kind == "trigger" else []), HOSTILE[name])
    with pytest.raises(WorkspaceError, match=f"has a {kind} of its own, '{name}'"):
        LabelStore(campaign)


def test_a_layer_of_the_users_own_with_its_index_and_a_saved_style_are_let_in(campaign):
    import geopandas

    squares = geopandas.GeoDataFrame({"a": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:32637")
    squares.to_file(campaign, layer="my own", engine="pyogrio", driver="GPKG", mode="a")
    change(campaign, "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleQML TEXT)")
    LabelStore(campaign).close()


def test_the_spatial_indexes_are_kept_with_untrusted_files_too(store):
    square = shapely.box(500_010, 110, 500_020, 120)
    store.finish(Tile(0, 0), [square], "ada", NOW)
    assert store.footprints_in(Tile(0, 0)) == [square]


DAMAGES = {
    "a table is missing": ("DROP TABLE tile_quality", "its table tile_quality lacks"),
    "a table of schema 2 is missing": ("DROP TABLE claims", "its table claims lacks"),
    "a table of schema 3 is missing": ("DROP TABLE drawn_tiles", "its table drawn_tiles lacks"),
    "a column is missing": ("ALTER TABLE tiles DROP COLUMN rank", "its table tiles lacks rank"),
    "a spatial index is missing": ("DROP TABLE rtree_footprints_geom", "its table rtree_footprints_geom lacks"),
    "a column is computed": (
        "ALTER TABLE rounds RENAME COLUMN seconds TO s",
        "ALTER TABLE rounds ADD COLUMN seconds GENERATED ALWAYS AS (s)",
        "its table rounds lacks seconds",
    ),
    **{
        f"schema version {value}": (
            f"UPDATE settings SET value = '{value}' WHERE key = 'schema_version'",
            "schema_version is",
        )
        for value in ("0", "-1", "two", "", "1.5", "９", "999999999999999999999")
    },
    "no schema version": ("DELETE FROM settings WHERE key = 'schema_version'", "schema_version is missing"),
    "text that is none": ("UPDATE settings SET value = CAST(x'ff' AS TEXT) WHERE key = 'schema_version'", "is damaged"),
    "no CRS": ("DELETE FROM gpkg_contents WHERE table_name = 'footprints'", "is damaged"),
}


def test_a_damaged_name_that_sqlite_quotes_is_told_as_damage(campaign):
    change(
        campaign,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET name = CAST(x'9b9b' AS TEXT), sql = 'nonsense' WHERE name = 'footprints_uuid'",
    )
    with pytest.raises(WorkspaceError, match="is damaged"):
        LabelStore(campaign)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_with_what_is_missing(campaign, damage):
    *statements, message = DAMAGES[damage]
    change(campaign, *statements)
    with pytest.raises(WorkspaceError, match=message):
        LabelStore(campaign)


ROWS = {
    "a state that is none": ("UPDATE tiles SET state = 'sold'", "table tiles"),
    "no state": ("UPDATE tiles SET state = NULL", r"\(nothing is no state of a tile\)"),
    "no place": ("UPDATE tiles SET row = NULL", r"\(tile \(nothing, 0\) of split 'training'\)"),
    "a state that is a number": ("UPDATE tiles SET state = 7", "table tiles"),
    "a split that is none": ("UPDATE tiles SET split = 'x'", "table tiles"),
    "a place that is none": ("UPDATE tiles SET row = 'x'", "table tiles"),
    "a negative place": ("UPDATE tiles SET column_ = -1", "table tiles"),
    "a priority that is text": ("UPDATE tiles SET priority = 'high'", "table tiles"),
    "a reason that is a blob": ("UPDATE tiles SET reason = x'00'", "table tiles"),
    "text that is none": ("UPDATE tiles SET state = CAST(x'ff' AS TEXT)", "is damaged"),
    "a claim without a time": ("INSERT INTO claims VALUES (1, 'r000_c000', 's', 'a', 'soon', 'pool')", "table claims"),
    "an observed tile that is none": (
        "INSERT INTO tile_quality VALUES (1, '../x', 'v', 1, NULL, NULL, 0, 0, 0, 0, 0, 0)",
        "tile_quality",
    ),
    "half a number": (
        "INSERT INTO tile_quality VALUES (1, 'r000_c000', 'v', 1, x'00', NULL, 0, 0, 0, 0, 0, 0)",
        "tile_quality",
    ),
    "a log of another time": (
        "INSERT INTO log (uuid, time, tile_id, action, state) VALUES ('u', 'once', 'r000_c000', 'finish', 'done')",
        "table log",
    ),
    "a log of half an outline": (
        """INSERT INTO log (uuid, time, tile_id, action, state, geometry)
        VALUES ('u', '2026-01-01T00:00:00Z', 'r000_c000', 'finish', 'done', x'0103')""",
        "table log",
    ),
    "pixels that are none": (
        "INSERT INTO tile_quality VALUES (1, 'r000_c000', 'v', 1, NULL, NULL, 'many', 0, 0, 0, 0, 0)",
        "tile_quality",
    ),
    "a chance that is none": (
        """INSERT INTO drawn_rounds VALUES (1, 'u', '2026-01-01T00:00:00Z', 'v', 'random', 0, '[]')""",
        "INSERT INTO drawn_tiles VALUES (1, 'u', 'r000_c000', 1.5)",
        "table drawn_rounds",
    ),
    "a tile outside that is none": (
        """INSERT INTO drawn_rounds VALUES (1, 'u', '2026-01-01T00:00:00Z', 'v', 'random', 0, '["../x"]')""",
        "table drawn_rounds",
    ),
    "a quality that is none": (
        "INSERT INTO map_quality VALUES (1, '2026-01-01T00:00:00Z', 'v', 10, 5, 'good', 0, 1)",
        "table map_quality",
    ),
    "a round without a time": ("INSERT INTO rounds VALUES (1, 7, 'v', NULL, 1, 0, 0, 1, 1, 1)", "table rounds"),
}


@pytest.mark.parametrize("damage", ROWS)
def test_a_row_that_cannot_be_is_refused_with_its_table(campaign, damage):
    *statements, message = ROWS[damage]
    change(campaign, *statements)
    with LabelStore(campaign) as store, pytest.raises(WorkspaceError, match=message):
        (
            store.tiles(),
            store.tile_counts(),
            store.claims(),
            store.tile_quality(),
            store.log(),
            store.rounds(),
            store.drawn_rounds(),
            store.measured_maps(),
        )


def test_a_spatial_index_that_is_none_is_told_as_damage_where_a_tile_is_finished(campaign):
    change(campaign, "UPDATE rtree_tiles_geom_node SET data = zeroblob(20)")
    with LabelStore(campaign) as store, pytest.raises(WorkspaceError, match="is damaged"):
        store.finish(Tile(1, 0), [], "ann", NOW)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="SQLite's limits cannot be set before Python 3.11")
@pytest.mark.parametrize("column", ["state", "geom", "reason"])
def test_a_value_too_large_for_any_tile_is_refused_before_it_takes_memory(campaign, column):
    change(campaign, f"UPDATE tiles SET {column} = zeroblob(70000000) WHERE fid = 3")
    with LabelStore(campaign) as store, pytest.raises(WorkspaceError, match=r"damaged: .*too big"):
        store.tiles(), store.footprints_in(Tile(1, 0))


@pytest.mark.parametrize("blob", ["x''", "x'47'", "x'4750000000000000'", "'text'", "7"])
def test_an_outline_that_is_none_is_refused(campaign, blob):
    change(campaign, f"INSERT INTO footprints (geom) VALUES ({blob})")
    with LabelStore(campaign) as store, pytest.raises(WorkspaceError, match="an outline in it cannot be read"):
        store.all_footprints()


@pytest.mark.parametrize("blob", ["x''", "x'47'", "x'4750000000000000'", "x'475000000000000001030000'", "'text'", "7"])
@pytest.mark.parametrize("uuid", ["'mine'", "NULL"])
def test_a_tile_whose_outline_is_none_cannot_be_finished_anew_and_the_outline_stays(campaign, blob, uuid):
    change(campaign, f"INSERT INTO footprints (geom, tile_id, uuid) VALUES ({blob}, 'r001_c000', {uuid})")
    before = footprints_of(campaign)
    with LabelStore(campaign) as store, pytest.raises(WorkspaceError, match="damaged"):
        store.finish(Tile(1, 0), [], "ann", NOW)
    assert footprints_of(campaign) == before
