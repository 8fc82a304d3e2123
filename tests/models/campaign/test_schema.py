import sqlite3
from contextlib import closing
from datetime import datetime, timezone

import pyogrio
import pytest
from shapely import box

from tiletriage.models.campaign.geopackage import open_geopackage
from tiletriage.models.campaign.label_store import LabelStore
from tiletriage.models.campaign.migrations import MIGRATIONS
from tiletriage.models.campaign.schema import connect, create, migrate
from tiletriage.models.errors import WorkspaceError
from tiletriage.models.imagery.grid import Tile


def execute(path, statement):
    connection = sqlite3.connect(path)
    with connection:
        rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


def sql(statement):
    """A step that does this."""
    return lambda connection, folder: connection.execute(statement)


def test_every_tile_of_the_campaign_is_a_square_of_the_layer(campaign):
    tiles = pyogrio.read_dataframe(campaign, layer="tiles")
    assert list(tiles.tile_id) == ["r000_c000", "r000_c001", "r001_c000", "r001_c001"]
    assert tiles.crs == "EPSG:32637"
    assert set(tiles.state) == {"pool"}
    assert tiles.geometry[3].bounds == (500_100, 0, 500_200, 100)
    assert tiles[["priority", "rank", "predicted_iou", "reason", "version", "finished_at"]].isna().all(axis=None)


def test_only_the_tiles_with_a_split_are_in_the_campaign(tmp_path, grid):
    create(tmp_path / "part.gpkg", grid, {Tile(1, 0): "exam"})
    with LabelStore(tmp_path / "part.gpkg") as store:
        assert [(record.tile, record.split) for record in store.tiles()] == [(Tile(1, 0), "exam")]


def test_gdal_finds_layers_and_tables(campaign):
    kinds = dict(pyogrio.list_layers(campaign))
    assert kinds == {
        "tiles": "Polygon",
        "footprints": "MultiPolygon",
        "log": None,
        "log_footprints": None,
        "claims": None,
        "drawn_rounds": None,
        "drawn_tiles": None,
        "map_quality": None,
        "rounds": None,
        "tile_quality": None,
        "settings": None,
    }


def test_the_file_is_a_geopackage_that_old_gdal_reads_without_a_warning(campaign):
    assert execute(campaign, "PRAGMA user_version") == [(10200,)]


def test_a_campaign_is_never_overwritten(campaign, grid):
    before = campaign.read_bytes()
    with pytest.raises(WorkspaceError, match="exists already"):
        create(campaign, grid, {Tile(0, 0): "training"})
    assert campaign.read_bytes() == before


def test_a_campaign_that_cannot_be_written_leaves_nothing_behind(tmp_path, grid):
    with pytest.raises(WorkspaceError, match="Choose a folder"):
        create(tmp_path / "missing" / "campaign.gpkg", grid, {Tile(0, 0): "training"})
    assert list(tmp_path.iterdir()) == []


def test_a_newer_schema_is_refused_with_the_cure_and_left_alone(campaign):
    execute(campaign, "UPDATE settings SET value = '8' WHERE key = 'schema_version'")
    before = campaign.read_bytes()
    with pytest.raises(WorkspaceError, match=r"newer Tile Triage \(schema 8, this one knows 7\)\. Update"):
        connect(campaign)
    assert campaign.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1",
        "DROP TABLE log_footprints; DROP TABLE claims",
        "DROP TABLE log_footprints; DROP TABLE claims; DROP INDEX log_tile_id; DROP INDEX footprints_uuid",
    ],
)
def test_a_file_that_calls_itself_older_than_it_is_has_been_damaged_and_is_left_alone(campaign, statement):
    with closing(sqlite3.connect(campaign)) as connection:
        connection.executescript(f"UPDATE settings SET value = '1' WHERE key = 'schema_version'; {statement}")
    before = campaign.read_bytes()
    with pytest.raises(WorkspaceError, match=r"is damaged: .*\. Restore it from a copy"):
        connect(campaign)
    assert campaign.read_bytes() == before


@pytest.mark.parametrize(
    "statement", ["CREATE UNIQUE INDEX one ON footprints (tile_id)", "CREATE UNIQUE INDEX one ON log (tile_id)"]
)
def test_rules_that_are_not_ours_are_told_where_they_stop_a_tile(campaign, statement):
    execute(campaign, statement)
    two = [box(500_010, 10, 500_020, 20), box(500_030, 10, 500_040, 20)]
    with LabelStore(campaign) as store, pytest.raises(WorkspaceError, match=r"is damaged: .*constraint"):
        for _ in range(2):
            store.finish(Tile(1, 0), two, "ann", datetime(2026, 1, 1, tzinfo=timezone.utc))


def test_an_older_schema_goes_through_the_missing_steps_once(campaign):
    steps = (*MIGRATIONS, sql("ALTER TABLE rounds ADD COLUMN method TEXT"), sql("UPDATE tiles SET reason = 'migrated'"))
    for _ in range(2):
        connection = open_geopackage(campaign)
        connection.execute("PRAGMA trusted_schema = ON")
        migrate(connection, campaign, 7, steps)
        connection.close()
    assert execute(campaign, "SELECT value FROM settings WHERE key = 'schema_version'") == [("9",)]
    assert execute(campaign, "SELECT DISTINCT reason FROM tiles") == [("migrated",)]


def test_a_step_that_fails_leaves_the_older_schema(campaign):
    connection = open_geopackage(campaign)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, campaign, 5, (*MIGRATIONS, sql("DELETE FROM tiles"), sql("DELETE FROM nowhere")))
    connection.close()
    assert execute(campaign, "SELECT count(*) FROM tiles") == [(4,)]


def test_what_is_no_campaign_is_refused(tmp_path):
    with pytest.raises(WorkspaceError, match="does not exist"):
        connect(tmp_path / "missing.gpkg")
    (tmp_path / "text.gpkg").write_text("no database, but as long as the header of one has to be, and longer " * 9)
    with pytest.raises(WorkspaceError, match="no GeoPackage"):
        connect(tmp_path / "text.gpkg")
    execute(tmp_path / "other.gpkg", "CREATE TABLE other (a)")
    with pytest.raises(WorkspaceError, match="no campaign"):
        connect(tmp_path / "other.gpkg")
