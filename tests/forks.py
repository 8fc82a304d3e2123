"""What a user does, done in a process of its own: forked in a moment from one that has imported the engine.

That one is a plain Python of multiprocessing's: pytest's own process has QGIS and threads in it, and survives no fork.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import click
from click.testing import CliRunner

NOBODY = 65534  # a user who owns no file
LONGEST_SECONDS = 60

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tiletriage.tests.imported_engine"])


@dataclass(frozen=True)
class Circumstances:
    """In what a process finds itself: variables of the environment, a clock that is wrong by so many seconds, and
    whether it is root's or nobody's."""

    environment: dict[str, str] = field(default_factory=dict)
    clock_seconds: float = 0.0
    is_nobody: bool = False

    def enter(self) -> None:
        os.environ.update(self.environment)
        tempfile.tempdir = None
        if self.clock_seconds:
            _shift_clock(self.clock_seconds)
        if self.is_nobody:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)


@dataclass(frozen=True)
class Ended:
    """How it ended: the exit code of a command, what it said, and how long it took."""

    code: int
    said: str
    seconds: float


class Fork:
    """A process that runs a command of tiletriage, given by its words, or a function of a module of tests."""

    def __init__(self, doing, *arguments, **circumstances):
        self._answer, question = _context.Pipe(duplex=False)
        whole = (question, doing, arguments, Circumstances(**circumstances))
        self._process = _context.Process(target=_live, args=whole)
        self._process.start()
        question.close()
        assert self._answer.recv() == "ready"

    def kill_after(self, seconds):
        """kill -9 after so long; whether it was still at work."""
        is_at_work = not self._answer.poll(seconds)
        self._process.kill()
        self._process.join()
        return is_at_work

    def kill_when(self, is_time):
        """The same as soon as the function says so."""
        while not is_time() and not self._answer.poll(0.01):
            pass
        return self.kill_after(0)

    def end(self):
        """How it ended by itself."""
        assert self._answer.poll(LONGEST_SECONDS), "it came to no end"
        ended = self._answer.recv()
        self._process.join()
        return ended


def run(doing, *arguments, **circumstances):
    """The same to its end."""
    return Fork(doing, *arguments, **circumstances).end()


def _live(question, doing, arguments, circumstances):
    """In the child."""
    circumstances.enter()
    question.send("ready")
    start = time.monotonic()
    code, said = _do(doing, arguments)
    question.send(Ended(code, said, time.monotonic() - start))


def _do(doing, arguments):
    from tiletriage.models.cli.command_group import CommandGroup
    from tiletriage.models.cli.main import main

    words = ["function"] if callable(doing) else [str(word) for word in doing]
    function = click.Command("function", callback=lambda: doing(*arguments))  # its errors end as those of commands
    group = CommandGroup(commands={"function": function}) if callable(doing) else main
    result = CliRunner().invoke(group, words, prog_name="tiletriage")
    is_told = result.exception is None or isinstance(result.exception, SystemExit)
    trace = "" if is_told else "".join(traceback.format_exception(*result.exc_info))
    return result.exit_code, result.output + trace


def _shift_clock(seconds):
    """What Python's programs read of the clock: the kernel's own one is everybody's."""
    from tiletriage.models.campaign import migrations
    from tiletriage.models.cli import console

    real = time.time

    class Shifted(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(zone) + timedelta(seconds=seconds)

    time.time = lambda: real() + seconds
    console.datetime = migrations.datetime = Shifted
