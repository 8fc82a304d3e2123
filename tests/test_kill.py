"""kill -9 at random moments of every command and of annotating tiles: no label is lost, nothing half-made has a final
name, and the next start of the same command does what the first one would have done and leaves nothing behind.

On its own: make test TESTS=tests/test_kill.py. More kills, with a table of what happened: make kill N=200.
"""

import os
import random
import shutil
from dataclasses import dataclass

import pytest

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.plugin.annotation import autosave

from . import commands, forks
from .commands import COMMANDS, LOOK, NOTES
from .whole_files import check_labels, check_whole, files, logged, state

KILLS, SEED = int(os.environ.get("KILLS", "40")), 0  # over all commands
NOTHING_LEFT_TO_DO = ("is there already", "is not empty", "exists already")
SHARES = {"precision": 0.2, "next": 0.5, "simulate": 0.6, "fine-tune with checkpoints": 0.6}  # of the kills of others


@dataclass(frozen=True)
class Undisturbed:
    """What a command leaves behind, and how long it takes."""

    files: set
    state: dict
    seconds: float


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    return commands.prepare(tmp_path_factory.mktemp("killed"))


def kills_of(number):
    """How many of the kills a command gets: all commands together get KILLS."""
    weights = [SHARES.get(command.name, 1) for command in COMMANDS]
    before, upto = (round(KILLS * sum(weights[:end]) / sum(weights)) for end in (number, number + 1))
    return upto - before


@pytest.mark.parametrize("number", range(len(COMMANDS)), ids=[command.name for command in COMMANDS])
def test_a_killed_command_loses_nothing_and_ends_well_the_next_time(number, around, tmp_path):
    command, rng = COMMANDS[number], random.Random(f"{SEED} {COMMANDS[number].name}")
    if not kills_of(number):
        pytest.skip("its share of so few kills is none")
    undisturbed = ended_by_itself(command, around, tmp_path / "undisturbed")
    kills, moments = 0, []
    while kills < kills_of(number):
        here, moment = tmp_path / f"{len(moments)}", rng.uniform(0, undisturbed.seconds)
        shutil.copytree(around / command.stage, here)
        if kill(command, around, here, moment):
            check_next_start(command, around, here, undisturbed)
            kills += 1
        moments.append(moment)
        shutil.rmtree(here)
    print(f"{command.name}: {kills} kills within {undisturbed.seconds:.2f} s")


def ended_by_itself(command, around, here):
    shutil.copytree(around / command.stage, here)
    ended = forks.run(*command.of(around, here))
    assert ended.code == 0, ended.said
    check_whole(here)
    check_labels(here / "campaign")
    return Undisturbed(files(here), state(here / "campaign"), ended.seconds)


def kill(command, around, here, moment):
    """Whether it was at work at the moment; then what it leaves is looked at, in a copy."""
    before = logged(here / "campaign")
    if not forks.Fork(*command.of(around, here)).kill_after(moment):
        return False
    copy = here.with_name("copy")
    shutil.copytree(here, copy)
    check_whole(copy)
    check_labels(copy / "campaign")
    assert logged(copy / "campaign")[: len(before)] == before
    check_notes(copy)
    shutil.rmtree(copy)
    return True


def check_notes(here):
    """What an annotator was told that it is kept, is kept."""
    notes = here / NOTES
    if not notes.exists():
        return
    workspace = open_workspace(here / "campaign")
    for note in notes.read_text(encoding="utf-8").splitlines():
        kind, tile_id = note.split()
        finished = commands.loop.last_finish(workspace, tile_id)
        drawn = autosave.read(workspace.cache / "drawing" / f"{tile_id}.json", tile_id)
        assert finished or (kind == "drawn" and drawn.drawn == [commands.house_on(workspace, tile_id).wkb])


def check_next_start(command, around, here, undisturbed):
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
