import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import geopandas
import numpy as np
import pytest
import shapely
from click.testing import CliRunner

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.choices import METHODS, STRATEGIES
from tiletriage.models.cli.main import main

from ...conftest import LEFT, TOP, write_labels, write_scene


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def result_of(*words):
    """What a command gives as JSON; it must succeed."""
    done = run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refusal(*words):
    """The message with which a command ends that cannot be done as it is."""
    done = run(*words)
    assert done.exit_code == 1, done.output
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    return done.stderr


def new(folder, scene, start, *words):
    return ("new", folder, "--imagery", scene, "--start", start, "--tile-size", 64, *words)


def log_length(folder):
    with closing(sqlite3.connect(folder / "campaign.gpkg")) as connection:
        return connection.execute("SELECT count(*) FROM log").fetchone()[0]


@pytest.fixture
def annotated(tiny_workspace, tiny_labels):
    """A campaign with exam tiles and six others annotated."""
    result_of("annotate", tiny_workspace, "--exam", "--footprints", tiny_labels)
    tiles = [t.tile.id for t in open_workspace(tiny_workspace).store().tiles("training")[:6]]
    result_of("annotate", tiny_workspace, "--tiles", ",".join(tiles), "--footprints", tiny_labels)
    return tiny_workspace


def test_the_loop_goes_round_from_new_to_footprints(tmp_path, tiny_scene, tiny_labels, tiny_start):
    folder, drawn = tmp_path / "campaign", ("--footprints", tiny_labels)
    opened = result_of(*new(folder, tiny_scene, tiny_start, "--exam-tiles", 4))
    assert (opened["tiles"], opened["rows"], opened["columns"], opened["exam_tiles"]) == (24, 3, 8, 4)
    assert len(result_of("next", folder, "--exam")) == 4
    assert len(result_of("annotate", folder, "--exam", *drawn)["tiles"]) == 4
    assert result_of("next", folder, "--exam") == []

    scored = result_of("score", folder, "--count", 3, "--png", tmp_path / "heatmap.png")
    assert (scored["tiles"], scored["new_tiles"], scored["version"]) == (24, 24, "tiny")
    assert (tmp_path / "heatmap.png").read_bytes().startswith(b"\x89PNG")
    grey = ("--png", tmp_path / "grey.png", "--png-bands", "2,2,2")
    assert result_of("score", folder, *grey)["new_tiles"] == 0
    assert (tmp_path / "grey.png").read_bytes() != (tmp_path / "heatmap.png").read_bytes()

    queue = result_of("next", folder, "--count", 3)
    assert [tile["rank"] for tile in queue] == [1, 2, 3]
    assert set(queue[0]) == {
        *("tile_id", "rank", "priority", "predicted_iou", "uncertainty", "novelty", "split", "state", "reason"),
        *("bounds", "crs"),
    }
    left, bottom, right, top = queue[0]["bounds"]
    assert (right - left, top - bottom) == (32, 32)  # 64 px of 0.5 m
    done = result_of("annotate", folder, "--next", 3, "--empty", *drawn)  # of random weights, which choose any tiles
    assert done["tiles"] == [tile["tile_id"] for tile in queue]
    assert done["done"] + done["empty"] == 3

    tuned = result_of("fine-tune", folder, "--method", "decoder", "--epochs", 2)
    assert (tuned["version"], tuned["parent"], tuned["epochs"], tuned["tiles"]) == ("v001", "tiny", 2, 3)
    result_of("versions", folder, "--activate", "v001")
    assert [(v["id"], v["active"]) for v in result_of("versions", folder)] == [("tiny", False), ("v001", True)]
    exam = result_of("evaluate", folder)
    assert (exam["version"], exam["exam_tiles"]) == ("v001", 4)
    names = ("version", "iou", "f1", "footprint_f1", "matched_iou", "exam_tiles", "mean_iou", "class_iou", "confusion")
    assert set(exam) == set(names)
    assert result_of("evaluate", folder, "--version", "tiny")["version"] == "tiny"

    result_of("score", folder, "--strategy", "map-gain", "--count", 10)
    result_of("annotate", folder, "--next", 10, "--empty", *drawn)
    quality = result_of("quality", folder)
    assert (quality["version"], quality["annotated"], quality["drawn"]) == ("v001", 17, 5)
    assert 1 <= quality["next_minutes"]["tiles"] <= 7  # so many are left
    assert 0 <= quality["iou"]["low"] <= quality["iou"]["value"] <= quality["iou"]["high"] <= 1

    predicted = result_of("predict", folder, "-o", tmp_path / "buildings.gpkg", "--threshold", 0.01)
    assert len(geopandas.read_file(tmp_path / "buildings.gpkg")) == predicted["footprints"]


