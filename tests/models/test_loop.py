"""The use cases on a campaign so small that each takes a moment."""

from __future__ import annotations

import shutil
from datetime import datetime, timezone

import geopandas
import pytest
import rasterio
from shapely import box

from tiletriage.models import loop
from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.errors import EngineError, LabelError, ModelError, NothingToDo, WorkspaceError
from tiletriage.models.imagery.area import ground_of
from tiletriage.models.jobs import Cancelled, drive
from tiletriage.models.training.split import EXAM, GUARD, TRAINING

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


class Feedback:
    """Lets so many steps pass before it cancels."""

    def __init__(self, steps: float = float("inf")) -> None:
        self._steps = steps

    def isCanceled(self) -> bool:
        return self._steps <= 0

    def setProgress(self, progress: float) -> None:
        self._steps -= 1


def run(job, steps=float("inf")):
    return drive(job, Feedback(steps))


@pytest.fixture
def workspace(tiny_workspace):
    return open_workspace(tiny_workspace)


@pytest.fixture
def annotate(workspace, tiny_labels):
    return lambda **which: run(loop.annotate(workspace, tiny_labels, annotator="Amina", now=NOW, **which))


def records(workspace, *which):
    with workspace.store() as store:
        return store.tiles(*which)


def test_the_whole_loop(workspace, annotate, tmp_path):
    assert len(annotate(exam=True).tiles) == 4
    scored = run(loop.score(workspace, count=4, now=NOW))
    assert (scored.version, scored.strategy, scored.tiles, scored.new_tiles) == ("tiny", "balanced", 24, 24)
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


def test_exam_tiles_and_their_neighbours_are_never_queued_or_trained_on(workspace, annotate):
    run(loop.score(workspace, now=NOW))
    queued = {tile.tile_id for tile in loop.next_tiles(workspace)}
    splits = {record.tile.id: record.split for record in records(workspace)}
    assert {splits[tile] for tile in queued} == {TRAINING}
    assert set(splits.values()) == {TRAINING, EXAM, GUARD}
    annotate(exam=True)
    with pytest.raises(NothingToDo, match="Annotate some"):
        run(loop.fine_tune(workspace, epochs=1, now=NOW))


def test_every_tile_of_the_queue_has_rank_priority_and_reason(workspace):
    run(loop.score(workspace, now=NOW))
    queue = loop.next_tiles(workspace)
    assert [tile.rank for tile in queue] == list(range(1, len(queue) + 1))
    assert queue[0].priority == 1 and queue[-1].priority == 0
    assert all(tile.reason and 0 <= tile.predicted_iou <= 1 and 0 <= tile.uncertainty <= 1 for tile in queue)
    assert all(record.reason for record in records(workspace))
    with rasterio.open(workspace.heatmap) as heatmap:
        assert heatmap.shape == (workspace.grid.rows, workspace.grid.columns)
        first = workspace.grid.tile(queue[0].tile_id)
        assert heatmap.read(1)[first.row, first.column] == 1


def test_nothing_is_scored_twice_and_a_cancelled_scoring_goes_on(workspace):
    with pytest.raises(Cancelled):
        run(loop.score(workspace, now=NOW), steps=1)
    resumed = run(loop.score(workspace, now=NOW))
    assert 0 < resumed.new_tiles < resumed.tiles
    assert run(loop.score(workspace, now=NOW)).new_tiles == 0


def test_a_tile_without_footprints_counts_as_looked_at_and_empty(workspace, annotate):
    annotated = annotate(tiles=["r000_c000", "r000_c002"])  # a house on the first, none on the second
    assert (annotated.done, annotated.empty, annotated.footprints) == (1, 1, 1)
    states = {record.tile.id: record.state for record in records(workspace)}
    assert states["r000_c000"] is TileState.DONE and states["r000_c002"] is TileState.EMPTY


