from __future__ import annotations

import pytest

from tiletriage.models import loop
from tiletriage.models.jobs import Cancelled

from ..campaigns import NOW, run


def test_a_version_without_an_exam_is_parked(workspace, annotate):
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


def test_cancelling_a_fine_tuning_leaves_no_version(workspace, annotate):
    annotate(tiles=["r000_c000"])
    with pytest.raises(Cancelled):
        run(loop.fine_tune(workspace, epochs=50, now=NOW), steps=6)
    assert [card.id for card in workspace.cards()] == ["tiny"]
    assert not [path for path in (workspace.folder / "versions").iterdir() if path.name != "tiny"]


def test_the_exam_is_shown_while_the_model_learns(workspace, annotate, monkeypatch):
    monkeypatch.setattr("tiletriage.models.training.fine_tune.EXAM_EVERY_SECONDS", 0)
    annotate(exam=True)
    annotate(tiles=["r000_c000"])
    epochs = []
    done = run(loop.fine_tune(workspace, epochs=2, now=NOW, on_epoch=epochs.append))
    assert 0 <= epochs[0].exam_iou <= 1
    if epochs[-1].exam_iou is not None:  # the pause after the first one may have been too long
        assert epochs[-1].exam_iou == pytest.approx(done.difference.iou_after)
