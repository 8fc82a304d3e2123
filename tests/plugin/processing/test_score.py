from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.priority.strategies import STRATEGIES as ENGINE_STRATEGIES
from tiletriage.plugin.processing.score import STRATEGIES, Score


def test_the_strategies_to_choose_from_are_those_of_the_engine():
    assert sorted(STRATEGIES) == sorted(ENGINE_STRATEGIES)


def test_every_tile_is_scored_onto_the_map(run, feedback, context, tiny_workspace, tmp_path):
    outputs = run(Score(), WORKSPACE=tiny_workspace, COUNT=3, STRATEGY="entropy", PNG=tmp_path / "heatmap.png")
    assert outputs["TILES_SCORED"] == outputs["NEW_TILES"] == 24
    assert outputs["STRATEGY_USED"] == "entropy"
    assert outputs["VERSION"] == "tiny"
    assert (tmp_path / "heatmap.png").stat().st_size > 1000
    heatmap = QgsRasterLayer(outputs["HEATMAP"])
    assert (heatmap.width(), heatmap.height()) == (8, 3)
    tiles = QgsVectorLayer(outputs["TILES"], "tiles", "ogr")
    assert {feature["version"] for feature in tiles.getFeatures()} == {"tiny"}
    assert context.willLoadLayerOnCompletion(outputs["TILES"])
    assert feedback.progresses[-1] == 100


def test_tiles_that_are_on_the_map_already_are_not_added_again(run, context, tiny_workspace):
    tiles = QgsVectorLayer(f"{tiny_workspace / 'campaign.gpkg'}|layername=tiles", "Tiles", "ogr")
    QgsProject.instance().addMapLayer(tiles)
    outputs = run(Score(), WORKSPACE=tiny_workspace)
    assert not context.willLoadLayerOnCompletion(outputs["TILES"])
    assert {feature["version"] for feature in tiles.getFeatures()} == {"tiny"}


def test_cancelled_scoring_leaves_no_heatmap(run, feedback, tiny_workspace):
    feedback.cancel()
    assert run(Score(), WORKSPACE=tiny_workspace) is None
    assert "Stopped" in feedback.errors[0]
    assert not (tiny_workspace / "heatmap.tif").exists()


def test_the_picture_is_never_written_over_the_campaign(run, feedback, tiny_workspace):
    open_workspace(tiny_workspace)  # notes what QGIS may have put beside the imagery
    before = (tiny_workspace / "campaign.gpkg").read_bytes()
    assert run(Score(), WORKSPACE=tiny_workspace, PNG=tiny_workspace / "campaign.gpkg") is None
    assert "belongs to the campaign" in feedback.errors[-1]
    assert (tiny_workspace / "campaign.gpkg").read_bytes() == before


def test_the_picture_shows_the_bands_that_the_user_asks_for(run, feedback, tiny_workspace, tmp_path):
    grey, plain = tmp_path / "grey.png", tmp_path / "plain.png"
    run(Score(), WORKSPACE=tiny_workspace, PNG=grey, PNG_BANDS="1,1,1")
    run(Score(), WORKSPACE=tiny_workspace, PNG=plain)
    assert grey.read_bytes() != plain.read_bytes()
    assert run(Score(), WORKSPACE=tiny_workspace, PNG=tmp_path / "x.png", PNG_BANDS="9,1,1") is None
    assert "9" in feedback.errors[-1]
