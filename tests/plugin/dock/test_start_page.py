import sys

import pytest
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtWidgets import QApplication, QDoubleSpinBox, QLabel, QPushButton, QSpinBox

from tiletriage.plugin.dock.start_page import StartPage
from tiletriage.plugin.settings import remember_folder


@pytest.fixture
def page(session):
    return StartPage(session)


def start_button(page):
    return page.findChild(QPushButton, "startAndScore")


def test_without_imagery_the_page_says_how_to_add_it(page):
    assert not start_button(page).isEnabled()
    assert "Add your imagery" in start_button(page).toolTip()


def test_with_one_imagery_layer_one_click_is_enough(imagery, page, tiny_scene):
    assert start_button(page).isEnabled()
    assert start_button(page).text() == "Start and score"
    folder = page.findChild(QgsFileWidget, "campaignFolder").filePath()
    assert folder == str(tiny_scene.with_name("scene_campaign"))


def test_a_layer_that_cannot_be_used_says_why_and_starts_nothing(page):
    QgsProject.instance().addMapLayer(QgsRasterLayer("/nowhere/gone.tif", "gone"))
    assert not start_button(page).isEnabled()
    assert "gone" in start_button(page).toolTip()


def test_without_a_folder_nothing_starts(imagery, page):
    page.findChild(QgsFileWidget, "campaignFolder").setFilePath("")
    assert start_button(page).toolTip() == "Choose a folder for the campaign."


def test_the_layer_that_the_user_clicks_on_is_taken(imagery, page, tiny_scene):
    other = QgsRasterLayer(str(tiny_scene), "a first one")
    QgsProject.instance().addMapLayer(other)
    page.new_campaign.prefer_imagery(imagery)
    assert page.findChild(QgsMapLayerComboBox, "imageryLayer").currentLayer() == imagery
    page.new_campaign.prefer_imagery(other)
    page.new_campaign.prefer_imagery(QgsVectorLayer("Polygon", "no imagery", "memory"))
    assert page.findChild(QgsMapLayerComboBox, "imageryLayer").currentLayer() == other


def test_pixel_and_tile_size_are_tucked_away(imagery, page):
    assert page.findChild(QgsCollapsibleGroupBox).isCollapsed()
    assert page.findChild(QDoubleSpinBox, "gsd").value() == 0.5
    assert page.findChild(QSpinBox, "examTileCount").text() == "none"


def test_a_campaign_is_made_as_the_form_says(session, imagery, page, press, until, tmp_path, bounds_of_half):
    area = QgsVectorLayer(f"Polygon?crs={imagery.crs().authid()}", "area", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(bounds_of_half))
    area.dataProvider().addFeatures([feature])
    area.updateExtents()
    QgsProject.instance().addMapLayer(area)
    page.findChild(QgsMapLayerComboBox, "areaLayer").setLayer(area)
    page.findChild(QgsFileWidget, "campaignFolder").setFilePath(str(tmp_path / "half"))
    page.findChild(QSpinBox, "examTileCount").setValue(4)
    scored = []
    session.scored.connect(scored.append)
    press(page, "startAndScore")
    until(lambda: scored, seconds=120)
    assert session.folder == tmp_path / "half"
    assert (scored[0].tiles, session.counts().exam) == (12, 4)


@pytest.fixture
def bounds_of_half(imagery):
    extent = imagery.extent()
    return QgsRectangle(extent.xMinimum() + 1, extent.yMinimum() + 1, extent.center().x() - 1, extent.yMaximum() - 1)


def test_a_recent_campaign_opens_with_one_click(session, tiny_workspace, press, until):
    remember_folder(tiny_workspace)
    page = StartPage(session)
    press(page, "recentCampaign")
    until(lambda: session.is_open)
    assert session.folder == tiny_workspace


def test_the_open_campaign_takes_the_place_of_the_ways_in(campaign, press):
    page = StartPage(campaign)
    assert page.new_campaign.isHidden()
    press(page, "closeCampaign")
    assert not campaign.is_open
    assert not page.new_campaign.isHidden()


def test_the_report_for_those_who_help_goes_to_the_clipboard(page, press):
    press(page, "copyDiagnostics")
    assert "QGIS" in QApplication.clipboard().text()


def test_without_torch_a_campaign_can_be_started_and_the_page_says_what_to_install(session, imagery, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    page = StartPage(session)
    assert start_button(page).isEnabled()
    assert start_button(page).text() == "Start without scores"
    page.findChild(QPushButton, "copyInstall").click()
    assert QApplication.clipboard().text().endswith(' "torch>=2.2"')
    assert not page.findChild(QPushButton, "probeSpeed").isEnabled()


NARROWEST_PX = 280
LONG = "Zanzibar North, the villages between the road and the coast, imagery of March & April 2026, second"


@pytest.fixture
def long_campaign(tiny_workspace, session, wait):
    """The session with a campaign open that has a name of 120 characters."""
    folder = tiny_workspace.rename(tiny_workspace.with_name(LONG.ljust(120, "x")))
    remember_folder(folder)
    session.open(folder)
    wait()
    assert len(session.name) == 120
    return session


def show_narrow(page):
    page.resize(NARROWEST_PX, 900)
    page.show()
    QApplication.processEvents()
    return page


def seen_buttons(page):
    """Every visible button by its name."""
    buttons = [made for made in page.findChildren(QPushButton) if made.isVisible()]
    return {made.objectName(): made for made in buttons}


def is_whole(page, made):
    left = made.mapTo(page, made.rect().topLeft()).x()
    has_room = made.fontMetrics().horizontalAdvance(made.text()) + made.iconSize().width() < made.width()
    return left >= 0 and left + made.width() <= page.width() and has_room


def test_a_long_name_of_the_open_campaign_leaves_the_buttons_their_text(long_campaign):
    page = show_narrow(StartPage(long_campaign))
    buttons = seen_buttons(page)
    assert {"showFolder", "closeCampaign"} <= set(buttons)
    assert all(is_whole(page, made) for made in buttons.values())
    assert page.widget().width() <= NARROWEST_PX
    group = buttons["closeCampaign"].parentWidget()
    assert "…" in group.title() and group.title().startswith("Zanz") and group.title().endswith("xxx")
    assert group.toolTip() == long_campaign.name
    assert str(long_campaign.folder) in [label.toolTip() for label in page.findChildren(QLabel)]


def test_long_names_of_earlier_campaigns_are_shortened_in_the_middle(long_campaign):
    folder = long_campaign.folder
    long_campaign.close()
    page = show_narrow(StartPage(long_campaign))
    recent = seen_buttons(page)["recentCampaign"]
    assert "…" in recent.text() and recent.text().startswith("Zanz") and recent.text().endswith("xxx")
    assert str(folder) in recent.toolTip()
    assert all(is_whole(page, made) for made in seen_buttons(page).values())
    assert page.widget().width() <= NARROWEST_PX


def test_a_short_name_is_shown_whole(campaign):
    page = show_narrow(StartPage(campaign))
    group = seen_buttons(page)["closeCampaign"].parentWidget()
    assert (group.title(), group.toolTip()) == ("campaign", "")
