"""What a command leaves behind when nothing comes in between, and that it leaves the same after something did."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import forks
from .commands import LOOK, NOTES, Command
from .whole_files import check_labels, check_whole, files, state

NOTHING_LEFT_TO_DO = ("is there already", "is not empty", "exists already")


@dataclass(frozen=True)
class Undisturbed:
    """The files and the campaign that a command leaves behind, and how long it takes."""

    files: set[str]
    state: dict[str, Any] | None
    seconds: float


def end_by_itself(command: Command, around: Path, here: Path) -> Undisturbed:
    """Do it in a new folder."""
    shutil.copytree(around / command.stage, here)
    ended = forks.run(*command.of(around, here))
    assert ended.code == 0, ended.said
    check_whole(here)
    check_labels(here / "campaign")
    return Undisturbed(files(here), state(here / "campaign"), ended.seconds)


def check_next_start(command: Command, around: Path, here: Path, undisturbed: Undisturbed) -> None:
    """The same command ends as if nothing had been; where it had ended but for saying so, the campaign is opened."""
    is_over = command.is_once and state(here / "campaign") == undisturbed.state
    again = LOOK if is_over else command
    ended = forks.run(*again.of(around, here))
    assert ended.code == 0 or any(words in ended.said for words in NOTHING_LEFT_TO_DO), ended.said
    (here / NOTES).unlink(missing_ok=True)
    assert files(here) == undisturbed.files - {NOTES}
    assert state(here / "campaign") == undisturbed.state
    check_whole(here)
    check_labels(here / "campaign")
