from __future__ import annotations

import pytest

from tiletriage.models.jobs import Cancelled, drive, share


class Feedback:
    """Remembers the progress, and is cancelled once it has seen so much."""

    def __init__(self, cancel_at: float = 101) -> None:
        self.seen: list[float] = []
        self._cancel_at = cancel_at

    def isCanceled(self) -> bool:
        return bool(self.seen) and self.seen[-1] >= self._cancel_at

    def setProgress(self, progress: float) -> None:
        self.seen.append(progress)


def count(steps, closed=None):
    try:
        for step in range(steps):
            yield (step + 1) / steps
        return steps
    finally:
        if closed is not None:
            closed.append(True)


def test_a_job_tells_its_progress_and_gives_its_result():
    feedback = Feedback()
    assert drive(count(4), feedback) == 4
    assert feedback.seen == [25, 50, 75, 100]


def test_a_cancelled_job_is_closed_and_raises():
    closed: list[bool] = []
    with pytest.raises(Cancelled):
        drive(count(4, closed), Feedback(cancel_at=50))
    assert closed == [True]


def test_a_step_of_a_longer_job_fills_its_share_of_the_progress():
    def both():
        first = yield from share(count(2), 0.0, 0.5)
        second = yield from share(count(2), 0.5, 1.0)
        return first + second

    feedback = Feedback()
    assert drive(both(), feedback) == 4
    assert feedback.seen == [25, 50, 75, 100]


def test_cancelling_the_longer_job_closes_its_step():
    closed: list[bool] = []

    def longer():
        yield from share(count(4, closed), 0.0, 1.0)

    with pytest.raises(Cancelled):
        drive(longer(), Feedback(cancel_at=25))
    assert closed == [True]
