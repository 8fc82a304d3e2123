"""Hostile and damaged GeoPackages of campaigns: each is refused by what is wrong with it, and nothing of it has run."""

import sqlite3
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
        for statement in statements:
            connection.execute(statement)


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


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_with_what_is_missing(campaign, damage):
    *statements, message = DAMAGES[damage]
    change(campaign, *statements)
    with pytest.raises(WorkspaceError, match=message):
        LabelStore(campaign)
