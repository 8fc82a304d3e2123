"""A disk that is full before a command has ended, at levels from no room at all to almost enough: it says so with the
cure, no label is lost, nothing half-made has a final name, and with more room the same command ends well.

It takes a memory disk of a size of its own, so the right to mount one; where there is none, other tests limit the size
of files. One level of twenty for each command; all of them, with a table: make full-disk.
"""

import os
import shutil

import pytest

from . import forks
from .commands import COMMANDS
from .memory_disk import ROOMY_BYTES, mounted
from .undisturbed import check_next_start
from .whole_files import check_labels, check_whole, logged

LEVELS, TRIED = 20, int(os.environ.get("LEVELS", "1"))
CURES = ("Free some space", "free space", "has room", "with room")
WRITING = [command for command in COMMANDS if command.name not in ("next", "evaluate", "quality", "precision")]


@pytest.fixture
def disk(tmp_path):
    with mounted(tmp_path / "disk") as disk:
        yield disk


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command.name)
def test_a_full_disk_is_told_and_costs_nothing_that_was_there(command, around, undisturbed, disk):
    here, refused = disk.folder / "here", 0
    needed = bytes_needed(command, around, disk)
    first = WRITING.index(command) % (LEVELS // TRIED)  # so that together the commands try many levels
    for level in range(first, LEVELS, LEVELS // TRIED):
        shutil.copytree(around / command.stage, here)
        disk.resize(disk.used() + needed * level // LEVELS)
        before = logged(here / "campaign")
        ended = forks.run(*command.of(around, here))
        disk.resize(ROOMY_BYTES)
        if ended.code:
            refused += 1
            check_refused(ended, here, before)
        check_next_start(command, around, here, undisturbed(command))
        shutil.rmtree(here)
    print(f"{command.name}: {refused} of {TRIED} levels refused, {needed / 1024:.0f} KiB needed")
    assert refused


def bytes_needed(command, around, disk):
    """The most that it takes while it runs."""
    here = disk.folder / "here"
    shutil.copytree(around / command.stage, here)
    begun = disk.used()
    with disk.watched() as most:
        ended = forks.run(*command.of(around, here))
    assert ended.code == 0, ended.said
    shutil.rmtree(here)
    return most[0] - begun


def check_refused(ended, here, before):
    assert "Traceback" not in ended.said, ended.said
    assert any(cure in ended.said for cure in CURES), ended.said
    assert not list(here.rglob(".tiletriage-*"))
    assert logged(here / "campaign")[: len(before)] == before
    check_whole(here)
    check_labels(here / "campaign")
