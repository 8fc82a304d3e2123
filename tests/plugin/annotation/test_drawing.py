from dataclasses import replace
from datetime import datetime, timezone

import pytest
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpressionContextUtils,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.gui import QgsMapTool, QgsMapToolPan
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from tiletriage.models.imagery.grid import Tile
from tiletriage.models.segmentation.classes import named_classes
from tiletriage.plugin.annotation import autosave
from tiletriage.plugin.annotation import drawing as drawing_module
from tiletriage.plugin.annotation.drawing import DRAFTS, DRAWING, Drawing
from tiletriage.plugin.annotation.footprint import Footprint
from tiletriage.plugin.annotation.footprint_layer import geometry_of
from tiletriage.plugin.layers.campaign_layers import FOOTPRINTS
from tiletriage.plugin.layers.project_group import add_to, layer_in
from tiletriage.tests.plugin.hands import UTM_37_S

TILE = (500_000, 9_299_968, 500_032, 9_300_000)


def house(x, y, side=6, of_class=None):
    """A square whose lower left corner is (x, y), counted from that of the tile."""
    rectangle = QgsRectangle(TILE[0] + x, TILE[1] + y, TILE[0] + x + side, TILE[1] + y + side)
    return Footprint(bytes(QgsGeometry.fromRect(rectangle).asWkb()), of_class)


def proposed(*footprints, version="v001"):
    return [replace(footprint, version=version) for footprint in footprints]


SCHOOL, SHOP, WELL = house(2, 2), house(12, 2), house(22, 2)


def same(footprints, expected):
    """Whether these are the same polygons, in any order."""
    return sorted(map(shape, footprints)) == sorted(map(shape, expected))


def shape(footprint):
    geometry = geometry_of(footprint)
    geometry.normalize()
    return geometry.asWkt(3), footprint.of_class or ""


def draw(layer, footprint):
    """As the digitizing tools of QGIS do it: the class is the one that the layer has for default."""
    geometry = geometry_of(footprint)
    geometry.convertToMultiType()
    feature = QgsVectorLayerUtils.createFeature(layer, geometry, {}, layer.createExpressionContext())
    layer.beginEditCommand("Added feature")
    layer.addFeature(feature)
    layer.endEditCommand()


@pytest.fixture
def drawing(layers, qgis_iface):
    drawing = Drawing(qgis_iface, layers.group)
    yield drawing
    drawing.end()


@pytest.fixture
def begin(drawing, tmp_path):
    def begin(existing=(), drafts=(), tile="r000_c000"):
        drawing.begin(tile, TILE, UTM_37_S, list(existing), proposed(*drafts), tmp_path / f"{tile}.json")
        return layer_in(drawing._group, DRAWING)

    return begin


@pytest.fixture
def drafts_layer(layers):
    return lambda: layer_in(layers.group, DRAFTS)


def test_a_tile_begins_with_its_labels_in_an_editable_layer_that_is_active(begin, drawing, qgis_iface):
    layer = begin([SCHOOL], [SHOP, WELL])
    assert layer.isEditable()
    assert qgis_iface.activeLayer() == layer
    assert layer.crs() == UTM_37_S
    assert same(drawing.footprints(), [SCHOOL])
    assert (drawing.count, drawing.draft_count, drawing.is_drawing) == (1, 2, True)


def test_drawing_and_drafts_lie_on_top_of_the_campaign(begin, layers):
    begin([], [SHOP])
    roles = [node.layer().name() for node in layers.group.findLayers()]
    assert roles == ["Drawing", "Drafts", "Footprints", "Tiles"]


def test_all_drafts_are_accepted_as_one_edit_that_can_be_undone_and_redone(begin, drawing, drafts_layer):
    layer = begin([SCHOOL], [SHOP, WELL])
    drawing.accept_all()
    assert same(drawing.footprints(), [SCHOOL, SHOP, WELL])
    assert drafts_layer().featureCount() == drawing.draft_count == 0
    layer.undoStack().undo()
    assert same(drawing.footprints(), [SCHOOL])
    assert drafts_layer().featureCount() == drawing.draft_count == 2
    layer.undoStack().redo()
    assert (drawing.count, drawing.draft_count) == (3, 0)


