from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from tiletriage.models import loop
from tiletriage.models.campaign.model_store import load_network
from tiletriage.models.campaign.records import TileState
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.jobs import Cancelled
from tiletriage.models.training.lora import adapted_layers
from tiletriage.models.training.split import block_of
from tiletriage.tests.conftest import write_labels, write_scene

from ..campaigns import NOW, run

SIDE = 12  # tiles


@pytest.fixture
def campaign(tmp_path, tiny_start):
    """A campaign with random weights and six blocks of exam tiles, and the file of its labels."""
    scene = write_scene(tmp_path / "scene.tif", SIDE, SIDE)
    workspace = loop.new(tmp_path / "campaign", scene, tile_size_px=64, start=tiny_start, exam_tiles=24)
    return workspace, write_labels(tmp_path / "labels.gpkg", SIDE, SIDE)


def fine_tune(campaign, blocks):
    """After twenty tiles, and the exam tiles of so many blocks."""
    workspace, labels = campaign
    with workspace.store() as store:
        training, exam = ([record.tile for record in store.tiles(split)] for split in ("training", "exam"))
    chosen = sorted({block_of(tile) for tile in exam})[:blocks]
    tiles = [*training[:20], *(tile for tile in exam if block_of(tile) in chosen)]
    run(loop.annotate(workspace, labels, tiles=[tile.id for tile in tiles], annotator="Amina", now=NOW))
    return run(loop.fine_tune(workspace, epochs=20, now=NOW))


def test_a_version_that_is_clearly_better_becomes_active(campaign):
    done = fine_tune(campaign, blocks=6)
    assert done.difference.iou_after > done.difference.iou_before + 0.2
    assert done.is_active
    with campaign[0].store() as store:
        assert campaign[0].active_card(store).id == done.version


def test_where_the_exam_has_too_few_blocks_the_tiles_that_were_held_out_decide(campaign):
    done = fine_tune(campaign, blocks=3)
    assert (done.exam_tiles, done.difference.tiles, done.difference.missing_blocks) == (0, 20, 0)
    assert done.is_active


def test_without_an_exam_the_tiles_that_were_held_out_in_turn_judge(tmp_path, tiny_start):
    scene = write_scene(tmp_path / "scene.tif", SIDE, SIDE)
    workspace = loop.new(tmp_path / "campaign", scene, tile_size_px=64, start=tiny_start, exam_tiles=0)
    labels = write_labels(tmp_path / "labels.gpkg", SIDE, SIDE)
    with workspace.store() as store:
        assert {record.split for record in store.tiles()} == {"training"}
        tiles = [record.tile.id for record in store.tiles() if record.tile.row % 2 == 0][:24]
    run(loop.annotate(workspace, labels, tiles=tiles, annotator="Amina", now=NOW))
    done = run(loop.fine_tune(workspace, epochs=20, now=NOW))
    assert (done.exam_tiles, done.difference.tiles) == (0, 24)
    assert done.is_active and done.difference.iou_after > done.difference.iou_before + 0.2
    with workspace.store() as store:
        assert workspace.active_card(store).id == done.version
        assert [(r.activated, r.exam_iou_after, r.exam_tiles) for r in store.rounds()] == [(True, None, 0)]


def test_a_version_with_too_few_tiles_to_hold_out_and_no_exam_is_parked(workspace, annotate):
    annotate(tiles=["r000_c000"])
    done = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    assert not done.is_active and done.difference is None
    with workspace.store() as store:
        assert workspace.active_card(store).id == "tiny"
        assert [(r.version, r.activated, r.exam_iou_after) for r in store.rounds()] == [("v001", False, None)]


def test_fine_tunings_accumulate(workspace, annotate):
    annotate(tiles=["r000_c000"])
    run(loop.fine_tune(workspace, epochs=1, now=NOW))
    loop.activate(workspace, "v001")
    annotate(tiles=["r000_c002"], may_be_empty=True)
    second = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    assert (second.parent, second.tiles) == ("v001", 2)
    assert workspace.card("v002").settings["tiles"] == ["r000_c000", "r000_c002"]


def test_what_an_ancestor_has_learnt_is_learnt_also_where_the_tile_was_skipped_since(workspace, annotate):
    annotate(tiles=["r000_c000"])
    run(loop.fine_tune(workspace, epochs=1, now=NOW))
    loop.activate(workspace, "v001")
    with workspace.store() as store:
        store.set_state(Tile(0, 0), TileState.SKIPPED, "Amina", NOW)
    annotate(tiles=["r000_c002"], may_be_empty=True)
    run(loop.fine_tune(workspace, epochs=1, now=NOW))
    with workspace.store() as store:
        assert workspace.card("v002").settings["tiles"] == ["r000_c002"]
        assert workspace.learnt_tiles(store, workspace.card("v002")) == {"r000_c000", "r000_c002"}


def test_cancelling_a_fine_tuning_leaves_no_version(workspace, annotate):
    annotate(tiles=["r000_c000"])
    with pytest.raises(Cancelled):
        run(loop.fine_tune(workspace, epochs=50, now=NOW), steps=6)
    assert [card.id for card in workspace.cards()] == ["tiny"]
    assert not [path for path in (workspace.folder / "versions").iterdir() if path.name != "tiny"]


def test_a_version_that_a_killed_process_saved_and_did_not_record_is_recorded_the_next_time(workspace, annotate):
    annotate(exam=True)
    annotate(tiles=["r000_c000"])
    before = (workspace.folder / "campaign.gpkg").read_bytes()
    done = run(loop.fine_tune(workspace, epochs=2, now=NOW))
    (workspace.folder / "campaign.gpkg").write_bytes(before)  # as it is until the version has been recorded
    again = run(loop.fine_tune(workspace, epochs=2, now=NOW))
    assert replace(again, seconds=done.seconds) == done
    assert [card.id for card in workspace.cards()] == ["tiny", "v001"]
    with workspace.store() as store:
        assert [each.version for each in store.rounds()] == ["v001"]
    assert run(loop.fine_tune(workspace, epochs=2, now=NOW)).version == "v002"


def test_the_exam_is_shown_while_the_model_learns(workspace, annotate, monkeypatch):
    monkeypatch.setattr("tiletriage.models.training.fine_tune.EXAM_EVERY_SECONDS", 0)
    annotate(exam=True)
    annotate(tiles=["r000_c000"])
    epochs = []
    done = run(loop.fine_tune(workspace, epochs=2, now=NOW, on_epoch=epochs.append))
    assert 0 <= epochs[0].exam_iou <= 1
    if epochs[-1].exam_iou is not None:  # the pause after the first one may have been too long
        assert epochs[-1].exam_iou == pytest.approx(done.difference.iou_after)


def test_a_version_learnt_by_adapters_is_one_like_any_other(workspace, annotate):
    """Its encoder differs from its parent's in the adapted weights alone, and everything works with it."""
    annotate(tiles=["r000_c000"])
    done = run(loop.fine_tune(workspace, method="lora", epochs=2, now=NOW))
    assert workspace.card(done.version).method == "lora"
    before, after = (load_network(workspace.version_folder(name))[0] for name in ("tiny", done.version))
    other = {
        name
        for name, weights in before.encoder.state_dict().items()
        if not torch.equal(weights, after.encoder.state_dict()[name])
    }
    assert other and other <= {f"{name}.weight" for name in adapted_layers(before.encoder)}
    loop.activate(workspace, done.version)
    assert run(loop.score(workspace, now=NOW)).version == done.version
