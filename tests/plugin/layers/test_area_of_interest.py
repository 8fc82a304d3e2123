import geopandas
import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsVectorLayer

from tiletriage.plugin.layers.area_of_interest import aoi_file, area_of_interest
from tiletriage.plugin.layers.layer_problem import LayerProblem

ONE, OTHER = (0, 0, 10, 10), (20, 0, 40, 10)


def test_all_polygons_are_the_area(area, tmp_path):
    layer = area(ONE, OTHER)
    saved = geopandas.read_file(aoi_file(layer, tmp_path))
    assert saved.crs == "EPSG:32737"
    assert saved.area.sum() == 300
    assert area_of_interest(layer, layer.crs()).area() == 300


def test_with_a_selection_only_what_is_selected_is_the_area(area, tmp_path):
    layer = area(ONE, OTHER)
    layer.selectByIds([2])
    assert geopandas.read_file(aoi_file(layer, tmp_path)).area.sum() == 200
    assert area_of_interest(layer, layer.crs()).area() == 200


def test_polygons_that_are_not_saved_yet_count(area, tmp_path):
    layer = area(ONE)
    layer.startEditing()
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt("POLYGON((20 0, 40 0, 40 10, 20 10, 20 0))"))
    layer.addFeature(feature)
    assert geopandas.read_file(aoi_file(layer, tmp_path)).area.sum() == 300
    layer.rollBack()


def test_the_area_is_given_in_the_wanted_crs(area):
    layer = area((39, -6, 39.001, -5.999), crs="EPSG:4326")
    metres = area_of_interest(layer, QgsCoordinateReferenceSystem("EPSG:32737"))
    assert metres.area() == pytest.approx(111.3e3 * 0.9945 * 110.6e3 * 1e-6, rel=0.01)


def test_a_layer_without_polygons_is_refused_with_the_cure(area, project, tmp_path):
    points = project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:4326", "wells", "memory"))
    for layer in (area(), points):
        with pytest.raises(LayerProblem, match=r"holds no polygon\. Draw one"):
            aoi_file(layer, tmp_path)


def test_an_area_without_crs_is_refused_with_the_cure(area, tmp_path):
    layer = area(ONE)
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(LayerProblem, match="has no CRS"):
        aoi_file(layer, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_to_is_named(area, tmp_path):
    with pytest.raises(LayerProblem, match=r"nowhere.*Choose a folder"):
        aoi_file(area(ONE), tmp_path / "nowhere")