def test_the_draft_at_a_point_of_the_map_is_accepted(begin, drawing):
    begin([], [SHOP, WELL])
    assert not drawing.accept_at(QgsPointXY(TILE[0] + 10, TILE[1] + 4))
    assert drawing.accept_at(QgsPointXY(TILE[0] + 13, TILE[1] + 4))
    assert same(drawing.footprints(), [SHOP])
    assert drawing.draft_count == 1


def test_the_point_is_in_the_crs_of_the_map(begin, drawing, qgis_iface):
    begin([], [SHOP])
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    qgis_iface.mapCanvas().setDestinationCrs(degrees)
    to_degrees = QgsCoordinateTransform(UTM_37_S, degrees, QgsProject.instance())
    assert drawing.accept_at(to_degrees.transform(QgsPointXY(TILE[0] + 13, TILE[1] + 4)))


def test_of_two_drafts_over_each_other_the_smaller_is_accepted(begin, drawing):
    block = house(0, 0, side=30)
    begin([], [block, SHOP])
    drawing.accept_at(QgsPointXY(TILE[0] + 13, TILE[1] + 4))
    assert same(drawing.footprints(), [SHOP])


def test_the_draft_under_the_mouse_is_accepted(begin, drawing, layers, qgis_iface):
    canvas = qgis_iface.mapCanvas()
    begin([], [SHOP, WELL])
    layers.zoom_to_tile(TILE, UTM_37_S)
    place = canvas.getCoordinateTransform().transform(QgsPointXY(TILE[0] + 24, TILE[1] + 4)).toQPointF()
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas.viewport(), moved)
    assert drawing.accept_under_cursor()
    assert same(drawing.footprints(), [WELL])


@pytest.fixture
def canvas(qgis_iface):
    """With a tool of the user's; a tool that is left over after a test is not the next one's."""
    canvas = qgis_iface.mapCanvas()
    canvas.setDestinationCrs(UTM_37_S)
    canvas.setExtent(QgsRectangle(*TILE))
    canvas.setMapTool(QgsMapToolPan(canvas))
    yield canvas
    canvas.unsetMapTool(canvas.mapTool())


def click(canvas, x, y, button=Qt.MouseButton.LeftButton):
    """On the map, in metres from the lower left corner of the tile."""
    place = canvas.getCoordinateTransform().transform(QgsPointXY(TILE[0] + x, TILE[1] + y)).toQPointF().toPoint()
    QTest.mouseClick(canvas.viewport(), button, pos=place)


def test_each_click_accepts_one_draft_and_after_the_last_the_tool_before_is_back(begin, drawing, canvas):
    begin([], [SCHOOL, SHOP, WELL])
    before, missed = canvas.mapTool(), []
    drawing.missed.connect(lambda: missed.append(True))
    drawing.accept_by_click()
    click(canvas, 15, 5)
    assert same(drawing.footprints(), [SHOP])
    click(canvas, 15, 5)  # it is taken: there is nothing more
    assert drawing.count == 1 and missed == [True]
    click(canvas, 5, 5)
    assert drawing.count == 2 and canvas.mapTool() is not before
    click(canvas, 25, 5)
    assert drawing.draft_count == 0 and canvas.mapTool() is before


def test_escape_and_a_right_click_end_the_accepting(begin, drawing, canvas):
    begin([], [SCHOOL])
    before = canvas.mapTool()
    for end in (
        lambda: QTest.keyClick(canvas, Qt.Key.Key_Escape),
        lambda: click(canvas, 5, 5, Qt.MouseButton.RightButton),
    ):
        drawing.accept_by_click()
        drawing.accept_by_click()  # a second press of the button changes nothing
        assert canvas.mapTool() is not before
        end()
        assert canvas.mapTool() is before and drawing.count == 0


def test_another_tool_that_the_user_takes_stays_when_the_tile_is_left(begin, drawing, canvas):
    begin([], [SCHOOL])
    drawing.accept_by_click()
    other = QgsMapToolPan(canvas)
    canvas.setMapTool(other)
    drawing.end()
    assert canvas.mapTool() is other


def test_with_the_tile_goes_the_tool_that_accepts_its_drafts(begin, drawing, canvas):
    begin([], [SCHOOL])
    before = canvas.mapTool()
    drawing.accept_by_click()
    drawing.end()
    assert canvas.mapTool() is before
    drawing.accept_by_click()  # there are no drafts without a tile
    assert canvas.mapTool() is before


