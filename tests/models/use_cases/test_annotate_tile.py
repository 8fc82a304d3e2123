"""One tile at a time, also while the engine is at work in another thread."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest
from shapely import MultiPolygon, box

from tiletriage.models import loop
from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.errors import LabelError
from tiletriage.models.use_cases.annotate_tile import (
    claim_tile,
    drafts,
    finish_tile,
    footprints_of,
    is_finished_with,
    last_finish,
    release_tile,
    set_tile_state,
    tile_of,
)

from ..campaigns import NOW, run

HOUSE = box(500_012, 9_299_980, 500_020, 9_299_988)  # of the first tile of the tiny scene
SHED = box(500_022, 9_299_980, 500_024, 9_299_988)


def state_of(workspace, tile_id):
    return tile_of(workspace, tile_id)[1]


def test_a_finished_tile_is_on_disk_with_its_footprints(workspace):
    finish_tile(workspace, "r000_c000", [HOUSE], annotator="Amina", now=NOW)
    assert state_of(workspace, "r000_c000") is TileState.DONE
    assert footprints_of(open_workspace(workspace.folder), "r000_c000") == [HOUSE]
    finish_tile(workspace, "r000_c002", [], annotator="Amina", now=NOW)
    assert state_of(workspace, "r000_c002") is TileState.EMPTY
    with workspace.store() as store:
        assert {entry.imagery for entry in store.log()} == {workspace.imagery.fingerprint}


def test_a_drawing_is_known_as_handed_in_once_its_tile_was_finished_with_it(workspace):
    multi = MultiPolygon([HOUSE]).reverse().wkb  # as QGIS may hold the same outline
    assert not is_finished_with(workspace, "r000_c000", [HOUSE.wkb], None)
    finish_tile(workspace, "r000_c000", [HOUSE], annotator="Amina", now=NOW)
    for drawn in (HOUSE.wkb, multi):
        assert is_finished_with(workspace, "r000_c000", [drawn], None)
    assert not is_finished_with(workspace, "r000_c000", [HOUSE.wkb], last_finish(workspace, "r000_c000"))
    for other in ([], [HOUSE.wkb, SHED.wkb], [SHED.wkb], [b"no outline"]):
        assert not is_finished_with(workspace, "r000_c000", other, None)
    finish_tile(workspace, "r000_c002", [], annotator="Amina", now=NOW)
    assert is_finished_with(workspace, "r000_c002", [], None)


def test_refused_footprints_change_nothing(workspace):
    with pytest.raises(LabelError, match="outside the tile: 1"):
        finish_tile(workspace, "r000_c001", [HOUSE], annotator="Amina", now=NOW)
    with pytest.raises(LabelError, match="no tile r099_c000"):
        finish_tile(workspace, "r099_c000", [], annotator="Amina", now=NOW)
    with workspace.store() as store:
        assert store.log() == []


def test_a_skipped_tile_leaves_the_queue_and_comes_back_with_its_labels(workspace):
    run(loop.score(workspace, now=NOW))
    first = loop.next_tiles(workspace, 1)[0].tile_id
    set_tile_state(workspace, first, TileState.SKIPPED, "Amina", NOW)
    assert first not in [tile.tile_id for tile in loop.next_tiles(workspace)]
    set_tile_state(workspace, first, TileState.POOL, "Amina", NOW)
    assert loop.next_tiles(workspace, 1)[0].tile_id == first


def test_drafts_come_tile_by_tile_and_are_no_labels(workspace):
    told = {}
    found = run(drafts(workspace, ["r000_c000", "r002_c005"], threshold=0.01, on_drafts=told.__setitem__))
    assert list(found) == ["r000_c000", "r002_c005"]
    assert told == found
    assert footprints_of(workspace, "r000_c000") == []
    assert not list(workspace.cache.glob("tmp*"))  # the probabilities are gone


def test_no_drafts_are_made_of_exam_tiles_by_the_model_that_they_examine(workspace):
    exam = [tile.tile_id for tile in loop.next_tiles(workspace, exam=True)]
    told = []
    assert run(drafts(workspace, exam, threshold=0.01, on_drafts=lambda *each: told.append(each))) == {}
    found = run(drafts(workspace, [exam[0], other_than(exam)], threshold=0.01))
    assert list(found) == [other_than(exam)] and not told


def other_than(exam):
    return next(tile for tile in ("r000_c000", "r000_c003", "r000_c006", "r002_c000", "r002_c007") if tile not in exam)


def test_a_tile_says_whether_it_belongs_to_the_exam(workspace):
    exam = loop.next_tiles(workspace, exam=True)
    assert all(tile.is_exam for tile in exam)
    assert not tile_of(workspace, other_than([tile.tile_id for tile in exam]))[0].is_exam


def test_a_tile_is_finished_while_the_tiles_are_scored(workspace):
    with closing(loop.score(workspace, now=NOW)) as scoring:
        next(scoring)
        finish_tile(workspace, "r000_c000", [HOUSE], annotator="Amina", now=NOW)
        run(scoring)
    assert state_of(workspace, "r000_c000") is TileState.DONE
    assert tile_of(workspace, "r000_c000")[0].rank is None
    assert "r000_c000" not in [tile.tile_id for tile in loop.next_tiles(workspace)]


def test_a_tile_is_finished_while_the_model_learns_and_counts_the_next_time(workspace):
    finish_tile(workspace, "r000_c000", [HOUSE], annotator="Amina", now=NOW)
    with closing(loop.fine_tune(workspace, epochs=2, now=NOW)) as training:
        next(training)
        finish_tile(workspace, "r000_c002", [], annotator="Amina", now=NOW)
        assert run(training).tiles == 1
    assert run(loop.fine_tune(workspace, epochs=1, now=NOW)).tiles == 2


def test_exam_tiles_annotated_while_the_model_learns_do_not_make_two_exams_of_one(workspace):
    finish_tile(workspace, "r000_c000", [HOUSE], annotator="Amina", now=NOW)
    first, second, *_ = [tile.tile_id for tile in loop.next_tiles(workspace, exam=True)]
    x, y, *_ = workspace.grid.tile_bounds(workspace.grid.tile(first))
    house = box(x + 5, y + 5, x + 10, y + 10)  # an exam without anything to find judges nothing
    finish_tile(workspace, first, [house], annotator="Amina", now=NOW)
    with closing(loop.fine_tune(workspace, epochs=1, now=NOW)) as training:
        next(training)
        next(training)
        finish_tile(workspace, second, [], annotator="Amina", now=NOW)
        done = run(training)
    sat = done.exam_tiles
    assert sat in (1, 2) and workspace.card(done.version).metrics["exam_tiles"] == sat
    assert [each.exam_tiles for each in loop.learning_curve(workspace)] == [sat]
    assert done.difference is not None


def test_two_sessions_are_not_served_the_same_tile_until_its_claim_runs_out(workspace):
    claim_tile(workspace, "r000_c000", session="one", annotator="Amina", now=NOW)
    assert state_of(workspace, "r000_c000") is TileState.IN_PROGRESS

    def served(session, minutes):
        at = NOW + timedelta(minutes=minutes)
        return loop.next_tiles(workspace, 1, must_be_ranked=False, session=session, now=at)[0].tile_id

    assert [served("one", 5), served("two", 5), served(None, 5)] == ["r000_c000", "r000_c001", "r000_c001"]
    assert [served("two", 29), served("two", 31)] == ["r000_c001", "r000_c000"]
    with pytest.raises(LabelError, match="Amina is working on tile r000_c000, until") as refused:
        claim_tile(workspace, "r000_c000", session="two", annotator="Bob", now=NOW + timedelta(minutes=29))
    assert refused.value.code == "tile-claimed"
    release_tile(workspace, "r000_c000", session="two", annotator="Bob", now=NOW)  # not his
    assert state_of(workspace, "r000_c000") is TileState.IN_PROGRESS
    release_tile(workspace, "r000_c000", session="one", annotator="Amina", now=NOW)
    assert state_of(workspace, "r000_c000") is TileState.POOL


def test_whoever_finishes_second_is_refused_and_may_keep_both(workspace):
    shed, barn = (box(500_002 + x, 9_299_970, 500_006 + x, 9_299_974) for x in (0, 8))
    finish_tile(workspace, "r000_c000", [HOUSE, shed], annotator="Ann", now=NOW)
    after, shown = last_finish(workspace, "r000_c000"), footprints_of(workspace, "r000_c000")
    assert after is not None and last_finish(workspace, "r000_c001") is None
    finish_tile(workspace, "r000_c000", [HOUSE, shed, barn], annotator="Bob", now=NOW, after=after, instead_of=shown)
    mine = {"annotator": "Ann", "now": NOW, "after": after, "instead_of": shown}
    corrected = box(500_012, 9_299_980, 500_021, 9_299_989)
    with pytest.raises(LabelError, match="Bob has finished tile r000_c000 meanwhile") as refused:
        finish_tile(workspace, "r000_c000", [corrected, shed], **mine)
    assert refused.value.code == "tile-finished-meanwhile"
    with pytest.raises(LabelError, match="meanwhile"):
        set_tile_state(workspace, "r000_c000", TileState.SKIPPED, "Ann", NOW, after)
    assert state_of(workspace, "r000_c000") is TileState.DONE
    assert set(footprints_of(workspace, "r000_c000")) == {HOUSE, shed, barn}
    finish_tile(workspace, "r000_c000", [corrected, shed], **mine, keep_both=True)
    assert set(footprints_of(workspace, "r000_c000")) == {corrected, shed, barn}


def test_keeping_both_of_an_empty_tile_and_one_with_buildings_keeps_the_buildings(workspace):
    finish_tile(workspace, "r000_c000", [HOUSE], annotator="Bob", now=NOW)
    finish_tile(workspace, "r000_c000", [], annotator="Ann", now=NOW, after=None, keep_both=True)
    assert footprints_of(workspace, "r000_c000") == [HOUSE]
    assert state_of(workspace, "r000_c000") is TileState.DONE
