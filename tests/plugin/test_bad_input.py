"""What a user may do wrong with layers, imagery and outlines: a line says what to do, and nothing is lost."""

import numpy as np
import pytest
import rasterio
from affine import Affine
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.use_cases.annotate_tile import footprints_of
from tiletriage.tests.plugin.hands import draw, draw_outlines, house_on, layer_named, state_of
from tiletriage.tests.plugin.layers.picture_server import COLUMN, LEFT, PIXEL, SIDE, TOP, photograph, png

pytestmark = pytest.mark.usefixtures("nothing_is_raised_in_a_slot")

BOW_TIE = [(2, 2), (12, 12), (12, 2), (2, 12), (2, 2)]
LINE = [(2, 2), (12, 12), (7, 7), (2, 2)]


def remove(*names):
    for name in names:
        QgsProject.instance().removeMapLayer(layer_named(name).id())


def layer_names():
    return sorted(layer.name() for layer in QgsProject.instance().mapLayers().values())


def outline_on(tile, corners):
    left, bottom, _, _ = tile.bounds
    ring = ", ".join(f"{left + x} {bottom + y}" for x, y in corners)
    return QgsGeometry.fromWkt(f"Polygon (({ring}))")


def take_a_tile_with_a_house(session):
    session.next_tile()
    draw(house_on(session.tile))
    return session.tile


# layers that are removed


def test_scoring_goes_on_without_the_imagery_layer_which_is_offered_back(campaign, until):
    campaign.score()
    remove("scene")
    until(lambda: campaign.work is None)
    assert len(campaign.ears.values("scored")) == 1
    (message,) = campaign.ears.messages
    assert "No longer on the map: scene" in message.text and message.button == "Put back"
    message.on_click()
    message.on_click()
    assert layer_named("scene").source() == imagery_path(campaign)
    assert layer_names() == ["Footprints", "Tiles", "scene"]


def imagery_path(session):
    return str(open_workspace(session.folder).imagery.path)


def test_a_removed_drawing_is_back_at_once_with_all_that_was_drawn(scored, until):
    tile = take_a_tile_with_a_house(scored)
    remove("Drawing")
    until(lambda: scored.ears.messages)
    assert "is back" in scored.ears.texts[-1]
    assert scored.footprint_count == 1 and layer_named("Drawing").isEditable()
    scored.finish("done")
    assert state_of(scored, tile.tile_id) is TileState.DONE


def test_a_tile_is_finished_after_its_drafts_were_removed(scored):
    tile = take_a_tile_with_a_house(scored)
    remove("Drafts")
    scored.accept_all()
    scored.finish("done")
    assert state_of(scored, tile.tile_id) is TileState.DONE


def test_removed_tiles_and_footprints_hinder_nobody_and_are_offered_back(scored, until, wait):
    tile = take_a_tile_with_a_house(scored)
    remove("Tiles", "Footprints")
    until(lambda: scored.ears.messages)
    (message,) = scored.ears.messages
    assert "No longer on the map: Footprints, Tiles" in message.text
    scored.finish("done")
    scored.score()
    wait()
    assert state_of(scored, tile.tile_id) is TileState.DONE
    message.on_click()
    assert layer_names() == ["Drafts", "Drawing", "Footprints", "Tiles", "scene"]
    assert layer_named("Footprints").featureCount() == 1


def test_a_removed_group_takes_the_tile_along_and_next_tile_brings_both_back(scored, until):
    tile = take_a_tile_with_a_house(scored)
    remove_group()
    until(lambda: scored.tile is None)
    assert "What was drawn is kept" in "".join(scored.ears.texts)
    scored.next_tile()
    assert scored.tile.tile_id == tile.tile_id and scored.footprint_count == 1
    assert layer_names() == ["Drafts", "Drawing", "Footprints", "Tiles", "scene"]
    scored.finish("done")
    assert layer_named("Footprints").featureCount() == 1


def test_predicted_footprints_are_shown_although_the_group_was_removed(campaign, wait):
    remove_group()
    campaign.predict()
    wait()
    assert layer_names() == ["Footprints", "Footprints by tiny", "Tiles", "scene"]
    campaign.close()
    assert layer_names() == ["scene"]


