"""Which tiles to annotate next."""

from __future__ import annotations

from datetime import datetime

from ..campaign.label_store import LabelStore
from ..campaign.queue_layer import QueuedTile, queued_tile
from ..campaign.records import QUEUED, TileRecord
from ..campaign.workspace import Workspace
from ..errors import WorkspaceError
from ..storage.limits import MOST_TILES
from ..training.split import EXAM, TRAINING, spread_out


def next_tiles(
    workspace: Workspace,
    count: int | None = None,
    *,
    exam: bool = False,
    must_be_ranked: bool = True,
    session: str | None = None,
    now: datetime | None = None,
) -> list[QueuedTile]:
    """The next tiles to annotate, best first, at most ``count``; with ``exam`` the exam tiles without labels.

    Exam tiles come spread over the area, so that an exam that is broken off does not test one corner of it. Those that
    another session than ``session`` is working on ``now`` are left out; without a time nobody is. Before the first
    scoring there is no rank: they come row by row where they need not be ranked.
    """
    with workspace.store() as store:
        taken = set() if now is None else store.taken(session, now)
        enough = None if count is None else min(count, MOST_TILES) + len(taken)
        waiting = _exam_tiles(store) if exam else store.tiles(TRAINING, QUEUED, enough)
    records = [record for record in waiting if record.tile.id not in taken][:count]
    if must_be_ranked and not exam and records and records[0].rank is None:
        raise WorkspaceError(
            "not-scored",
            "No tile has a rank yet. Score the campaign first.",
        )
    return [queued_tile(workspace, record) for record in records]


def _exam_tiles(store: LabelStore) -> list[TileRecord]:
    """The exam tiles that wait, in an order that those already annotated do not change."""
    records = {record.tile: record for record in store.tiles(EXAM)}
    return [record for tile in spread_out(records) if (record := records[tile]).state in QUEUED]