def test_a_draft_that_was_accepted_and_then_deleted_is_not_offered_again(begin, drawing):
    layer = begin([], [SHOP])
    drawing.accept_all()
    layer.deleteFeature(next(layer.getFeatures()).id())
    assert (drawing.count, drawing.draft_count) == (0, 0)
    layer.undoStack().undo()
    layer.undoStack().undo()
    assert (drawing.count, drawing.draft_count) == (0, 1)


def test_after_undoing_an_acceptance_and_drawing_instead_the_draft_stays_on_offer(begin, drawing):
    layer = begin([], [SHOP])
    drawing.accept_all()
    layer.undoStack().undo()
    draw(layer, WELL)
    assert (drawing.count, drawing.draft_count) == (1, 1)


def test_drafts_stay_accepted_when_the_user_saves_the_layer(begin, drawing):
    layer = begin([], [SHOP])
    drawing.accept_all()
    layer.commitChanges()
    assert (drawing.count, drawing.draft_count) == (1, 0)


def test_accepting_works_when_the_user_has_ended_editing(begin, drawing):
    layer = begin([], [SHOP])
    layer.commitChanges()
    drawing.accept_all()
    assert layer.isEditable()
    assert drawing.count == 1


def test_drafts_may_come_later_and_leave_out_what_is_drawn_already(begin, drawing):
    begin([SCHOOL])
    drawing.set_drafts(proposed(house(2.5, 2.5), SHOP, house(1.5, 1.5)))
    assert drawing.draft_count == 1
    drawing.accept_all()
    assert same(drawing.footprints(), [SCHOOL, SHOP])


def test_what_is_drawn_by_hand_counts_before_it_is_saved(begin, drawing):
    layer = begin([SCHOOL])
    draw(layer, SHOP)
    assert same(drawing.footprints(), [SCHOOL, SHOP])


def test_a_footprint_of_several_parts_stays_one(begin, drawing):
    parts = QgsGeometry.fromWkt("MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))")
    begin([Footprint(bytes(parts.asWkb()))])
    assert same(drawing.footprints(), [Footprint(bytes(parts.asWkb()))])


def test_every_change_is_told_once(begin, drawing):
    layer = begin([], [SHOP, WELL])
    told = []
    drawing.changed.connect(lambda: told.append(drawing.count))
    drawing.accept_all()
    layer.undoStack().undo()
    assert told == [2, 0]


def test_ending_asks_nothing_and_empties_both_layers(begin, drawing, drafts_layer):
    layer = begin([SCHOOL], [SHOP])
    draw(layer, WELL)
    drawing.end()
    assert not layer.isEditable()
    assert layer.featureCount() == drafts_layer().featureCount() == 0
    assert (drawing.count, drawing.draft_count, drawing.is_drawing) == (0, 0, False)


def test_an_unfinished_tile_survives_a_crash(layers, workspace, qgis_iface, tmp_path, monkeypatch, until):
    monkeypatch.setattr(drawing_module, "AUTOSAVE_AFTER_MS", 10)
    drafts = proposed(SHOP) + proposed(WELL, version="v002")
    tile = ("r000_c000", TILE, UTM_37_S, [SCHOOL], drafts, tmp_path / "r000_c000.json")
    lost = Drawing(qgis_iface, layers.group)
    lost.begin(*tile)
    lost.accept_at(QgsPointXY(TILE[0] + 13, TILE[1] + 4))
    until((tmp_path / "r000_c000.json").exists)
    lost._tile = None
    layers.show(workspace)
    again = Drawing(qgis_iface, layers.group)
    again.begin(*tile)
    assert same(again.footprints(), [SCHOOL, SHOP])
    assert again.draft_count == 1
    assert again.unfinished.offered == drafts
    again.end()


def test_what_is_left_unfinished_is_taken_up_when_the_tile_comes_again(begin, drawing):
    draw(begin([SCHOOL]), SHOP)
    begin([], tile="r000_c001")
    assert drawing.count == 0
    begin([SCHOOL])
    assert same(drawing.footprints(), [SCHOOL, SHOP])


def test_what_was_drawn_comes_back_although_somebody_else_has_changed_the_labels_which_are_shown_then(
    begin, drawing, layers
):
    draw(begin([SCHOOL]), SHOP)
    drawing.end()
    begin([WELL])
    assert same(drawing.footprints(), [SCHOOL, SHOP])
    assert drawing.unfinished.existing == [SCHOOL]
    hidden = QgsExpressionContextUtils.layerScope(layer_in(layers.group, FOOTPRINTS)).variable("tile_drawn")
    assert not hidden


