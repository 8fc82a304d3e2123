import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tiletriage.models.storage.own_folder import own_folder, sweep

ROOT = Path(__file__).parents[3]
KEEP = """
import sys, time
from pathlib import Path
from tiletriage.models.storage.own_folder import own_folder
with own_folder(Path(sys.argv[1])) as own:
    (own / "large.tif").write_text("half")
    print("ready", flush=True)
    time.sleep(60)
"""


def aged(path, seconds=60):
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.fixture
def other(tmp_path):
    """Another process that has a folder of its own."""
    process = subprocess.Popen([sys.executable, "-c", KEEP, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.communicate()


def test_what_a_living_process_has_stays_and_what_a_killed_one_left_goes_at_the_next_start(tmp_path, other):
    (left,) = tmp_path.iterdir()
    aged(left)
    sweep(tmp_path)
    assert (left / "large.tif").read_text() == "half"
    other.kill()
    other.wait()
    sweep(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("age", [60, -60, 60 * 365 * 86400, -60 * 365 * 86400])
def test_a_clock_that_was_wrong_changes_nothing(tmp_path, age):
    with own_folder(tmp_path) as own:
        aged(own, age)
        sweep(tmp_path)
        assert own.is_dir()
    (tmp_path / ".tiletriage-0.part").mkdir()
    (tmp_path / ".tiletriage-0.part" / ".alive").touch()
    aged(tmp_path / ".tiletriage-0.part", age)
    sweep(tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_is_not_known_to_be_left_goes_after_a_day(tmp_path):
    for name, age in (("old", 2 * 86400), ("new", 60)):
        (tmp_path / f"tmp{name}").mkdir()
        aged(tmp_path / f"tmp{name}", age)
    sweep(tmp_path, "tmp*")
    assert [left.name for left in tmp_path.iterdir()] == ["tmpnew"]


def test_a_link_is_neither_followed_nor_deleted(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.odt").touch()
    (tmp_path / ".tiletriage-0.part").symlink_to(tmp_path / "mine")
    sweep(tmp_path)
    assert (tmp_path / "mine" / "thesis.odt").exists()