def test_a_version_without_an_exam_is_parked(workspace, annotate):
    annotate(tiles=["r000_c000"])
    done = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    assert not done.is_active and done.difference is None
    with workspace.store() as store:
        assert workspace.active_card(store).id == "tiny"
        assert [(r.version, r.activated, r.exam_iou_after) for r in store.rounds()] == [("v001", False, None)]


def test_a_parked_version_is_one_command_away_and_so_is_the_way_back(workspace, annotate):
    annotate(tiles=["r000_c000"])
    run(loop.fine_tune(workspace, epochs=1, now=NOW))
    for version in ("v001", "tiny"):
        loop.activate(workspace, version)
        with workspace.store() as store:
            assert workspace.active_card(store).id == version
    with pytest.raises(WorkspaceError, match="tiny, v001"):
        loop.activate(workspace, "v002")


def test_fine_tunings_accumulate(workspace, annotate):
    annotate(tiles=["r000_c000"])
    run(loop.fine_tune(workspace, epochs=1, now=NOW))
    loop.activate(workspace, "v001")
    annotate(tiles=["r000_c002"])
    second = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    assert (second.parent, second.tiles) == ("v001", 2)
    assert workspace.card("v002").settings["tiles"] == ["r000_c000", "r000_c002"]


def test_cancelling_a_fine_tuning_leaves_no_version(workspace, annotate):
    annotate(tiles=["r000_c000"])
    with pytest.raises(Cancelled):
        run(loop.fine_tune(workspace, epochs=50, now=NOW), steps=6)
    assert [card.id for card in workspace.cards()] == ["tiny"]
    assert not [path for path in (workspace.folder / "versions").iterdir() if path.name != "tiny"]


def test_blank_tiles_are_bad_imagery_and_never_scored(tmp_path, tiny_scene, tiny_start):
    path = tmp_path / "scene.tif"
    with rasterio.open(tiny_scene) as scene:
        pixels, profile = scene.read(), scene.profile
    pixels[:, :64, :64], pixels[:, :64, 64:128] = 0, 255  # no data, and a white patch that nobody marked
    with rasterio.open(path, "w", **{**profile, "nodata": 0}) as scene:
        scene.write(pixels)
    workspace = loop.new(tmp_path / "campaign", path, tile_size_px=64, start=tiny_start, exam_tiles=4)
    assert run(loop.score(workspace, now=NOW)).bad_tiles == 2
    bad = records(workspace, None, [TileState.BAD_IMAGERY])
    assert [record.tile.id for record in bad] == ["r000_c000", "r000_c001"]
    assert all(record.predicted_iou is None for record in bad)


def test_an_area_of_interest_limits_the_campaign(tmp_path, tiny_scene, tiny_start):
    area = geopandas.GeoDataFrame(geometry=[box(500_010, 9_299_910, 500_120, 9_299_990)], crs="EPSG:32737")
    area.to_crs("EPSG:4326").to_file(tmp_path / "area.geojson")
    workspace = loop.new(
        tmp_path / "campaign", tiny_scene, area=tmp_path / "area.geojson", tile_size_px=64, start=tiny_start
    )
    assert len(records(workspace)) < 24
    left, _, right, _ = workspace.grid.bounds
    assert left >= 500_000 and right <= 500_120 + workspace.grid.tile_size


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


def test_a_second_process_is_refused_while_the_first_one_works(workspace, monkeypatch):
    monkeypatch.setattr("tiletriage.models.campaign.workspace.PATIENCE_SECONDS", 0.1)
    with workspace.lock(), pytest.raises(WorkspaceError, match="Another Tile Triage"):
        run(loop.score(open_workspace(workspace.folder), now=NOW))


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


def test_what_is_annotated_counts_at_once_not_only_after_the_next_fine_tuning(workspace, annotate):
    run(loop.score(workspace, now=NOW))
    annotate(count=1)
    run(loop.score(workspace, now=NOW))
    queue = loop.next_tiles(workspace)
    assert not any("nothing is labelled yet" in tile.reason for tile in queue)
    assert min(tile.novelty for tile in queue) < 1