def remove_group():
    root = QgsProject.instance().layerTreeRoot()
    root.removeChildNode(root.findGroup("Tile Triage: campaign"))


def test_what_is_drawn_outlives_edits_that_qgis_discards_when_it_closes(scored, tmp_path, until):
    tile = take_a_tile_with_a_house(scored)
    project = QgsProject.instance()
    project.write(str(tmp_path / "project.qgs"))
    layer_named("Drawing").rollBack()
    project.clear()
    project.read(str(tmp_path / "project.qgs"))
    until(lambda: scored.is_open)
    scored.next_tile()
    assert scored.tile.tile_id == tile.tile_id and scored.footprint_count == 1


def test_a_project_that_is_reopened_twice_has_no_layer_twice(scored, imagery, tmp_path, until):
    take_a_tile_with_a_house(scored)
    before, project = layer_names(), QgsProject.instance()
    for _ in range(2):
        project.write(str(tmp_path / "project.qgs"))
        project.clear()
        project.read(str(tmp_path / "project.qgs"))
        until(lambda: scored.is_open)
        scored.next_tile()
        assert layer_names() == before and scored.footprint_count == 1


# imagery


def test_imagery_in_degrees_is_annotated_in_a_project_in_mercator(session, tiny_scene, tmp_path, wait):
    with rasterio.open(tiny_scene) as scene:
        pixels, profile = scene.read(), scene.profile
    degrees = 0.5 / 111_000
    profile.update(crs="EPSG:4326", transform=Affine(degrees, 0, 39, 0, -degrees, -6))
    with rasterio.open(tmp_path / "degrees.tif", "w", **profile) as copy:
        copy.write(pixels)
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    session.create(tmp_path / "new", QgsRasterLayer(str(tmp_path / "degrees.tif")), tile_size_px=64, and_score=True)
    wait()
    tile = take_a_tile_with_a_house(session)
    assert tile.crs == "EPSG:32737" and layer_named("Drawing").crs().authid() == "EPSG:32737"
    session.finish("done")
    assert session.counts().done == 1 and not session.ears.messages


def test_imagery_that_cannot_be_used_is_refused_with_the_cure(session, tiny_scene, tmp_path):
    without_crs = tmp_path / "without_crs.tif"
    with rasterio.open(tiny_scene) as scene:
        pixels, profile = scene.read(), {**scene.profile, "crs": None}
    with rasterio.open(without_crs, "w", **profile) as copy:
        copy.write(pixels)
    in_memory = f"/vsimem/{tmp_path.name}.tif"
    set_by_hand = QgsRasterLayer(str(tiny_scene), "Set by hand")
    set_by_hand.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    cures = {
        QgsRasterLayer(str(without_crs), "No CRS"): "Assign Projection",
        set_by_hand: "Assign Projection",
        QgsRasterLayer(in_memory, "In memory"): "Save it as GeoTIFF",
        QgsRasterLayer("/nowhere.tif", "Lost"): "Put it back",
    }
    for layer, cure in cures.items():
        session.create(tmp_path / "new", layer)
        assert session.work is None and cure in session.ears.texts[-1]
    assert len(session.ears.messages) == len(cures) and not (tmp_path / "new").exists()


# online imagery


@pytest.fixture
def satellite(serve):
    """An online layer whose pictures lack one column and show nothing but white in the next."""

    def answers(zoom, column, row):
        if column == COLUMN + 2:
            return 404
        blank = np.full((256, 256, 3), 255, np.uint8)
        return png(blank if column == COLUMN + 3 else photograph(column, row))

    layer = QgsRasterLayer(serve(answers).source, "Satellite", "wms")
    return QgsProject.instance().addMapLayer(layer)


@pytest.fixture
def village():
    """Six pictures to the east and four to the south."""
    area = QgsVectorLayer("Polygon?crs=EPSG:3857", "village", "memory")
    feature = QgsFeature()
    extent = QgsRectangle(LEFT + PIXEL, TOP - 4 * SIDE + PIXEL, LEFT + 6 * SIDE - PIXEL, TOP - PIXEL)
    feature.setGeometry(QgsGeometry.fromRect(extent))
    area.dataProvider().addFeature(feature)
    return area


