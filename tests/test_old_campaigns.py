"""A campaign that version 0.2.0 has made opens, keeps all that it had, scores and learns."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from tiletriage.models import loop
from tiletriage.models.campaign.campaign_log import replay
from tiletriage.models.campaign.geopackage import decode, open_geopackage
from tiletriage.models.campaign.import_request import begun_request
from tiletriage.models.campaign.migrations import MIGRATIONS
from tiletriage.models.campaign.model_store import read_card
from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.schema import connect, migrate
from tiletriage.models.campaign.score_cache import ScoreCache
from tiletriage.models.campaign.workspace import CAMPAIGN_ID, open_workspace
from tiletriage.models.errors import WorkspaceError
from tiletriage.models.evaluation.observation import observations
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.jobs import drive
from tiletriage.models.priority.uncertainty import TileScore

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
ARCHIVE = Path(__file__).parent / "data" / "campaign_0_2_0.zip"
BESIDE_EXAM = "SELECT tile_id FROM tiles WHERE split = 'guard'"
ROW = "uuid, tile_id, annotator, created_at, origin, model_version"


class Quiet:
    def isCanceled(self):
        return False

    def setProgress(self, percent):
        pass


@pytest.fixture
def folder(tmp_path):
    """The folder of the campaign, as 0.2.0 has left it."""
    with ZipFile(ARCHIVE) as archive:
        archive.extractall(tmp_path / "old")
    return tmp_path / "old" / "campaign"


def rows(folder, statement):
    with closing(sqlite3.connect(folder / "campaign.gpkg")) as connection:
        return connection.execute(statement).fetchall()


def test_nothing_that_was_there_is_lost_or_changed(folder):
    tables = {
        table: rows(folder, f"SELECT * FROM {table}")
        for table in ("tiles", "footprints", "log", "rounds", "tile_quality")
    }
    with open_workspace(folder).store():
        pass
    for table, before in tables.items():
        after = rows(folder, f"SELECT * FROM {table}")
        before = [tuple("training" if value == "guard" else value for value in row) for row in before]
        assert [row[: len(old)] for row, old in zip(after, before)] == before, table


def test_tiles_beside_its_exam_may_be_annotated_now_and_no_earlier_round_could_have_drawn_them(folder):
    path, beside = folder / "campaign.gpkg", {id_ for (id_,) in rows(folder, BESIDE_EXAM)}
    with closing(open_geopackage(path)) as connection:
        migrate(connection, path, 1, MIGRATIONS[:4])  # as version 0.3 has left campaigns
        columns = "uuid, time, version, strategy, seed, outside"
        for uuid, outside in (("a", '["r000_c001"]'), ("b", "[]")):
            values = (uuid, "2026-01-01T00:00:00Z", "v001", "map-gain", 0, outside)
            connection.execute(f"INSERT INTO drawn_rounds ({columns}) VALUES (?, ?, ?, ?, ?, ?)", values)
    with open_workspace(folder).store() as store:
        first, second = store.drawn_rounds()
        assert (first.outside, second.outside) == (beside | {"r000_c001"}, beside)
        assert {record.tile.id for record in store.tiles("training")} > beside
    assert len(beside) == 12 and not rows(folder, BESIDE_EXAM)


def test_a_column_of_the_user_that_is_called_class_keeps_what_it_holds_under_another_name(folder):
    with closing(open_geopackage(folder / "campaign.gpkg")) as connection:
        connection.execute("ALTER TABLE footprints ADD COLUMN Class TEXT DEFAULT 'school'")
        connection.execute("ALTER TABLE footprints ADD COLUMN own_class_1 TEXT DEFAULT 'mine'")
    with open_workspace(folder).store() as store:
        assert set(store.all_footprints()["class"]) == {None}
    assert set(rows(folder, "SELECT own_class_1, own_class_2 FROM footprints")) == {("mine", "school")}


def test_the_log_leads_to_what_there_is_and_goes_on_from_there(folder):
    with open_workspace(folder).store() as store:
        for _ in range(2):
            replayed = replay(store.log())
            there = rows(folder, f"SELECT {ROW}, geom FROM footprints")
            assert {uuid: (*source, decode(geom)) for uuid, *source, geom in there} == {
                uuid: (r.tile_id, r.annotator, r.created_at, r.origin, r.model_version, r.wkb)
                for uuid, r in replayed.footprints.items()
            }
            states = {record.tile.id: record.state for record in store.tiles()}
            assert {tile: replayed.states.get(tile, TileState.POOL) for tile in states} == states
            tile = Tile.from_id("r000_c001")
            store.finish(tile, store.footprints_in(tile)[:1], "Amina", NOW)


def test_copies_of_one_campaign_are_one_campaign_and_others_are_not(folder, tiny_workspace):
    copy = shutil.copytree(folder, folder.parent / "copy")
    ids = []
    for each in (folder, copy, tiny_workspace):
        with open_workspace(each).store() as store:
            ids.append(store.setting(CAMPAIGN_ID))
    assert ids[0] == ids[1] != ids[2]


def test_a_migrated_file_has_the_tables_of_a_new_one(folder, tiny_workspace):
    open_workspace(folder)
    ours = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    assert rows(folder, ours) == rows(tiny_workspace, ours)
    for table in ("log", "log_footprints", "claims", "rounds", "tile_quality", "settings"):
        columns = f"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')"
        assert rows(folder, columns) == rows(tiny_workspace, columns)


def test_a_migration_that_is_interrupted_leaves_the_old_campaign(folder):
    def fail(connection, _):
        raise KeyboardInterrupt

    before = (folder / "campaign.gpkg").read_bytes()
    with closing(open_geopackage(folder / "campaign.gpkg")) as connection, pytest.raises(KeyboardInterrupt):
        connection.execute("PRAGMA trusted_schema = ON")  # the spatial index of its tiles calls functions
        migrate(connection, folder / "campaign.gpkg", 1, (*MIGRATIONS, fail))
    assert (folder / "campaign.gpkg").read_bytes() == before


def test_without_room_for_the_new_tables_the_old_campaign_stays(folder):
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")
    before, limit = (folder / "campaign.gpkg").read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before), limit[1]))
    try:
        with pytest.raises(WorkspaceError, match="nothing was changed"):
            open_workspace(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert (folder / "campaign.gpkg").read_bytes() == before
    assert open_workspace(folder).cards()


@pytest.mark.parametrize("journal", ["delete", "wal"])  # QGIS turns the second on while it has a layer open
def test_it_is_migrated_while_another_program_has_it_open(folder, journal):
    with closing(sqlite3.connect(folder / "campaign.gpkg")) as other:
        other.execute(f"PRAGMA journal_mode = {journal}")
        assert other.execute("SELECT count(*) FROM footprints").fetchone() == (6,)
        workspace = open_workspace(folder)
        assert other.execute("SELECT count(*) FROM claims").fetchone() == (0,)
        assert other.execute("SELECT count(*) FROM footprints").fetchone() == (6,)
        with workspace.store() as store:
            assert len(replay(store.log()).footprints) == 6


def test_footprints_without_an_identity_of_their_own_are_adopted_by_the_tile_that_is_finished(folder):
    with closing(open_geopackage(folder / "campaign.gpkg")) as connection:
        connection.execute("PRAGMA trusted_schema = ON")  # its spatial index calls functions
        connection.execute("UPDATE footprints SET uuid = (SELECT uuid FROM footprints WHERE fid = 5) WHERE fid = 7")
    with open_workspace(folder).store() as store:
        assert len(replay(store.log()).footprints) == 4
        tile = Tile.from_id("r000_c001")
        store.finish(tile, store.footprints_in(tile), "Amina", NOW)
        assert len(replay(store.log()).footprints) == 6
        assert set(replay(store.log()).footprints) == {uuid for (uuid,) in rows(folder, "SELECT uuid FROM footprints")}


def test_what_the_cache_still_has_of_observed_predictions_is_kept_and_the_rest_plays_no_part(folder):
    known = TileScore(np.array([0.1, 0.2, 0.3, 0.4]), np.array([1, 2, 3], np.float32))
    fingerprint = rows(folder, "SELECT value FROM settings WHERE key = 'fingerprint'")[0][0]
    with ScoreCache(folder / "cache" / "scores.sqlite") as cache:
        cache.add(fingerprint, read_card(folder / "versions" / "tiny").sha256, {Tile.from_id("r000_c002"): known})
    connect(folder / "campaign.gpkg").close()
    shutil.rmtree(folder / "cache")
    with open_workspace(folder).store() as store:
        assert len(store.tile_quality()) == 4
        found = observations(store)
    assert [tile.id for tile in found.tiles] == ["r000_c002"]
    np.testing.assert_array_equal(found.statistics, [known.statistics])
    np.testing.assert_array_equal(found.embedding, [known.embedding])


def test_an_import_that_was_interrupted_goes_on(folder):
    path = folder.parent / "labels.gpkg"
    kept = json.dumps({"wish": [str(path), 2, False], "tiles": ["r003_c002", "r001_c001"]})
    with closing(open_geopackage(folder / "campaign.gpkg")) as connection:
        connection.execute("UPDATE settings SET value = ? WHERE key = 'handing_in'", (kept,))
    with open_workspace(folder).store() as store:
        assert begun_request(store, "content", path, 2, False).tiles == ("r003_c002", "r001_c001")
        assert begun_request(store, "content", path, 3, False) is None


def test_its_own_versions_know_their_tiles_and_their_exam(folder):
    workspace = open_workspace(folder)
    with workspace.store() as store:
        learnt = workspace.learnt_tiles(store, workspace.card("v001"))
        assert learnt == {"r000_c005", "r000_c002", "r000_c000", "r000_c001"}
        assert [each.exam_tiles for each in store.rounds()] == [4]


def test_it_scores_and_learns(folder):
    workspace = open_workspace(folder)
    scored = drive(loop.score(workspace, now=NOW), Quiet())
    assert (scored.version, scored.tiles) == ("v001", 35)
    done = drive(loop.fine_tune(workspace, method="decoder", epochs=1, now=NOW), Quiet())
    assert (done.version, done.parent, done.tiles, done.exam_tiles) == ("v002", "v001", 5, 4)
    assert drive(loop.evaluate(workspace), Quiet()).exam_tiles == 4


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO settings (key, value) VALUES ('handing_in', '{'[' * 50_000}')",
        "INSERT INTO settings (key, value) VALUES ('handing_in', 'nonsense')",
        """INSERT INTO settings (key, value) VALUES ('handing_in', '{"wish": 5}')""",
        "INSERT INTO settings (key, value) VALUES ('handing_in', x'ff')",
    ],
)
def test_an_import_that_cannot_be_understood_is_forgotten(folder, statement):
    with closing(sqlite3.connect(folder / "campaign.gpkg")) as connection, connection:
        connection.execute("DELETE FROM settings WHERE key = 'handing_in'")
        connection.execute(statement)
    with open_workspace(folder).store() as store:
        assert store.setting("import_requests") == "[]"
