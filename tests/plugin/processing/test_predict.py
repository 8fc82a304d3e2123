import geopandas
import pytest
from qgis.core import QgsProcessingOutputLayerDefinition, QgsProject, QgsVectorLayer

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.plugin.processing.predict import Predict


@pytest.mark.parametrize("name", ["buildings.gpkg", "buildings.geojson"])
def test_footprints_are_written_with_their_version(run, context, tiny_workspace, tmp_path, name):
    target = QgsProcessingOutputLayerDefinition(str(tmp_path / name), QgsProject.instance())
    outputs = run(Predict(), WORKSPACE=tiny_workspace, THRESHOLD=0.1, OUTPUT=target)
    layer = QgsVectorLayer(outputs["OUTPUT"], "buildings", "ogr")
    assert layer.featureCount() == outputs["FOOTPRINTS_DRAWN"] > 0
    assert {feature["version"] for feature in layer.getFeatures()} == {"tiny"}
    assert context.willLoadLayerOnCompletion(outputs["OUTPUT"])


def test_a_cancelled_prediction_leaves_no_file(run, feedback, tiny_workspace, tmp_path):
    feedback.cancel()
    assert run(Predict(), WORKSPACE=tiny_workspace, OUTPUT=tmp_path / "buildings.gpkg") is None
    assert not list(tmp_path.glob("*.gpkg"))


def test_the_campaign_and_what_people_drew_are_never_written_over(run, feedback, tiny_workspace, tiny_labels, tmp_path):
    labels = tmp_path / "labels.gpkg"
    geopandas.read_file(tiny_labels).to_file(labels, layer="footprints")
    open_workspace(tiny_workspace)  # notes what QGIS may have put beside the imagery
    for path, reason in ((tiny_workspace / "campaign.gpkg", "belongs to the campaign"), (labels, "never replaced")):
        before = path.read_bytes()
        assert run(Predict(), WORKSPACE=tiny_workspace, OUTPUT=path) is None
        assert reason in feedback.errors[-1]
        assert path.read_bytes() == before


def test_among_other_layers_the_footprints_are_the_ones_that_are_loaded(run, context, tiny_workspace, tmp_path):
    path = tmp_path / "town.gpkg"
    roads = geopandas.GeoDataFrame({"name": ["a"]}, geometry=geopandas.points_from_xy([1], [2]), crs="EPSG:32737")
    roads.to_file(path, layer="roads")
    for _ in range(2):  # the second replaces the first
        target = QgsProcessingOutputLayerDefinition(str(path), QgsProject.instance())
        outputs = run(Predict(), WORKSPACE=tiny_workspace, THRESHOLD=0.1, OUTPUT=target)
        layer = QgsVectorLayer(outputs["OUTPUT"], "buildings", "ogr")
        assert layer.featureCount() == outputs["FOOTPRINTS_DRAWN"] == outputs["BY_MODEL"] > 0
        assert list(context.layersToLoadOnCompletion()) == [outputs["OUTPUT"]]
    assert len(geopandas.read_file(path, layer="roads")) == 1
