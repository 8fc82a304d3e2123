import gc

from qgis.core import QgsProcessingContext, QgsVectorLayer

from tiletriage.plugin.layers import style
from tiletriage.plugin.processing.project_layers import show


def test_a_layer_is_dressed_in_the_style_that_ships(context, feedback, tiny_workspace, tmp_path, monkeypatch):
    layer = QgsVectorLayer(f"{tiny_workspace / 'campaign.gpkg'}|layername=tiles", "tiles", "ogr")
    layer.renderer().symbol().setOpacity(0.25)
    layer.saveNamedStyle(str(tmp_path / "pale.qml"))
    layer.renderer().symbol().setOpacity(1)
    monkeypatch.setattr(style, "STYLES", tmp_path)
    show(context, "tiles.gpkg", "Tiles", "TILES", "pale.qml")
    gc.collect()
    dresser = context.layerToLoadOnCompletionDetails("tiles.gpkg").postProcessor()
    dresser.postProcessLayer(layer, context, feedback)
    assert layer.renderer().symbol().opacity() == 0.25


def test_without_a_project_nothing_is_shown():
    context = QgsProcessingContext()
    show(context, "anything.gpkg", "Tiles", "TILES", "tiles.qml")
    assert not context.layersToLoadOnCompletion()