def test_people_get_words_a_table_and_the_next_command(annotated):
    scored = run("score", annotated)
    assert "24 tiles scored with version 'tiny'" in scored.stdout
    assert f"tiletriage next {annotated} --count 10" in scored.stdout
    table = run("next", annotated, "--count", 2).stdout
    assert "Predicted IoU" in table
    assert "r00" in table
    tuned = run("fine-tune", annotated, "--epochs", 1).stdout
    assert "now active" in tuned or f"parked; activate it with tiletriage versions {annotated} --activate v001" in tuned
    assert "IoU" in run("evaluate", annotated).stdout
    assert "How good the map is cannot be told yet" in run("quality", annotated).stdout
    assert "v001" in run("versions", annotated).stdout


def test_a_damaged_version_is_listed_as_such_and_the_others_go_on(annotated):
    shutil.copytree(annotated / "versions" / "tiny", annotated / "versions" / "v001")
    (annotated / "versions" / "v001" / "card.json").write_text("{")
    table = run("versions", annotated).stdout
    assert "active" in table and "damaged" in table and "v001 is damaged" in table
    sound, damaged = result_of("versions", annotated)
    assert (sound["id"], sound["active"], damaged["id"], damaged["active"]) == ("tiny", True, "v001", False)
    assert "cannot be read" in damaged["damaged"]
    assert "cannot be read" in refusal("versions", annotated, "--activate", "v001")
    assert result_of("fine-tune", annotated, "--epochs", 1)["version"] == "v002"


def test_an_import_says_what_becomes_empty_and_takes_a_word_for_it(tiny_workspace, tiny_labels, tmp_path):
    area = tmp_path / "area.geojson"
    column = shapely.box(LEFT - 1, TOP - 100, LEFT + 33, TOP + 1)
    geopandas.GeoDataFrame(geometry=[column], crs="EPSG:32737").to_file(area, engine="pyogrio")
    named = ("annotate", tiny_workspace, "--footprints", tiny_labels, "--tiles")
    said = run(*named, "r000_c000,r000_c002").stderr
    assert "2 tiles to finish: 1 with 1 footprint of the file, 1 without any" in said
    assert "None of the 1 chosen tiles" in refusal(*named, "r000_c002")
    assert "1 of the 1 chosen tiles are not wholly inside" in refusal(*named, "r000_c002", "--complete-in", area)
    assert result_of(*named, "r000_c002", "--empty")["empty"] == 1
    assert result_of(*named, "r002_c000", "--complete-in", area)["empty"] == 1


def test_new_warns_where_the_model_has_seen_the_imagery(tmp_path, tiny_scene, tiny_start, tiny_workspace):
    start = shutil.copytree(tiny_start, tmp_path / "start")
    fingerprint = open_workspace(tiny_workspace).imagery.fingerprint
    (start / "TRAINED_ON").write_text(f"{fingerprint}  scene.tif\n")
    opened = run(*new(tmp_path / "another", tiny_scene, start))
    assert opened.exit_code == 0, opened.output
    assert "trained on this very imagery" in opened.stderr


def test_help_names_every_command_in_the_order_of_the_loop_and_every_strategy():
    from tiletriage.models.priority.strategies import STRATEGIES as TABLE
    from tiletriage.models.training.methods import METHODS as TABLE_OF_METHODS

    order = ["new", "score", "next", "annotate", "fine-tune", "evaluate", "quality"]
    order += ["predict", "versions", "adapter", "simulate", "report"]
    listed = run("--help").stdout.partition("Commands:")[2].splitlines()
    assert [line.split()[0] for line in listed if line.strip()] == order
    assert set(STRATEGIES) == set(TABLE)
    assert set(METHODS) == set(TABLE_OF_METHODS)
    assert "Example" in "".join(run(command, "--help").stdout for command in order)


