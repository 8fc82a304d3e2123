import pytest

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.training.methods import METHODS as ENGINE_METHODS
from tiletriage.models.training.split import TRAINING
from tiletriage.plugin.processing.annotate import Annotate
from tiletriage.plugin.processing.fine_tune import METHODS, FineTune
from tiletriage.plugin.processing.versions import Versions


@pytest.fixture
def annotated(run, tiny_workspace, tiny_labels):
    with open_workspace(tiny_workspace).store() as store:
        tiles = [record.tile.id for record in store.tiles(TRAINING)][:3]
    run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, TILES=",".join(tiles))
    return tiny_workspace


def test_the_methods_to_choose_from_are_those_of_the_engine():
    assert sorted(METHODS) == sorted(ENGINE_METHODS)


def test_without_an_exam_a_new_version_is_parked_and_can_be_activated(run, feedback, annotated):
    outputs = run(FineTune(), WORKSPACE=annotated, METHOD="decoder", EPOCHS=1)
    assert outputs["ACTIVATED"] is False
    assert outputs["TRAINING_TILES"] == 3
    assert "IOU" not in outputs
    assert any("parked" in info for info in feedback.infos)
    assert any(info.startswith("Epoch 1: loss") for info in feedback.infos)
    activated = run(Versions(), WORKSPACE=annotated, ACTIVATE=outputs["VERSION"])
    assert activated["ACTIVE"] == outputs["VERSION"]


def test_with_an_exam_both_versions_are_measured(run, feedback, annotated, tiny_labels):
    run(Annotate(), WORKSPACE=annotated, FOOTPRINTS=tiny_labels, EXAM=True)
    outputs = run(FineTune(), WORKSPACE=annotated, METHOD="decoder", EPOCHS=1)
    assert 0 <= outputs["IOU_BEFORE"] <= 1
    assert 0 <= outputs["IOU"] <= 1
    assert outputs["EXAM_TILES"] == 4
    assert "too few to be sure. Annotate at least 4 more" in feedback.infos[-1]  # they are of one block


def test_it_has_to_be_said_when_training_ends(run, feedback, annotated):
    assert run(FineTune(), WORKSPACE=annotated, MINUTES=None) is None
    assert "when training ends" in feedback.errors[0]


def test_without_annotated_tiles_there_is_nothing_to_learn(run, feedback, tiny_workspace):
    assert run(FineTune(), WORKSPACE=tiny_workspace, EPOCHS=1) is None
    assert "No tile is annotated yet" in feedback.errors[0]
