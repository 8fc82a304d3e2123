"""The whole loop through the real qgis_process, with a fresh profile, on the tiny scene."""

from __future__ import annotations

import re

import pytest

from tiletriage.tests.real_qgis import QGIS_PROCESS, ROOT, make_profile, run_qgis_process

pytestmark = pytest.mark.skipif(not QGIS_PROCESS, reason="needs QGIS: make test installs it")


@pytest.fixture
def profile(tmp_path):
    return make_profile(tmp_path / "qgis", tiletriage=ROOT)


@pytest.fixture
def run(profile):
    """Runs an algorithm; gives its results as texts, by name."""

    def run(algorithm, **parameters):
        values = [f"{name}={value}" for name, value in parameters.items()]
        ended = run_qgis_process(profile, "run", f"tiletriage:{algorithm}", "--", *values)
        assert ended.returncode == 0, (ended.stdout[-3000:], ended.stderr[-3000:])
        return dict(re.findall(r"^(\w+):\t(.*)$", ended.stdout.partition("Results")[2], re.MULTILINE))

    return run


def test_the_whole_loop_runs_in_qgis_process_alone(run, profile, tiny_scene, tiny_labels, tiny_start, tmp_path):
    campaign = tmp_path / "campaign"
    opened = run("new", IMAGERY=tiny_scene, WORKSPACE=campaign, TILE_SIZE=64, START=tiny_start, EXAM_TILES=4)
    assert (opened["TILES"], opened["EXAM_TILES"]) == ("24", "4")

    examined = run("annotate", WORKSPACE=campaign, FOOTPRINTS=tiny_labels, EXAM="true")
    assert int(examined["DONE"]) + int(examined["EMPTY"]) == 4

    scored = run("score", WORKSPACE=campaign, COUNT=4, PNG=tmp_path / "heatmap.png")
    assert scored["NEW_TILES"] == "24"
    assert (tmp_path / "heatmap.png").exists() and (campaign / "heatmap.tif").exists()

    queue = run("next", WORKSPACE=campaign, COUNT=4, OUTPUT_HTML=tmp_path / "next.html")
    annotated = run("annotate", WORKSPACE=campaign, FOOTPRINTS=tiny_labels, NEXT=4)
    assert annotated["TILES"] == queue["TILES"]

    tuned = run("finetune", WORKSPACE=campaign, METHOD="decoder", EPOCHS=2)
    assert tuned["TRAINING_TILES"] == "4"
    measured = run("evaluate", WORKSPACE=campaign, VERSION=tuned["VERSION"])
    assert float(measured["IOU"]) == pytest.approx(float(tuned["IOU"]))

    predicted = run("predict", WORKSPACE=campaign, THRESHOLD=0.1, OUTPUT=tmp_path / "buildings.gpkg")
    assert int(predicted["FOOTPRINTS_DRAWN"]) > 0
    assert (tmp_path / "buildings.gpkg").exists()

    versions = run("versions", WORKSPACE=campaign, ACTIVATE=tuned["VERSION"])
    assert versions == {"ACTIVE": tuned["VERSION"], "VERSIONS": f"tiny,{tuned['VERSION']}"}

    refused = run_qgis_process(profile, "run", "tiletriage:score", "--", f"WORKSPACE={tmp_path}")
    assert refused.returncode != 0
    assert "holds no campaign" in refused.stderr


def test_the_loop_of_two_classes_runs_in_qgis_process(run, profile, two_classes, tmp_path):
    """From a blank start on backscatter of two bands, with a raster of classes and with polygons for labels."""
    campaign = tmp_path / "campaign"
    assert run("new", IMAGERY=two_classes / "sar.tif", WORKSPACE=campaign, TILE_SIZE=64, CLASSES="water,field")["TILES"]
    run("score", WORKSPACE=campaign, COUNT=4)
    done = run("annotate", WORKSPACE=campaign, LABEL_RASTER=two_classes / "labels.tif", NEXT=4)
    assert int(done["DONE"]) + int(done["EMPTY"]) == 4
    again = {"FOOTPRINTS": two_classes / "labels.gpkg", "CLASS_FIELD": "kind", "CLASS_VALUES": "lake=water,acre=field"}
    assert run("annotate", WORKSPACE=campaign, TILES="r000_c000", **again)["DONE"] == "1"
    tuned = run("finetune", WORKSPACE=campaign, EPOCHS=2)
    drawn = run("predict", WORKSPACE=campaign, OUTPUT=tmp_path / "map.gpkg", RASTER=tmp_path / "map.tif")
    assert drawn["RASTER"] == str(tmp_path / "map.tif") and (tmp_path / "map.qml").exists()
    assert tuned["VERSION"] == "v001" and int(drawn["FOOTPRINTS_DRAWN"]) > 0

    refused = run_qgis_process(profile, "run", "tiletriage:annotate", "--", f"WORKSPACE={campaign}", "NEXT=1")
    assert refused.returncode != 0 and "Say where the labels are" in refused.stderr
