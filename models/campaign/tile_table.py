"""The tiles of a campaign: what scoring says of them, what became of them, and who is working on them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from ..errors import LabelError
from ..imagery.grid import Tile
from ..training.split import EXAM, TRAINING
from .campaign_file import moment, real, stamp, unknown
from .campaign_log import CLAIM, RELEASE, CampaignLog
from .geopackage import touch
from .records import ANNOTATED, CLAIM_LASTS, QUEUED, Claim, TilePriority, TileRecord, TileState

SPLITS = (TRAINING, EXAM)
WHATEVER_CAME = ""  # no uuid: whether or not somebody else has finished the tile meanwhile


class TileTable(CampaignLog):
    """The layer ``tiles`` in the open GeoPackage, with the claims on them."""

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
        with self._readable("tiles"):
            return [_record(*row) for row in rows]

    def tile(self, tile_id: str) -> TileRecord:
        """The tile of an id; LabelError where the campaign has none."""
        rows = self._rows(
            """SELECT row, column_, split, state, rank, priority, predicted_iou, uncertainty, novelty, reason,
            version FROM tiles WHERE tile_id = ?""",
            (tile_id,),
        )
        if not rows:
            raise unknown(tile_id)
        with self._readable("tiles"):
            return _record(*rows[0])

    def tile_counts(self) -> Mapping[tuple[str, TileState], int]:
        """How many tiles there are of each split and state that occur."""
        rows = self._rows("SELECT split, state, count(*) FROM tiles GROUP BY split, state")
        with self._readable("tiles"):
            return {(split, TileState(state)): number for split, state, number in rows}

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

    def set_state(
        self, tile: Tile, state: TileState, annotator: str, now: datetime, after: str | None = WHATEVER_CAME
    ) -> None:
        """Change the state of a tile; its footprints stay. LabelError for a tile outside the campaign.

        LabelError also where the tile was finished since ``after``, its last finish then.
        """
        with self._change():
            self._refuse_other_finish(tile, after)
            self._set_state(tile, state, annotator, now)
            self._log(tile, "set state", state, now, annotator)

    def claims(self) -> dict[str, Claim]:
        """Every claim by tile id, also those that hold no more."""
        rows = self._rows("SELECT tile_id, session, annotator, until, state_before FROM claims")
        with self._readable("claims"):
            return {
                tile_id: Claim(session, annotator, moment(until), TileState(state_before))
                for tile_id, session, annotator, until, state_before in rows
            }

    def taken(self, session: str | None, now: datetime) -> set[str]:
        """The ids of the tiles that other sessions than this one are working on."""
        return {tile for tile, claim in self.claims().items() if claim.session != session and claim.holds(now)}

    def claim(self, tile: Tile, session: str, annotator: str, now: datetime) -> None:
        """Take up a tile, which is in progress then if it waited; LabelError where another session has it.

        Claiming it again makes the claim last longer, which is not logged.
        """
        with self._change():
            record, held = self.tile(tile.id), self.claims().get(tile.id)
            if held and held.session != session and held.holds(now):
                raise LabelError(
                    "tile-claimed",
                    "{annotator} is working on tile {tile}, until {until:%H:%M} at least. Take another tile.",
                    annotator=held.annotator,
                    tile=tile.id,
                    until=held.until.astimezone(),
                )
            before = held.state_before if held else record.state
            before = TileState.POOL if before is TileState.IN_PROGRESS else before
            if record.state in QUEUED and not (held and held.session == session):
                self._set_state(tile, TileState.IN_PROGRESS, annotator, now)
                self._log(tile, CLAIM, TileState.IN_PROGRESS, now, annotator)
            self._connection.execute(
                """INSERT OR REPLACE INTO claims (tile_id, session, annotator, until, state_before)
                VALUES (?, ?, ?, ?, ?)""",
                (tile.id, session, annotator, stamp(now + CLAIM_LASTS), before.value),
            )

    def release(self, tile: Tile, session: str, annotator: str, now: datetime) -> None:
        """Give a tile that the session has claimed, and not finished, the state that it had before."""
        with self._change():
            held = self.claims().get(tile.id)
            if held is None or held.session != session:
                return
            self._connection.execute("DELETE FROM claims WHERE tile_id = ?", (tile.id,))
            if self.tile(tile.id).state is TileState.IN_PROGRESS:
                self._set_state(tile, held.state_before, annotator, now)
                self._log(tile, RELEASE, held.state_before, now, annotator)

    def _refuse_other_finish(self, tile: Tile, after: str | None) -> None:
        last = None if after == WHATEVER_CAME else self.last_finish(tile)
        if last and last.uuid != after:
            raise LabelError(
                "tile-finished-meanwhile",
                "{annotator} has finished tile {tile} meanwhile, at {time:%H:%M}. Nothing was changed, and your "
                "drawing is kept: keep the footprints of both, or leave the tile.",
                annotator=last.annotator,
                tile=tile.id,
                time=last.time.astimezone(),
            )

    def _set_state(self, tile: Tile, state: TileState, annotator: str, now: datetime) -> None:
        """Whoever had claimed the tile has it no more."""
        finished = stamp(now) if state in ANNOTATED else None
        changed = self._connection.execute(
            "UPDATE tiles SET state = ?, annotator = ?, finished_at = ? WHERE tile_id = ?",
            (state.value, annotator, finished, tile.id),
        )
        if not changed.rowcount:
            raise unknown(tile.id)
        self._connection.execute("DELETE FROM claims WHERE tile_id = ?", (tile.id,))
        touch(self._connection, "tiles")


def _record(row: object, column: object, split: object, state: str, *scores: Any) -> TileRecord:
    """A row of the layer; ValueError or TypeError where it holds what no program of ours writes."""
    if not (isinstance(row, int) and isinstance(column, int) and min(row, column) >= 0 and split in SPLITS):
        written = ["nothing" if value is None else repr(value) for value in (row, column, split)]
        raise ValueError("tile ({}, {}) of split {}".format(*written))
    *numbers, reason, version = scores
    if not all(number is None or isinstance(number, (int, float)) for number in numbers):
        raise ValueError(f"tile ({row}, {column}) with text for a number")
    if not all(text is None or isinstance(text, str) for text in (reason, version)):
        raise ValueError(f"tile ({row}, {column}) with a number for text")
    return TileRecord(Tile(row, column), str(split), TileState(state), *scores)
