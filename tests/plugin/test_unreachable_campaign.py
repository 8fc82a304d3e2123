"""A campaign whose files cannot be reached as they should: a line says what to do, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsProject, QgsRasterLayer

from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.tests.plugin.hands import draw, house_on, layer_named, state_of

pytestmark = pytest.mark.usefixtures("nothing_is_raised_in_a_slot")

NOBODY = 65534
KEEP_LOCKED = "import filelock, sys; lock = filelock.FileLock(sys.argv[1]); lock.acquire(); print(); sys.stdin.read()"


@pytest.fixture
def scene(tiny_scene, tiny_workspace):
    """The imagery of the tiny campaign, as a copy that may be lost."""
    scene = Path(shutil.copy(tiny_scene, tiny_workspace.with_name("village.tif")))
    with open_workspace(tiny_workspace).store() as store:
        store.set_setting("imagery", str(scene))
    return scene


def all_are_warnings(session):
    """Nothing is told as a fault of the program."""
    return {message.level for message in session.ears.messages} == {Qgis.MessageLevel.Warning}


# imagery that was moved


def test_imagery_moved_since_last_time_is_missed_and_found_beside_the_campaign(session, tiny_workspace, scene, wait):
    away = scene.rename(scene.with_name("elsewhere.tif"))
    session.open(tiny_workspace)
    wait()
    assert not session.is_open and all_are_warnings(session)
    assert "imagery of this campaign is gone" in session.ears.texts[-1] and "copy village.tif" in session.ears.texts[-1]
    away.rename(tiny_workspace / "village.tif")
    session.open(tiny_workspace)
    wait()
    assert session.is_open


def test_a_project_whose_imagery_moved_takes_up_its_layers_once_it_is_back(campaign, scene, tmp_path, wait, until):
    project = QgsProject.instance()
    project.write(str(tmp_path / "project.qgs"))
    project.clear()
    away = scene.rename(scene.with_name("elsewhere.tif"))
    project.read(str(tmp_path / "project.qgs"))
    until(lambda: campaign.ears.messages)
    assert "gone" in campaign.ears.texts[-1] and not campaign.is_open
    away.rename(scene)
    campaign.open(tmp_path / "campaign")
    wait()
    assert campaign.is_open and len(project.mapLayersByName("Tiles")) == 1


@pytest.mark.parametrize("work", ["score", "predict"])
def test_imagery_that_goes_while_the_campaign_is_open_is_missed(session, tiny_workspace, scene, wait, work):
    session.open(tiny_workspace)
    wait()
    scene.unlink()
    getattr(session, work)()
    wait()
    assert "The imagery is gone" in session.ears.texts[-1] and all_are_warnings(session)


# folders that cannot be written to


@contextmanager
def read_only(folder):
    """As root, for whom everything is writable, go on as somebody else meanwhile."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_root = os.getuid() == 0
    if is_root:
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        if is_root:
            os.setresuid(0, 0, 0)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.fixture
def shared(tiny_workspace, tiny_scene):
    """A folder in which everybody may read, with the tiny campaign and its imagery."""
    with tempfile.TemporaryDirectory() as folder:
        shared = Path(folder)
        shared.chmod(0o755)
        shutil.copytree(tiny_workspace, shared / "campaign")
        shutil.copy(tiny_scene, shared / "scene.tif")
        with open_workspace(shared / "campaign").store() as store:
            store.set_setting("imagery", str(shared / "scene.tif"))
        yield shared


@pytest.mark.skipif(not hasattr(os, "setresuid"), reason="needs permissions as Linux has them")
def test_a_read_only_campaign_can_be_looked_at_and_refuses_each_change_with_the_cure(session, shared, wait):
    with read_only(shared):
        session.open(shared / "campaign")
        wait()
        assert session.is_open and not session.ears.messages
        session.annotate_exam(True)
        for work in (session.next_tile, session.score, session.fine_tune, session.predict):
            work()
            wait()
            assert "Make " in session.ears.texts[-1] and "copy the campaign" in session.ears.texts[-1]
        session.export_version("tiny", shared / "mine")
        wait()
        assert "Choose a folder of yours" in session.ears.texts[-1]
        assert all_are_warnings(session) and session.tile is None
        session.close()


@pytest.mark.skipif(not hasattr(os, "setresuid"), reason="needs permissions as Linux has them")
def test_no_campaign_is_made_in_a_read_only_folder(session, shared, wait):
    layer = QgsRasterLayer(str(shared / "scene.tif"), "Scene")
    with read_only(shared):
        session.create(shared / "new", layer, tile_size_px=64)
        wait()
    assert "Choose a folder that you can write to" in session.ears.texts[-1] and all_are_warnings(session)
    assert sorted(path.name for path in shared.iterdir()) == ["campaign", "scene.tif"]


# a campaign that is gone


def test_a_campaign_that_was_deleted_is_missed_and_its_drawing_stays_on_the_map(scored, wait):
    scored.next_tile()
    tile = scored.tile
    draw(house_on(tile))
    counted, folder = scored.counts(), scored.folder
    shutil.rmtree(folder)
    for work in (lambda: scored.finish("done"), scored.next_tile, scored.score, scored.fine_tune):
        scored.ears.messages.clear()
        work()
        wait()
        assert any("Put the campaign back" in text for text in scored.ears.texts)
    scored.predict()
    wait()
    assert any("there is no folder" in text for text in scored.ears.texts)
    assert scored.tile == tile and layer_named("Drawing").featureCount() == 1
    assert scored.counts() == counted and scored.versions() == scored.learning_curve() == []
    assert "Put the campaign back" in scored.diagnostics()
    assert not folder.exists()
    scored.close()
    assert not scored.is_open and scored.tile is None


# a campaign that somebody else is using


@contextmanager
def locked_by_another_program(folder):
    with closing(sqlite3.connect(folder / "campaign.gpkg", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_a_geopackage_in_use_keeps_nobody_waiting_and_the_drawing_stays(scored):
    scored.next_tile()
    tile = scored.tile
    draw(house_on(tile))
    with locked_by_another_program(scored.folder):
        for act in (lambda: scored.finish("done"), lambda: scored.finish("skipped"), scored.next_tile):
            start = time.monotonic()
            act()
            assert time.monotonic() - start < 2
            assert "in use by another program" in scored.ears.texts[-1]
            assert scored.tile == tile and scored.footprint_count == 1
    scored.finish("done")
    assert state_of(scored, tile.tile_id) is TileState.DONE and scored.counts().done == 1


def test_a_campaign_is_closed_although_its_geopackage_is_in_use(scored, wait):
    scored.next_tile()
    tile, folder = scored.tile, scored.folder
    draw(house_on(tile))
    with locked_by_another_program(folder):
        scored.close()
        assert scored.tile is None and not scored.is_open
    scored.open(folder)
    wait()
    scored.next_tile()
    assert scored.tile.tile_id == tile.tile_id and scored.footprint_count == 1


def test_work_waits_for_another_tile_triage_and_annotating_goes_on(campaign, wait):
    campaign.annotate_exam(True)
    command = [sys.executable, "-c", KEEP_LOCKED, campaign.folder / ".lock"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        other.stdout.readline()
        campaign.score()
        campaign.next_tile()
        campaign.finish("empty")
        wait()
        assert "Another Tile Triage is working" in campaign.ears.texts[-1] and all_are_warnings(campaign)
        other.communicate("")
    campaign.score()
    wait()
    assert campaign.counts().exam_annotated == 1 and len(campaign.ears.values("scored")) == 1
