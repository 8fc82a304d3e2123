import sqlite3
from contextlib import closing

import pytest
import shapely

from tiletriage.models.campaign.geopackage import decode, encode, explained, open_geopackage, transaction
from tiletriage.models.errors import WorkspaceError


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE numbers (number INTEGER)")
    return path


def numbers(path):
    with closing(sqlite3.connect(path)) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM numbers")]


def test_a_geometry_comes_back_from_its_blob():
    triangle = shapely.Polygon([(0, 0), (4, 0), (0, 3)])
    assert shapely.from_wkb(decode(encode(triangle, 32637))).equals_exact(triangle)


def test_a_blob_without_envelope_is_read_too():
    point = shapely.Point(1, 2)
    assert shapely.from_wkb(decode(b"GP\x00\x01" + bytes(4) + point.wkb)) == point


def test_height_is_dropped():
    assert not shapely.from_wkb(decode(encode(shapely.Point(1, 2, 3), 0))).has_z


def test_a_transaction_that_fails_changes_nothing(file):
    with closing(open_geopackage(file)) as connection:
        with pytest.raises(KeyboardInterrupt), transaction(connection):
            connection.execute("INSERT INTO numbers VALUES (1)")
            raise KeyboardInterrupt
        with transaction(connection):
            connection.execute("INSERT INTO numbers VALUES (2)")
    assert numbers(file) == [2]


def test_a_commit_waits_for_the_disk(file):
    with closing(open_geopackage(file)) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)  # FULL is 2, EXTRA 3


def test_a_locked_file_is_explained(file):
    with closing(open_geopackage(file)) as first, closing(open_geopackage(file, busy_seconds=0)) as second:
        expected = pytest.raises(WorkspaceError, match="in use by another program")
        with transaction(first), expected, explained(file), transaction(second):
            pass


def test_a_full_disk_is_explained_and_nothing_is_lost(file):
    with closing(open_geopackage(file)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute("INSERT INTO numbers VALUES (7)")
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(WorkspaceError, match="is full"), explained(file), transaction(connection):
            connection.executemany("INSERT INTO numbers VALUES (?)", [(n,) for n in range(9999)])
    assert numbers(file) == [7]


def test_a_read_only_file_is_explained(file):
    with closing(open_geopackage(file)) as connection:
        connection.execute("PRAGMA query_only = ON")
        with pytest.raises(WorkspaceError, match="is read-only"), explained(file), transaction(connection):
            connection.execute("INSERT INTO numbers VALUES (1)")


def test_our_own_mistakes_are_not_blamed_on_the_file(file):
    expected = pytest.raises(sqlite3.OperationalError, match="no such table")
    with closing(open_geopackage(file)) as connection, expected, explained(file):
        connection.execute("SELECT * FROM nowhere")


def test_a_missing_file_is_not_created(tmp_path):
    with pytest.raises(WorkspaceError, match="could not be opened"), explained(tmp_path / "b.gpkg"):
        open_geopackage(tmp_path / "b.gpkg")
    assert list(tmp_path.iterdir()) == []