@pytest.fixture
def half_blank(tmp_path, tiny_scene, tiny_start):
    """A campaign whose third row of tiles has no picture."""
    path = tmp_path / "scene.tif"
    with rasterio.open(tiny_scene) as scene:
        pixels, profile = scene.read(), scene.profile
    pixels[:, 128:] = 0
    with rasterio.open(path, "w", **{**profile, "nodata": 0}) as scene:
        scene.write(pixels)
    return loop.new(tmp_path / "campaign", path, tile_size_px=64, start=tiny_start, exam_tiles=4)


def test_a_tile_without_a_picture_that_is_in_work_is_not_ranked(half_blank):
    (tile, *_) = (r.tile for r in records(half_blank, TRAINING) if r.tile.row == 2)
    with half_blank.store() as store:
        store.set_state(tile, TileState.ASSIGNED, "Amina", NOW)
    run(loop.score(half_blank, now=NOW))
    assert tile not in [half_blank.grid.tile(queued.tile_id) for queued in loop.next_tiles(half_blank) if queued.rank]


def test_a_tile_without_a_picture_that_was_annotated_does_not_stop_later_versions(half_blank, tiny_labels):
    blank = next(r.tile for r in records(half_blank, TRAINING) if r.tile.row == 2)
    with half_blank.store() as store:
        store.set_state(blank, TileState.POOL, "Amina", NOW)  # as it was in campaigns of version 0.2.0
    run(loop.annotate(half_blank, tiny_labels, tiles=[blank.id], annotator="Amina", now=NOW))
    done = run(loop.fine_tune(half_blank, epochs=1, now=NOW))
    loop.activate(half_blank, done.version)
    assert run(loop.score(half_blank, now=NOW)).version == done.version


def test_an_area_with_room_for_nothing_but_the_exam_is_refused(tmp_path, tiny_scene, tiny_start):
    with pytest.raises(EngineError, match="tile size 128"):
        loop.new(tmp_path / "campaign", tiny_scene, tile_size_px=256, start=tiny_start)
    assert not (tmp_path / "campaign").exists()


@pytest.mark.parametrize("name", ["footprints.shp", "missing/footprints.gpkg"])
def test_footprints_that_nobody_could_write_are_not_even_begun(workspace, tmp_path, name):
    with pytest.raises(LabelError):
        next(loop.predict(workspace, tmp_path / name))


def test_the_same_wish_after_an_interruption_means_the_same_tiles(workspace, tiny_labels, annotate):
    run(loop.score(workspace, now=NOW))
    wished = [tile.tile_id for tile in loop.next_tiles(workspace, 4)]
    with pytest.raises(Cancelled):
        run(loop.annotate(workspace, tiny_labels, count=4, annotator="Amina", now=NOW), steps=2)
    assert list(annotate(count=4).tiles) == wished
    assert not set(annotate(count=4).tiles) & set(wished)


def test_only_the_campaigns_own_tiles_are_predicted(tmp_path, tiny_scene, tiny_start):
    corner = box(500_000, 9_299_904, 500_255, 9_299_999).difference(box(500_097, 9_299_904, 500_255, 9_299_967))
    geopandas.GeoDataFrame(geometry=[corner], crs="EPSG:32737").to_file(tmp_path / "area.geojson")
    workspace = loop.new(
        tmp_path / "campaign", tiny_scene, area=tmp_path / "area.geojson", tile_size_px=64, start=tiny_start
    )
    predicted = run(loop.predict(workspace, tmp_path / "out.gpkg", threshold=0.01, minimum_area_m2=0))
    tiles = ground_of(workspace.grid, [record.tile for record in records(workspace)])
    footprints = geopandas.read_file(predicted.path)
    assert tiles is not None
    assert len(footprints) and footprints.intersects(tiles).all()


