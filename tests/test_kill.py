"""kill -9 at random moments of every command and of annotating tiles: no label is lost, nothing half-made has a final
name, and the next start of the same command does what the first one would have done and leaves nothing behind.

On its own: make test TESTS=tests/test_kill.py. More kills, with a table of what happened: make kill N=200.
"""

import json
import os
import random
import shutil
from functools import partial

import pytest

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.training.checkpoint import checkpoint_progress
from tiletriage.plugin.annotation import autosave

from . import commands, forks
from .commands import BUDGET_SECONDS, COMMANDS, NOTES
from .undisturbed import check_next_start
from .whole_files import check_labels, check_whole, logged

KILLS = int(os.environ.get("KILLS", "24"))  # over all commands
SEED = int(os.environ.get("SEED", "0"))
SHARES = {"precision": 0.2, "next": 0.5, "simulate": 0.6, "fine-tune with checkpoints": 0.6}  # of the kills of others


def kills_of(number):
    """How many of the kills a command gets: all commands together get KILLS."""
    weights = [SHARES.get(command.name, 1) for command in COMMANDS]
    before, upto = (round(KILLS * sum(weights[:end]) / sum(weights)) for end in (number, number + 1))
    return upto - before


@pytest.mark.parametrize("number", range(len(COMMANDS)), ids=[command.name for command in COMMANDS])
def test_a_killed_command_loses_nothing_and_ends_well_the_next_time(number, around, undisturbed, tmp_path):
    command, rng = COMMANDS[number], random.Random(f"{SEED} {COMMANDS[number].name}")
    if not kills_of(number):
        pytest.skip("its share of so few kills is none")
    by_itself, kills, moments = undisturbed(command), 0, []
    while kills < kills_of(number):
        here, moment = tmp_path / f"{len(moments)}", rng.uniform(0, by_itself.seconds)
        shutil.copytree(around / command.stage, here)
        if kill(command, around, here, moment):
            check_next_start(command, around, here, by_itself)
            kills += 1
        moments.append(moment)
        shutil.rmtree(here)
    print(f"{command.name}: {kills} kills within {by_itself.seconds:.2f} s")


def test_a_killed_fine_tuning_keeps_its_epochs_and_its_seconds(around, tmp_path):
    here = shutil.copytree(around / commands.ANNOTATED, tmp_path / "here")
    checkpoint, epochs = here / "campaign" / "cache" / "fine-tune.safetensors", 0
    for share in (0.2, 0.6):
        enough = partial(has_spent, checkpoint, share * BUDGET_SECONDS)
        assert forks.Fork(commands.fine_tune_for_seconds, around, here).kill_when(enough)
        check_whole(here)
        before, epochs = epochs, len(checkpoint_progress(checkpoint)["epochs"])
        assert epochs > before
    spent = seconds_spent(checkpoint)
    ended = forks.run(commands.fine_tune_for_seconds, around, here)
    assert ended.code == 0, ended.said
    tuned = json.loads(ended.said.splitlines()[-1])
    assert tuned["epochs"] > epochs
    assert spent + tuned["seconds"] < 1.2 * BUDGET_SECONDS  # the step that is over the budget is still made
    assert [card.id for card in open_workspace(here / "campaign").cards()] == ["tiny", "v001"]
    assert not checkpoint.exists()


def has_spent(checkpoint, seconds):
    return seconds_spent(checkpoint) > seconds


def seconds_spent(checkpoint):
    """The seconds of training that the checkpoint tells of."""
    return sum(epoch["seconds"] for epoch in checkpoint_progress(checkpoint).get("epochs", []))


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
