import pytest
from qgis.core import QgsProcessingOutputLayerDefinition, QgsProject, QgsVectorLayer

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