def test_a_tile_that_nobody_changed_leaves_no_autosave(begin, drawing, tmp_path):
    begin([SCHOOL], [SHOP])
    drawing.end()
    assert not (tmp_path / "r000_c000.json").exists()


def test_without_room_for_the_autosave_drawing_goes_on(begin, drawing, tmp_path):
    layer = begin()
    (tmp_path / "r000_c000.part").mkdir()
    draw(layer, SHOP)
    drawing._save()
    assert drawing.count == 1


def test_a_drawing_that_the_user_removes_comes_back_with_everything_on_it(begin, drawing, until):
    layer = begin([SCHOOL], [SHOP])
    draw(layer, WELL)
    QgsProject.instance().removeMapLayer(layer.id())
    assert drawing.count == 0
    until(lambda: drawing.count)
    assert same(drawing.footprints(), [SCHOOL, WELL])
    assert drawing.draft_count == 1
    drawing.accept_all()
    assert drawing.count == 3


def test_without_its_group_the_drawing_ends(begin, drawing, layers, until):
    begin([SCHOOL], [SHOP])
    QgsProject.instance().layerTreeRoot().removeChildNode(layers.group)
    QgsProject.instance().removeAllMapLayers()
    until(lambda: not drawing.is_drawing)
    drawing.accept_all()
    drawing.set_drafts(proposed(SHOP))
    drawing.end()
    assert (drawing.is_drawing, drawing.count, drawing.draft_count) == (False, 0, 0)
    assert not QgsProject.instance().mapLayers()


def test_a_project_that_is_closed_meanwhile_stays_empty_and_the_drawing_is_kept(
    begin, drawing, project, until, tmp_path
):
    draw(begin([SCHOOL], [SHOP]), WELL)
    project.clear()
    until(lambda: not drawing.is_drawing)
    assert not project.mapLayers()
    assert same(autosave.read(tmp_path / "r000_c000.json", "r000_c000").drawn, [SCHOOL, WELL])


def test_drafts_that_the_user_removes_do_no_harm(begin, drawing, drafts_layer):
    begin([], [SHOP, WELL])
    QgsProject.instance().removeMapLayer(drafts_layer().id())
    drawing.accept_at(QgsPointXY(TILE[0] + 13, TILE[1] + 4))
    assert (drawing.count, drawing.draft_count) == (1, 1)


def test_corners_snap_while_a_tile_is_drawn_and_the_users_snapping_comes_back(begin, drawing):
    project = QgsProject.instance()
    assert not project.snappingConfig().enabled()
    begin()
    assert project.snappingConfig().enabled()
    drawing.end()
    assert not project.snappingConfig().enabled()


def test_snapping_that_the_user_changes_meanwhile_stays(begin, drawing):
    project = QgsProject.instance()
    begin()
    config = project.snappingConfig()
    config.setTolerance(3)
    project.setSnappingConfig(config)
    drawing.end()
    assert project.snappingConfig().tolerance() == 3


class EditingTool(QgsMapTool):
    def flags(self):
        return QgsMapTool.Flag.EditTool


def test_the_editing_tool_stays_active_from_tile_to_tile(begin, drawing, qgis_iface):
    canvas = qgis_iface.mapCanvas()
    tool, pan = EditingTool(canvas), QgsMapToolPan(canvas)
    layer = begin()
    layer.editingStopped.connect(lambda: canvas.setMapTool(pan))  # what QGIS does
    canvas.setMapTool(tool)
    drawing.end()
    begin(tile="r000_c001")
    assert canvas.mapTool() == tool
    canvas.unsetMapTool(tool)


def test_the_form_of_new_features_does_not_pop_up_and_qgis_does_not_ask_to_save_the_layer(begin):
    layer = begin()
    assert layer.editFormConfig().suppress() == layer.editFormConfig().SuppressOn
    assert layer.customProperty("skipMemoryLayersCheck")


