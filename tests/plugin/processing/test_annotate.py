import pytest
from qgis.core import QgsApplication, QgsVectorLayer

from tiletriage.plugin.processing.annotate import Annotate


def test_tiles_are_finished_with_the_footprints_on_them(run, feedback, tiny_workspace, tiny_labels):
    outputs = run(
        Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, TILES="r000_c000, r001_c001", ANNOTATOR="Ada"
    )
    assert (outputs["DONE"], outputs["EMPTY"], outputs["FOOTPRINTS_TAKEN"]) == (1, 1, 1)
    assert outputs["TILES"] == "r000_c000,r001_c001"
    footprints = QgsVectorLayer(f"{tiny_workspace / 'campaign.gpkg'}|layername=footprints", "footprints", "ogr")
    assert [feature["annotator"] for feature in footprints.getFeatures()] == ["Ada"]
    assert "2 tiles finished as Ada" in feedback.infos[0]


def test_without_a_name_it_is_the_user_of_this_computer(run, tiny_workspace, tiny_labels):
    run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, EXAM=True)
    tiles = QgsVectorLayer(f"{tiny_workspace / 'campaign.gpkg'}|layername=tiles|subset=split = 'exam'", "tiles", "ogr")
    user = QgsApplication.userFullName() or QgsApplication.userLoginName()
    assert {feature["annotator"] for feature in tiles.getFeatures()} == {user}


@pytest.mark.parametrize("choice", [{}, {"NEXT": 2, "EXAM": True}, {"TILES": "r000_c000", "NEXT": 1}])
def test_the_tiles_are_chosen_in_exactly_one_way(run, feedback, tiny_workspace, tiny_labels, choice):
    assert run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, **choice) is None
    assert "in one way" in feedback.errors[0]


def test_an_unknown_tile_is_refused(run, feedback, tiny_workspace, tiny_labels):
    assert run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, TILES="r099_c000") is None
    assert "r099_c000" in feedback.errors[0]