def test_the_tiles_in_view_are_scored_first_and_told_batch_by_batch(workspace):
    told = []
    left, bottom, right, top = workspace.grid.tile_bounds(workspace.grid.tile("r002_c006"))
    view = (left + 1, bottom + 1, right + 1, top - 1)  # two tiles
    run(loop.score(workspace, now=NOW, first=view, on_scores=told.append))
    assert [tile.id for tile in told[0]][:2] == ["r002_c006", "r002_c007"]
    assert sum(map(len, told)) == 24
    again = []
    run(loop.score(workspace, now=NOW, on_scores=again.append))
    assert [len(batch) for batch in again] == [24]  # what is known already comes at once


def test_the_order_of_scoring_does_not_change_the_ranking(workspace, tmp_path):
    other = open_workspace(shutil.copytree(workspace.folder, tmp_path / "other"))
    run(loop.score(workspace, strategy="k-means", now=NOW))
    run(loop.score(other, strategy="k-means", now=NOW, first=other.grid.tile_bounds(other.grid.tile("r002_c007"))))
    ranks = [[tile.tile_id for tile in loop.next_tiles(each)] for each in (workspace, other)]
    assert ranks[0] == ranks[1]


def test_before_the_first_scoring_tiles_can_be_had_row_by_row(workspace):
    queue = loop.next_tiles(workspace, 3, must_be_ranked=False)
    assert [tile.rank for tile in queue] == [None] * 3
    assert [tile.tile_id for tile in queue] == sorted(tile.tile_id for tile in queue)


def test_the_counts_tell_how_far_the_campaign_is(workspace, annotate):
    before = loop.count_tiles(workspace)
    assert before.exam == 4 and before.exam_annotated == before.done == before.footprints == 0
    annotate(exam=True)
    annotate(tiles=["r000_c000", "r000_c002"])
    with workspace.store() as store:
        (skipped, bad, *_) = [record.tile for record in store.tiles(TRAINING, [TileState.POOL])]
        store.set_state(skipped, TileState.SKIPPED, "Amina", NOW)
        store.set_state(bad, TileState.BAD_IMAGERY, "Amina", NOW)
        training = len(store.tiles(TRAINING))
        footprints = len(store.all_footprints())
    counts = loop.count_tiles(workspace)
    assert (counts.done, counts.empty, counts.skipped, counts.bad_imagery) == (1, 1, 1, 1)
    assert counts.pool == training - 4 and counts.exam_annotated == 4 and counts.footprints == footprints


def test_an_exported_version_starts_another_campaign_and_nothing_is_overwritten(workspace, tmp_path, tiny_scene):
    loop.export_version(workspace, "tiny", tmp_path / "mine")
    other = loop.new(tmp_path / "other", tiny_scene, tile_size_px=64, start=tmp_path / "mine")
    assert [card.id for card in other.cards()] == ["tiny"]
    with pytest.raises(ModelError, match="exists already"):
        loop.export_version(workspace, "tiny", tmp_path / "mine")
    with pytest.raises(WorkspaceError, match="no version 'v009'"):
        loop.export_version(workspace, "v009", tmp_path / "v009")
    assert not (tmp_path / "v009").exists()


def test_the_learning_curve_is_every_round(workspace, annotate):
    assert loop.learning_curve(workspace) == []
    annotate(tiles=["r000_c000"])
    run(loop.fine_tune(workspace, epochs=1, now=NOW))
    assert [each.version for each in loop.learning_curve(workspace)] == ["v001"]


def test_the_exam_is_shown_while_the_model_learns(workspace, annotate, monkeypatch):
    monkeypatch.setattr("tiletriage.models.training.fine_tune.EXAM_EVERY_SECONDS", 0)
    annotate(exam=True)
    annotate(tiles=["r000_c000"])
    epochs = []
    done = run(loop.fine_tune(workspace, epochs=2, now=NOW, on_epoch=epochs.append))
    assert 0 <= epochs[0].exam_iou <= 1
    if epochs[-1].exam_iou is not None:  # the pause after the first one may have been too long
        assert epochs[-1].exam_iou == pytest.approx(done.difference.iou_after)
