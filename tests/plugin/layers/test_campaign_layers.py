import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path

import geopandas
import pytest
import shapely
from qgis.core import (
    QgsAction,
    QgsCoordinateReferenceSystem,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsFillSymbol,
    QgsRectangle,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.errors import WorkspaceError
from tiletriage.models.imagery.grid import Tile
from tiletriage.plugin.layers.campaign_layers import CampaignLayers
from tiletriage.tests.conftest import LEFT, TOP
from tiletriage.tests.plugin.hands import UTM_37_S

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
SIDE = 32  # of a tile in metres


def names(group):
    return [node.layer().name() for node in group.findLayers()]


def write_footprints(path, *squares):
    """Predicted footprints as the engine writes them."""
    columns = {"confidence": 0.9, "version": "v001", "geometry": [shapely.box(*square) for square in squares]}
    geopandas.GeoDataFrame(columns, crs="EPSG:32737").to_file(path, layer="footprints", engine="pyogrio")
    return path


def test_a_campaign_is_a_group_on_top_with_its_tiles_and_footprints(layers, project, tiny_workspace):
    group = project.layerTreeRoot().children()[0]
    assert group == layers.group
    assert group.name() == f"Tile Triage: {tiny_workspace.name}"
    assert names(group) == ["Footprints", "Tiles"]
    assert layers.tiles_layer.featureCount() == 24
    assert layers.tiles_layer.readOnly() and layers.footprints_layer.readOnly()


def test_removing_leaves_the_project_as_it_was(project, qgis_iface, workspace, raster, tiny_scene):
    raster(tiny_scene)
    before = project.layerTreeRoot().dump(), set(project.mapLayers())
    layers = CampaignLayers(qgis_iface)
    layers.show(workspace)
    layers.paint({"r000_c000": 0.5}, {"r000_c000": workspace.grid.tile_bounds(Tile(0, 0))})
    layers.remove()
    layers.remove()
    assert (project.layerTreeRoot().dump(), set(project.mapLayers())) == before
    assert layers.group is layers.tiles_layer is layers.footprints_layer is None


def test_removing_lets_go_of_the_file(layers, tiny_workspace):
    list(layers.tiles_layer.getFeatures())
    layers.remove()
    assert [path.name for path in tiny_workspace.glob("campaign.gpkg*")] == ["campaign.gpkg"]


def test_what_the_user_has_put_into_the_group_stays(layers, project, tiny_labels):
    own = QgsVectorLayer(str(tiny_labels), "my own", "ogr")
    project.addMapLayer(own, False)
    layers.group.addLayer(own)
    layers.remove()
    assert [layer.name() for layer in project.mapLayers().values()] == ["my own"]
    assert project.layerTreeRoot().findLayer(own) is not None


def test_layers_of_a_reopened_project_are_adopted(layers, project, qgis_iface, workspace, tmp_path):
    assert project.write(str(tmp_path / "project.qgz"))
    assert project.read(str(tmp_path / "project.qgz"))
    assert layers.group is None
    layers.show(workspace)
    assert names(project.layerTreeRoot()) == ["Footprints", "Tiles"]
    assert layers.tiles_layer.featureCount() == 24
    assert layers.tiles_layer.readOnly()


def test_a_layer_missing_from_a_reopened_project_is_added_again(layers, project, workspace, tmp_path):
    project.removeMapLayer(layers.footprints_layer.id())
    project.write(str(tmp_path / "project.qgz"))
    project.read(str(tmp_path / "project.qgz"))
    layers.show(workspace)
    assert names(project.layerTreeRoot()) == ["Footprints", "Tiles"]


def test_another_campaign_takes_the_place_of_the_first(layers, project, tiny_workspace, tmp_path):
    shutil.copytree(tiny_workspace, tmp_path / "other")
    layers.show(open_workspace(tmp_path / "other"))
    assert [group.name() for group in project.layerTreeRoot().findGroups()] == ["Tile Triage: other"]
    assert len(project.mapLayers()) == 2


def test_what_the_engine_writes_is_seen_after_a_refresh(layers, workspace):
    with workspace.store() as store:
        store.finish(Tile(0, 0), [shapely.box(LEFT + 4, TOP - 12, LEFT + 12, TOP - 4)], "ana", NOW)
    layers.refresh()
    states = {feature["tile_id"]: feature["state"] for feature in layers.tiles_layer.getFeatures()}
    assert states["r000_c000"] == "done"
    assert layers.footprints_layer.featureCount() == 1
    assert layers.footprints_layer.extent() == QgsRectangle(LEFT + 4, TOP - 12, LEFT + 12, TOP - 4)


def test_labels_can_be_written_while_qgis_shows_them(layers, workspace, tiny_workspace):
    features = layers.tiles_layer.getFeatures()
    next(features)  # QGIS is in the middle of reading
    with workspace.store() as store:
        store.set_state(Tile(0, 0), TileState.SKIPPED, "ana", NOW)
    del features
    layers.refresh()
    with sqlite3.connect(tiny_workspace / "campaign.gpkg") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("lost", ["tiles", "footprints", "both", "group", "everything"])
def test_whatever_the_user_removes_does_no_harm(layers, project, workspace, lost):
    if lost == "everything":
        project.clear()
    elif lost == "group":
        project.layerTreeRoot().removeChildNode(layers.group)
    for layer in (layers.tiles_layer, layers.footprints_layer):
        if layer and (lost == "both" or layer.name().lower() == lost):
            project.removeMapLayer(layer.id())
    layers.refresh()
    layers.paint({"r000_c000": 0.5}, {"r000_c000": workspace.grid.tile_bounds(Tile(0, 0))})
    layers.clear_painting()
    layers.set_opacity(0.5)
    layers.zoom_to_campaign()
    layers.zoom_to_tile((LEFT, TOP - SIDE, LEFT + SIDE, TOP), UTM_37_S)
    layers.add_footprints(Path("nowhere.gpkg"), "predicted")
    layers.remove()
    assert layers.group is None


def test_the_opacity_is_that_of_the_tiles(layers):
    layers.set_opacity(0.25)
    assert layers.tiles_layer.opacity() == 0.25
    assert layers.footprints_layer.opacity() == 1


def test_the_map_goes_to_a_tile_with_a_little_around_it(layers, qgis_iface):
    bounds = (LEFT, TOP - SIDE, LEFT + SIDE, TOP)
    layers.zoom_to_tile(bounds, UTM_37_S)
    extent = qgis_iface.mapCanvas().extent()
    assert extent.contains(QgsRectangle(*bounds))
    assert min(extent.width(), extent.height()) == pytest.approx(1.15 * SIDE)


def test_the_map_goes_to_a_tile_in_its_own_crs(layers, qgis_iface):
    qgis_iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    layers.zoom_to_tile((LEFT, TOP - SIDE, LEFT + SIDE, TOP), UTM_37_S)
    centre = qgis_iface.mapCanvas().extent().center()
    assert (centre.x(), centre.y()) == pytest.approx((39.00014, -6.3336), abs=1e-3)


def test_the_map_goes_to_the_campaign(layers, qgis_iface):
    layers.zoom_to_campaign()
    assert qgis_iface.mapCanvas().extent().contains(QgsRectangle(LEFT, TOP - 3 * SIDE, LEFT + 8 * SIDE, TOP))


def test_the_visible_bounds_are_what_the_map_shows_in_another_crs(layers, qgis_iface):
    layers.zoom_to_tile((LEFT, TOP - SIDE, LEFT + SIDE, TOP), UTM_37_S)
    extent = qgis_iface.mapCanvas().extent()
    assert layers.visible_bounds(UTM_37_S) == (
        extent.xMinimum(),
        extent.yMinimum(),
        extent.xMaximum(),
        extent.yMaximum(),
    )
    left, bottom, right, top = layers.visible_bounds(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert left < 39.0001 < right and bottom < top < 0


def test_predicted_footprints_come_between_the_labels_and_the_tiles(layers, tmp_path):
    path = write_footprints(tmp_path / "footprints.gpkg", (LEFT, TOP - 9, LEFT + 9, TOP))
    layers.add_footprints(path, "Footprints of v001")
    assert names(layers.group) == ["Footprints", "Footprints of v001", "Tiles"]


def test_footprints_that_were_predicted_again_are_read_anew(layers, tmp_path):
    path = write_footprints(tmp_path / "footprints.gpkg", (LEFT, TOP - 9, LEFT + 9, TOP))
    layers.add_footprints(path, "Footprints of v001")
    again = write_footprints(tmp_path / "again.gpkg", *[(LEFT + x, TOP - 9, LEFT + x + 9, TOP) for x in (0, 10, 20)])
    again.replace(path)
    layers.add_footprints(path, "Footprints of v002")
    assert names(layers.group) == ["Footprints", "Footprints of v002", "Tiles"]
    predicted = layers.group.findLayers()[1].layer()
    assert predicted.featureCount() == len(list(predicted.getFeatures())) == 3


def test_predictions_are_shown_without_the_tiles_until_tiles_are_scored_again(layers, workspace, tmp_path):
    path = write_footprints(tmp_path / "footprints.gpkg", (LEFT, TOP - 9, LEFT + 9, TOP))
    tiles = layers.group.findLayer(layers.tiles_layer)
    layers.add_footprints(path, "Footprints of v001")
    assert not tiles.isVisible()
    layers.paint({"r000_c000": 0.5}, {"r000_c000": workspace.grid.tile_bounds(Tile(0, 0))})
    assert tiles.isVisible()


def arm(layer):
    """What a style may bring that runs or shows something, when the layer, its form or its tip is opened."""
    layer.actions().addAction(QgsAction(QgsAction.ActionType.GenericPython, "Fix", "print('action')"))
    form = layer.editFormConfig()
    form.setInitCodeSource(QgsEditFormConfig.PythonInitCodeSource.CodeSourceDialog)
    form.setInitCode("print('form')")
    layer.setEditFormConfig(form)
    layer.setDefaultValueDefinition(1, QgsDefaultValue("env('HOME')"))
    layer.setMapTipTemplate("[% env('HOME') %]")
    layer.renderer().symbol().setColor(QColor("#ff00ff"))


def weapons(layer):
    defaults = [layer.defaultValueDefinition(index).expression() for index in range(layer.fields().count())]
    code = layer.editFormConfig().initCode(), "".join(defaults), "env(" in layer.mapTipTemplate()
    return len(layer.actions().actions()), *code


def test_the_style_that_a_campaign_brings_is_not_loaded(project, qgis_iface, workspace):
    for name in ("tiles", "footprints"):
        layer = QgsVectorLayer(f"{workspace.campaign}|layername={name}", name, "ogr")
        arm(layer)
        layer.saveStyleToDatabase("theirs", "", True, "")
        layer = QgsVectorLayer(f"{workspace.campaign}|layername={name}", name, "ogr")
        assert weapons(layer) == (1, "print('form')", "env('HOME')", True)  # as QGIS itself opens it
    layers = CampaignLayers(qgis_iface)
    layers.show(open_workspace(workspace.folder))
    for layer in (layers.tiles_layer, layers.footprints_layer):
        assert weapons(layer) == (0, "", "", False)
        assert isinstance(layer.renderer(), QgsRuleBasedRenderer)
        assert "tile" in layer.mapTipTemplate()
    layers.remove()


def test_what_a_layer_of_a_reopened_project_could_run_is_taken_away_and_its_look_stays(
    layers, project, workspace, tmp_path
):
    layers.tiles_layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({})))
    arm(layers.tiles_layer)
    assert project.write(str(tmp_path / "project.qgz"))
    assert project.read(str(tmp_path / "project.qgz"))
    layers.show(workspace)
    assert weapons(layers.tiles_layer) == (0, "", "", False)
    assert layers.tiles_layer.renderer().symbol().color().name() == "#ff00ff"
    assert layers.tiles_layer.featureCount() == 24


