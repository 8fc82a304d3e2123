"""What the model said of each tile, kept by imagery, model version and tile: nothing is computed twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from ..imagery.grid import Tile


@dataclass(frozen=True)
class TileScore:
    """Of one tile: the statistics of its probabilities, float64 (4,) in the order of TileStatistics, and its embedding,
    float32 (channel,); both are None where there is no imagery to look at."""

    statistics: NDArray[np.float64] | None
    embedding: NDArray[np.float32] | None


class ScoreCache:
    """The scores of a campaign on disk. Every ``add`` is one transaction, so that an interrupted job resumes after it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(
            """CREATE TABLE IF NOT EXISTS scores (imagery TEXT, version TEXT, tile_id TEXT, statistics BLOB,
            embedding BLOB, PRIMARY KEY (imagery, version, tile_id)) WITHOUT ROWID"""
        )

    def __enter__(self) -> ScoreCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def scored(self, imagery: str, version: str) -> set[str]:
        """The ids of the tiles that this version (the hash of its weights) has scored."""
        rows = self._connection.execute(
            "SELECT tile_id FROM scores WHERE imagery = ? AND version = ?", (imagery, version)
        )
        return {tile_id for (tile_id,) in rows}

    def add(self, imagery: str, version: str, scores: Mapping[Tile, TileScore]) -> None:
        rows = [
            (imagery, version, tile.id, _bytes(score.statistics), _bytes(score.embedding))
            for tile, score in scores.items()
        ]
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT OR REPLACE INTO scores VALUES (?, ?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")

    def scores(self, imagery: str, version: str) -> dict[str, TileScore]:
        """Every score of a version by tile id."""
        rows = self._connection.execute(
            "SELECT tile_id, statistics, embedding FROM scores WHERE imagery = ? AND version = ?", (imagery, version)
        )
        return {
            tile_id: TileScore(
                None if statistics is None else np.frombuffer(statistics, np.float64),
                None if embedding is None else np.frombuffer(embedding, np.float32),
            )
            for tile_id, statistics, embedding in rows
        }


def _bytes(values: NDArray[np.generic] | None) -> bytes | None:
    return None if values is None else values.tobytes()
