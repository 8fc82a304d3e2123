import geopandas
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
    assert file.filePath() == str(tiny_workspace / "footprints_tiny.gpkg")


def test_a_new_file_is_proposed_each_time(campaign, press, wait, tiny_workspace):
    panel = PredictPanel(campaign)
    for name in ("footprints_tiny.gpkg", "footprints_tiny_2.gpkg", "footprints_tiny_3.gpkg"):
        assert panel.findChild(QgsFileWidget, "predictFile").filePath() == str(tiny_workspace / name)
        assert panel.findChild(QPushButton, "predictButton").text() == "Predict footprints"
        press(panel, "predictButton")
        wait()
        assert (tiny_workspace / name).exists()


def test_where_a_file_is_there_the_button_says_so_before_it_is_replaced(campaign, press, wait, tmp_path):
    panel = PredictPanel(campaign)
    file, button = panel.findChild(QgsFileWidget, "predictFile"), panel.findChild(QPushButton, "predictButton")
    file.setFilePath(str(tmp_path / "buildings.gpkg"))
    press(panel, "predictButton")
    wait()
    before = (tmp_path / "buildings.gpkg").stat().st_mtime_ns
    file.setFilePath(str(tmp_path / "buildings.gpkg"))
    assert button.text() == "Replace the file" and "are lost" in button.toolTip()
    press(panel, "predictButton")
    wait()
    assert (tmp_path / "buildings.gpkg").stat().st_mtime_ns > before, campaign.ears.texts


def test_a_file_that_came_in_between_is_not_replaced(campaign, press, wait, tmp_path):
    panel = PredictPanel(campaign)
    panel.findChild(QgsFileWidget, "predictFile").setFilePath(str(tmp_path / "buildings.geojson"))
    (tmp_path / "buildings.geojson").write_text("somebody's")
    press(panel, "predictButton")
    wait()
    assert (tmp_path / "buildings.geojson").read_text() == "somebody's"
    assert "is there already" in campaign.ears.texts[-1]


def test_labels_of_somebody_are_not_replaced_even_on_request(campaign, press, wait, tmp_path, tiny_labels):
    labels = tmp_path / "labels.gpkg"
    geopandas.read_file(tiny_labels).to_file(labels, layer="footprints")
    before = labels.read_bytes()
    panel = PredictPanel(campaign)
    for path in (labels, campaign.folder / "campaign.gpkg"):
        panel.findChild(QgsFileWidget, "predictFile").setFilePath(str(path))
        press(panel, "predictButton")
        wait()
    assert labels.read_bytes() == before
    assert "never replaced" in campaign.ears.texts[0] and "belongs to the campaign" in campaign.ears.texts[1]


def test_footprints_are_written_and_told(campaign, press, until, tmp_path):
    panel, done = PredictPanel(campaign), []
    campaign.predicted.connect(done.append)
    panel.findChild(QgsFileWidget, "predictFile").setFilePath(str(tmp_path / "buildings.gpkg"))
    press(panel, "predictButton")
    until(lambda: done)
    assert (tmp_path / "buildings.gpkg").exists()
    notice = panel.findChild(Notice, "predictResult")
    assert notice.text() == (
        f"{done[0].footprints} footprints are on the map and in buildings.gpkg: 0 that people drew or accepted, "
        f"{done[0].footprints} by version tiny."
    )
