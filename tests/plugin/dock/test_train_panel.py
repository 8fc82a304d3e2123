from datetime import datetime, timezone

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QFileDialog, QPushButton, QTableView

from tiletriage.models.campaign.label_store import LabelStore
from tiletriage.models.campaign.records import MeasuredMap, Round
from tiletriage.models.evaluation.estimators import Estimate
from tiletriage.models.training.fine_tune import Epoch
from tiletriage.models.use_cases.fine_tune import FineTuned
from tiletriage.models.use_cases.map_quality import MapQuality, NextMinutes
from tiletriage.plugin.dock.curve import Curve
from tiletriage.plugin.dock.train_panel import TrainPanel, working_iou
from tiletriage.plugin.dock.widgets import Notice, Text
from tiletriage.plugin.settings import Setting


def round_of(tiles, before, after, activated):
    return Round(datetime.now(timezone.utc), activated, "v", "p", tiles, before, after, 1.0)


def epoch(number, loss, exam_iou=None):
    return Epoch(number, None, 1, loss, 1.0, exam_iou)


def test_the_model_learns_only_from_annotated_tiles(campaign):
    button = TrainPanel(campaign).findChild(QPushButton, "fineTuneButton")
    assert not button.isEnabled()
    assert "Annotate a few tiles first" in button.toolTip()


def test_without_an_exam_the_panel_says_before_the_training_what_is_missing(campaign):
    panel = TrainPanel(campaign)
    assert panel.findChild(Notice, "examHint").text().startswith("No exam tile is annotated yet")


def test_the_curve_grows_with_every_epoch_and_begins_anew(campaign):
    panel = TrainPanel(campaign)
    curve = panel.findChild(Curve, "liveCurve")
    assert curve.isHidden()
    for each in (epoch(1, 0.9, 0.4), epoch(2, 0.7)):
        campaign.epoch_done.emit(each)
    loss, exam = curve.lines()
    assert (loss.points, exam.points) == (((1, 0.9), (2, 0.7)), ((1, 0.4),))
    campaign.epoch_done.emit(epoch(1, 0.5))
    assert [line.points for line in curve.lines()] == [((1, 0.5),)]


def test_what_came_out_is_told_in_plain_words(campaign):
    panel = TrainPanel(campaign)
    campaign.fine_tuned.emit(FineTuned("v001", "tiny", "full", 3, False, None, 5, 60.0))
    assert panel.findChild(Notice, "trainResult").text().startswith("v001 is parked")


def test_the_learning_curve_shows_the_version_that_worked_after_each_round():
    rounds = [round_of(10, 0.4, 0.5, True), round_of(20, 0.5, 0.45, False), round_of(30, None, None, False)]
    assert working_iou(rounds) == ((0, 0.4), (10, 0.5), (20, 0.5))
    assert working_iou([]) == ()


def test_how_good_the_map_is_stands_under_the_curve_until_another_campaign_comes(campaign):
    panel = TrainPanel(campaign)
    told = panel.findChild(Text, "mapQuality")
    assert told.isHidden()
    iou, built = Estimate(0.71, 0.66, 0.76), Estimate(12_400, 11_000, 14_000)
    worth = NextMinutes(11, 0.098, 9.6)
    match, buildings = Estimate(0.58, 0.41, 0.7), Estimate(412, 301, 523)
    campaign.map_measured.emit(
        MapQuality("v001", ("building",), 20, 17.0, 10, 400, iou, built, match, buildings, 3_100, 103, worth)
    )
    assert told.text() == (
        "The finished map is right for 71 % of the ground with buildings (66 to 76 %), judged by 10 tiles drawn by "
        "lot. That ground is 1.24 ha (1.10 to 1.40); people have checked 25 % of it.\nIts footprints and the real ones "
        "match with an F1 of 0.58 (0.41 to 0.70). There are 412 (301 to 523); people have drawn or checked 103.\nThe "
        "next 11 tiles should mend 10 % of what is still wrong, in about 10 min."
    )
    panel.findChild(QDoubleSpinBox, "enough").setValue(4)
    assert told.text().endswith("\nThat is 2.8 % of that ground, less than 4 %: enough. Draw the finished map.")
    campaign.workspace_changed.emit()
    assert told.isHidden()


