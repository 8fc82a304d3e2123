"""The log of a campaign: what was ever done to its tiles, from which footprints and tile states can be made again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import shapely
from shapely.geometry import MultiPolygon

from ..imagery.grid import Tile
from .campaign_file import CampaignFile, moment, stamp
from .geopackage import touch, wkb_of
from .records import FootprintRecord, LogEntry, TileState

FINISH, ADOPT, CLAIM, RELEASE = "finish", "adopt", "claim", "release"  # actions


@dataclass(frozen=True)
class Replayed:
    """What the log says there is: footprints by uuid, and the state of every tile that anything was done to."""

    footprints: dict[str, FootprintRecord]
    states: dict[str, TileState]


def replay(entries: Iterable[LogEntry]) -> Replayed:
    """The footprints and tile states that a log, oldest entry first, leads to.

    Footprints begin with the snapshot that the step to schema 2 has logged: entries before it name none.
    """
    replayed = Replayed({}, {})
    for entry in entries:
        for uuid in entry.removed:
            del replayed.footprints[uuid]
        replayed.footprints.update((record.uuid, record) for record in entry.brought)
        replayed.states[entry.tile_id] = entry.state
    return replayed


class CampaignLog(CampaignFile):
    """The append-only log in the open GeoPackage, and what it knows of single tiles and footprints."""

    def log(self) -> list[LogEntry]:
        """Everything that was ever done, oldest first."""
        brought: dict[str, list[FootprintRecord]] = defaultdict(list)
        removed: dict[str, list[str]] = defaultdict(list)
        for entry, change, *record in self._rows(
            """SELECT entry, change, uuid, tile_id, annotator, created_at, origin, model_version, geometry, class
            FROM log_footprints ORDER BY fid"""
        ):
            if change == "brought":
                brought[entry].append(FootprintRecord(*record))
            else:
                removed[entry].append(record[0])
        return [
            replace(entry, brought=tuple(brought[entry.uuid]), removed=tuple(removed[entry.uuid]))
            for entry in reversed(self._entries())
        ]

    def last_finish(self, tile: Tile) -> LogEntry | None:
        """The entry, without its footprints, that finished a tile last; None where nobody has finished it."""
        return next(iter(self._entries(tile.id, FINISH, 1)), None)

    def _entries(self, tile_id: str | None = None, action: str | None = None, count: int = -1) -> list[LogEntry]:
        """The last ``count`` entries, newest first, or all; of one tile or action where these are given."""
        rows = self._rows(
            """SELECT time, state, geometry, uuid, annotator, tile_id, action, imagery, model_version, origin FROM log
            WHERE (:tile IS NULL OR tile_id = :tile) AND (:action IS NULL OR action = :action)
            ORDER BY fid DESC LIMIT :count""",
            {"tile": tile_id, "action": action, "count": count},
        )
        with self._readable("log"):
            return [
                LogEntry(moment(time), TileState(state), shapely.from_wkb(wkb), *source)
                for time, state, wkb, *source in rows
            ]

    def _log(
        self,
        tile: Tile,
        action: str,
        state: TileState,
        now: datetime,
        annotator: str | None = None,
        *,
        imagery: str | None = None,
        geometry: MultiPolygon | None = None,
        brought: Sequence[FootprintRecord] = (),
        removed: Sequence[str] = (),
    ) -> None:
        entry = str(uuid4())
        self._connection.execute(
            """INSERT INTO log (uuid, time, annotator, tile_id, action, state, imagery, geometry)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                entry,
                stamp(now),
                annotator,
                tile.id,
                action,
                state.value,
                imagery,
                None if geometry is None else wkb_of(geometry),
            ),
        )
        self._connection.executemany(
            "INSERT INTO log_footprints (entry, change, uuid) VALUES (?, 'removed', ?)",
            [(entry, uuid) for uuid in removed],
        )
        self._connection.executemany(
            """INSERT INTO log_footprints
            (entry, change, uuid, tile_id, annotator, created_at, origin, model_version, geometry, class)
            VALUES (?, 'brought', ?, ?, ?, ?, ?, ?, ?, ?)""",
            [(entry, *vars(record).values()) for record in brought],  # astuple would copy deeply, which takes long
        )
        touch(self._connection, "log", "log_footprints")

    def _known_to_log(self, uuids: Iterable[str]) -> dict[str, FootprintRecord]:
        """Footprints by uuid as the log knows them; those that it does not know, or knows as removed, are left out."""
        rows = self._rows(
            """SELECT change, uuid, tile_id, annotator, created_at, origin, model_version, geometry, class
            FROM log_footprints WHERE fid IN (SELECT max(fid) FROM log_footprints
            WHERE uuid IN (SELECT value FROM json_each(?)) GROUP BY uuid)""",
            (json.dumps(list(uuids)),),
        )
        return {record[0]: FootprintRecord(*record) for change, *record in rows if change == "brought"}

    def _lost(self, tile: Tile) -> list[str]:
        """The uuids of a tile's footprints that the log knows and the layer does not: deleted in QGIS."""
        rows = self._rows(
            """SELECT uuid FROM log_footprints AS word WHERE tile_id = ?
            AND fid = (SELECT max(fid) FROM log_footprints WHERE uuid = word.uuid)
            AND NOT EXISTS (SELECT 1 FROM footprints WHERE uuid = word.uuid AND geom NOT NULL)""",
            (tile.id,),
        )
        return [uuid for (uuid,) in rows]
