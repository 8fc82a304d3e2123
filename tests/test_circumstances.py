"""Folders that may not be written to, two processes at once, clocks that are wrong, several disks: every command ends
well or says what to do, and what was there stays.
"""

import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from . import forks
from .commands import COMMANDS
from .memory_disk import mounted
from .whole_files import check_labels, check_whole, files, state

BY_NAME = {command.name: command for command in COMMANDS}
YEAR = 365.25 * 86400
IN_1970, IN_2099 = 3600 - time.time(), 129.5 * YEAR - time.time()
IN_MEMORY = Path("/dev/shm")
READING = ("next", "evaluate", "quality")
ON_EVERY_DISK = [name for name in BY_NAME if name not in ("simulate", "precision", "fine-tune with checkpoints")]


@pytest.fixture
def begin(around):
    """Gives a folder with the campaign that a command begins with."""

    def begin(name, place=around):
        here = Path(tempfile.mkdtemp(dir=place))
        here.chmod(0o755)
        made.append(here)
        return shutil.copytree(around / BY_NAME[name].stage, here, dirs_exist_ok=True)

    made = []
    yield begin
    for here in made:
        shutil.rmtree(here)


def do(name, around, here, **circumstances):
    return forks.Fork(*BY_NAME[name].of(around, here), **circumstances)


def content_of(here):
    return [path.read_bytes() for path in here.glob("campaign/*.*")]


def check(here):
    check_whole(here)
    check_labels(here / "campaign")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("name", ON_EVERY_DISK)
def test_where_nothing_may_be_written_a_command_reads_or_says_what_to_do(name, around, begin):
    here = begin(name)
    before = files(here), content_of(here)
    check_read_or_told(name, do(name, around, here, is_nobody=True).end())
    assert (files(here), content_of(here)) == before


@pytest.mark.parametrize("name", ON_EVERY_DISK)
def test_on_a_disk_closed_to_writing_a_command_reads_or_says_what_to_do(name, around, tmp_path):
    with mounted(tmp_path / "disk") as disk:
        here = shutil.copytree(around / BY_NAME[name].stage, disk.folder / "here")
        before = files(here), content_of(here)
        with disk.read_only():
            check_read_or_told(name, do(name, around, here).end())
        assert (files(here), content_of(here)) == before


def check_read_or_told(name, ended):
    assert "Traceback" not in ended.said, ended.said
    assert (ended.code == 0) == (name in READING), ended.said
    if ended.code:
        assert any(cure in ended.said for cure in ("writ", "yours")), ended.said


@pytest.mark.parametrize(
    ("first", "second"),
    [("new", "new"), ("score", "score"), ("fine-tune", "annotate"), ("annotate", "annotate"), ("predict", "predict")],
)
def test_of_two_at_once_one_ends_well_and_the_other_too_or_says_why_not(first, second, around, begin):
    here = begin(first)
    ends = [fork.end() for fork in [do(name, around, here) for name in (first, second)]]
    assert 0 in [ended.code for ended in ends], ends
    for ended in ends:
        assert "Traceback" not in ended.said and ended.code in (0, 1), ended.said
    check(here)
    assert not list(here.rglob(".tiletriage-*"))


@pytest.mark.parametrize("clock_seconds", [IN_1970, IN_2099], ids=["1970", "2099"])
@pytest.mark.parametrize("name", ["new", "score", "annotate", "fine-tune", "predict"])
def test_a_clock_that_is_wrong_changes_nothing_but_the_times(name, clock_seconds, around, undisturbed, begin):
    here = begin(name)
    for path in here.rglob("*"):
        os.utime(path, (max(0, time.time() + clock_seconds),) * 2)
    (here / ".tiletriage-0.part").mkdir()
    ended = do(name, around, here, clock_seconds=clock_seconds).end()
    left = {".tiletriage-0.part"} if name not in ("new", "score", "predict") else set()  # that write beside it
    check_same(name, ended, here, undisturbed, left)


def check_same(name, ended, here, undisturbed, left=frozenset()):
    """It ended as it does when it is alone."""
    assert ended.code == 0, ended.said
    assert files(here) - left == undisturbed(BY_NAME[name]).files
    assert state(here / "campaign") == undisturbed(BY_NAME[name]).state
    check(here)


@pytest.mark.parametrize("wrong", [IN_1970, IN_2099], ids=["1970", "2099"])
def test_the_log_keeps_its_order_when_the_clock_is_set(wrong, around, begin):
    here = begin("annotate")
    assert do("annotate", around, here, clock_seconds=wrong).end().code == 0
    assert do("annotate tiles", around, here).end().code == 0
    with closing(sqlite3.connect(here / "campaign" / "campaign.gpkg")) as connection:
        rows = connection.execute("SELECT time FROM log WHERE action = 'finish' ORDER BY fid").fetchall()
    assert len(rows) >= 12
    assert (rows == sorted(rows)) == (wrong == IN_1970)  # what was finished in 2099 comes first all the same
    check(here)
    assert do("score", around, here).end().code == 0


@pytest.mark.skipif(not os.access(IN_MEMORY, os.W_OK), reason="there is no second disk")
@pytest.mark.parametrize("name", ON_EVERY_DISK)
def test_another_disk_for_the_campaign_and_for_temporary_files_is_as_good(name, around, undisturbed, begin, tmp_path):
    here = begin(name, IN_MEMORY)
    assert here.stat().st_dev not in (around.stat().st_dev, tmp_path.stat().st_dev)
    ended = do(name, around, here, environment={"TMPDIR": str(tmp_path)}).end()
    check_same(name, ended, here, undisturbed)
