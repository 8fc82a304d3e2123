"""Smoke tests in the real programs, for what pytest cannot show: QGIS brings its own native libraries.

A fresh QGIS profile gets this repository as the plugin `tiletriage`, and `smoke_plugin` beside it to use the
compiled libraries inside the process. They must be the same, and give the same, as in plain Python.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCENE = ROOT / "resources" / "sample" / "scene.tif"
SMOKE = ROOT / "tests" / "smoke_plugin"
QGIS = shutil.which("qgis")
# the wrapper around qgis_process.bin is broken in Debian 12
QGIS_PROCESS = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
LONGEST_SECONDS = 120

pytestmark = pytest.mark.skipif(not (QGIS and QGIS_PROCESS), reason="needs QGIS: make test installs it")


@pytest.fixture
def profile(tmp_path_factory) -> Path:
    """A folder of QGIS profiles whose default profile has both plugins switched on."""
    folder = tmp_path_factory.mktemp("qgis")
    plugins = folder / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "tiletriage").symlink_to(ROOT, target_is_directory=True)
    (plugins / "smoke").symlink_to(SMOKE, target_is_directory=True)
    settings = folder / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir()
    settings.write_text("[PythonPlugins]\ntiletriage=true\nsmoke=true\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def in_plain_python(tmp_path_factory) -> dict:
    result = tmp_path_factory.mktemp("plain") / "result.json"
    command = [sys.executable, SMOKE / "libraries.py", SCENE, result]
    subprocess.run(command, check=True, timeout=LONGEST_SECONDS)
    return json.loads(result.read_text(encoding="utf-8"))


def environment(home: Path, **more: str) -> dict[str, str]:
    """This environment with the Python packages of the tests for QGIS, and without the user's settings."""
    path = f"{sys.prefix}/bin:{os.environ['PATH']}"
    own = {"PATH": path, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "LC_ALL": "C.UTF-8"}
    return {**os.environ, **own, **more}


@contextmanager
def virtual_display() -> Iterator[str]:
    """The name of a new X display without a screen."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


def run_desktop(profile: Path, **settings: str) -> subprocess.CompletedProcess:
    with virtual_display() as display:
        return subprocess.run(
            [QGIS, "--nologo", "--noversioncheck", "--profiles-path", profile],
            env=environment(profile, DISPLAY=display, QT_QPA_PLATFORM="xcb", **settings),
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
        )


def run_qgis_process(profile: Path, *arguments: object) -> subprocess.CompletedProcess:
    settings = {"QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(profile)}
    return subprocess.run(
        [QGIS_PROCESS, *map(str, arguments)],
        env=environment(profile, **settings),
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
    )


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
