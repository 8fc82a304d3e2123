"""What the model said of each tile, kept by imagery, model version and tile: nothing is computed twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from ..errors import WorkspaceError
from ..imagery.grid import Tile
from ..priority.uncertainty import TileScore
from ..storage.sqlite_file import open_sqlite
from .geopackage import explained, transaction

# Word for word, and blank for blank, as older files have it.
TABLE = """CREATE TABLE scores (imagery TEXT, version TEXT, tile_id TEXT, statistics BLOB,
            embedding BLOB, PRIMARY KEY (imagery, version, tile_id)) WITHOUT ROWID"""

STATISTICS = 4  # of each tile
ROUNDING = 1e-6  # an entropy of 1 bit, summed in float32, may be a little more


class ScoreCache:
    """The scores of a campaign on disk. Each ``add`` is one transaction: an interrupted job resumes after the last.

    A damaged or foreign file begins anew: all in it can be computed again. WorkspaceError where it cannot be read or
    written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with explained(path):
            try:
                self._connection = _opened(path)
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if isinstance(error, sqlite3.OperationalError):  # locked, read-only, no room: the file is sound
                    raise
                path.unlink()
                path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
                self._connection = _opened(path)

    def __enter__(self) -> ScoreCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def scored(self, imagery: str, version: str) -> set[str]:
        """The ids of the tiles that this version (the hash of its weights) has scored."""
        rows = self._rows("SELECT tile_id FROM scores WHERE imagery = ? AND version = ?", imagery, version)
        return {tile_id for (tile_id,) in rows}

    def add(self, imagery: str, version: str, scores: Mapping[Tile, TileScore | None]) -> None:
        """Keep the scores of tiles; None for a tile without a picture."""
        rows = [
            (
                imagery,
                version,
                tile.id,
                *(_bytes(score) if score else (None, None)),
            )
            for tile, score in scores.items()
        ]
        with explained(self._path), transaction(self._connection):
            self._connection.executemany("INSERT OR REPLACE INTO scores VALUES (?, ?, ?, ?, ?)", rows)

    def rename_imagery(self, former: str, new: str) -> None:
        """Let the scores of a fingerprint be those of another one of the same picture."""
        with explained(self._path), transaction(self._connection):
            self._connection.execute("UPDATE OR REPLACE scores SET imagery = ? WHERE imagery = ?", (new, former))

    def score(self, imagery: str, version: str, tile: Tile) -> TileScore | None:
        """The score of one tile; None where there is none, or no picture."""
        rows = self._rows(
            "SELECT statistics, embedding FROM scores WHERE imagery = ? AND version = ? AND tile_id = ?",
            imagery,
            version,
            tile.id,
        )
        return next(iter(self._scores(rows)), None)

    def scores(self, imagery: str, version: str) -> dict[str, TileScore | None]:
        """Every score of a version by tile id; None for a tile without a picture."""
        rows = self._rows(
            "SELECT tile_id, statistics, embedding FROM scores WHERE imagery = ? AND version = ?", imagery, version
        )
        return dict(zip((tile_id for tile_id, *_ in rows), self._scores([blobs for _, *blobs in rows])))

    def _scores(self, rows: Sequence[Sequence[Any]]) -> list[TileScore | None]:
        """What rows of statistics and embedding hold; WorkspaceError where one is nothing that scoring has kept."""
        try:
            scores = [_score(*row) for row in rows]
            if len({len(score.embedding) for score in scores if score}) > 1:
                raise ValueError
        except (TypeError, ValueError) as error:
            raise WorkspaceError(
                "scores-damaged",
                "The scores in '{path}' are damaged. Delete that file and score again: nothing else is lost.",
                path=self._path,
            ) from error
        return scores

    def _rows(self, statement: str, *parameters: str) -> list[tuple[Any, ...]]:
        with explained(self._path):
            return self._connection.execute(statement, parameters).fetchall()


def _opened(path: Path) -> sqlite3.Connection:
    connection = open_sqlite(path)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(TABLE.replace("TABLE", "TABLE IF NOT EXISTS", 1))
        held = connection.execute("SELECT sql FROM sqlite_master").fetchall()
        ((verdict,),) = connection.execute("PRAGMA quick_check(1)")
        if verdict != "ok" or held != [(TABLE,)]:
            raise sqlite3.DatabaseError(f"{verdict}: {held}")
    except BaseException:
        connection.close()
        raise
    return connection


def _bytes(score: TileScore) -> tuple[bytes, bytes]:
    return score.statistics.tobytes() + score.doubt.tobytes(), score.embedding.tobytes()


def _score(statistics: bytes | None, embedding: bytes) -> TileScore | None:
    """The doubts follow the statistics; scores of before there were any have none."""
    if statistics is None:
        return None
    shares = np.frombuffer(statistics, np.float64)
    score = TileScore(shares[:STATISTICS], np.frombuffer(embedding, np.float32), shares[STATISTICS:])
    is_share = len(shares) >= STATISTICS and (np.abs(shares - 0.5) <= 0.5 + ROUNDING).all()
    if not (is_share and np.isfinite(score.embedding).all()):
        raise ValueError
    return score