def test_labels_of_the_tile_are_not_drawn_twice(begin, drawing, layers, workspace, painted):
    with workspace.store() as store:
        roof = shapely.box(TILE[0] + 4, TILE[1] + 4, TILE[0] + 28, TILE[1] + 28)
        store.finish(Tile(0, 0), [roof], "ana", datetime.now(timezone.utc))
    layers.refresh()
    assert painted([layers.footprints_layer], TILE) > 0
    begin()
    assert painted([layers.footprints_layer], TILE) == 0
    drawing.end()
    assert painted([layers.footprints_layer], TILE) > 0


CLASSES = named_classes(["building", "water", "field"])


@pytest.fixture
def of_classes(layers, qgis_iface, tmp_path):
    drawing = Drawing(qgis_iface, layers.group, CLASSES)
    yield drawing
    drawing.end()


@pytest.fixture
def begin_classes(of_classes, layers, tmp_path):
    def begin(existing=(), drafts=()):
        of_classes.begin("r000_c000", TILE, UTM_37_S, list(existing), proposed(*drafts), tmp_path / "r000_c000.json")
        return layer_in(layers.group, DRAWING)

    return begin


def test_what_is_drawn_has_the_class_that_was_chosen_and_drafts_bring_theirs(begin_classes, of_classes):
    lake = replace(SHOP, of_class="water")
    layer = begin_classes([replace(SCHOOL, of_class="field")], [lake])
    draw(layer, WELL)
    of_classes.draw_class("water")
    draw(layer, house(2, 12))
    of_classes.accept_all()
    assert same(
        of_classes.footprints(),
        [house(2, 2, of_class="field"), house(22, 2, of_class="building"), house(2, 12, of_class="water"), lake],
    )


def test_the_chosen_class_is_that_of_what_is_selected_too_which_can_be_undone(begin_classes, of_classes):
    layer = begin_classes([replace(SCHOOL, of_class="field"), replace(SHOP, of_class="field")])
    layer.selectByIds([next(layer.getFeatures()).id()])
    of_classes.draw_class("water")
    assert sorted(each.of_class for each in of_classes.footprints()) == ["field", "water"]
    assert not layer.selectedFeatureCount()
    layer.undoStack().undo()
    assert [each.of_class for each in of_classes.footprints()] == ["field", "field"]


def test_the_form_of_a_footprint_offers_the_classes(begin_classes):
    setup = begin_classes().editorWidgetSetup(0)
    assert setup.type() == "ValueMap"
    assert setup.config()["map"] == [{name: name} for name in ("building", "water", "field")]


def test_what_was_drawn_later_comes_later_also_before_it_is_saved(begin_classes, of_classes):
    layer = begin_classes([replace(SCHOOL, of_class="field")])
    for footprint in (SHOP, WELL):
        draw(layer, footprint)
    assert [shape(each)[0] for each in of_classes.footprints()] == [shape(each)[0] for each in (SCHOOL, SHOP, WELL)]


def test_each_class_is_drawn_in_its_colour(begin_classes, picture):
    layer = begin_classes([house(4, 4, 24, of_class="water")])
    (feature,) = layer.getFeatures()
    for each in CLASSES:
        layer.changeAttributeValue(feature.id(), 0, each.name)
        inside, wanted = picture([layer], TILE).pixelColor(100, 100), QColor(each.colour)
        off = (inside.red() - wanted.red(), inside.green() - wanted.green(), inside.blue() - wanted.blue())
        assert max(map(abs, off)) < 12 and 0 < inside.alpha() < 60


def test_classes_survive_a_crash_too(begin_classes, of_classes, tmp_path):
    layer = begin_classes([], [replace(SHOP, of_class="water")])
    of_classes.draw_class("field")
    draw(layer, WELL)
    of_classes.end()
    kept = autosave.read(tmp_path / "r000_c000.json", "r000_c000")
    assert [(each.of_class, each.version) for each in (*kept.drawn, *kept.offered)] == [
        ("field", None),
        ("water", "v001"),
    ]


def test_a_layer_that_a_reopened_project_brought_gives_way(begin, layers, qgis_iface, tmp_path):
    stale = QgsVectorLayer("MultiPolygon", "Drawing", "memory")
    add_to(layers.group, stale, DRAWING, 0)
    again = Drawing(qgis_iface, layers.group)
    again.begin("r000_c000", TILE, UTM_37_S, [SCHOOL], [], tmp_path / "r000_c000.json")
    assert same(again.footprints(), [SCHOOL])
    again.end()
