"""Smoke tests in the real programs, for what pytest cannot show: QGIS brings its own native libraries.

A fresh QGIS profile gets this repository as the plugin `tiletriage`, and `smoke_plugin` beside it to use the
compiled libraries inside the process. They must be the same, and give the same, as in plain Python.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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
