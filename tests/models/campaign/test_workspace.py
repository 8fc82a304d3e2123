from __future__ import annotations

import json
import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from threading import Barrier
from zipfile import ZipFile

import numpy as np
import pytest
import rasterio
from rasterio.enums import Resampling
from safetensors.numpy import save_file

from tiletriage.models import loop
from tiletriage.models.campaign import workspace as workspace_module
from tiletriage.models.campaign.label_store import LabelStore
from tiletriage.models.campaign.layout import Layout
from tiletriage.models.campaign.model_store import OBSERVATIONS
from tiletriage.models.campaign.records import Round
from tiletriage.models.campaign.score_cache import ScoreCache
from tiletriage.models.campaign.workspace import CAMPAIGN_ID, create_workspace, open_workspace
from tiletriage.models.errors import ModelError, OutputError, WorkspaceError
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.imagery.normalization import Normalization
from tiletriage.models.imagery.raster import grid_of, open_imagery
from tiletriage.models.training.split import TRAINING
from tiletriage.models.use_cases.score import score
from tiletriage.models.use_cases.versions import activate

FORMER = Path(__file__).parents[2] / "data" / "campaign_0_2_0.zip"
NORMALIZATION = Normalization((0.0, 1.0, 2.0), (255.0, 254.0, 253.0), (80.1, 80.2, 80.3), (30.0, 31.0, 32.5))


@pytest.fixture
def former_campaign(tmp_path):
    """The folder of a campaign that version 0.2.0 has made, its scene beside it."""
    with ZipFile(FORMER) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "campaign"


@pytest.fixture
def create(tiny_scene, tiny_start):
    imagery = open_imagery(tiny_scene)
    grid = grid_of(imagery, tile_size_px=64)
    layout = Layout(grid, NORMALIZATION, dict.fromkeys(grid.tiles(), TRAINING))
    return lambda folder, start=tiny_start: create_workspace(folder, imagery, layout, start)


def add_version(workspace, version, created):
    """A version of this name, made at that time from the one that is there."""
    (first, *_) = workspace.cards()
    folder = shutil.copytree(workspace.version_folder(first.id), workspace.version_folder(version))
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps({**card, "id": version, "created": created}))


def test_a_campaign_is_opened_as_it_was_made(create, tmp_path):
    created = create(tmp_path / "campaign")
    assert open_workspace(tmp_path / "campaign") == created
    assert created.normalization == NORMALIZATION


def test_nothing_is_left_beside_a_new_campaign(create, tmp_path):
    create(tmp_path / "deep" / "campaign")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["campaign"]


def test_an_empty_folder_becomes_a_campaign_even_the_present_one(create, tmp_path, monkeypatch):
    (tmp_path / "campaign").mkdir()
    monkeypatch.chdir(tmp_path / "campaign")
    create(Path())
    monkeypatch.chdir(tmp_path)
    assert open_workspace(tmp_path / "campaign").cards()


