"""A SQLite file that may come from a stranger: looked at before SQLite itself touches it."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from ..errors import WorkspaceError
from .limits import LARGEST_VALUE_BYTES
from .links import check_plain

BESIDE = ("", "-journal", "-wal", "-shm")  # what SQLite opens with a file, by the ends of the names
MAGIC = bytes.fromhex("d9d505f920a163d7")  # ends a journal that names a super-journal: name, length, checksum, magic
RECORD_BYTES = 16  # of that record without the name


def open_sqlite(path: Path, mode: str = "rwc", busy_seconds: float = 5) -> sqlite3.Connection:
    """A connection for explicit transactions that runs nothing of what the file says is to be run.

    Functions in triggers and views stay locked until who has checked these lets them (``PRAGMA trusted_schema``).
    A journal that a killed process has left is rolled back by SQLite. Raises WorkspaceError where it or a file beside
    is a link or has other names, or the journal names a super-journal: SQLite would delete the file of that name, and
    we never make one.
    """
    for end in BESIDE:
        check_plain(f"{path}{end}")
    _check_journal(f"{path}-journal")
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None)
    if sys.version_info >= (3, 11):  # before, no way leads there, and it takes what memory the file asks for
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE_BYTES)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _check_journal(journal: str) -> None:
    try:
        with open(journal, "rb") as file:  # noqa: PTH123, a campaign is opened for every tile
            size = file.seek(0, os.SEEK_END)
            if size < RECORD_BYTES:
                return
            file.seek(size - RECORD_BYTES)
            record = file.read(RECORD_BYTES)
            length = int.from_bytes(record[:4], "big")
            if record[8:] != MAGIC or not 0 < length <= size - RECORD_BYTES:
                return
            file.seek(size - RECORD_BYTES - length)
            name = file.read(min(length, 4096)).decode("utf-8", "replace")
    except FileNotFoundError:
        return
    raise WorkspaceError(
        "journal-of-several",
        "'{journal}' was not left by Tile Triage: it would have the file '{name}' deleted. Nothing was opened. Take "
        "the campaign from its source again, without that file.",
        journal=journal,
        name=name.rstrip("\0"),
    )
