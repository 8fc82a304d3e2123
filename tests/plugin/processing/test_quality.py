from tiletriage.plugin.processing.annotate import Annotate
from tiletriage.plugin.processing.quality import Quality
from tiletriage.plugin.processing.score import Score


def test_the_tiles_that_were_drawn_by_lot_measure_the_map(run, tiny_workspace, tiny_labels):
    run(Score(), WORKSPACE=tiny_workspace, STRATEGY="map-gain", COUNT=12)
    run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, NEXT=12)
    outputs = run(Quality(), WORKSPACE=tiny_workspace)
    assert outputs["DRAWN_TILES"] == 6
    assert 0 <= outputs["IOU_LOW"] <= outputs["IOU"] <= outputs["IOU_HIGH"] <= 1
    assert outputs["MAPPED_M2"] > 0
    assert run(Quality(), WORKSPACE=tiny_workspace, ENOUGH=100)["IS_ENOUGH"]


def test_ten_tiles_that_were_drawn_count_the_buildings_too(run, tiny_workspace, tiny_labels):
    run(Score(), WORKSPACE=tiny_workspace, STRATEGY="random", COUNT=12)
    run(Annotate(), WORKSPACE=tiny_workspace, FOOTPRINTS=tiny_labels, NEXT=12)
    outputs = run(Quality(), WORKSPACE=tiny_workspace)
    assert 0 <= outputs["FOOTPRINT_F1_LOW"] <= outputs["FOOTPRINT_F1"] <= outputs["FOOTPRINT_F1_HIGH"] <= 1
    assert outputs["FOOTPRINTS"] > 0


def test_before_that_it_says_what_is_missing(run, feedback, tiny_workspace):
    assert run(Quality(), WORKSPACE=tiny_workspace) is None
    assert "Score first" in feedback.errors[0]
    run(Score(), WORKSPACE=tiny_workspace, STRATEGY="map-gain")
    assert run(Quality(), WORKSPACE=tiny_workspace) == {"DRAWN_TILES": 0, "IS_ENOUGH": False}
