import geopandas
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from tiletriage.plugin.processing.annotate import Annotate
from tiletriage.plugin.processing.new import New
from tiletriage.plugin.processing.sources import imagery_file, vector_file


@pytest.fixture
def layer(tiny_labels, qgis_new_project):
    layer = QgsVectorLayer(str(tiny_labels), "Houses, 2024", "ogr")
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.fixture
def file_of(context):
    return lambda value: vector_file(Annotate().create(), {"FOOTPRINTS": value}, "FOOTPRINTS", context)


def test_a_path_stays_as_it_is(file_of, tiny_labels):
    assert file_of(str(tiny_labels)) == tiny_labels


def test_a_layer_of_a_file_is_its_file(file_of, layer, tiny_labels):
    assert file_of(layer.id()) == file_of(layer) == tiny_labels


def test_nothing_stays_nothing(file_of):
    assert file_of(None) is None
    assert file_of("") is None


def test_only_what_is_selected_is_saved_under_the_layers_name_with_its_ids(file_of, layer):
    layer.selectByIds([3, 7])
    saved = file_of(QgsProcessingFeatureSourceDefinition(layer.id(), True))
    assert saved.name == "Houses_2024.gpkg"
    assert list(geopandas.read_file(saved, fid_as_index=True).index) == [3, 7]


def test_a_filter_of_the_layer_counts(file_of, layer):
    layer.setSubsetString('"fid" > 11')
    assert len(geopandas.read_file(file_of(layer))) == 5


def test_unsaved_edits_count(file_of, layer):
    layer.startEditing()
    layer.deleteFeature(1)
    assert len(geopandas.read_file(file_of(layer))) == 15
    layer.rollBack()


def test_the_crs_that_the_user_has_set_counts(file_of, layer):
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32736"))
    assert geopandas.read_file(file_of(layer)).crs == "EPSG:32736"


def test_one_of_several_layers_in_a_file_is_saved_alone(file_of, tiny_workspace):
    saved = file_of(f"{tiny_workspace / 'campaign.gpkg'}|layername=tiles")
    assert len(geopandas.list_layers(saved)) == 1
    assert len(geopandas.read_file(saved)) == 24


def test_a_layer_in_memory_is_saved(file_of, qgis_new_project):
    layer = QgsVectorLayer("Polygon?crs=EPSG:4326", "sketch", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(39, -6, 40, -5)))
    layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    saved = geopandas.read_file(file_of(layer.id()))
    assert saved.crs == "EPSG:4326"
    assert tuple(saved.total_bounds) == (39, -6, 40, -5)


def test_a_layer_that_does_not_exist_is_refused(file_of):
    with pytest.raises(QgsProcessingException, match="FOOTPRINTS"):
        file_of("/nowhere.gpkg")


def test_imagery_from_a_file_is_its_file(context, tiny_scene):
    assert imagery_file(New().create(), {"IMAGERY": str(tiny_scene)}, "IMAGERY", context) == tiny_scene


def test_imagery_from_a_server_is_refused_with_the_cure(context, qgis_new_project):
    layer = QgsRasterLayer("type=xyz&url=file:///nowhere/{z}/{x}/{y}.png&zmax=1&zmin=0", "Satellite", "wms")
    QgsProject.instance().addMapLayer(layer)
    with pytest.raises(QgsProcessingException, match=r"'Satellite' is not read from a file.*GeoTIFF"):
        imagery_file(New().create(), {"IMAGERY": layer.id()}, "IMAGERY", context)
