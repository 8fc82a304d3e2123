"""Which tiles to annotate next."""

from __future__ import annotations

from ..campaign.queue_layer import QueuedTile, queued_tile
from ..campaign.records import QUEUED
from ..campaign.workspace import Workspace
from ..errors import WorkspaceError
from ..training.split import EXAM, TRAINING


def next_tiles(
    workspace: Workspace, count: int | None = None, *, exam: bool = False, must_be_ranked: bool = True
) -> list[QueuedTile]:
    """The next tiles to annotate, best first, at most ``count``; with ``exam`` the exam tiles without labels.

    Before the first scoring there is no rank: they come row by row where they need not be ranked.
    """
    with workspace.store() as store:
        records = store.tiles(EXAM if exam else TRAINING, QUEUED, count)
    if must_be_ranked and not exam and records and records[0].rank is None:
        raise WorkspaceError(
            "not-scored",
            "No tile has a rank yet. Score the campaign first.",
        )
    return [queued_tile(workspace, record) for record in records]
