"""What tests do with a campaign over the tiny scene."""

from __future__ import annotations

from datetime import datetime, timezone

from tiletriage.models.jobs import drive

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


class Feedback:
    """Lets so many steps pass before it cancels."""

    def __init__(self, steps: float = float("inf")) -> None:
        self._steps = steps

    def isCanceled(self) -> bool:
        return self._steps <= 0

    def setProgress(self, progress: float) -> None:
        self._steps -= 1


def run(job, steps=float("inf")):
    return drive(job, Feedback(steps))


def records(workspace, *which):
    with workspace.store() as store:
        return store.tiles(*which)
