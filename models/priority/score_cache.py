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
    float32 (channel,)."""

    statistics: NDArray[np.float64]
    embedding: NDArray[np.float32]


class ScoreCache:
    """The scores of a campaign on disk. Each ``add`` is one transaction: an interrupted job resumes after the last."""

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

    def add(self, imagery: str, version: str, scores: Mapping[Tile, TileScore | None]) -> None:
        """Keep the scores of tiles; None for a tile without a picture."""
        rows = [
            (
                imagery,
                version,
                tile.id,
                *((score.statistics.tobytes(), score.embedding.tobytes()) if score else (None, None)),
            )
            for tile, score in scores.items()
        ]
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT OR REPLACE INTO scores VALUES (?, ?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")

    def scores(self, imagery: str, version: str) -> dict[str, TileScore | None]:
        """Every score of a version by tile id; None for a tile without a picture."""
        rows = self._connection.execute(
            "SELECT tile_id, statistics, embedding FROM scores WHERE imagery = ? AND version = ?", (imagery, version)
        )
        return {
            tile_id: None
            if statistics is None
            else TileScore(np.frombuffer(statistics, np.float64), np.frombuffer(embedding, np.float32))
            for tile_id, statistics, embedding in rows
        }
