from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
import pytest

from tiletriage.models.campaign.score_cache import ScoreCache
from tiletriage.models.errors import WorkspaceError
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.priority.uncertainty import TileScore

FIRST, SECOND = Tile(0, 0), Tile(0, 1)


def score(value):
    return TileScore(np.full(4, value / 1000), np.full(3, value, np.float32))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "scores.sqlite"


@pytest.fixture
def cache(path):
    with ScoreCache(path) as cache:
        yield cache


@pytest.mark.parametrize("doubt", [np.empty(0), np.array([0.25, 0.5])])
def test_a_score_comes_back_as_it_was_kept(cache, doubt):
    kept = TileScore(np.array([0.1, 0.2, 0.3, 1 / 3]), np.array([1e-8, -2.5], np.float32), doubt)
    cache.add("scene", "v1", {FIRST: kept})
    for found in (cache.scores("scene", "v1")[FIRST.id], cache.score("scene", "v1", FIRST)):
        np.testing.assert_array_equal(found.statistics, kept.statistics)
        np.testing.assert_array_equal(found.embedding, kept.embedding)
        np.testing.assert_array_equal(found.doubt, doubt)
        assert (found.statistics.dtype, found.embedding.dtype) == (np.float64, np.float32)


def test_a_tile_without_a_picture_is_known_but_has_no_score(cache):
    cache.add("scene", "v1", {FIRST: None})
    assert cache.scored("scene", "v1") == {FIRST.id}
    assert cache.scores("scene", "v1") == {FIRST.id: None}
    assert cache.score("scene", "v1", FIRST) is None


def test_each_imagery_and_each_version_has_scores_of_its_own(cache):
    cache.add("scene", "v1", {FIRST: score(1)})
    assert cache.scored("scene", "v2") == cache.scored("other", "v1") == set()
    assert cache.scores("scene", "v2") == {}
    assert cache.score("scene", "v1", SECOND) is None


def test_a_tile_that_is_scored_again_has_its_newest_score(cache):
    for value in (1, 2):
        cache.add("scene", "v1", {FIRST: score(value)})
    assert cache.score("scene", "v1", FIRST).statistics[0] == 0.002


def test_scores_outlast_the_process(path):
    with ScoreCache(path) as cache:
        cache.add("scene", "v1", {FIRST: score(1)})
    with ScoreCache(path) as cache:
        assert cache.scored("scene", "v1") == {FIRST.id}


def test_a_damaged_file_begins_anew(path):
    path.parent.mkdir()
    path.write_bytes(b"this is no database" * 100)
    with ScoreCache(path) as cache:
        cache.add("scene", "v1", {FIRST: score(1)})
        assert cache.scored("scene", "v1") == {FIRST.id}


def test_a_file_that_was_cut_short_begins_anew(path):
    with ScoreCache(path) as cache:
        cache.add("scene", "v1", {Tile(0, column): score(column) for column in range(300)})
    path.write_bytes(path.read_bytes()[: 3 * 4096])
    with ScoreCache(path) as cache:
        assert cache.scored("scene", "v1") == set()


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE scores; CREATE TABLE scores (x)",
        "DROP TABLE scores; CREATE VIEW scores AS SELECT 1 AS imagery, 1 AS version, 1 AS tile_id",
        "CREATE TRIGGER t BEFORE INSERT ON scores BEGIN SELECT RAISE(ABORT, 'x'); END",
        "CREATE UNIQUE INDEX one ON scores (version)",
    ],
)
def test_a_file_of_other_tables_begins_anew(path, statement):
    with ScoreCache(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)
    with ScoreCache(path) as cache:
        cache.add("scene", "v1", {FIRST: score(1), SECOND: score(2)})
        assert cache.scored("scene", "v1") == {FIRST.id, SECOND.id}


@pytest.mark.parametrize(
    "damage",
    [
        "statistics = x'00'",
        "statistics = zeroblob(16)",
        "statistics = 'text'",
        "statistics = 5",
        "statistics = x'000000000000f87f000000000000f87f000000000000f87f000000000000f87f'",  # not a number
        "statistics = x'0000000000000040000000000000004000000000000000400000000000000040'",  # two, of 0..1
        "embedding = NULL",
        "embedding = 'text'",
        "embedding = zeroblob(5)",
        "embedding = zeroblob(8)",  # of another network
        "embedding = x'0000c07f0000c07f0000c07f'",
    ],
)
def test_a_score_that_is_none_is_told_with_the_file_to_delete(cache, path, damage):
    cache.add("scene", "v1", {FIRST: score(1), SECOND: score(2)})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE scores SET {damage} WHERE tile_id = ?", (FIRST.id,))
    with pytest.raises(WorkspaceError, match="Delete that file"):
        cache.scores("scene", "v1")


def test_a_file_of_an_earlier_version_is_kept(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            """CREATE TABLE IF NOT EXISTS scores (imagery TEXT, version TEXT, tile_id TEXT, statistics BLOB,
            embedding BLOB, PRIMARY KEY (imagery, version, tile_id)) WITHOUT ROWID"""
        )
        connection.execute("INSERT INTO scores VALUES ('scene', 'v1', ?, NULL, NULL)", (FIRST.id,))
    with ScoreCache(path) as cache:
        assert cache.scored("scene", "v1") == {FIRST.id}


def test_a_full_disk_is_named_and_what_was_kept_before_stays(cache, path):
    cache.add("scene", "v1", {FIRST: score(1)})
    cache._connection.execute("PRAGMA max_page_count = 3")  # what SQLite then says is what it says of a full disk
    with pytest.raises(WorkspaceError, match="full"):
        cache.add("scene", "v2", {Tile(0, column): score(column) for column in range(300)})
    assert cache.scored("scene", "v1") == {FIRST.id}
    assert cache.scored("scene", "v2") == set()