def test_a_folder_that_holds_anything_is_left_as_it_is(create, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    for taken in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(WorkspaceError, match="not empty"):
            create(taken)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_campaign_that_cannot_be_made_leaves_nothing(create, tmp_path, tiny_start):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorkspaceError, match="Choose a folder"):
        create(tmp_path / "file" / "campaign")
    damaged = shutil.copytree(tiny_start, tmp_path / "damaged")
    (damaged / "weights.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match="SHA-256"):
        create(tmp_path / "campaign", damaged)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["damaged", "file"]


def test_a_folder_without_a_campaign_is_told_how_to_become_one(tmp_path):
    with pytest.raises(WorkspaceError, match="make a new campaign"):
        open_workspace(tmp_path)


def test_versions_come_oldest_first_and_what_is_no_folder_is_none(workspace):
    add_version(workspace, "v002", "2024-03-01T00:00:00+00:00")
    add_version(workspace, "v001", "2024-02-01T00:00:00+00:00")
    (workspace.folder / "versions" / "desktop.ini").write_text("")
    (workspace.folder / "versions" / ".v003.part").mkdir()  # left by a process that was killed
    assert [card.id for card in workspace.cards()] == ["tiny", "v001", "v002"]


def test_the_next_version_takes_the_first_free_number(workspace):
    assert workspace.next_version() == "v001"
    for taken in ("v001", "v003"):
        add_version(workspace, taken, "2024-02-01T00:00:00+00:00")
    assert workspace.next_version() == "v002"


@pytest.fixture
def damaged(workspace):
    """The workspace, in which the card of a parked version is damaged."""
    add_version(workspace, "v001", "2024-02-01T00:00:00+00:00")
    (workspace.version_folder("v001") / "card.json").write_text("{")
    return workspace


def test_one_damaged_card_hides_no_sound_version_and_is_named(damaged):
    assert [card.id for card in damaged.cards()] == ["tiny"]
    assert list(damaged.damaged_versions()) == ["v001"]
    assert damaged.next_version() == "v002"
    with damaged.store() as store:
        assert damaged.active_card(store).id == "tiny"


def test_a_damaged_version_is_refused_when_it_is_used(damaged):
    with pytest.raises(ModelError, match=r"card\.json cannot be read"):
        damaged.card("v001")
    with pytest.raises(ModelError, match=r"card\.json cannot be read"):
        activate(damaged, "v001")


def test_a_sound_version_works_scores_and_is_activated_beside_a_damaged_one(damaged):
    add_version(damaged, "v002", "2024-03-01T00:00:00+00:00")
    assert activate(damaged, "v002").id == "v002"
    for _ in score(damaged, now=datetime(2026, 1, 1, tzinfo=timezone.utc)):
        pass
    with damaged.store() as store:
        assert {record.version for record in store.tiles()} == {"v002"}


def test_a_card_that_names_another_version_is_damaged(workspace):
    add_version(workspace, "v001", "2024-02-01T00:00:00+00:00")
    workspace.version_folder("v001").rename(workspace.version_folder("v007"))
    assert list(workspace.damaged_versions()) == ["v007"]


def learnt(workspace, version, **settings):
    """The tiles of this campaign that a version with such settings in its card has learnt from."""
    card = replace(workspace.cards()[0], id=version, settings={"tiles": ["r000_c000"], **settings})
    with workspace.store() as store:
        return workspace.learnt_tiles(store, card)


def test_tiles_that_a_version_has_learnt_elsewhere_are_not_those_of_the_same_ids_here(workspace):
    with workspace.store() as store:
        here = store.setting(CAMPAIGN_ID)
        store.add_round(Round(datetime(2026, 1, 1, tzinfo=timezone.utc), True, "v001", "tiny", 1, None, None, 1.0))
    assert learnt(workspace, "v002", campaign=here) == {"r000_c000"}
    assert learnt(workspace, "v001", campaign="another") == set()
    assert learnt(workspace, "v001") == {"r000_c000"}  # made here before cards named their campaign
    assert learnt(workspace, "v002") == set()


def test_an_unknown_version_is_answered_with_those_that_there_are(workspace):
    with pytest.raises(WorkspaceError, match=r"no version 'v9'.*tiny. Name or activate one of these"):
        workspace.card("v9")
    shutil.rmtree(workspace.version_folder("tiny"))
    with pytest.raises(WorkspaceError, match=r"holds no version of the model. Restore"):
        workspace.card("v9")


def test_a_version_with_other_weights_never_works(workspace):
    (workspace.version_folder("tiny") / "weights.safetensors").write_bytes(b"exchanged")
    with pytest.raises(ModelError, match="SHA-256"):
        workspace.predictor("tiny", 1)


def test_what_was_observed_elsewhere_comes_with_the_first_version(workspace):
    assert workspace.calibration_set() is None
    add_version(workspace, "v001", "2024-02-01T00:00:00+00:00")
    kept = {"statistics": np.ones((2, 4)), "iou": np.array([0.25, 0.5]), "has_buildings": np.ones(2, bool)}
    save_file(kept, workspace.version_folder("tiny") / OBSERVATIONS)
    np.testing.assert_array_equal(workspace.calibration_set().iou, [0.25, 0.5])


def test_damaged_observations_of_one_version_stop_nothing(workspace):
    add_version(workspace, "v001", "2024-02-01T00:00:00+00:00")
    (workspace.version_folder("tiny") / OBSERVATIONS).write_bytes(b"damaged")
    assert workspace.calibration_set() is None
    kept = {"statistics": np.ones((2, 4)), "iou": np.array([0.25, 0.5]), "has_buildings": np.ones(2, bool)}
    save_file(kept, workspace.version_folder("v001") / OBSERVATIONS)
    np.testing.assert_array_equal(workspace.calibration_set().iou, [0.25, 0.5])


def test_one_writes_at_a_time_and_the_next_one_after_it(workspace, monkeypatch):
    monkeypatch.setattr(workspace_module, "PATIENCE_SECONDS", 0.01)
    with workspace.lock(), pytest.raises(WorkspaceError, match="Another Tile Triage"), workspace.lock():
        pass
    with workspace.lock():
        pass


def test_a_failure_inside_keeps_its_name_and_lets_go_of_the_lock(workspace, monkeypatch):
    monkeypatch.setattr(workspace_module, "PATIENCE_SECONDS", 0.01)
    with pytest.raises(PermissionError, match="elsewhere"), workspace.lock():
        raise PermissionError("elsewhere")
    with workspace.lock():
        pass


def test_a_campaign_that_cannot_be_written_to_is_named_with_the_cure(workspace, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match="Make it writable"), replace(workspace, folder=tmp_path / "file").lock():
        pass


def test_what_is_needed_only_during_a_job_goes_with_it_also_after_an_error(workspace):
    with pytest.raises(ZeroDivisionError), workspace.scratch() as folder:
        (folder / "large.tif").write_text("")
        1 / 0
    assert list(workspace.cache.iterdir()) == []


def test_a_campaign_of_version_0_2_0_knows_its_imagery_and_from_then_on_by_the_pixels(former_campaign):
    with LabelStore(former_campaign / "campaign.gpkg") as store:
        former, normalization = store.setting("fingerprint"), json.loads(store.setting("normalization"))
    with ScoreCache(former_campaign / "cache" / "scores.sqlite") as cache:
        cache.add(former, "v1", {Tile(0, 0): None})
    opened = open_workspace(former_campaign)
    assert list(opened.normalization.mean) == normalization["mean"]
    with ScoreCache(opened.score_cache) as cache:
        assert cache.scored(opened.imagery.fingerprint, "v1") == {"r000_c000"}
    with rasterio.open(opened.imagery.path, "r+") as scene:
        scene.build_overviews([2], Resampling.average)
    assert open_workspace(former_campaign).imagery.fingerprint == opened.imagery.fingerprint != former


def test_other_imagery_is_refused_by_a_campaign_of_version_0_2_0_too(former_campaign, tmp_path):
    with rasterio.open(tmp_path / "scene.tif", "r+") as scene:
        scene.write(255 - scene.read())
    with pytest.raises(WorkspaceError, match="not the imagery of this campaign"):
        open_workspace(former_campaign)


def test_a_campaign_of_version_0_2_0_that_cannot_be_written_is_opened_all_the_same(former_campaign, little_room):
    LabelStore(former_campaign / "campaign.gpkg").close()  # brought to this schema while it could be written
    for _ in range(2):
        with little_room():
            assert open_workspace(former_campaign).imagery.fingerprint


def test_a_campaign_is_never_made_among_another_ones_own_files(create, workspace):
    with pytest.raises(OutputError, match="belongs to the campaign"):
        create(workspace.folder / "versions" / "another")
    assert [card.id for card in workspace.cards()] == ["tiny"]


def test_a_version_under_another_name_than_its_own_is_refused(workspace):
    shutil.copytree(workspace.version_folder("tiny"), workspace.version_folder("v001"))
    with pytest.raises(ModelError, match="'id' is tiny, the folder is called v001"):
        workspace.card("v001")


def test_of_a_start_version_only_its_own_files_come_into_the_campaign(create, tiny_start, tmp_path):
    start = shutil.copytree(tiny_start, tmp_path / "start")
    (start / "more").mkdir()
    (start / "more" / "notes.txt").write_text("somebody's")
    (start / "link").symlink_to(tmp_path)
    made = create(tmp_path / "campaign", start)
    assert {path.name for path in made.version_folder("tiny").iterdir()} == {path.name for path in tiny_start.iterdir()}


@pytest.fixture
def own_imagery(tmp_path, tiny_start, tiny_scene):
    """The folder of a campaign over 768 x 2048 px, four times the tiny scene, and the file of that imagery."""
    with rasterio.open(tiny_scene) as tiny:
        pixels, profile = np.tile(tiny.read(), (1, 4, 4)), tiny.profile
    scene = tmp_path / "own.tif"
    with rasterio.open(scene, "w", **{**profile, "height": pixels.shape[1], "width": pixels.shape[2]}) as raster:
        raster.write(pixels)
    loop.new(tmp_path / "of_own", scene, tile_size_px=64, start=tiny_start, exam_tiles=4)
    return tmp_path / "of_own", scene


def test_imagery_changed_in_place_where_its_fingerprint_takes_no_sample_is_noticed(own_imagery):
    """Of 768 rows the first sample begins at 768 / 16 - 32 = 16."""
    folder, scene = own_imagery
    before = open_imagery(scene).fingerprint
    with rasterio.open(scene, "r+") as raster:
        pixels = raster.read()
        pixels[:, :16] = 0
        raster.write(pixels)
    assert open_imagery(scene).fingerprint == before
    with pytest.raises(WorkspaceError, match="its content has changed"):
        open_workspace(folder)


def test_imagery_that_was_only_written_anew_is_looked_at_once(own_imagery, monkeypatch):
    folder, scene = own_imagery
    scene.write_bytes(scene.read_bytes())
    os.utime(scene, (1, 1))
    open_workspace(folder)
    monkeypatch.setattr(workspace_module, "content_of", pytest.fail)
    open_workspace(folder)


def test_imagery_whose_files_were_not_written_since_is_opened_without_a_look_at_its_pixels(own_imagery):
    """Seen by what was overwritten behind its back: a JPEG 2000 would take seconds each time."""
    folder, scene = own_imagery
    written = scene.stat()
    with rasterio.open(scene, "r+") as raster:
        raster.write(np.zeros_like(raster.read()))
    os.utime(scene, ns=(written.st_atime_ns, written.st_mtime_ns))
    assert scene.stat().st_size == written.st_size
    assert open_workspace(folder).imagery.fingerprint != open_imagery(scene).fingerprint


def test_a_file_beside_the_imagery_that_moves_it_is_noticed(own_imagery):
    folder, scene = own_imagery
    scene.with_name("own.tif.aux.xml").write_text(
        "<PAMDataset><GeoTransform>5e5, 0.7, 0, 9.3e6, 0, -0.7</GeoTransform></PAMDataset>"
    )
    with pytest.raises(WorkspaceError, match="its content has changed"):
        open_workspace(folder)


def test_campaigns_that_do_not_know_the_state_of_their_imagery_are_opened_as_before(own_imagery):
    folder, scene = own_imagery
    with closing(sqlite3.connect(folder / "campaign.gpkg")) as connection:
        connection.execute("DELETE FROM settings WHERE key LIKE 'imagery_%'")
        connection.commit()
    os.utime(scene, (1, 1))
    assert open_workspace(folder).imagery.path == scene


PLANTED = (
    *("heatmap.tif", "heatmap.tif.aux.xml", ".lock", "campaign.gpkg", "campaign.gpkg-journal", "campaign.gpkg-wal"),
    *("cache", "versions", "cache/scores.sqlite", "cache/scores.sqlite-journal", "cache/precision.json"),
    *("cache/fine-tune.safetensors", "cache/drawing", "cache/drawing/r000_c000.json", "versions/tiny"),
    "versions/tiny/observations.safetensors",
)


@pytest.mark.parametrize("name", PLANTED)
def test_a_campaign_with_a_link_inside_is_not_opened_and_nothing_is_written_through_it(tiny_workspace, tmp_path, name):
    elsewhere, link = tmp_path / "elsewhere", tiny_workspace / name
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.exists():
        link.rename(elsewhere)
    link.symlink_to(elsewhere)
    with pytest.raises(WorkspaceError, match=f"{link.name}' is a link"):
        open_workspace(tiny_workspace)
    assert not (elsewhere.is_file() and elsewhere.stat().st_size == 0)


@pytest.mark.parametrize("name", [".lock", "campaign.gpkg", "campaign.gpkg-wal", "cache/scores.sqlite"])
def test_a_campaign_with_a_file_that_has_another_name_is_not_opened_and_the_other_stays(tiny_workspace, tmp_path, name):
    """As archives can plant them, and backups by hard links have them: SQLite would write to both."""
    other, planted = tmp_path / "other", tiny_workspace / name
    planted.parent.mkdir(exist_ok=True)
    planted.touch()
    os.link(planted, other)
    before = other.read_bytes()
    with pytest.raises(WorkspaceError, match=r"with 2 names .*Copy the campaign's folder, and open the copy"):
        open_workspace(tiny_workspace)
    assert other.read_bytes() == before
    copied = shutil.copytree(tiny_workspace, tmp_path / "copy")
    (copied / "campaign.gpkg-wal").unlink(missing_ok=True)
    assert open_workspace(copied).grid.rows > 0


def test_weights_may_be_one_file_in_several_campaigns(tiny_workspace, tmp_path):
    weights = tiny_workspace / "versions" / "tiny" / "weights.safetensors"
    os.link(weights, (tmp_path / "weights"))
    assert open_workspace(tiny_workspace).predictor("tiny", 1)


def test_a_campaign_may_be_opened_through_a_link_of_the_users_own(tiny_workspace, tmp_path):
    (tmp_path / "shortcut").symlink_to(tiny_workspace)
    assert open_workspace(tmp_path / "shortcut").grid.rows > 0


def test_what_a_killed_command_left_in_the_cache_is_gone_at_the_next_start(tiny_workspace):
    for name in ("cache/tmp1a2b3c", "cache/.tiletriage-0.part", ".tiletriage-1.part", "versions/.tiletriage-2.part"):
        (tiny_workspace / name).mkdir(parents=True)
        (tiny_workspace / name / ".alive").touch()
        os.utime(tiny_workspace / name, (1, 1))
    open_workspace(tiny_workspace)
    assert not [*tiny_workspace.glob("cache/*"), *tiny_workspace.glob(".t*"), *tiny_workspace.glob("versions/.t*")]


def test_of_two_that_make_a_campaign_in_one_folder_one_makes_it_whole_and_the_other_is_told(create, tmp_path):
    together = Barrier(2)

    def make(_):
        together.wait()
        try:
            return create(tmp_path / "campaign").folder
        except WorkspaceError as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        made = sorted(pool.map(make, range(2)), key=str)
    assert made[0] == tmp_path / "campaign"
    assert "cannot be made" in made[1] or "not empty" in made[1]
    assert open_workspace(tmp_path / "campaign").cards()
    assert [path.name for path in tmp_path.iterdir()] == ["campaign"]


@pytest.mark.parametrize("name", ["a|b", "a\nb", "a\x1b[31mb"])
def test_a_folder_that_qgis_cannot_name_is_refused(create, tmp_path, name):
    with pytest.raises(WorkspaceError, match=r"cannot be opened in QGIS.*Choose another one"):
        create(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_settings_never_lead_to_another_computer(own_imagery):
    folder, scene = own_imagery
    moved = shutil.copytree(folder, folder.parent / "far" / "away" / "campaign")
    open_workspace(moved)
    with LabelStore(moved / "campaign.gpkg") as store:
        store.set_setting("imagery", f"/{scene}")  # two slashes: the same file on Linux, a server on Windows
    with pytest.raises(WorkspaceError, match="imagery of this campaign is gone"):
        open_workspace(moved)
    assert open_workspace(moved, scene).imagery.path == scene
