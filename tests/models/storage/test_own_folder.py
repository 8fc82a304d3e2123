import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from tiletriage.models.storage.own_folder import own_folder, sweep, sweep_after_0_2

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


@pytest.mark.parametrize("held", [[], [".alive"], ["half.tif"], [".alive", "half.tif"]])
def test_what_was_left_a_moment_ago_goes_whenever_the_process_was_killed(tmp_path, held):
    left = tmp_path / ".tiletriage-0.part"
    left.mkdir()
    for name in held:
        (left / name).touch()
    sweep(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_sweep_takes_no_folder_from_whoever_has_just_made_it(tmp_path):
    is_over = Event()

    def sweep_on():
        while not is_over.is_set():
            sweep(tmp_path)

    sweeper = Thread(target=sweep_on)
    sweeper.start()
    try:
        for _ in range(200):
            with own_folder(tmp_path) as own:
                (own / "a.txt").write_text("whole")
                assert (own / "a.txt").read_text() == "whole"
    finally:
        is_over.set()
        sweeper.join()
    assert not list(tmp_path.iterdir())


def test_what_0_2_0_may_have_left_goes_after_a_day(tmp_path):
    for name, age in (("old", 2 * 86400), ("new", 60)):
        (tmp_path / f"tmp{name}").mkdir()
        aged(tmp_path / f"tmp{name}", age)
    sweep_after_0_2(tmp_path)
    assert [left.name for left in tmp_path.iterdir()] == ["tmpnew"]


def test_a_link_is_neither_followed_nor_deleted(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.odt").touch()
    (tmp_path / ".tiletriage-0.part").symlink_to(tmp_path / "mine")
    (tmp_path / ".tiletriage-1.part").mkdir()
    (tmp_path / ".tiletriage-1.part" / ".alive").symlink_to(tmp_path / "nowhere")
    sweep(tmp_path)
    assert not (tmp_path / "nowhere").exists()
    assert (tmp_path / "mine" / "thesis.odt").exists()
