"""What a case of the fuzz run is: a folder of its own, something hostile in it, and the commands that meet it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

import numpy as np
import torch
from click.testing import CliRunner

from tiletriage.models.cli.main import main
from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.tests.conftest import write_labels, write_scene, write_start

Rng = np.random.Generator
Words = list[object]
Steps = list["Words | tuple[Words, ...]"]  # one command after the other, or some at the same time
ROWS, COLUMNS, TILE_PX = 2, 3, 32  # houses of 16 px on a scene of 128 x 192 px, in 4 x 6 tiles
SECRET = b"precious: 7f3a51c0e2 belongs to nobody else"


@dataclass(frozen=True)
class Sound:
    """What every case begins with, made once: a scene, its labels, a version to start from and two campaigns."""

    folder: Path

    def __post_init__(self) -> None:
        write_scene(self.folder / "scene.tif", ROWS, COLUMNS)
        write_labels(self.folder / "labels.gpkg", ROWS, COLUMNS)
        write_labels(self.folder / "labels.geojson", ROWS, COLUMNS)
        write_start(self.folder / "tiny")
        run("new", self.campaign, "--imagery", self.folder / "scene.tif", *START, self.folder / "tiny")
        run("score", self.campaign)
        run("annotate", self.campaign, "--footprints", self.folder / "labels.gpkg", "--next", 6, "--annotator", "a")
        shutil.unpack_archive(OLD_CAMPAIGN, self.folder / "old")

    @property
    def campaign(self) -> Path:
        return self.folder / "campaign"

    @property
    def old_campaign(self) -> Path:
        return self.folder / "old" / "campaign"


START = ("--tile-size", TILE_PX, "--exam-tiles", 3, "--start")
OLD_CAMPAIGN = Path(__file__).parents[2] / "data" / "campaign_0_2_0.zip"


def run(*words: object) -> None:
    done = CliRunner().invoke(main, [str(word) for word in words])
    if done.exit_code:
        raise RuntimeError(f"{words} failed: {done.output}") from done.exception


@dataclass(frozen=True)
class Place:
    """The folder of one case. Only ``work`` (workspaces) and ``out`` (outputs that were asked for) may change."""

    folder: Path
    sound: Sound
    url: str  # where somebody notes every request
    logs: Path = field(init=False)

    def __post_init__(self) -> None:
        for name in ("home", "tmp", "input", "work", "out", "victim", "here", "log"):
            (self.folder / name).mkdir(parents=True)
        object.__setattr__(self, "logs", self.folder / "log")
        for name in ("scene.tif", "labels.gpkg", "labels.geojson"):
            shutil.copy(self.sound.folder / name, self.input / name)
        shutil.copytree(self.sound.folder / "tiny", self.input / "tiny")
        shutil.copy(self.input / "labels.gpkg", self.victim / "drawn.gpkg")
        (self.victim / "secret.txt").write_bytes(SECRET)
        (self.victim / "report.md").write_text("My own report", encoding="utf-8")

    @property
    def input(self) -> Path:
        return self.folder / "input"

    @property
    def victim(self) -> Path:
        return self.folder / "victim"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def workspace(self) -> Path:
        return self.folder / "work" / "campaign"

    def with_campaign(self, is_old: bool = False) -> Path:
        """A sound campaign over this folder's own imagery, begun and partly annotated; gives its GeoPackage."""
        shutil.copytree(self.sound.old_campaign if is_old else self.sound.campaign, self.workspace)
        if is_old:
            shutil.copy(self.sound.folder / "old" / "scene.tif", self.input / "scene.tif")
        with closing(sqlite3.connect(self.workspace / "campaign.gpkg")) as connection, connection:
            connection.execute("UPDATE settings SET value = ? WHERE key = 'imagery'", (str(self.input / "scene.tif"),))
        return self.workspace / "campaign.gpkg"

    def simulation(self, labels: Path | None = None, start: Path | None = None, out: Path | None = None) -> Words:
        """The shortest simulated campaign: it trains nothing, and begins no process of its own to try the precision."""
        out, network = out or self.out / "results.jsonl", Architecture()
        subject = [torch.__version__, torch.backends.cpu.get_cpu_capability(), network.encoder, network.bands]
        proof = out.with_name(f".{out.stem}.precision.json")
        proof.write_text(json.dumps({"subject": subject, "is_safe": False}), encoding="utf-8")
        short = ["--tile-size", TILE_PX, "--exam-tiles", 4, "--strategies", "random", "--budgets", 0, "--seeds", 1]
        files = ["--labels", labels or self.input / "labels.gpkg", "--start", start or self.input / "tiny"]
        return ["simulate", "--imagery", self.input / "scene.tif", *files, *short, "--out", out]


Make = Callable[[Place, Rng], "Steps | Path"]
ToCommands = Callable[[Place, Rng, Path], "list[Words]"]


@dataclass(frozen=True)
class Kind:
    """A kind of hostile input: it makes the file, which its subject's commands meet, or names the commands itself."""

    subject: str
    make: Make
    commands: ToCommands | None
    must_be_refused: bool = False
    must_end_well: bool = False

    @property
    def name(self) -> str:
        return f"{self.subject}/{self.make.__name__}"

    def lay(self, place: Place, rng: Rng) -> Steps:
        made = self.make(place, rng)
        return made if isinstance(made, list) else self.commands(place, rng, made)


class Kinds(list):
    """The kinds of one subject, gathered by a decorator."""

    def __init__(self, subject: str, commands: ToCommands | None = None) -> None:
        self.subject, self.commands = subject, commands

    def __call__(self, make: Make) -> Make:
        self.append(Kind(self.subject, make, self.commands))
        return make

    def refused(self, make: Make) -> Make:
        """A kind that some command must refuse."""
        self.append(Kind(self.subject, make, self.commands, must_be_refused=True))
        return make

    def must_end_well(self, make: Make) -> Make:
        """A kind whose last command must work, whatever became of those before."""
        self.append(Kind(self.subject, make, self.commands, must_end_well=True))
        return make


def in_turn(*subjects: Kinds) -> Iterator[Kind]:
    """All kinds, one of each subject after the other, so that few cases meet something of everything."""
    return (kind for row in zip_longest(*subjects) for kind in row if kind)


def damaged(content: bytes, rng: Rng) -> bytes:
    """A file as it comes from a bad stick: bytes flipped, a part zeroed, doubled, cut out or cut off."""
    kept = bytearray(content or b"0")
    start, stop = sorted(int(place) for place in rng.integers(0, len(kept) + 1, 2))
    match_ = int(rng.integers(5))
    if match_ == 0:
        for place in rng.integers(0, len(kept), int(rng.integers(1, 40))):
            kept[place] = int(rng.integers(256))
    elif match_ == 1:
        kept[start:stop] = bytes(stop - start)
    elif match_ == 2:
        kept[start:start] = kept[start:stop]
    elif match_ == 3:
        del kept[start:stop]
    else:
        del kept[start:]
    return bytes(kept)


def pick(rng: Rng, choices: list) -> object:
    """One of some choices, whatever their type."""
    return choices[int(rng.integers(len(choices)))]


def as_json(value: object) -> str:
    """JSON as hostile programs write it: NaN and Infinity included."""
    return json.dumps(value, allow_nan=True)
