from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QPushButton

from tiletriage.plugin.dock.predict_panel import PredictPanel
from tiletriage.plugin.dock.widgets import Notice


def test_without_a_campaign_the_button_says_what_is_missing(session):
    button = PredictPanel(session).findChild(QPushButton, "predictButton")
    assert not button.isEnabled()
    assert "campaign first" in button.toolTip()


def test_footprints_go_into_the_campaigns_folder_unless_another_is_chosen(campaign, tiny_workspace):
    file = PredictPanel(campaign).findChild(QgsFileWidget, "predictFile")
    assert file.filePath() == str(tiny_workspace / "footprints.gpkg")


def test_footprints_are_written_and_told(campaign, press, until, tmp_path):
    panel, done = PredictPanel(campaign), []
    campaign.predicted.connect(done.append)
    panel.findChild(QgsFileWidget, "predictFile").setFilePath(str(tmp_path / "buildings.gpkg"))
    press(panel, "predictButton")
    until(lambda: done)
    assert (tmp_path / "buildings.gpkg").exists()
    notice = panel.findChild(Notice, "predictResult")
    assert notice.text() == (
        f"{done[0].footprints} footprints, drawn by version tiny, are on the map and in buildings.gpkg."
    )