def test_online_imagery_becomes_a_campaign_without_its_blank_tiles(session, satellite, village, tmp_path, wait):
    session.create(tmp_path / "new", satellite, village, tile_size_px=128, and_score=True)
    assert session.work.kind == "read imagery" and session.work.can_cancel
    wait()
    assert session.is_open and not session.ears.messages
    session.next_tile()
    tiles = [(tile.geometry().boundingBox(), tile["state"]) for tile in layer_named("Tiles").getFeatures()]
    west, east = LEFT + 2 * SIDE, LEFT + 4 * SIDE
    assert len(tiles) > 30 and session.tile is not None
    assert {state for square, state in tiles if square.xMinimum() > west and square.xMaximum() < east} <= {
        "bad imagery"
    }
    assert "bad imagery" not in {
        state for square, state in tiles if square.xMaximum() < west or square.xMinimum() > east
    }


def test_online_imagery_without_an_area_is_refused_with_the_cure(session, satellite, tmp_path):
    session.create(tmp_path / "new", satellite)
    assert session.work is None and "choose an area of interest" in session.ears.texts[-1]


def test_online_imagery_is_never_read_over_that_of_another_campaign(campaign, satellite, village):
    read_before = campaign.folder.with_name("campaign_imagery.tif")
    read_before.write_text("of another campaign", encoding="utf-8")
    campaign.create(campaign.folder, satellite, village)
    assert campaign.work is None and "choose a new folder" in campaign.ears.texts[-1]
    assert read_before.read_text(encoding="utf-8") == "of another campaign"


# outlines


def test_footprints_outside_the_tile_are_refused_and_stay_in_the_drawing(scored):
    tile = take_a_tile_with_a_house(scored)
    _, bottom, right, _ = tile.bounds
    draw((right + 5, bottom, right + 9, bottom + 4))
    scored.finish("done")
    assert "Outlines outside the tile: 1" in scored.ears.texts[-1]
    assert scored.tile == tile and scored.footprint_count == 2


def test_an_outline_that_crosses_itself_is_repaired_on_request(scored):
    scored.next_tile()
    tile = scored.tile
    draw_outlines(outline_on(tile, BOW_TIE))
    scored.finish("done")
    message = scored.ears.messages[-1]
    assert "cross themselves: 1" in message.text and message.button == "Repair" and scored.tile == tile
    message.on_click()
    assert state_of(scored, tile.tile_id) is TileState.DONE
    assert sum(part.area for part in footprints_of(open_workspace(scored.folder), tile.tile_id)) == 50


def test_a_late_click_on_repair_leaves_the_next_tile_alone(scored):
    scored.next_tile()
    draw_outlines(outline_on(scored.tile, BOW_TIE))
    scored.finish("done")
    repair = scored.ears.messages[-1].on_click
    other = take_a_tile_with_a_house(scored)
    repair()
    assert scored.tile == other and state_of(scored, other.tile_id) is TileState.IN_PROGRESS
    assert "not on the map any more" in scored.ears.texts[-1]


def test_a_tile_does_not_become_empty_because_nothing_is_left_after_the_repair(scored):
    scored.next_tile()
    tile = scored.tile
    draw_outlines(outline_on(tile, LINE))
    scored.finish("done")
    scored.ears.messages[-1].on_click()
    assert "Nothing is left after the repair" in scored.ears.texts[-1]
    assert scored.tile == tile and scored.footprint_count == 1


def test_an_open_drawing_does_not_count_in_a_fine_tuning_and_is_kept(annotated, wait):
    take_a_tile_with_a_house(annotated)
    annotated.fine_tune(minutes=0.05)
    message = annotated.ears.messages[-1]
    assert message.level == Qgis.MessageLevel.Info and "not finished" in message.text
    wait()
    assert annotated.footprint_count == 1
    assert annotated.ears.values("fine_tuned")[0].tiles == 2
