"""What a job shows in a terminal, and how it hears Ctrl-C."""

from __future__ import annotations

import signal
import time
from types import FrameType, TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

QUIET_SECONDS = 10.0  # between lines where there is no terminal to draw a bar on
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Terminal:
    """The feedback of a job on stderr: a bar with the time left on a terminal, elsewhere a line now and then.

    Within the context the first Ctrl-C, or a SIGTERM, cancels the job, so that it ends well; the second ends the
    process at once.
    """

    def __init__(self, doing: str) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._bar.add_task(doing, total=100)
        self._doing = doing
        self._is_cancelled = False
        self._last_line = time.monotonic()

    def __enter__(self) -> Terminal:
        self._before = {number: signal.signal(number, self._cancel) for number in SIGNALS}
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
        self._restore_signals()

    def isCanceled(self) -> bool:
        return self._is_cancelled

    def setProgress(self, progress: float) -> None:
        self._bar.update(self._task, completed=progress)
        if self._bar.disable:
            self.say_now_and_then(f"{self._doing}: {progress:.0f} %", QUIET_SECONDS)

    def say_now_and_then(self, line: str, every_seconds: float = 2.0) -> None:
        """A line of its own, unless another was said a moment ago."""
        if time.monotonic() - self._last_line >= every_seconds:
            self._last_line = time.monotonic()
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _cancel(self, number: int, frame: FrameType | None) -> None:
        self._is_cancelled = True
        self._bar.update(self._task, description="Stopping")
        self._restore_signals()

    def _restore_signals(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
