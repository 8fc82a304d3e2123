"""A campaign of two classes at the desk: its form, its palette, and what is drawn."""

import pytest
from qgis.core import QgsGeometry, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayerUtils
from qgis.gui import QgsCheckableComboBox
from qgis.PyQt.QtWidgets import QGroupBox, QLineEdit, QPushButton

from tiletriage.models import loop
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.jobs import run
from tiletriage.models.segmentation.classes import named_classes
from tiletriage.models.use_cases.annotate_tile import classed_footprints_of
from tiletriage.plugin.campaign.campaign_work import now
from tiletriage.plugin.dock.annotate_actions import AnnotateActions
from tiletriage.plugin.dock.annotate_panel import AnnotatePanel
from tiletriage.plugin.dock.start_page import StartPage
from tiletriage.tests.plugin.hands import layer_named


@pytest.fixture(scope="module")
def made(two_classes, tmp_path_factory):
    folder = tmp_path_factory.mktemp("of two") / "campaign"
    classes = named_classes(["water", "field"])
    workspace = loop.new(folder, two_classes / "sar.tif", classes=classes, tile_size_px=64, bands=["VV", "VH"])
    run(loop.score(workspace, now=now()))
    return folder


@pytest.fixture
def of_two(session, made, wait):
    session.open(made)
    wait()
    session.next_tile()
    yield session
    session.close()


@pytest.fixture
def panel(of_two):
    return AnnotatePanel(of_two, AnnotateActions(of_two, of_two))


def draw(left, lower, side=100):
    """A square as the digitizing tools draw it."""
    layer = layer_named("Drawing")
    outline = QgsGeometry.fromRect(QgsRectangle(left, lower, left + side, lower + side))
    outline.convertToMultiType()
    layer.addFeature(QgsVectorLayerUtils.createFeature(layer, outline, {}, layer.createExpressionContext()))


def labels(session, tile_id):
    return sorted(of_class for _, of_class in classed_footprints_of(open_workspace(session.folder), tile_id))


def test_a_key_of_the_palette_says_what_is_drawn_next_and_finishing_keeps_it(of_two, panel):
    tile, (left, lower, *_) = of_two.tile.tile_id, of_two.tile.bounds
    water, field = (panel.findChild(QPushButton, name) for name in ("class1", "class2"))
    assert (water.text(), field.text()) == ("1 water", "2 field")
    assert water.isChecked() and not field.isChecked()
    draw(left + 50, lower + 50)
    field.click()
    assert field.isChecked() and not water.isChecked() and of_two.drawn_class == "field"
    draw(left + 200, lower + 50)
    of_two.finish("done")
    assert labels(of_two, tile) == ["field", "water"]
    assert of_two.drawn_class == "field"  # also on the next tile


def test_two_classes_on_the_same_ground_are_told_and_a_button_cuts_the_lower_one(of_two):
    tile, (left, lower, *_) = of_two.tile.tile_id, of_two.tile.bounds
    draw(left + 50, lower + 50)
    of_two.draw_class("field")
    draw(left + 100, lower + 50)
    of_two.finish("done")
    told = of_two.ears.messages[-1]
    assert "water and of field lie on the same ground" in told.text and told.button == "Cut"
    assert of_two.tile.tile_id == tile and labels(of_two, tile) == []
    told.on_click()
    there = classed_footprints_of(open_workspace(of_two.folder), tile)
    found = {of_class: outline.area for outline, of_class in there}
    assert found == {"water": 5000, "field": 10000}


def test_a_tile_comes_back_with_its_classes(of_two):
    tile, (left, lower, *_) = of_two.tile.tile_id, of_two.tile.bounds
    of_two.draw_class("field")
    draw(left + 50, lower + 50)
    of_two.finish("done")
    of_two.previous_tile()
    assert of_two.tile.tile_id == tile
    assert [feature["class"] for feature in layer_named("Drawing").getFeatures()] == ["field"]


def test_in_a_campaign_of_one_class_there_is_no_palette_and_its_keys_do_nothing(scored):
    actions = AnnotateActions(scored, scored)
    scored.next_tile()
    panel = AnnotatePanel(scored, actions)
    assert panel.findChild(QGroupBox, "palette").isHidden()
    assert not any(action.isEnabled() for action in actions.classes)


def test_a_new_campaign_of_other_classes_asks_for_the_bands_where_they_are_many(session, two_classes, tmp_path, until):
    layer = QgsRasterLayer(str(two_classes / "sar.tif"), "sar")
    QgsProject.instance().addMapLayer(layer)
    page = StartPage(session)
    names, bands = page.findChild(QLineEdit, "classes"), page.findChild(QgsCheckableComboBox, "bands")
    start = page.findChild(QPushButton, "startAndScore")
    assert start.isEnabled() and bands.isHidden()  # buildings, in the picture that is shown
    names.setText("water, 7")
    assert "'7' is no name" in start.toolTip()
    names.setText("water, field")
    assert start.isEnabled() and not bands.isHidden() and bands.count() == 2  # both of two bands are taken
    bands.deselectAllOptions()
    assert start.toolTip() == "Choose the bands in which the model shall look."
    bands.selectAllOptions()
    page.new_campaign._folder.setFilePath(str(tmp_path / "new"))
    page.new_campaign._tile_size.setValue(64)
    scored = []
    session.scored.connect(scored.append)
    start.click()
    until(lambda: scored, seconds=120)
    assert [each.name for each in session.classes] == ["water", "field"]
