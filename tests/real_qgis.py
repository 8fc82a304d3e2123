"""Starts the real qgis and qgis_process with a fresh profile and the Python packages of the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
QGIS = shutil.which("qgis")
# the wrapper around qgis_process.bin is broken in Debian 12
QGIS_PROCESS = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
LONGEST_SECONDS = 120


def make_profile(folder: Path, **plugins: Path) -> Path:
    """Make the folder one of QGIS profiles, whose default profile has these plugins switched on."""
    default = folder / "profiles" / "default"
    (default / "python" / "plugins").mkdir(parents=True)
    for name, source in plugins.items():
        (default / "python" / "plugins" / name).symlink_to(source, target_is_directory=True)
    settings = default / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir()
    settings.write_text("[PythonPlugins]\n" + "".join(f"{name}=true\n" for name in plugins), encoding="utf-8")
    return folder


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


def run_desktop(
    profile: Path, longest_seconds: float = LONGEST_SECONDS, **settings: str
) -> subprocess.CompletedProcess:
    with virtual_display() as display:
        return subprocess.run(
            [QGIS, "--nologo", "--noversioncheck", "--profiles-path", profile],
            env=environment(profile, DISPLAY=display, QT_QPA_PLATFORM="xcb", **settings),
            capture_output=True,
            text=True,
            timeout=longest_seconds,
        )


def run_qgis_process(
    profile: Path, *arguments: object, longest_seconds: float = LONGEST_SECONDS
) -> subprocess.CompletedProcess:
    settings = {"QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(profile)}
    return subprocess.run(
        [QGIS_PROCESS, *map(str, arguments)],
        env=environment(profile, **settings),
        capture_output=True,
        text=True,
        timeout=longest_seconds,
    )
