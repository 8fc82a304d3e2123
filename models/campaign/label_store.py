"""Where labels live: footprints, tile states and an append-only log in the campaign's GeoPackage."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Union
from uuid import uuid4

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from ..annotation.outline_checks import Footprint
from ..imagery.grid import Bounds, Tile
from .campaign_file import CampaignFile, moment, real, stamp
from .geopackage import decode_all, encode, touch, widen_extent, wkb_of
from .records import ANNOTATED, LogEntry, TilePriority, TileRecord, TileState

Source = tuple[str, str, str, Union[str, None]]  # annotator, time, origin, model version
SAME_WITHIN = 0.01  # CRS units, a centimetre in metres: what a way through GeoJSON and back moves a corner


class LabelStore(CampaignFile):
    """Tiles, footprints and the log of a campaign. One object is for one thread; each may have its own."""

    def __enter__(self) -> LabelStore:
        return self

    def tiles(
        self, split: str | None = None, states: Collection[TileState] | None = None, count: int | None = None
    ) -> list[TileRecord]:
        """The first ``count`` tiles of a split and of some states (None: all), best rank first, the unranked last."""
        rows = self._rows(
            """SELECT row, column_, split, state, rank, priority, predicted_iou, uncertainty, novelty, reason,
            version FROM tiles WHERE (:split IS NULL OR split = :split)
            AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
            ORDER BY rank IS NULL, rank, row, column_ LIMIT :count""",
            {
                "split": split,
                "states": None if states is None else json.dumps([state.value for state in states]),
                "count": -1 if count is None else count,
            },
        )
        return [
            TileRecord(Tile(row, column), split, TileState(state), *scores)
            for row, column, split, state, *scores in rows
        ]

    def tile(self, tile_id: str) -> TileRecord:
        """The tile of an id; LabelError where the campaign has none."""
        ((row, column, split, state, *scores),) = self._rows(
            """SELECT row, column_, split, state, rank, priority, predicted_iou, uncertainty, novelty, reason,
            version FROM tiles WHERE tile_id = ?""",
            (self._known(tile_id),),
        )
        return TileRecord(Tile(row, column), split, TileState(state), *scores)

    def tile_counts(self) -> Mapping[tuple[str, TileState], int]:
        """How many tiles there are of each split and state that occur."""
        rows = self._rows("SELECT split, state, count(*) FROM tiles GROUP BY split, state")
        return {(split, TileState(state)): number for split, state, number in rows}

    def footprint_count(self) -> int:
        ((number,),) = self._rows("SELECT count(*) FROM footprints WHERE geom NOT NULL")
        return int(number)

    def write_priorities(self, priorities: Iterable[TilePriority], version: str) -> None:
        """Replace what the last scoring said; a tile that is not among the priorities loses its own."""
        rows = [
            (
                real(p.priority),
                None if p.rank is None else int(p.rank),
                real(p.predicted_iou),
                real(p.uncertainty),
                real(p.novelty),
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
        drafts: Sequence[Footprint] = (),
        instead_of: Sequence[Footprint] = (),
    ) -> None:
        """Commit a tile with all its footprints: ``done``, ``empty`` without any, or the state given.

        A footprint that is there already, from a neighbour or from before, is not repeated; one that this
        tile brought before and does not bring now leaves the layer, and so does one that the annotator was shown
        (``instead_of``), whoever brought it. A footprint that equals one of the ``drafts`` has the model for its
        origin. The log keeps every commit whole. LabelError for a tile outside the campaign.
        """
        state = state or (TileState.DONE if len(footprints) else TileState.EMPTY)
        with self._change():
            self._set_state(tile, state, annotator, now)
            sources = [
                (annotator, stamp(now), "model" if is_draft else origin, model_version)
                for is_draft in _occur_in(drafts, footprints)
            ]
            self._replace_footprints(tile, footprints, sources, instead_of)
            self._log(tile, "finish", state, now, annotator, imagery, model_version, origin, footprints)

    def footprints_in(self, tile: Tile) -> list[Footprint]:
        """Every footprint that shares ground with a tile, whichever tile it was committed for."""
        ((blob,),) = self._rows("SELECT geom FROM tiles WHERE tile_id = ?", (self._known(tile.id),))
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
            LogEntry(moment(time), TileState(state), shapely.from_wkb(wkb), *source)
            for time, state, wkb, *source in rows
        ]

    def _set_state(self, tile: Tile, state: TileState, annotator: str, now: datetime) -> None:
        finished = stamp(now) if state in ANNOTATED else None
        self._connection.execute(
            "UPDATE tiles SET state = ?, annotator = ?, finished_at = ? WHERE tile_id = ?",
            (state.value, annotator, finished, self._known(tile.id)),
        )
        touch(self._connection, "tiles")

    def _replace_footprints(
        self, tile: Tile, footprints: Sequence[Footprint], sources: Sequence[Source], instead_of: Sequence[Footprint]
    ) -> None:
        """Make these the footprints of the tile, leaving alone what neighbours have brought and nobody replaces."""
        outlines = _normalized(footprints)
        bounds: Bounds = MultiPolygon(_polygons([*footprints, *instead_of])).bounds
        fids, live = self._footprints_within(bounds)
        live = shapely.normalize(live)
        brought = {fid for (fid,) in self._rows("SELECT fid FROM footprints WHERE tile_id = ?", (tile.id,))}
        brought.update(fids[_occur_in(instead_of, live)].tolist())
        kept: set[int] = set()
        for position, outline in enumerate(outlines):
            same = shapely.equals_exact(live, outline, SAME_WITHIN)
            kept.update(fids[same].tolist())
            if not same.any() and not shapely.equals_exact(outlines[:position], outline, SAME_WITHIN).any():
                self._insert(tile, footprints[position], sources[position])
        self._connection.executemany("DELETE FROM footprints WHERE fid = ?", [(fid,) for fid in brought - kept])
        touch(self._connection, "footprints")
        if len(footprints):
            widen_extent(self._connection, "footprints", bounds)

    def _insert(self, tile: Tile, footprint: Footprint, source: Source) -> None:
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
                stamp(now),
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


def _normalized(footprints: Sequence[Footprint]) -> NDArray[np.object_]:
    normalized: NDArray[np.object_] = shapely.normalize(_simplest(np.array(footprints, dtype=object)))
    return normalized


def _occur_in(known: Sequence[Footprint], footprints: Sequence[Footprint]) -> NDArray[np.bool_]:
    """Which of the footprints, (footprint,), are among the known ones."""
    listed = _normalized(known)
    found = [shapely.equals_exact(listed, outline, SAME_WITHIN).any() for outline in _normalized(footprints)]
    return np.array(found, dtype=bool)


def _simplest(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    """What is one polygon as a Polygon, though the layer holds it as multi."""
    return np.where(shapely.get_num_geometries(outlines) == 1, shapely.get_geometry(outlines, 0), outlines)
