"""Long work as generators: a job yields the fraction done and returns its result."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import Protocol, TypeVar

T = TypeVar("T")
Job = Generator[float, None, T]


class Cancelled(Exception):
    """The user stopped a job; what it had finished is kept, nothing half-done is left."""


class Feedback(Protocol):
    """Where progress goes and where one hears that it shall stop: QgsTask and QgsFeedback fit as they are."""

    def isCanceled(self) -> bool: ...

    def setProgress(self, progress: float) -> None:
        """Takes percent."""


def drive(job: Job[T], feedback: Feedback) -> T:
    """Run a job to its end and return its result; raises Cancelled once the feedback is cancelled."""
    with closing(job):
        while not feedback.isCanceled():
            try:
                feedback.setProgress(100 * next(job))
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
    raise Cancelled


def run(job: Job[T]) -> T:
    """Run a short job to its end, its progress unheard, and return its result."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def share(job: Job[T], start: float, end: float) -> Job[T]:
    """The same job as one step of a longer one: its fractions fill the span from start to end."""
    with closing(job):
        while True:
            try:
                yield start + (end - start) * next(job)
            except StopIteration as finished:
                return finished.value  # type: ignore[no-any-return]