def test_help_comes_without_the_heavy_libraries():
    program = "import sys, tiletriage.models.cli; print({'numpy', 'torch', 'rich'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "set()\n"


@pytest.mark.parametrize(
    "words",
    [
        ("annotate", "campaign", "--footprints", "f.gpkg"),
        ("annotate", "campaign", "--footprints", "f.gpkg", "--next", "3", "--exam"),
        ("fine-tune", "campaign"),
        ("new", "campaign", "--imagery", "scene.tif", "--tile-size", "100"),
        ("score", "campaign", "--strategy", "luck"),
    ],
)
def test_wrong_usage_ends_with_2(words):
    assert run(*words).exit_code == 2


def refused_new(tmp_path, cure, scene, start, *words):
    """Opening a campaign fails with the cure, and nothing is left in the folder around it."""
    around = tmp_path / "around"
    around.mkdir()
    assert cure in refusal(*new(around / "campaign", scene, start, *words))
    assert list(around.iterdir()) == []


def test_missing_imagery_is_refused(tmp_path, tiny_start):
    refused_new(tmp_path, "Check the path", tmp_path / "none.tif", tiny_start)


def test_a_file_that_is_no_raster_is_refused(tmp_path, tiny_start):
    (tmp_path / "text.tif").write_text("no raster")
    refused_new(tmp_path, "copy it again", tmp_path / "text.tif", tiny_start)


