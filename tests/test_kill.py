"""kill -9 at 20 random moments of scoring, annotating and fine-tuning: no label is lost, and everything goes on.

On its own: make test TESTS=tests/test_kill.py
"""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
import shapely
from click.testing import CliRunner
from filelock import FileLock, Timeout

from tiletriage.models.campaign.campaign_log import replay
from tiletriage.models.campaign.records import ANNOTATED
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.cli.main import main
from tiletriage.models.training.checkpoint import checkpoint_progress

from .conftest import write_labels, write_scene, write_start

SEED = 0
ROWS, COLUMNS = 16, 32  # tiles of 64 px
SCORE_KILLS, ANNOTATE_KILLS, FINE_TUNE_KILLS = 7, 8, 5


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    """A new campaign, with a file of labels beside it."""
    around = tmp_path_factory.mktemp("killed")
    scene = write_scene(around / "scene.tif", ROWS, COLUMNS)
    write_labels(around / "labels.gpkg", ROWS, COLUMNS)
    start = write_start(around / "tiny")
    words = ("new", around / "campaign", "--imagery", scene, "--start", start, "--tile-size", 64, "--exam-tiles", 4)
    opened = CliRunner().invoke(main, [str(word) for word in words])
    assert opened.exit_code == 0, opened.output
    return around / "campaign"


def test_killed_at_20_random_moments_no_label_is_lost_and_everything_goes_on(campaign, tmp_path):
    trials = (killed_while_scoring, killed_while_annotating, killed_while_fine_tuning)
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(trial, campaign, tmp_path / trial.__name__) for trial in trials]
    assert sum(run.result() for run in runs) == 20


def killed_while_scoring(campaign, folder):
    """Every run scores some more tiles, until the last one scores only what is left."""
    shutil.copytree(campaign, folder)
    cache, rng = folder / "cache" / "scores.sqlite", random.Random(SEED)
    for _ in range(SCORE_KILLS):
        wanted = rows_of(cache, "scores") + rng.randint(1, ROWS * COLUMNS // (SCORE_KILLS + 1))
        kill(folder, rng, lambda wanted=wanted: rows_of(cache, "scores") >= wanted, "score", folder)
    known = rows_of(cache, "scores")
    scored = complete("score", folder)
    assert 0 < scored["new_tiles"] == ROWS * COLUMNS - known
    return SCORE_KILLS


def killed_while_annotating(campaign, folder):
    """Every run finishes some tiles before it is killed, the last one all that were named."""
    shutil.copytree(campaign, folder)
    with open_workspace(folder).store() as store:
        tiles = [record.tile for record in store.tiles("training")][:200]
    labels, named = campaign.parent / "labels.gpkg", ",".join(tile.id for tile in tiles)
    words = ("annotate", folder, "--footprints", labels, "--tiles", named)
    rng = random.Random(SEED)
    for _ in range(ANNOTATE_KILLS):
        wanted = rows_of(folder / "campaign.gpkg", "log") + rng.randint(1, len(tiles) // 3)
        kill(folder, rng, lambda wanted=wanted: rows_of(folder / "campaign.gpkg", "log") >= wanted, *words)
    assert len(complete(*words)["tiles"]) == len(tiles)
    with open_workspace(folder).store() as store:
        assert {record.tile for record in store.tiles(states=ANNOTATED)} == set(tiles)
        has_house = [(tile.row + tile.column) % 3 < 2 for tile in tiles]
        assert [len(store.footprints_in(tile)) for tile in tiles] == has_house
    return ANNOTATE_KILLS


def killed_while_fine_tuning(campaign, folder):
    """The first run is killed after its first checkpoint; the others go on from it."""
    shutil.copytree(campaign, folder)
    with open_workspace(folder).store() as store:
        named = ",".join(record.tile.id for record in store.tiles("training")[:8] + store.tiles("exam"))
    complete("annotate", folder, "--footprints", campaign.parent / "labels.gpkg", "--tiles", named)
    words, checkpoint = (
        ("fine-tune", folder, "--minutes", 0.25, "--epochs", 9999),
        folder / "cache" / "fine-tune.safetensors",
    )
    rng = random.Random(SEED)
    kill(folder, rng, checkpoint.exists, *words)
    epochs = len(checkpoint_progress(checkpoint)["epochs"])
    for _ in range(FINE_TUNE_KILLS - 1):
        kill(folder, rng, lambda: is_locked(folder), *words, most_seconds=2)
    assert [card.id for card in open_workspace(folder).cards()] == ["tiny"]
    assert len(checkpoint_progress(checkpoint)["epochs"]) >= epochs > 0
    tuned = complete(*words)
    assert tuned["epochs"] > epochs
    assert tuned["seconds"] < 0.25 * 60  # less than the whole budget
    assert [card.id for card in open_workspace(folder).cards()] == ["tiny", "v001"]
    return FINE_TUNE_KILLS


def kill(folder, rng, is_time, *words, most_seconds=0.1):
    """Run a command, kill it a random moment after it is time, and look at what is left."""
    log = logged(folder)
    process = subprocess.Popen(command(words), env=one_thread(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while not is_time():
        assert process.poll() is None, process.stderr.read().decode()
        time.sleep(0.02)
    time.sleep(rng.uniform(0, most_seconds))
    assert process.poll() is None, f"{words[0]} ended before it was killed"
    process.kill()
    process.communicate()
    assert logged(folder)[: len(log)] == log
    with closing(sqlite3.connect(folder / "campaign.gpkg")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    check_finished_tiles(folder)


def check_finished_tiles(folder):
    """What the log says of each tile last, and what it leads to, is what the layers hold."""
    with open_workspace(folder).store() as store:
        assert set(replay(store.log()).footprints) == set(store.all_footprints().uuid)
        states = {record.tile.id: record for record in store.tiles()}
        for tile_id, entry in {entry.tile_id: entry for entry in store.log()}.items():
            assert states[tile_id].state == entry.state
            kept = store.footprints_in(states[tile_id].tile)
            assert shapely.union_all(kept).equals(shapely.union_all(shapely.get_parts(entry.geometry)))


def complete(*words):
    """The same command to its end; its result."""
    done = subprocess.run(command(words), env=one_thread(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def command(words):
    return [sys.executable, "-m", "tiletriage.models", *map(str, words), "--json"]


def one_thread():
    return {**os.environ, "OMP_NUM_THREADS": "1"}


def rows_of(database, table):
    """How many rows there are, none before the table is there."""
    if not database.exists():
        return 0
    with closing(sqlite3.connect(database)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            return 0
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def logged(folder):
    with closing(sqlite3.connect(folder / "campaign.gpkg")) as connection:
        return connection.execute("SELECT uuid FROM log ORDER BY fid").fetchall()


def is_locked(folder):
    try:
        with FileLock(folder / ".lock", timeout=0):
            return False
    except Timeout:
        return True
