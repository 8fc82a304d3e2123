"""The campaign's GeoPackage as an open file: its settings, its rounds, and how right each version was."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import shapely

from ..errors import LabelError, WorkspaceError
from ..imagery.grid import Tile
from ..priority.uncertainty import TileScore
from ..segmentation.metrics import ConfusionCounts, TileCounts
from ..storage.bounded_json import is_number, read_json
from .geopackage import explained, touch, transaction
from .records import DrawnRound, MeasuredMap, Round, TileQuality
from .schema import connect

ACTIVE_VERSION = "active_version"  # its key among the settings


class CampaignFile:
    """The open GeoPackage of a campaign; every change is one transaction, on disk when its method returns.

    Other programs may read and write the file meanwhile; they are waited for up to ``busy_seconds``.
    What the user can mend raises WorkspaceError. Geometry is in the grid's CRS; to be used in one thread.
    """

    def __init__(self, path: Path, busy_seconds: float = 10) -> None:
        self._path = path
        self._connection = connect(path, busy_seconds)
        rows = self._rows(
            """SELECT srs_id,
            CASE organization WHEN 'EPSG' THEN 'EPSG:' || organization_coordsys_id ELSE definition END
            FROM gpkg_contents JOIN gpkg_spatial_ref_sys USING (srs_id) WHERE table_name = 'footprints'"""
        )
        if len(rows) != 1:
            self.close()
            raise WorkspaceError(
                "geopackage-without-crs",
                "'{path}' is damaged: its layer footprints has no CRS. Restore it from a copy.",
                path=path,
            )
        ((self._srs_id, self.crs),) = rows

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def setting(self, key: str) -> str:
        """The value kept under a key; raises KeyError where none was ever set."""
        rows = self._rows("SELECT value FROM settings WHERE key = ?", (key,))
        if not rows:
            raise KeyError(key)
        return str(rows[0][0])

    def settings(self) -> dict[str, object]:
        """Every setting by its key, as the file holds it."""
        return dict(self._rows("SELECT key, value FROM settings"))

    def set_setting(self, key: str, value: str) -> None:
        with self._change():
            self._set(key, value)

    def add_round(self, finished: Round) -> None:
        """Into the learning curve; a version that was activated is the active one from the same moment on."""
        with self._change():
            if finished.activated:
                self._set(ACTIVE_VERSION, finished.version)
            self._connection.execute(
                """INSERT INTO rounds
                (time, activated, version, parent, tiles, exam_iou_before, exam_iou_after, seconds, exam_tiles)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    stamp(finished.time),
                    bool(finished.activated),
                    finished.version,
                    finished.parent,
                    int(finished.tiles),
                    real(finished.exam_iou_before),
                    real(finished.exam_iou_after),
                    float(finished.seconds),
                    finished.exam_tiles,
                ),
            )
            touch(self._connection, "rounds")

    def rounds(self) -> list[Round]:
        """Every round, oldest first: the learning curve."""
        rows = self._rows(
            """SELECT time, activated, version, parent, tiles, exam_iou_before, exam_iou_after, seconds, exam_tiles
            FROM rounds ORDER BY fid"""
        )
        with self._readable("rounds"):
            return [Round(moment(time), bool(activated), *values) for time, activated, *values in rows]

    def add_tile_quality(
        self, tile: Tile, version: str, iou: float, score: TileScore | None, counts: TileCounts
    ) -> None:
        """Keep how right a version is on a tile without having learnt from it, and how that prediction looks."""
        statistics, embedding = (score.statistics.tobytes(), score.embedding.tobytes()) if score else (None, None)
        pixels, footprints = counts.pixels, counts.footprints
        matched = (footprints.tp, footprints.fp, footprints.fn) if footprints else (None, None, None)
        with self._change():
            if not self._rows("SELECT 1 FROM tiles WHERE tile_id = ?", (tile.id,)):
                raise unknown(tile.id)
            self._connection.execute(
                """INSERT INTO tile_quality (tile_id, version, iou, statistics, embedding, tp, fp, fn,
                footprint_tp, footprint_fp, footprint_fn)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tile_id, version) DO UPDATE SET
                iou = excluded.iou, statistics = excluded.statistics, embedding = excluded.embedding,
                tp = excluded.tp, fp = excluded.fp, fn = excluded.fn, footprint_tp = excluded.footprint_tp,
                footprint_fp = excluded.footprint_fp, footprint_fn = excluded.footprint_fn""",
                (tile.id, version, float(iou), statistics, embedding, pixels.tp, pixels.fp, pixels.fn, *matched),
            )
            touch(self._connection, "tile_quality")

    def tile_quality(self) -> list[TileQuality]:
        """Everything that was observed of predictions, in the order in which it was."""
        rows = self._rows(
            """SELECT tile_id, version, iou, statistics, embedding, tp, fp, fn, footprint_tp, footprint_fp, footprint_fn
            FROM tile_quality ORDER BY fid"""
        )
        with self._readable("tile_quality"):
            return [
                TileQuality(
                    Tile.from_id(tile_id),
                    version,
                    float(iou),
                    None if statistics is None else np.frombuffer(statistics, np.float64),
                    None if embedding is None else np.frombuffer(embedding, np.float32),
                    _counts_of(counts),
                )
                for tile_id, version, iou, statistics, embedding, *counts in rows
            ]

    def add_drawn_round(self, drawn: DrawnRound) -> None:
        """Keep how a round was drawn, before anybody annotates it."""
        uuid, outside = str(uuid4()), json.dumps(sorted(drawn.outside))
        with self._change():
            self._connection.execute(
                """INSERT INTO drawn_rounds (uuid, time, version, strategy, seed, outside)
                VALUES (?, ?, ?, ?, ?, ?)""",
                (uuid, stamp(drawn.time), drawn.version, drawn.strategy, drawn.seed, outside),
            )
            self._connection.executemany(
                "INSERT INTO drawn_tiles (round, tile_id, probability) VALUES (?, ?, ?)",
                [(uuid, tile_id, float(probability)) for tile_id, probability in drawn.probability.items()],
            )
            touch(self._connection, "drawn_rounds", "drawn_tiles")

    def drawn_rounds(self) -> list[DrawnRound]:
        """How every round was drawn, oldest first."""
        probability: dict[str, dict[str, float]] = defaultdict(dict)
        for round_, tile_id, chance in self._rows("SELECT round, tile_id, probability FROM drawn_tiles ORDER BY fid"):
            probability[round_][tile_id] = chance
        rows = self._rows("SELECT uuid, time, version, strategy, seed, outside FROM drawn_rounds ORDER BY fid")
        with self._readable("drawn_rounds"):
            return [
                DrawnRound(moment(time), version, strategy, seed, _ids(outside), _chances(probability[uuid]))
                for uuid, time, version, strategy, seed, outside in rows
            ]

    def add_measured_map(self, measured: MeasuredMap) -> None:
        """Into the curve of the map; what was told of as many tiles with the same version is told anew."""
        with self._change():
            self._connection.execute(
                "DELETE FROM map_quality WHERE version = ? AND tiles = ?", (measured.version, measured.tiles)
            )
            self._connection.execute(
                """INSERT INTO map_quality (time, version, tiles, minutes, iou, iou_low, iou_high)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (stamp(measured.time), *astuple(measured)[1:]),
            )
            touch(self._connection, "map_quality")

    def measured_maps(self) -> list[MeasuredMap]:
        """Every measurement of the finished map, oldest first."""
        rows = self._rows("SELECT time, version, tiles, minutes, iou, iou_low, iou_high FROM map_quality ORDER BY fid")
        with self._readable("map_quality"):
            return [
                MeasuredMap(moment(time), str(version), int(tiles), *map(float, figures))
                for time, version, tiles, *figures in rows
            ]

    def _set(self, key: str, value: str) -> None:
        self._connection.execute(
            """INSERT INTO settings (key, value) VALUES (?, ?)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
            (key, value),
        )
        touch(self._connection, "settings")

    @contextmanager
    def _change(self) -> Iterator[None]:
        with explained(self._path), transaction(self._connection):
            yield

    def _rows(self, statement: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        with explained(self._path):
            return self._connection.execute(statement, parameters).fetchall()

    @contextmanager
    def _readable(self, table: str) -> Iterator[None]:
        """What is made of the rows of a table: WorkspaceError where one of them cannot be."""
        try:
            yield
        except (ValueError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
            raise WorkspaceError(
                "row-damaged",
                "'{path}' is damaged: a row of its table {table} cannot be read ({error}). Restore it from a copy.",
                path=self._path,
                table=table,
                error=error,
            ) from error


def _ids(text: str) -> frozenset[str]:
    """Tile ids from their JSON; ValueError where it holds something else."""
    ids = read_json(text, "outside")
    if not isinstance(ids, list):
        raise ValueError("no list of tiles")
    for tile_id in ids:
        Tile.from_id(tile_id)
    return frozenset(ids)


def _chances(by_tile: Mapping[str, float]) -> Mapping[str, float]:
    """Inclusion probabilities by tile id; ValueError where one of them is none."""
    for tile_id, chance in by_tile.items():
        Tile.from_id(tile_id)
        if not (is_number(chance) and 0 < chance <= 1):
            raise ValueError(f"tile {tile_id} drawn with probability {chance!r}")
    return by_tile


def _counts_of(figures: Sequence[Any]) -> TileCounts | None:
    """What was kept of a tile: three counts of pixels, then three of footprints; None of what was not counted."""
    pixels, footprints = (
        None if None in three else ConfusionCounts(*map(int, three)) for three in (figures[:3], figures[3:])
    )
    return TileCounts(pixels, footprints) if pixels else None


def unknown(tile_id: str) -> LabelError:
    """That the campaign does not have a tile."""
    return LabelError(
        "tile-unknown",
        "The campaign has no tile {tile_id}. Ids look like r003_c012: see the layer 'tiles'.",
        tile_id=tile_id,
    )


def real(value: float | None) -> float | None:
    """A number that SQLite stores as such: a numpy float32 it would take for a blob."""
    return None if value is None else float(value)


def stamp(moment: datetime) -> str:
    """UTC as a GeoPackage writes it."""
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(stamp: str) -> datetime:
    """The time that a GeoPackage holds; ValueError where it is none."""
    if not isinstance(stamp, str):
        raise ValueError(f"{stamp!r} is no time")
    return datetime.fromisoformat(stamp.replace("Z", "+00:00"))
