"""Plays a story in the real QGIS desktop, with the plugin from its zip in a fresh profile; see ``tour_plugin``."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from tiletriage.tests.real_qgis import ROOT, make_profile, run_desktop

TOUR_PLUGIN = ROOT / "tests" / "tour_plugin"
SAMPLE = ROOT / "resources" / "sample"
ZANZIBAR = ROOT.parent / "shared" / "data" / "buildings-zanzibar-north"


@dataclass(frozen=True)
class Told:
    """What came of a story: its faults in words (none where all went well), its figures and its pictures."""

    faults: list[str]
    figures: dict
    shots: list[str]
    seconds: float


def make_zip(path: Path, is_working_tree: bool) -> Path:
    """The plugin as it is released: of the last commit, or of the files as they lie here."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if is_working_tree:
        _zip_working_tree(path)
    else:
        _git("archive", "--prefix=tiletriage/", "--output", str(path), "HEAD")
    return path


def scene_beside(output: Path, imagery: Path) -> Path:
    """A copy of the imagery where a campaign may be made beside it."""
    folder = output.with_name(f"{output.name}_imagery")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return Path(shutil.copy(imagery, folder / "village.tif"))


def play(story: str, plugin: Path, output: Path, longest_seconds: float, locale: str = "en", **settings: str) -> Told:
    """Play a story to its end. The folder ``output`` is emptied before; its pictures and QGIS's own words lie there."""
    shutil.rmtree(output, ignore_errors=True)
    home = output / "home"
    profile = make_profile(home, tour=TOUR_PLUGIN)
    _install(profile, plugin, locale)
    task = output / "task.json"
    task.write_text(json.dumps({"story": story, "output": str(output), **settings}), encoding="utf-8")
    began = time.monotonic()
    try:
        ended = run_desktop(profile, longest_seconds=longest_seconds, TOUR=str(task))
        spoken, faults = ended.stdout + ended.stderr, _faults_of_end(ended.returncode)
    except subprocess.TimeoutExpired as error:
        spoken = "".join(part.decode() for part in (error.stdout, error.stderr) if part)
        faults = [f"QGIS did not end within {longest_seconds:.0f} s"]
    (output / "qgis.log").write_text(spoken, encoding="utf-8")
    told = output / "told.json"
    report = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    faults = report.get("faults", ["QGIS ended before the story did"]) + faults
    shutil.rmtree(home)
    return Told(faults, report.get("figures", {}), report.get("shots", []), time.monotonic() - began)


def _faults_of_end(code: int) -> list[str]:
    return [f"QGIS ended with the code {code}"] if code else []


def _install(profile: Path, plugin: Path, locale: str) -> None:
    default = profile / "profiles" / "default"
    with ZipFile(plugin) as archive:
        archive.extractall(default / "python" / "plugins")
    with (default / "QGIS" / "QGIS3.ini").open("a", encoding="utf-8") as settings:
        settings.write(f"tiletriage=true\n\n[locale]\noverrideFlag=true\nuserLocale={locale}\n")


def _zip_working_tree(path: Path) -> None:
    files = _git("ls-files", "-co", "--exclude-standard").splitlines()
    unshipped = _git("check-attr", "export-ignore", "--", *_with_parents(files)).splitlines()
    left_out = {line.partition(": ")[0] for line in unshipped if line.endswith(": set")}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file in files:
            if (ROOT / file).exists() and not left_out & set(_with_parents([file])):
                archive.write(ROOT / file, f"tiletriage/{file}")


def _with_parents(files: list[str]) -> list[str]:
    return sorted({str(part) for file in files for part in (Path(file), *Path(file).parents)} - {"."})


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout
