import pytest
from qgis.PyQt.QtWidgets import QCheckBox, QLabel, QPushButton, QRadioButton

from tiletriage.models.use_cases.overview import TileCounts
from tiletriage.plugin.dock.annotate_actions import AnnotateActions
from tiletriage.plugin.dock.annotate_panel import AnnotatePanel
from tiletriage.plugin.dock.widgets import Notice
from tiletriage.plugin.messages import why

NAMES = (
    "nextTile",
    "previousTile",
    "acceptAll",
    "acceptByClick",
    "finishDone",
    "finishEmpty",
    "finishSkip",
    "finishBad",
)


def panel_of(session):
    return AnnotatePanel(session, AnnotateActions(session, session))


@pytest.mark.parametrize("name", NAMES)
def test_without_a_campaign_every_button_says_what_is_missing(session, name):
    button = panel_of(session).findChild(QPushButton, name)
    assert not button.isEnabled()
    assert "campaign first" in button.toolTip()


def test_every_action_has_keys_of_its_own(session):
    actions = AnnotateActions(session)
    classes = {f"class{number}" for number in range(1, 10)}
    names = {*NAMES, *classes, "acceptUnderCursor"} - {"acceptByClick"}
    assert {action.objectName() for action in actions.default_keys} == names
    assert len(set(actions.default_keys.values())) == len(names)


def test_as_long_as_no_exam_tile_is_annotated_the_panel_says_why_they_come_first(campaign):
    panel = panel_of(campaign)
    assert panel.findChild(QRadioButton, "examTiles").text() == "Exam tiles: 0 of 4"
    assert "the 4 exam tiles first" in panel.findChild(Notice).text()


def test_without_an_exam_there_is_no_choice_of_tiles(campaign, monkeypatch):
    monkeypatch.setattr(campaign, "counts", lambda: TileCounts(20, 0, 0, 0, 0, 0, 0, 0))
    panel = panel_of(campaign)
    assert panel.findChild(QRadioButton, "examTiles").parent().isHidden()


def test_the_exam_tiles_are_served_when_they_are_chosen(scored, press):
    panel = panel_of(scored)
    panel.findChild(QRadioButton, "examTiles").click()
    assert scored.is_exam
    press(panel, "nextTile")
    assert scored.tile.rank is None


def test_on_exam_tiles_the_model_does_not_help_and_the_panel_says_why(scored, press, until):
    panel = panel_of(scored)
    press(panel, "nextTile")
    until(lambda: scored.draft_count > 0)
    scored.leave_tile()
    panel.findChild(QRadioButton, "examTiles").click()
    press(panel, "nextTile")
    assert scored.tile.is_exam and scored.draft_count == 0
    until(lambda: scored._drafts._queue.work is None)
    assert scored._drafts.of(scored.tile.tile_id) is None
    assert "without the model's help" in panel.findChild(QLabel, "noHelp").text()
    assert "without the model's help" in panel.findChild(QPushButton, "acceptAll").toolTip()
    scored.annotate_exam(False)
    scored.next_tile()
    assert panel.findChild(QLabel, "noHelp").text() == ""


def test_an_exam_tile_that_is_taken_up_again_later_has_no_drafts_either(scored, until):
    scored.annotate_exam(True)
    scored.next_tile()
    exam = scored.tile.tile_id
    scored.annotate_exam(False)
    scored.next_tile()
    until(lambda: scored.draft_count > 0)
    scored.previous_tile()
    assert scored.tile.tile_id == exam and not scored.is_exam
    until(lambda: scored._drafts._queue.work is None)
    assert scored._drafts.of(exam) is None and scored.draft_count == 0


def test_the_tile_that_comes_first_is_shown_with_its_reason(scored, press):
    panel = panel_of(scored)
    press(panel, "nextTile")
    assert scored.tile.rank == 1
    assert panel.findChild(QLabel, "reason").text() == why(scored.tile)


def test_a_tile_without_buildings_is_finished_with_one_click_and_the_next_one_comes(scored, press):
    panel = panel_of(scored)
    press(panel, "nextTile")
    first = scored.tile.tile_id
    press(panel, "finishEmpty")
    assert scored.counts().empty == 1
    assert scored.tile.tile_id != first


def test_skipped_and_bad_tiles_are_counted(scored, press):
    panel = panel_of(scored)
    press(panel, "nextTile")
    press(panel, "finishSkip")
    press(panel, "finishBad")
    assert (scored.counts().skipped, scored.counts().bad_imagery) == (1, 1)


def test_the_tile_before_can_be_corrected(scored, press):
    panel = panel_of(scored)
    press(panel, "nextTile")
    first = scored.tile.tile_id
    press(panel, "finishEmpty")
    press(panel, "previousTile")
    assert scored.tile.tile_id == first


def test_drafts_can_be_accepted_only_where_there_are_some(scored, press):
    panel = panel_of(scored)
    assert "Next tile" in panel.findChild(QPushButton, "acceptAll").toolTip()
    press(panel, "nextTile")
    button = panel.findChild(QPushButton, "acceptAll")
    assert button.isEnabled() == (scored.draft_count > 0)


def test_accepted_drafts_are_buildings_of_the_tile(scored, press, until):
    panel = panel_of(scored)
    press(panel, "nextTile")
    until(lambda: scored.draft_count > 0)
    drafts = scored.draft_count
    press(panel, "acceptAll")
    assert (scored.draft_count, scored.footprint_count) == (0, drafts)
    assert panel.findChild(QLabel, "drawn").text() == f"Drafts: 0, drawn: {drafts}"
    press(panel, "finishDone")
    assert scored.counts().done == 1


@pytest.fixture
def review(scored):
    """The panel, with the box ticked by which tiles begin with the drafts."""
    panel = panel_of(scored)
    panel.findChild(QCheckBox, "review").click()
    return panel


def test_in_a_review_a_tile_begins_with_all_that_the_model_proposes(scored, review, press, until):
    press(review, "nextTile")
    until(lambda: scored.footprint_count > 0)
    assert scored.draft_count == 0
    scored.finish("done")
    with scored._workspace.store() as store:
        assert set(store.all_footprints().origin) == {"model"}
    until(lambda: scored._drafts._queue.work is None)


def test_what_was_deleted_in_a_review_does_not_come_back(scored, review, press, until):
    press(review, "nextTile")
    until(lambda: scored.footprint_count > 0)
    layer = scored._tile_editor._drawing._layer
    layer.deleteFeatures(layer.allFeatureIds())
    scored._tile_editor._offer_drafts(scored.tile.tile_id)
    assert scored.footprint_count == 0
    tile_id, autosave = scored.tile.tile_id, scored._tile_editor._autosave(scored.tile.tile_id)
    until(autosave.exists)
    scored.leave_tile()
    scored._tile_editor._reviewed.clear()  # as after a restart
    scored._tile_editor._show(tile_id)
    until(lambda: scored._drafts._queue.work is None)
    assert (scored.tile.tile_id, scored.footprint_count) == (tile_id, 0)


def test_a_review_adds_nothing_to_what_somebody_has_drawn_or_found_empty(annotated, press, until):
    panel = panel_of(annotated)
    panel.findChild(QCheckBox, "review").click()
    found = []
    for _ in range(3):  # back over the one that was left and the empty one to the one that is drawn
        annotated.previous_tile()
        until(lambda: annotated._drafts._queue.work is None)
        found.append(annotated.footprint_count)
    assert found[1:] == [0, 1]
