"""A disk that is full before a command has ended, at levels from no room at all to almost enough: it says so with the
cure, no label is lost, nothing half-made has a final name, and with more room the same command ends well.

It takes a memory disk of a size of its own, so the right to mount one; where there is none, other tests limit the size
of files. Two levels of twenty for each command; all of them, with a table: make full-disk.
"""

import os
import shutil
import subprocess
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from . import commands, forks
from .commands import COMMANDS, NOTES
from .test_kill import NOTHING_LEFT_TO_DO, Undisturbed
from .whole_files import check_labels, check_whole, files, logged, state

LEVELS, TRIED = 20, int(os.environ.get("LEVELS", "2"))
ROOMY_BYTES, PAGE_BYTES = 200 * 2**20, 4096
CURES = ("Free some space", "free space", "has room", "with room")
WRITING = [command for command in COMMANDS if command.name not in ("next", "evaluate", "precision")]


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    return commands.prepare(tmp_path_factory.mktemp("full"))


@pytest.fixture
def disk(tmp_path):
    """A small disk, roomy at first."""
    (tmp_path / "disk").mkdir()
    disk = Disk(tmp_path / "disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "tmpfs", disk.folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no right to mount a disk: {mounted.stderr.strip()}")
    disk.resize(ROOMY_BYTES)
    yield disk
    subprocess.run(["umount", "--lazy", disk.folder], check=True)


class Disk:
    def __init__(self, folder):
        self.folder = folder

    def resize(self, size):
        """To so many bytes, but a page at least: 0 would mean without a limit."""
        words = ["mount", "-o", f"remount,size={max(size, self.used(), PAGE_BYTES) // 1024}k", self.folder]
        subprocess.run(words, check=True)

    def used(self):
        known = os.statvfs(self.folder)
        return (known.f_blocks - known.f_bfree) * known.f_bsize

    @contextmanager
    def watched(self):
        """Gives a list that in the end holds the most that was used."""
        most, is_over = [self.used()], Event()

        def watch():
            while not is_over.wait(0.001):
                most[0] = max(most[0], self.used())

        watcher = Thread(target=watch)
        watcher.start()
        yield most
        is_over.set()
        watcher.join()


@pytest.mark.parametrize("command", WRITING, ids=lambda command: command.name)
def test_a_full_disk_is_told_and_costs_nothing_that_was_there(command, around, disk):
    undisturbed, needed = ended_by_itself(command, around, disk)
    first = WRITING.index(command) % (LEVELS // TRIED)  # so that together the commands try all levels
    refused = 0
    for level in range(first, LEVELS, LEVELS // TRIED):
        here = disk.folder / "here"
        shutil.copytree(around / command.stage, here)
        disk.resize(disk.used() + needed * level // LEVELS)
        before = logged(here / "campaign")
        ended = forks.run(*command.of(around, here))
        disk.resize(ROOMY_BYTES)
        if ended.code:
            refused += 1
            check_refused(ended, here, before)
        check_next_time(command, around, here, undisturbed)
        shutil.rmtree(here)
    print(f"{command.name}: {refused} of {TRIED} levels refused, {needed / 1024:.0f} KiB needed")
    assert refused or needed <= PAGE_BYTES  # of which there is always one


def ended_by_itself(command, around, disk):
    """What it leaves behind, and how many bytes it needs meanwhile."""
    here = disk.folder / "here"
    shutil.copytree(around / command.stage, here)
    used = disk.used()
    with disk.watched() as most:
        ended = forks.run(*command.of(around, here))
    assert ended.code == 0, ended.said
    left = Undisturbed(files(here), state(here / "campaign"), ended.seconds)
    shutil.rmtree(here)
    return left, most[0] - used


def check_refused(ended, here, before):
    assert "Traceback" not in ended.said, ended.said
    assert any(cure in ended.said for cure in CURES), ended.said
    assert not list(here.rglob(".tiletriage-*"))
    assert logged(here / "campaign")[: len(before)] == before
    check_whole(here)
    check_labels(here / "campaign")


def check_next_time(command, around, here, undisturbed):
    if not (command.is_once and state(here / "campaign") == undisturbed.state):
        ended = forks.run(*command.of(around, here))
        assert ended.code == 0 or any(words in ended.said for words in NOTHING_LEFT_TO_DO), ended.said
    (here / NOTES).unlink(missing_ok=True)
    assert files(here) == undisturbed.files - {NOTES}
    assert state(here / "campaign") == undisturbed.state
