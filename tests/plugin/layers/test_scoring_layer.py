from datetime import datetime, timezone

import pytest
from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFillSymbol,
    QgsRenderContext,
    QgsSingleSymbolRenderer,
)
from qgis.PyQt.QtGui import QColor

from tiletriage.models.campaign.records import TilePriority, TileState
from tiletriage.plugin.layers.project_group import layer_in
from tiletriage.plugin.layers.scoring_layer import SCORING

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
FIRST, LAST = QColor(252, 196, 65), QColor(45, 13, 82)  # of the ramp


@pytest.fixture
def pool(workspace):
    with workspace.store() as store:
        return [record.tile for record in store.tiles("training")]


@pytest.fixture
def paint(layers, workspace):
    def paint(priorities):
        values = {tile.id: value for tile, value in priorities.items()}
        layers.paint(values, {tile.id: workspace.grid.tile_bounds(tile) for tile in priorities})
        return layer_in(layers.group, SCORING)

    return paint


def colour(layer, tile_id):
    """The fill in which a tile of a layer is drawn, None where it is not drawn."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    renderer = layer.renderer().clone()
    render = QgsRenderContext()
    render.setExpressionContext(context)
    renderer.startRender(render, layer.fields())
    feature = next(each for each in layer.getFeatures() if each["tile_id"] == tile_id)
    render.expressionContext().setFeature(feature)
    symbols = renderer.symbolsForFeature(feature, render)
    fill = symbols[0].symbolLayer(0).fillColor() if symbols else None
    renderer.stopRender(render)
    return fill and QColor(fill.red(), fill.green(), fill.blue())


def write_ranks(workspace, tiles):
    with workspace.store() as store:
        ranks = [TilePriority(tile, 1.0, rank, 0.5, 0.5, 0.5, "why") for rank, tile in enumerate(tiles, 1)]
        store.write_priorities(ranks, "v1")


def test_tiles_are_painted_batch_by_batch_in_the_colours_of_the_ramp(paint, pool):
    paint({pool[0]: 1.0})
    layer = paint({pool[1]: 0.0})
    assert layer.featureCount() == 2
    assert (colour(layer, pool[0].id), colour(layer, pool[1].id)) == (FIRST, LAST)


def test_a_tile_that_is_told_again_changes_its_colour(paint, pool):
    paint({pool[0]: 1.0})
    layer = paint({pool[0]: 0.0})
    assert layer.featureCount() == 1
    assert colour(layer, pool[0].id) == LAST


def test_the_old_ranking_is_hidden_while_the_new_one_comes(layers, paint, pool, workspace):
    write_ranks(workspace, pool)
    layers.refresh()
    assert colour(layers.tiles_layer, pool[0].id) == FIRST
    paint({pool[1]: 0.0})
    assert colour(layers.tiles_layer, pool[0].id) is None
    assert not layers.tiles_layer.labelsEnabled()
    layers.clear_painting()
    assert layer_in(layers.group, SCORING) is None
    assert colour(layers.tiles_layer, pool[0].id) == FIRST
    assert layers.tiles_layer.labelsEnabled()


def test_tiles_that_do_not_wait_keep_the_colour_of_their_state(paint, pool, workspace):
    with workspace.store() as store:
        exam = store.tiles("exam")[0].tile
        store.set_state(pool[0], TileState.SKIPPED, "ana", NOW)
    layer = paint({pool[0]: 1.0, pool[1]: 1.0, exam: 1.0})
    assert [feature["tile_id"] for feature in layer.getFeatures()] == [pool[1].id]


def test_a_tile_finished_meanwhile_shows_its_state(layers, paint, pool, workspace):
    layer = paint({pool[0]: 1.0, pool[1]: 1.0})
    with workspace.store() as store:
        store.set_state(pool[0], TileState.EMPTY, "ana", NOW)
    layers.refresh()
    assert [feature["tile_id"] for feature in layer.getFeatures()] == [pool[1].id]


def test_the_painting_lies_over_the_tiles_and_is_as_transparent(layers, paint, pool):
    layers.set_opacity(0.5)
    layer = paint({pool[0]: 1.0})
    assert [node.layer().name() for node in layers.group.findLayers()] == ["Footprints", "Scoring", "Tiles"]
    assert layer.opacity() == 0.5


def test_the_map_is_drawn_anew_at_once_and_then_now_and_then(paint, pool, until):
    drawn = []
    layer = paint({pool[0]: 1.0})
    layer.repaintRequested.connect(lambda *_: drawn.append(1))
    until(lambda: drawn)
    for tile in pool[1:5]:
        paint({tile: 0.5})
    assert len(drawn) == 1
    until(lambda: len(drawn) == 2)


def test_painting_that_the_user_removes_begins_anew(layers, paint, pool, project):
    layer = paint({pool[0]: 1.0})
    project.removeMapLayer(layer.id())
    assert paint({pool[1]: 1.0}).featureCount() == 1


def test_another_style_of_the_user_does_no_harm(layers, paint, pool):
    layers.tiles_layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol()))
    assert paint({pool[0]: 1.0}).featureCount() == 1
    layers.clear_painting()
