"""Smoke tests in the real programs, for what pytest cannot show: QGIS brings its own native libraries.

A fresh QGIS profile gets this repository as the plugin `tiletriage`, and `smoke_plugin` beside it to use the
compiled libraries inside the process. They must be the same, and give the same, as in plain Python.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest

from tiletriage.models import loop
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.tests.real_qgis import (
    LONGEST_SECONDS,
    QGIS,
    QGIS_PROCESS,
    ROOT,
    make_profile,
    run_desktop,
    run_qgis_process,
)

SCENE = ROOT / "resources" / "sample" / "scene.tif"
SMOKE = ROOT / "tests" / "smoke_plugin"
CLOSING = ROOT / "tests" / "closing_plugin"

pytestmark = pytest.mark.skipif(not (QGIS and QGIS_PROCESS), reason="needs QGIS: make test installs it")


@pytest.fixture
def profile(tmp_path_factory) -> Path:
    return make_profile(tmp_path_factory.mktemp("qgis"), tiletriage=ROOT, smoke=SMOKE)


@pytest.fixture(scope="module")
def in_plain_python(tmp_path_factory) -> dict:
    result = tmp_path_factory.mktemp("plain") / "result.json"
    command = [sys.executable, SMOKE / "libraries.py", SCENE, result]
    subprocess.run(command, check=True, timeout=LONGEST_SECONDS)
    return json.loads(result.read_text(encoding="utf-8"))


def test_the_desktop_uses_the_wheels_own_libraries_in_task_after_task(profile, tmp_path, in_plain_python):
    ended = run_desktop(profile, SMOKE_SCENE=str(SCENE), SMOKE_RESULTS=str(tmp_path))
    assert (tmp_path / "second").exists(), (ended.returncode, ended.stderr[-3000:])
    assert json.loads((tmp_path / "first").read_text(encoding="utf-8")) == in_plain_python
    assert json.loads((tmp_path / "second").read_text(encoding="utf-8")) == in_plain_python
    assert ended.returncode == 0


def test_qgis_process_uses_the_wheels_own_libraries(profile, tmp_path, in_plain_python):
    result = tmp_path / "result"
    ended = run_qgis_process(profile, "run", "smoke:libraries", "--", f"SCENE={SCENE}", f"RESULT={result}")
    assert result.exists(), (ended.returncode, ended.stdout[-3000:], ended.stderr[-3000:])
    assert json.loads(result.read_text(encoding="utf-8")) == in_plain_python
    assert ended.returncode == 0


def test_qgis_process_lists_the_algorithms_of_tile_triage(profile):
    ended = run_qgis_process(profile, "list")
    assert "tiletriage:score" in ended.stdout, ended.stderr[-3000:]


def test_closing_qgis_in_the_middle_of_a_fine_tuning_ends_it_cleanly_and_not_before_the_user_leaves(
    tmp_path, tiny_workspace, tiny_labels
):
    workspace = open_workspace(tiny_workspace)
    tiles = [tile.tile_id for tile in loop.next_tiles(workspace, 4, must_be_ranked=False)]
    list(loop.annotate(workspace, tiny_labels, tiles=tiles, annotator="ann", now=datetime.now(timezone.utc)))
    profile = make_profile(tmp_path / "qgis", tiletriage=ROOT, closing=CLOSING)
    closed, half_drawn = tmp_path / "closed", tmp_path / "half drawn"
    files = {"CAMPAIGN": str(tiny_workspace), "CLOSED": str(closed), "HALF_DRAWN": str(half_drawn)}
    # elsewhere than in QGIS's folder for temporary files: of layers in there it asks whether they may be lost
    ended = run_desktop(profile, **files, TMPDIR=str(profile))
    assert closed.exists(), (ended.returncode, ended.stderr[-3000:])
    assert half_drawn.read_text(encoding="utf-8") == "1 corner, tile kept"
    assert closed.read_text(encoding="utf-8") == "fine-tune"
    assert ended.returncode == 0
    with workspace.lock():  # nobody keeps it
        assert [card.id for card in workspace.cards()] == ["tiny"]
    assert [path.name for path in (tiny_workspace / "versions").iterdir()] == ["tiny"]
    assert loop.count_tiles(workspace).done + loop.count_tiles(workspace).empty == 4
    (kept,) = (workspace.cache / "drawing").iterdir()
    assert len(json.loads(kept.read_text(encoding="utf-8"))["drawn"]) == 1