def test_the_curve_of_the_map_has_minutes_and_the_interval_of_each_point(campaign):
    curve = TrainPanel(campaign).findChild(Curve, "mapCurve")
    assert curve.lines() == ()
    with LabelStore(campaign.folder / "campaign.gpkg") as store:
        store.add_measured_map(MeasuredMap(datetime.now(timezone.utc), "tiny", 10, 8.5, 0.5, 0.4, 0.6))
    campaign.queue_changed.emit()
    (line,) = curve.lines()
    assert (line.points, line.bounds) == (((8.5, 0.5),), ((0.4, 0.6),))


def test_the_map_is_measured_at_the_press_of_a_button(scored, press, wait):
    panel = TrainPanel(scored)
    press(panel, "measureMap")
    wait()
    assert "cannot be told yet: 0 of the annotated tiles" in panel.findChild(Text, "mapQuality").text()


def test_the_minutes_are_remembered(campaign):
    TrainPanel(campaign).findChild(QDoubleSpinBox, "minutes").setValue(2)
    assert Setting.MINUTES.get() == 2


@pytest.fixture
def trained(scored, press, until):
    """The panel after two annotated tiles and a short fine-tuning."""
    panel, done = TrainPanel(scored), []
    scored.fine_tuned.connect(done.append)
    scored.next_tile()
    scored.finish("empty")
    scored.finish("empty")
    panel.findChild(QDoubleSpinBox, "minutes").setValue(0.5)
    press(panel, "fineTuneButton")
    until(lambda: done and scored.work is None, seconds=120)
    return panel


def select(panel, version):
    table = panel.findChild(QTableView, "versionTable")
    model = table.model()
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == version)
    table.selectRow(row)
    return model.index(row, 0)


def test_a_parked_version_can_be_made_active_and_back(scored, trained, press, until):
    active = select(trained, "tiny")
    assert active.data(Qt.ItemDataRole.FontRole).bold()
    assert "active already" in trained.findChild(QPushButton, "activateVersion").toolTip()
    for version in ("v001", "tiny"):
        select(trained, version)
        press(trained, "activateVersion")
        until(lambda: scored.work is None)
        assert [row.id for row in scored.versions() if row.is_active] == [version]


def test_nothing_can_be_done_with_a_damaged_version_and_its_tooltip_says_why(campaign):
    folder = campaign.folder / "versions" / "v001"
    folder.mkdir()
    (folder / "card.json").write_text("half a card", encoding="utf-8")
    panel = TrainPanel(campaign)
    why = select(panel, "v001").data(Qt.ItemDataRole.ToolTipRole)
    for name in ("activateVersion", "exportVersion"):
        button = panel.findChild(QPushButton, name)
        assert not button.isEnabled() and "card.json" in button.toolTip() and button.toolTip() in why


def test_no_version_is_exported_while_long_work_goes_on(campaign, wait):
    panel = TrainPanel(campaign)
    select(panel, "tiny")
    export = panel.findChild(QPushButton, "exportVersion")
    campaign.score()
    assert not export.isEnabled() and "is running" in export.toolTip()
    wait()
    assert export.isEnabled()


def test_an_adapter_is_saved_as_one_file_and_taken_in_from_one(annotated, press, wait, tmp_path, monkeypatch):
    annotated.fine_tune("lora", minutes=0.05)
    wait()
    panel = TrainPanel(annotated)
    select(panel, "v001")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(tmp_path / "mine"), asked[3]))
    press(panel, "exportVersion")
    wait()
    assert (tmp_path / "mine.ttadapter").exists()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *asked: (str(tmp_path / "mine.ttadapter"), asked[3]))
    press(panel, "importAdapter")
    wait()
    assert select(panel, "mine").isValid()
