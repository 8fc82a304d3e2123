import geopandas
import pytest
from qgis.core import QgsApplication, QgsVectorLayer
from shapely import box

from tiletriage.plugin.processing.annotate import Annotate
from tiletriage.tests.conftest import LEFT, TOP


def test_tiles_are_finished_with_the_footprints_on_them(run, feedback, tiny_workspace, tiny_labels):
    outputs = run(
        Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, TILES="r000_c000, r001_c001", ANNOTATOR="Ada"
    )
    assert (outputs["DONE"], outputs["EMPTY"], outputs["FOOTPRINTS_TAKEN"]) == (1, 1, 1)
    assert outputs["TILES"] == "r000_c000,r001_c001"
    footprints = QgsVectorLayer(f"{tiny_workspace / 'campaign.gpkg'}|layername=footprints", "footprints", "ogr")
    assert [feature["annotator"] for feature in footprints.getFeatures()] == ["Ada"]
    said, done = feedback.infos
    assert "2 tiles to finish: 1 with 1 footprints of the layer, 1 without any" in said
    assert "2 tiles finished as Ada" in done


def test_without_a_name_it_is_the_user_of_this_computer(run, tiny_workspace, tiny_labels):
    run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, EXAM=True)
    tiles = QgsVectorLayer(f"{tiny_workspace / 'campaign.gpkg'}|layername=tiles|subset=split = 'exam'", "tiles", "ogr")
    user = QgsApplication.userFullName() or QgsApplication.userLoginName()
    assert {feature["annotator"] for feature in tiles.getFeatures()} == {user}


@pytest.mark.parametrize("choice", [{}, {"NEXT": 2, "EXAM": True}, {"TILES": "r000_c000", "NEXT": 1}])
def test_the_tiles_are_chosen_in_exactly_one_way(run, feedback, tiny_workspace, tiny_labels, choice):
    assert run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, **choice) is None
    assert "in one way" in feedback.errors[0]


def area(path, columns):
    """A file of a polygon around the first columns of tiles of the tiny scene."""
    polygon = box(LEFT - 1, TOP - 100, LEFT + 32 * columns + 1, TOP + 1)
    geopandas.GeoDataFrame(geometry=[polygon], crs="EPSG:32737").to_file(path, engine="pyogrio")
    return path


def test_a_tile_beyond_where_the_layer_is_complete_is_refused_not_empty(
    run, feedback, tiny_workspace, tiny_labels, tmp_path
):
    named = {"WORKSPACE": tiny_workspace, "FOOTPRINTS": tiny_labels, "TILES": "r000_c000,r000_c002"}
    assert run(Annotate(), **named, COMPLETE_IN=area(tmp_path / "two.gpkg", 2)) is None
    assert "1 of the 2 chosen tiles" in feedback.errors[0] and "r000_c002" in feedback.errors[0]
    outputs = run(Annotate(), **named, COMPLETE_IN=area(tmp_path / "three.gpkg", 3))
    assert (outputs["DONE"], outputs["EMPTY"]) == (1, 1)


def test_tiles_on_which_the_layer_has_nothing_need_a_word(run, feedback, tiny_workspace, tiny_labels):
    named = {"WORKSPACE": tiny_workspace, "FOOTPRINTS": tiny_labels, "TILES": "r000_c002"}
    assert run(Annotate(), **named) is None
    assert "None of the 1 chosen tiles has a footprint" in feedback.errors[0]
    assert run(Annotate(), **named, EMPTY=True)["EMPTY"] == 1


def test_an_unknown_tile_is_refused(run, feedback, tiny_workspace, tiny_labels):
    assert run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, TILES="r099_c000") is None
    assert "r099_c000" in feedback.errors[0]
