"""What spans several use cases, on a campaign so small that each takes a moment."""

from __future__ import annotations

import geopandas
import pytest
import rasterio

from tiletriage.models import loop
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.errors import EngineError, LabelError, ModelError, NothingToDo, WorkspaceError
from tiletriage.models.training.split import EXAM, TRAINING

from .campaigns import NOW, records, run


def test_the_whole_loop(workspace, annotate, tmp_path):
    assert len(annotate(exam=True).tiles) == 4
    scored = run(loop.score(workspace, count=4, now=NOW))
    assert (scored.version, scored.strategy, scored.tiles, scored.new_tiles) == ("tiny", "map-gain", 24, 24)
    queue = loop.next_tiles(workspace, 4)
    annotated = annotate(count=4)
    assert annotated.tiles == tuple(tile.tile_id for tile in queue)
    done = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    assert (done.version, done.parent, done.tiles, done.epochs) == ("v001", "tiny", 4, 1)
    assert run(loop.evaluate(workspace, version="v001")).iou == pytest.approx(done.difference.iou_after)
    predicted = run(loop.predict(workspace, tmp_path / "footprints.gpkg", version="v001"))
    footprints = geopandas.read_file(predicted.path)
    assert len(footprints) == predicted.footprints
    assert {"confidence", "version", "area_m2"} <= set(footprints.columns)


def test_exam_tiles_are_never_queued_or_trained_on(workspace, annotate):
    run(loop.score(workspace, now=NOW))
    queued = {tile.tile_id for tile in loop.next_tiles(workspace)}
    splits = {record.tile.id: record.split for record in records(workspace)}
    assert {splits[tile] for tile in queued} == {TRAINING}
    assert set(splits.values()) == {TRAINING, EXAM}
    annotate(exam=True)
    with pytest.raises(NothingToDo, match="Annotate some"):
        run(loop.fine_tune(workspace, epochs=1, now=NOW))


def test_tiles_learnt_in_another_campaign_are_new_here_though_their_ids_are_the_same(
    workspace, annotate, tiny_scene, tmp_path
):
    annotate(tiles=["r000_c000"])
    made = run(loop.fine_tune(workspace, epochs=1, now=NOW)).version
    loop.export_version(workspace, made, tmp_path / "start")
    other = loop.new(tmp_path / "other", tiny_scene, tile_size_px=64, start=tmp_path / "start", exam_tiles=4)
    learnt = []
    for campaign in (workspace, other):
        with campaign.store() as store:
            learnt.append(campaign.learnt_tiles(store, campaign.card(made)))
    assert learnt == [{"r000_c000"}, set()]


def test_bad_wishes_get_the_cure(workspace, annotate, tmp_path, tiny_scene, tiny_start):
    with pytest.raises(WorkspaceError, match="Score the campaign first"):
        loop.next_tiles(workspace, 3)
    with pytest.raises(LabelError, match="no tile r999_c000"):
        annotate(tiles=["r999_c000"])
    with pytest.raises(NothingToDo, match="Annotate the exam tiles"):
        run(loop.evaluate(workspace))
    with pytest.raises(WorkspaceError, match="not empty"):
        loop.new(workspace.folder, tiny_scene, tile_size_px=64, start=tiny_start)
    with pytest.raises(ModelError, match="for example 1,1,1"):
        loop.new(tmp_path / "one band", tiny_scene, bands=[1], tile_size_px=64, start=tiny_start)
    assert not (tmp_path / "one band").exists()


def test_imagery_that_moved_is_found_beside_the_campaign_and_other_imagery_refused(workspace, tmp_path):
    known = workspace.imagery.path
    with workspace.store() as store:
        store.set_setting("imagery", str(tmp_path / "gone" / known.name))
    with pytest.raises(WorkspaceError, match="is gone"):
        open_workspace(workspace.folder)
    (workspace.folder / known.name).write_bytes(known.read_bytes())
    assert open_workspace(workspace.folder).imagery.path.parent == workspace.folder.resolve()
    with rasterio.open(workspace.folder / known.name, "r+") as scene:
        scene.write(scene.read()[:, ::-1])
    with pytest.raises(EngineError, match="content has changed"):
        open_workspace(workspace.folder)
