"""What a command shows: the progress of a job, which hears Ctrl-C, and its result as text, table or JSON."""

from __future__ import annotations

import json
import re
import shlex
import signal
import time
from datetime import datetime, timezone
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console, ConsoleOptions, RenderResult
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.segment import Segment

from ..jobs import Job, drive

if TYPE_CHECKING:
    from rich.table import Table

    from ..campaign.workspace import Workspace

QUIET_SECONDS = 10.0  # between lines where there is no terminal to draw a bar on
SIGNALS = (signal.SIGINT, signal.SIGTERM)
# Control characters but line feed and tab, marks that turn the order of letters, separators of lines, half pairs.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
FILE_WIDTH = 120  # characters of a table that does not go to a terminal

T = TypeVar("T")


def prepare() -> None:
    """What must be done before the engine is imported."""
    from ..native_libraries import mend_proj_data

    mend_proj_data()


def open_campaign(folder: Path) -> Workspace:
    prepare()
    from ..campaign.workspace import open_workspace

    return open_workspace(folder)


def run_in_terminal(doing: str, job: Job[T]) -> T:
    """The result of a job that shows its progress here and hears Ctrl-C."""
    with Terminal(doing) as terminal:
        return drive(job, terminal)


def now() -> datetime:
    return datetime.now(timezone.utc)


def print_json(result: Any) -> None:
    """Numbers, texts, lists and mappings as JSON; whatever else there is, such as a path, as text."""
    text = json.dumps(result, indent=1, default=str, ensure_ascii=False)
    click.echo(UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def say(text: str, err: bool = False) -> None:
    click.echo(printable(text), err=err)


def printable(text: str) -> str:
    """Text without what would steer a terminal or hide what it says: names and ids may come from a stranger's file."""
    return UNPRINTABLE.sub("\ufffd", text)


def print_table(table: Table) -> None:
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = FILE_WIDTH
    console.print(_Printable(table))


def hint(folder: Path, command: str, why: str) -> None:
    """What to do next, as a command to copy."""
    say(f"  {command.replace('WORKSPACE', quoted(folder))}  # {why}")


def quoted(path: Path) -> str:
    return shlex.quote(str(path))


class _Printable:
    """A table whose cells say nothing to the terminal."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for part in console.render(self._table, options):
            yield part if part.control else Segment(printable(part.text), part.style)


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
            self._bar.console.print(printable(line), markup=False, highlight=False, soft_wrap=True)

    def _cancel(self, number: int, frame: FrameType | None) -> None:
        self._is_cancelled = True
        self._bar.update(self._task, description="Stopping")
        self._restore_signals()

    def _restore_signals(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
