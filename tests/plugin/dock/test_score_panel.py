import pytest
from qgis.PyQt.QtWidgets import QComboBox, QPushButton, QSlider

from tiletriage.plugin.dock.score_panel import ScorePanel
from tiletriage.plugin.dock.widgets import Notice
from tiletriage.plugin.settings import Setting


def score_button(panel):
    return panel.findChild(QPushButton, "scoreButton")


def test_without_a_campaign_the_button_says_what_is_missing(session):
    button = score_button(ScorePanel(session))
    assert not button.isEnabled()
    assert "campaign first" in button.toolTip()


def test_every_strategy_has_a_sentence_and_the_first_is_automatic(session):
    combo = ScorePanel(session).findChild(QComboBox, "strategy")
    assert combo.currentText() == "automatic"
    assert all(combo.itemData(row)[1].endswith(".") for row in range(combo.count()))


def test_the_chosen_strategy_ranks_the_tiles_and_the_result_is_told(campaign, press, until):
    panel, scored = ScorePanel(campaign), []
    campaign.scored.connect(scored.append)
    panel.findChild(QComboBox, "strategy").setCurrentText("random")
    press(panel, "scoreButton")
    assert not score_button(panel).isEnabled()
    assert "is running" in score_button(panel).toolTip()
    until(lambda: scored and campaign.work is None)
    assert scored[0].strategy == "random"
    assert panel.findChild(Notice, "scoreResult").text().startswith("24 tiles scored with tiny in ")
    assert score_button(panel).isEnabled()


def test_after_scoring_one_click_leads_to_the_first_tile(campaign, press, until):
    panel, wishes = ScorePanel(campaign), []
    panel.first_tile_wanted.connect(lambda: wishes.append(True))
    assert panel.findChild(Notice, "scoreResult").isHidden()
    press(panel, "scoreButton")
    until(lambda: not panel.findChild(Notice, "scoreResult").isHidden())
    press(panel, "annotateFirst")
    assert wishes == [True]


@pytest.mark.parametrize("percent", [0, 40])
def test_the_opacity_of_the_heatmap_is_remembered(campaign, percent):
    ScorePanel(campaign).findChild(QSlider, "opacity").setValue(percent)
    assert Setting.OPACITY.get() == percent / 100
    assert ScorePanel(campaign).findChild(QSlider, "opacity").value() == percent
