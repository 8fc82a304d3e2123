"""Where labels live: footprints, tile states and an append-only log in the campaign's GeoPackage."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Union
from uuid import uuid4

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from ..errors import LabelError
from ..imagery.grid import Bounds, Tile
from .geopackage import decode_all, encode, explained, touch, transaction, widen_extent, wkb_of
from .records import ANNOTATED, LogEntry, Round, TilePriority, TileRecord, TileState
from .schema import connect

Footprint = Union[Polygon, MultiPolygon]
SAME_WITHIN = 0.01  # CRS units, a centimetre in metres: what a way through GeoJSON and back moves a corner


class LabelStore:
    """The open GeoPackage of a campaign; every change is one transaction, on disk when its method returns.

    Other programs may read and write the file meanwhile; they are waited for up to ``busy_seconds``.
    What the user can mend raises WorkspaceError. Geometry is in the grid's CRS; to be used in one thread.
    """

    def __init__(self, path: Path, busy_seconds: float = 10) -> None:
        self._path = path
        self._connection = connect(path, busy_seconds)
        ((self._srs_id, self.crs),) = self._rows(
            """SELECT srs_id,
            CASE organization WHEN 'EPSG' THEN 'EPSG:' || organization_coordsys_id ELSE definition END
            FROM gpkg_contents JOIN gpkg_spatial_ref_sys USING (srs_id) WHERE table_name = 'footprints'"""
        )

    def __enter__(self) -> LabelStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def tiles(self, split: str | None = None, states: Collection[TileState] | None = None) -> list[TileRecord]:
        """The tiles of a split and of some states (None: all), best rank first, the unranked last."""
        rows = self._rows(
            """SELECT row, column_, split, state, rank, priority, predicted_iou, uncertainty, novelty, reason,
            version FROM tiles WHERE (:split IS NULL OR split = :split)
            AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
            ORDER BY rank IS NULL, rank, row, column_""",
            {
                "split": split,
                "states": None if states is None else json.dumps([state.value for state in states]),
            },
        )
        return [
            TileRecord(Tile(row, column), split, TileState(state), *scores)
            for row, column, split, state, *scores in rows
        ]

    def write_priorities(self, priorities: Iterable[TilePriority], version: str) -> None:
        """Replace what the last scoring said; a tile that is not among the priorities loses its own."""
        rows = [
            (
                _real(p.priority),
                None if p.rank is None else int(p.rank),
                _real(p.predicted_iou),
                _real(p.uncertainty),
                _real(p.novelty),
                p.reason,
                version,
                p.tile.id,
            )
            for p in priorities
        ]
        with self._change():
            self._connection.execute(
                """UPDATE tiles SET priority = NULL, rank = NULL, predicted_iou = NULL, uncertainty = NULL,
                novelty = NULL, reason = NULL, version = NULL"""
            )
            self._connection.executemany(
                """UPDATE tiles SET priority = ?, rank = ?, predicted_iou = ?, uncertainty = ?, novelty = ?,
                reason = ?, version = ? WHERE tile_id = ?""",
                rows,
            )
            touch(self._connection, "tiles")

    def mark_bad_imagery(self, tiles: Iterable[Tile], now: datetime) -> None:
        """Take tiles without usable pixels out of the pool; one that was worked on keeps its state."""
        with self._change():
            for tile in tiles:
                marked = self._connection.execute(
                    "UPDATE tiles SET state = ? WHERE tile_id = ? AND state = ?",
                    (TileState.BAD_IMAGERY.value, tile.id, TileState.POOL.value),
                )
                if marked.rowcount:
                    self._log(tile, "mark", TileState.BAD_IMAGERY, now)
            touch(self._connection, "tiles")

    def set_state(self, tile: Tile, state: TileState, annotator: str, now: datetime) -> None:
        """Change the state of a tile; its footprints stay. LabelError for a tile outside the campaign."""
        with self._change():
            self._set_state(tile, state, annotator, now)
            self._log(tile, "set state", state, now, annotator)

    def finish(
        self,
        tile: Tile,
        footprints: Sequence[Footprint],
        annotator: str,
        now: datetime,
        origin: str = "human",
        model_version: str | None = None,
        imagery: str | None = None,
        state: TileState | None = None,
    ) -> None:
        """Commit a tile with all its footprints: ``done``, ``empty`` without any, or the state given.

        A footprint that is there already, from a neighbour or from before, is not repeated; one that this
        tile brought before and does not bring now leaves the layer. The log keeps every commit whole.
        LabelError for a tile outside the campaign.
        """
        state = state or (TileState.DONE if len(footprints) else TileState.EMPTY)
        with self._change():
            self._set_state(tile, state, annotator, now)
            self._replace_footprints(tile, footprints, (annotator, _stamp(now), origin, model_version))
            self._log(tile, "finish", state, now, annotator, imagery, model_version, origin, footprints)

    def footprints_in(self, tile: Tile) -> list[Footprint]:
        """Every footprint that shares ground with a tile, whichever tile it was committed for."""
        ((blob,),) = self._rows("SELECT geom FROM tiles WHERE tile_id = ?", (self._known(tile),))
        (square,) = decode_all([blob])
        _, footprints = self._footprints_within(square.bounds)
        return list(footprints[shapely.intersects(footprints, square) & ~shapely.touches(footprints, square)])

    def all_footprints(self) -> geopandas.GeoDataFrame:
        """Every footprint with uuid, tile_id, annotator, created_at, origin and model_version."""
        columns = ["uuid", "tile_id", "annotator", "created_at", "origin", "model_version"]
        rows = self._rows(
            """SELECT uuid, tile_id, annotator, created_at, origin, model_version, geom FROM footprints
            WHERE geom NOT NULL ORDER BY fid"""
        )
        table = pd.DataFrame([row[:-1] for row in rows], columns=columns, dtype=object)
        table["created_at"] = pd.to_datetime(table["created_at"], utc=True)
        return geopandas.GeoDataFrame(table, geometry=_simplest(decode_all([row[-1] for row in rows])), crs=self.crs)

    def log(self) -> list[LogEntry]:
        """Everything that was ever done, oldest first."""
        rows = self._rows(
            """SELECT time, state, geometry, uuid, annotator, tile_id, action, imagery, model_version, origin
            FROM log ORDER BY fid"""
        )
        return [
            LogEntry(_moment(time), TileState(state), shapely.from_wkb(wkb), *source)
            for time, state, wkb, *source in rows
        ]

    def setting(self, key: str) -> str:
        """The value kept under a key; raises KeyError where none was ever set."""
        rows = self._rows("SELECT value FROM settings WHERE key = ?", (key,))
        if not rows:
            raise KeyError(key)
        return str(rows[0][0])

    def set_setting(self, key: str, value: str) -> None:
        with self._change():
            self._connection.execute(
                """INSERT INTO settings (key, value) VALUES (?, ?)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
                (key, value),
            )
            touch(self._connection, "settings")

    def add_round(self, finished: Round) -> None:
        with self._change():
            self._connection.execute(
                """INSERT INTO rounds
                (time, activated, version, parent, tiles, exam_iou_before, exam_iou_after, seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    _stamp(finished.time),
                    bool(finished.activated),
                    finished.version,
                    finished.parent,
                    int(finished.tiles),
                    _real(finished.exam_iou_before),
                    _real(finished.exam_iou_after),
                    float(finished.seconds),
                ),
            )
            touch(self._connection, "rounds")

    def rounds(self) -> list[Round]:
        """Every round, oldest first: the learning curve."""
        rows = self._rows(
            """SELECT time, activated, version, parent, tiles, exam_iou_before, exam_iou_after, seconds
            FROM rounds ORDER BY fid"""
        )
        return [Round(_moment(time), bool(activated), *values) for time, activated, *values in rows]

    def set_tile_quality(self, tile: Tile, version: str, iou: float) -> None:
        """Keep the IoU of what a version predicted on a tile before it was trained on it."""
        with self._change():
            self._connection.execute(
                """INSERT INTO tile_quality (tile_id, version, iou) VALUES (?, ?, ?)
                ON CONFLICT (tile_id, version) DO UPDATE SET iou = excluded.iou""",
                (self._known(tile), version, float(iou)),
            )
            touch(self._connection, "tile_quality")

    def tile_quality(self, version: str) -> dict[Tile, float]:
        """The IoU of a version by tile."""
        rows = self._rows("SELECT tile_id, iou FROM tile_quality WHERE version = ? ORDER BY fid", (version,))
        return {Tile.from_id(tile_id): iou for tile_id, iou in rows}

    @contextmanager
    def _change(self) -> Iterator[None]:
        with explained(self._path), transaction(self._connection):
            yield

    def _rows(self, statement: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        with explained(self._path):
            return self._connection.execute(statement, parameters).fetchall()

    def _known(self, tile: Tile) -> str:
        """The id of a tile; LabelError where the campaign does not have it."""
        if not self._rows("SELECT 1 FROM tiles WHERE tile_id = ?", (tile.id,)):
            raise LabelError(f"The campaign has no tile {tile.id}. Take one of those that 'next' lists.")
        return tile.id

    def _set_state(self, tile: Tile, state: TileState, annotator: str, now: datetime) -> None:
        finished = _stamp(now) if state in ANNOTATED else None
        self._connection.execute(
            "UPDATE tiles SET state = ?, annotator = ?, finished_at = ? WHERE tile_id = ?",
            (state.value, annotator, finished, self._known(tile)),
        )
        touch(self._connection, "tiles")

    def _replace_footprints(
        self, tile: Tile, footprints: Sequence[Footprint], source: tuple[str, str, str, str | None]
    ) -> None:
        """Make these the footprints that the tile has brought, leaving alone what neighbours have brought."""
        outlines = shapely.normalize(_simplest(np.array(footprints, dtype=object)))
        bounds: Bounds = MultiPolygon(_polygons(footprints)).bounds
        fids, live = self._footprints_within(bounds)
        live = shapely.normalize(live)
        brought = self._rows("SELECT fid FROM footprints WHERE tile_id = ?", (tile.id,))
        kept: set[int] = set()
        for position, outline in enumerate(outlines):
            same = shapely.equals_exact(live, outline, SAME_WITHIN)
            kept.update(fids[same].tolist())
            if not same.any() and not shapely.equals_exact(outlines[:position], outline, SAME_WITHIN).any():
                self._insert(tile, footprints[position], source)
        retired = [(fid,) for (fid,) in brought if fid not in kept]
        self._connection.executemany("DELETE FROM footprints WHERE fid = ?", retired)
        touch(self._connection, "footprints")
        if len(footprints):
            widen_extent(self._connection, "footprints", bounds)

    def _insert(self, tile: Tile, footprint: Footprint, source: tuple[str, str, str, str | None]) -> None:
        blob = encode(MultiPolygon(_polygons([footprint])), self._srs_id)
        self._connection.execute(
            """INSERT INTO footprints (geom, uuid, tile_id, annotator, created_at, origin, model_version)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (blob, str(uuid4()), tile.id, *source),
        )

    def _footprints_within(self, bounds: Bounds) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
        """The ids and outlines of footprints whose bounds meet these, found through the spatial index."""
        rows = self._rows(
            """SELECT fid, geom FROM rtree_footprints_geom JOIN footprints ON fid = id
            WHERE minx <= ? AND miny <= ? AND maxx >= ? AND maxy >= ? ORDER BY fid""",
            (bounds[2], bounds[3], bounds[0], bounds[1]),
        )
        return np.array([fid for fid, _ in rows], np.int64), _simplest(decode_all([blob for _, blob in rows]))

    def _log(
        self,
        tile: Tile,
        action: str,
        state: TileState,
        now: datetime,
        annotator: str | None = None,
        imagery: str | None = None,
        model_version: str | None = None,
        origin: str | None = None,
        footprints: Sequence[Footprint] | None = None,
    ) -> None:
        wkb = None if footprints is None else wkb_of(MultiPolygon(_polygons(footprints)))
        self._connection.execute(
            """INSERT INTO log
            (uuid, time, annotator, tile_id, action, state, imagery, model_version, origin, geometry)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                str(uuid4()),
                _stamp(now),
                annotator,
                tile.id,
                action,
                state.value,
                imagery,
                model_version,
                origin,
                wkb,
            ),
        )
        touch(self._connection, "log")


def _polygons(footprints: Sequence[Footprint]) -> list[Polygon]:
    return list(shapely.get_parts(np.array(footprints, dtype=object)))


def _simplest(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    """What is one polygon as a Polygon, though the layer holds it as multi."""
    return np.where(shapely.get_num_geometries(outlines) == 1, shapely.get_geometry(outlines, 0), outlines)


def _real(value: float | None) -> float | None:
    """A number that SQLite stores as such: a numpy float32 it would take for a blob."""
    return None if value is None else float(value)


def _stamp(moment: datetime) -> str:
    """UTC as a GeoPackage writes it."""
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp.replace("Z", "+00:00"))
