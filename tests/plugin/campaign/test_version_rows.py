"""Every version shows what the exam said of it, also the one that the campaign started with."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timezone

from tiletriage.models.campaign.records import Round
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.plugin.campaign.version_rows import version_rows


def test_a_version_that_was_never_examined_has_no_iou(tiny_workspace):
    (start,) = version_rows(open_workspace(tiny_workspace))
    assert (start.id, start.exam_iou, start.tiles, start.is_active) == ("tiny", None, 0, True)


def test_a_version_whose_card_is_damaged_has_a_row_that_says_so(tiny_workspace):
    shutil.copytree(tiny_workspace / "versions" / "tiny", tiny_workspace / "versions" / "v001")
    (tiny_workspace / "versions" / "v001" / "card.json").write_text("{")
    start, damaged = version_rows(open_workspace(tiny_workspace))
    assert (start.id, start.is_active, start.is_damaged) == ("tiny", True, False)
    assert (damaged.id, damaged.is_active, damaged.is_damaged) == ("v001", False, True)
    assert "cannot be read" in damaged.text


def test_the_first_version_has_the_iou_that_it_had_in_the_exam_of_its_child(tiny_workspace):
    workspace = open_workspace(tiny_workspace)
    with workspace.store() as store:
        store.add_round(Round(datetime.now(timezone.utc), False, "v001", "tiny", 10, 0.41, 0.55, 60.0))
    (start,) = version_rows(workspace)
    assert start.exam_iou == 0.41


def test_without_an_exam_the_tiles_that_were_held_out_say_how_good_a_version_is(tiny_workspace):
    folder = tiny_workspace / "versions" / "v001"
    shutil.copytree(tiny_workspace / "versions" / "tiny", folder)
    card = json.loads((folder / "card.json").read_text())
    card |= {"id": "v001", "parent": "tiny", "metrics": {"iou_before": 0.41, "iou_after": 0.55}}
    (folder / "card.json").write_text(json.dumps(card))
    workspace = open_workspace(tiny_workspace)
    with workspace.store() as store:
        store.add_round(Round(datetime.now(timezone.utc), True, "v001", "tiny", 10, None, None, 60.0))
    _, child = version_rows(workspace)
    assert child.text == "Learned from 10 tiles; IoU on tiles held out in turn 0.41 before, 0.55 after."
