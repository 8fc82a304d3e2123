import os
import sqlite3
from contextlib import closing

import pytest

from tiletriage.models.errors import WorkspaceError
from tiletriage.models.storage.sqlite_file import MAGIC, open_sqlite


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE numbers (number INTEGER)")
    return path


def left_hot(path, ending=b""):
    """As after kill -9 in the middle of a transaction: the file is written to, and its journal is there."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO numbers VALUES (?)", [(number,) for number in range(5000)])
        kept = path.read_bytes(), path.with_name(f"{path.name}-journal").read_bytes()
        connection.execute("ROLLBACK")
    path.write_bytes(kept[0])
    journal = path.with_name(f"{path.name}-journal")
    journal.write_bytes(kept[1] + ending)
    return journal


def record_of(name):
    return bytes(4) + name + len(name).to_bytes(4, "big") + (sum(name) & 0xFFFFFFFF).to_bytes(4, "big") + MAGIC


def test_a_journal_that_would_have_another_file_deleted_is_refused_before_sqlite_sees_it(file, tmp_path):
    victim = tmp_path / "thesis.odt"
    victim.write_text("years of work", encoding="utf-8")
    left_hot(file, record_of(str(victim).encode()))
    with pytest.raises(WorkspaceError, match=r"thesis\.odt"):
        open_sqlite(file)
    assert victim.read_text(encoding="utf-8") == "years of work"


def test_a_journal_of_a_killed_process_is_rolled_back_as_ever(file):
    journal = left_hot(file)
    with closing(open_sqlite(file)) as connection:
        assert connection.execute("SELECT count(*) FROM numbers").fetchone() == (0,)
    assert not journal.exists()


@pytest.mark.parametrize("end", ["", "-journal", "-wal", "-shm"])
def test_a_link_is_never_opened(file, tmp_path, end):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(file.read_bytes())
    link = file.with_name(file.name + end)
    link.unlink(missing_ok=True)
    link.symlink_to(elsewhere)
    with pytest.raises(WorkspaceError, match="is a link"):
        open_sqlite(file)


def test_what_the_file_says_runs_nothing_of_its_own(file):
    with closing(open_sqlite(file)) as connection:
        assert connection.execute("PRAGMA trusted_schema").fetchone() == (0,)


def test_a_file_that_is_somebody_elses_too_is_not_written_in_place(file, tmp_path):
    os.link(file, tmp_path / "other.sqlite")
    with pytest.raises(WorkspaceError, match=r"a hard link.*Copy the campaign's folder"):
        open_sqlite(file)
    open_sqlite(file, "ro").close()