def test_what_a_strangers_file_brings_since_the_project_was_saved_does_not_run_when_the_project_is_opened(
    layers, project, workspace, tmp_path
):
    """QGIS opens the file before the plugin can look at it: then reading runs no trigger, and the style is the one of
    the project; the plugin refuses the campaign."""
    tile = next(iter(workspace.grid.tiles()))
    with workspace.store() as store:
        left, bottom, *_ = workspace.grid.tile_bounds(tile)
        store.finish(tile, [shapely.box(left + 1, bottom + 1, left + 9, bottom + 9)], "Amina", NOW)
    assert project.write(str(tmp_path / "project.qgz"))
    project.clear()
    theirs = QgsVectorLayer(f"{workspace.campaign}|layername=tiles", "tiles", "ogr")
    arm(theirs)
    theirs.saveStyleToDatabase("theirs", "", True, "")
    del theirs
    with closing(sqlite3.connect(workspace.campaign)) as connection, connection:
        connection.execute("CREATE TRIGGER evil AFTER INSERT ON log BEGIN DELETE FROM footprints; END")
    assert project.read(str(tmp_path / "project.qgz"))
    opened = [layer for layer in project.mapLayers().values() if isinstance(layer, QgsVectorLayer)]
    assert [weapons(layer) for layer in opened] == [(0, "", "", False)] * 2
    assert sorted(layer.featureCount() for layer in opened) == [1, 24]
    assert not any(layer.startEditing() for layer in opened)
    with pytest.raises(WorkspaceError, match="trigger of its own"):
        open_workspace(workspace.folder)
    project.clear()
    with closing(sqlite3.connect(workspace.campaign)) as connection:
        assert connection.execute("SELECT count(*) FROM footprints").fetchone() == (1,)