def test_truncated_imagery_is_refused(tmp_path, tiny_start, tiny_scene):
    half = tiny_scene.read_bytes()[: tiny_scene.stat().st_size // 2]
    (tmp_path / "half.tif").write_bytes(half)
    refused_new(tmp_path, "copy it again", tmp_path / "half.tif", tiny_start)


def test_imagery_without_crs_is_refused(tmp_path, tiny_start):
    refused_new(tmp_path, "gdal_edit.py -a_srs", write_scene(tmp_path / "scene.tif", crs=None), tiny_start)


def test_imagery_with_other_bands_than_the_model_takes_is_refused(tmp_path, tiny_start):
    refused_new(tmp_path, "option bands, for example 1,1,1", write_scene(tmp_path / "scene.tif", bands=1), tiny_start)


def test_an_area_outside_the_imagery_is_refused(tmp_path, tiny_scene, tiny_start):
    area = geopandas.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:4326")
    area.to_file(tmp_path / "area.gpkg")
    refused_new(tmp_path, "Check its CRS", tiny_scene, tiny_start, "--aoi", tmp_path / "area.gpkg")


def test_a_pickled_model_is_refused(tmp_path, tiny_scene):
    (tmp_path / "model.pt").write_bytes(b"\x80\x04.")
    refused_new(tmp_path, "Pickled models (.pt, .pth, .ckpt) are refused", tiny_scene, tmp_path / "model.pt")


def test_a_start_with_other_weights_than_its_card_names_is_refused(tmp_path, tiny_scene, tiny_start):
    exchanged = shutil.copytree(tiny_start, tmp_path / "start")
    spoil(exchanged / "weights.safetensors")
    refused_new(tmp_path, "Copy the version from its source again", tiny_scene, exchanged)


@pytest.mark.parametrize("identity", ["../../x", "{tmp_path}/x", "..", "COM1"])
def test_a_start_whose_id_leads_elsewhere_writes_nothing_anywhere(tmp_path, tiny_scene, tiny_start, identity):
    start = shutil.copytree(tiny_start, tmp_path / "start")
    card = json.loads((start / "card.json").read_text())
    (start / "card.json").write_text(json.dumps({**card, "id": identity.format(tmp_path=tmp_path)}))
    before = sorted(tmp_path.rglob("*"))
    said = refusal(*new(tmp_path / "deep" / "campaign", tiny_scene, start))
    assert "'id' must be a plain name" in said and "from its source" in said
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_made_is_refused(tmp_path, tiny_scene, tiny_start):
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "campaign"
    assert "that you can write to" in refusal(*new(folder, tiny_scene, tiny_start))


def test_a_folder_that_is_not_empty_is_refused(tmp_path, tiny_scene, tiny_start):
    (tmp_path / "precious").touch()
    assert "Choose a new folder" in refusal(*new(tmp_path, tiny_scene, tiny_start))
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def refused_annotation(folder, cure, footprints, *words):
    before = log_length(folder)
    assert cure in refusal("annotate", folder, "--footprints", footprints, *(words or ("--exam",)))
    assert log_length(folder) == before


def test_labels_that_cross_themselves_are_refused_and_mended_on_request(tmp_path, tiny_workspace):
    bow_tie = shapely.Polygon([(0, 0), (10, -10), (10, 0), (0, -10)])
    moved = shapely.transform(bow_tie, lambda corners: np.add(corners, (LEFT, TOP)))
    geopandas.GeoDataFrame(geometry=[moved], crs="EPSG:32737").to_file(tmp_path / "bow.gpkg")
    refused_annotation(tiny_workspace, "option repair", tmp_path / "bow.gpkg", "--tiles", "r000_c000")
    mended = ("--footprints", tmp_path / "bow.gpkg", "--tiles", "r000_c000", "--repair")
    assert result_of("annotate", tiny_workspace, *mended)["footprints"] == 1


def test_labels_that_say_the_wrong_crs_are_refused(tmp_path, tiny_workspace):
    refused_annotation(tiny_workspace, "Wrong CRS?", write_labels(tmp_path / "labels.gpkg", crs="EPSG:32637"))


def test_missing_labels_and_unknown_tiles_are_refused(tmp_path, tiny_workspace, tiny_labels):
    refused_annotation(tiny_workspace, "does not exist", tmp_path / "none.gpkg")
    refused_annotation(tiny_workspace, "no tile r900_c000", tiny_labels, "--tiles", "r000_c000,r900_c000")


def test_a_folder_without_a_campaign_is_refused(tmp_path):
    assert "make a new campaign" in refusal("score", tmp_path)


def test_a_queue_before_scoring_is_refused(tiny_workspace):
    assert "Score the campaign first" in refusal("next", tiny_workspace)


def test_a_workspace_from_a_newer_schema_is_refused(tiny_workspace):
    with closing(sqlite3.connect(tiny_workspace / "campaign.gpkg")) as connection:
        connection.execute("UPDATE settings SET value = '99' WHERE key = 'schema_version'")
        connection.commit()
    assert "Update Tile Triage" in refusal("score", tiny_workspace)


def test_a_version_whose_weights_were_exchanged_is_refused(tiny_workspace):
    spoil(tiny_workspace / "versions" / "tiny" / "weights.safetensors")
    assert "SHA-256 differs" in refusal("score", tiny_workspace)
    assert "SHA-256 differs" in refusal("versions", tiny_workspace, "--activate", "tiny")


def test_an_unknown_version_is_refused(tiny_workspace):
    assert "The campaign has: tiny" in refusal("evaluate", tiny_workspace, "--version", "v009")


def test_an_exam_without_labels_is_refused(tiny_workspace):
    assert "Annotate the exam tiles first" in refusal("evaluate", tiny_workspace)


def test_a_file_that_cannot_be_written_is_refused(tiny_workspace, tmp_path):
    assert "has room" in refusal("predict", tiny_workspace, "-o", tmp_path / "none" / "buildings.gpkg")
    assert ".gpkg" in refusal("predict", tiny_workspace, "-o", tmp_path / "buildings.docx")


def test_a_campaign_survives_an_output_that_names_it(annotated):
    before = (annotated / "campaign.gpkg").read_bytes()
    for words in (("predict", annotated, "-o"), ("score", annotated, "--png")):
        assert "belongs to the campaign" in refusal(*words, annotated / "campaign.gpkg", "--overwrite")
    assert (annotated / "campaign.gpkg").read_bytes() == before


def test_an_output_that_is_there_is_replaced_on_the_users_word(annotated, tmp_path):
    for words, name in ((("predict", annotated, "-o"), "a.gpkg"), (("score", annotated, "--png"), "a.png")):
        result_of(*words, tmp_path / name)
        assert "option overwrite" in refusal(*words, tmp_path / name)
        result_of(*words, tmp_path / name, "--overwrite")


def test_the_numbers_of_a_prediction_say_whose_footprints_they_are(annotated, tmp_path):
    said = run("predict", annotated, "-o", tmp_path / "a.gpkg").stdout
    assert "that people drew or accepted" in said and "by version 'tiny'" in said
    found = result_of("predict", annotated, "-o", tmp_path / "b.gpkg")
    assert found["by_people"] > 0 and found["by_people"] + found["by_model"] == found["footprints"]


def test_a_full_disk_ends_with_a_message(tiny_workspace, monkeypatch):
    from tiletriage.models import loop

    def full(*_, **__):
        raise OSError(28, "No space left on device", "scores.sqlite")

    monkeypatch.setattr(loop, "next_tiles", full)
    assert "Free some space" in refusal("next", tiny_workspace)


def test_a_second_process_on_one_workspace_is_refused(tiny_workspace, tiny_labels):
    program = (
        "import sys; from filelock import FileLock; from pathlib import Path\n"
        "with FileLock(Path(sys.argv[1]) / '.lock'): print('locked', flush=True); sys.stdin.read()"
    )
    words = [sys.executable, "-c", program, str(tiny_workspace)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "locked\n"
        refused_annotation(tiny_workspace, "Wait until it has finished", tiny_labels)
        other.stdin.close()
    result_of("annotate", tiny_workspace, "--exam", "--footprints", tiny_labels)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_a_job_well_and_the_same_command_goes_on(tiny_workspace, monkeypatch, number):
    from tiletriage.models.use_cases import score as scoring

    score_tiles = scoring.score_tiles

    def interrupted(*arguments, **named):
        for share in score_tiles(*arguments, **named):
            signal.raise_signal(number)
            yield share

    handler = signal.getsignal(number)
    monkeypatch.setattr(scoring, "score_tiles", interrupted)
    cancelled = run("score", tiny_workspace, "--json")
    assert (cancelled.exit_code, cancelled.stdout) == (130, "")
    assert cancelled.stderr == "Cancelled; run the same command again to go on.\n"
    assert signal.getsignal(number) == handler
    monkeypatch.undo()
    assert result_of("score", tiny_workspace)["new_tiles"] == 16  # a batch of 8 was kept


def spoil(path):
    """Change the last byte of a file."""
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


ALL_OF_THEM = 99999999999999999999


def test_a_number_beyond_all_tiles_means_all_of_them(tmp_path, tiny_scene, tiny_start, tiny_labels):
    folder = tmp_path / "campaign"
    assert result_of(*new(folder, tiny_scene, tiny_start, "--seed", ALL_OF_THEM))["tiles"] == 24
    assert result_of("score", folder, "--count", ALL_OF_THEM)["tiles"] == 24
    waiting = result_of("next", folder, "--count", ALL_OF_THEM)
    done = result_of("annotate", folder, "--footprints", tiny_labels, "--next", ALL_OF_THEM)
    assert len(done["tiles"]) == len(waiting) == 24
    cured = refusal(*new(tmp_path / "exam", tiny_scene, tiny_start, "--tile-size", 96, "--exam-tiles", ALL_OF_THEM))
    assert "none is left to train on" in cured


def test_imagery_of_any_name_is_mapped(tmp_path, tiny_scene, tiny_start):
    scene = tmp_path / "a\n|$\\frac{ $.tif"
    shutil.copy(tiny_scene, scene)
    folder = tmp_path / "campaign"
    run(*new(folder, scene, tiny_start))
    run("score", folder, "--png", tmp_path / "heatmap.png")
    assert (tmp_path / "heatmap.png").exists()


def test_a_scribble_to_repair_ends_at_once_with_the_cure(tmp_path, tiny_workspace):
    corners = np.random.default_rng(0).uniform((LEFT, TOP - 30), (LEFT + 30, TOP), (2_000, 2))
    path = tmp_path / "scribble.gpkg"
    geopandas.GeoDataFrame(geometry=[shapely.Polygon(corners)], crs="EPSG:32737").to_file(path)
    assert "draw it anew" in refusal("annotate", tiny_workspace, "--footprints", path, "--exam", "--repair")
