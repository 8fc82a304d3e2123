from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
import rasterio

from tiletriage.models import loop
from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.score_cache import ScoreCache
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.errors import WorkspaceError
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.imagery.raster import Pixels, grid_of, open_imagery
from tiletriage.models.jobs import Cancelled
from tiletriage.models.priority.scoring import score_batch
from tiletriage.models.training.split import TRAINING
from tiletriage.models.use_cases.score import score_tiles

from ..campaigns import NOW, records, run

HOUSE_SHARE = 16**2 / 64**2


@pytest.fixture
def scene(tiny_scene):
    imagery = open_imagery(tiny_scene)
    return imagery, grid_of(imagery, tile_size_px=64)


@pytest.fixture
def cache(tmp_path):
    with ScoreCache(tmp_path / "scores.sqlite") as cache:
        yield cache


def score(predictor, scene, tiles, cache, version="v1", batch_size=8):
    """How many tiles were scored."""
    job = score_tiles(predictor, *scene, tiles, cache, version, batch_size)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def test_every_tile_gets_the_statistics_of_its_own_pixels(bright_predictor, scene, cache):
    tiles = list(scene[1].tiles())[::-1]
    assert score(bright_predictor, scene, tiles, cache, batch_size=5) == len(tiles)
    scores = cache.scores(scene[0].fingerprint, "v1")
    for tile in tiles:
        has_house = (tile.row + tile.column) % 3 < 2
        _, _, foreground_fraction, stability = scores[tile.id].statistics
        assert foreground_fraction == (HOUSE_SHARE if has_house else 0)
        assert stability == pytest.approx(1, abs=1e-3)  # the network is sure of every pixel


def test_nothing_is_computed_twice_for_a_version(bright_predictor, scene, cache):
    tiles = list(scene[1].tiles())
    assert score(bright_predictor, scene, tiles[:3], cache) == 3
    assert score(bright_predictor, scene, tiles[:5], cache) == 2
    assert score(bright_predictor, scene, tiles[:5], cache) == 0
    assert score(bright_predictor, scene, tiles[:5], cache, version="v2") == 5


def test_what_was_done_before_an_interruption_is_kept(bright_predictor, scene, cache):
    tiles = list(scene[1].tiles())[:10]
    with closing(score_tiles(bright_predictor, *scene, tiles, cache, "v1", batch_size=4)) as job:
        assert next(job) == pytest.approx(0.4)
    assert cache.scored(scene[0].fingerprint, "v1") == {tile.id for tile in tiles[:4]}
    assert score(bright_predictor, scene, tiles, cache, batch_size=4) == 6


def test_tiles_beyond_the_raster_are_known_as_bad(bright_predictor, scene, cache):
    imagery, grid = scene
    beyond = Tile(0, grid.columns)
    score(bright_predictor, (imagery, replace(grid, columns=grid.columns + 1)), [Tile(0, 0), beyond], cache)
    scores = cache.scores(imagery.fingerprint, "v1")
    assert scores[beyond.id] is None and scores[Tile(0, 0).id] is not None


def test_a_score_does_not_depend_on_the_other_tiles_of_its_batch(bright_predictor):
    rng = np.random.default_rng(0)
    pixels = Pixels(rng.uniform(0, 255, (3, 3, 32, 32)).astype(np.float32), np.ones((3, 32, 32), bool))
    tiles = [Tile(0, column) for column in range(3)]
    together, _ = score_batch(bright_predictor, tiles, pixels)
    alone, _ = score_batch(bright_predictor, tiles[1:2], Pixels(pixels.values[1:2], pixels.valid[1:2]))
    np.testing.assert_allclose(together[tiles[1]].statistics, alone[tiles[1]].statistics, rtol=1e-6)
    np.testing.assert_allclose(together[tiles[1]].embedding, alone[tiles[1]].embedding, rtol=1e-5)


def test_every_tile_of_the_queue_has_rank_priority_and_reason(workspace):
    run(loop.score(workspace, now=NOW))
    queue = loop.next_tiles(workspace)
    assert [tile.rank for tile in queue] == list(range(1, len(queue) + 1))
    assert queue[0].priority == 1 and queue[-1].priority == 0
    assert all(tile.reason and 0 <= tile.predicted_iou <= 1 and 0 <= tile.uncertainty <= 1 for tile in queue)
    assert all(bool(record.reason) == (record.rank is not None) for record in records(workspace))
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


def test_what_is_annotated_counts_at_once_not_only_after_the_next_fine_tuning(workspace, annotate):
    run(loop.score(workspace, now=NOW))
    annotate(count=1, may_be_empty=True)
    run(loop.score(workspace, now=NOW))
    queue = loop.next_tiles(workspace)
    assert not any(tile.reason.likeness == "nothing-yet" for tile in queue)
    assert min(tile.novelty for tile in queue) < 1


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


def test_a_second_process_is_refused_while_the_first_one_works(workspace, monkeypatch):
    monkeypatch.setattr("tiletriage.models.campaign.workspace.PATIENCE_SECONDS", 0.1)
    with workspace.lock(), pytest.raises(WorkspaceError, match="Another Tile Triage"):
        run(loop.score(open_workspace(workspace.folder), now=NOW))


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


def test_a_tile_without_a_picture_that_was_annotated_does_not_stop_later_versions(half_blank):
    blank = next(r.tile.id for r in records(half_blank, TRAINING) if r.tile.row == 2)
    loop.finish_tile(half_blank, blank, [], annotator="Amina", now=NOW)
    done = run(loop.fine_tune(half_blank, epochs=1, now=NOW))
    loop.activate(half_blank, done.version)
    assert run(loop.score(half_blank, now=NOW)).version == done.version


def test_scoring_once_more_ranks_the_tiles_as_before(workspace):
    run(loop.score(workspace, now=NOW))
    ranks = {record.tile: record.rank for record in records(workspace)}
    run(loop.score(workspace, now=NOW))
    assert {record.tile: record.rank for record in records(workspace)} == ranks


def test_another_round_is_drawn_by_other_chances_and_the_same_state_by_the_same(workspace, annotate):
    """Or the comb of every round would begin at the same place."""

    def order():
        run(loop.score(workspace, strategy="random", now=NOW))
        return [record.tile.id for record in records(workspace) if record.rank is not None]

    first = order()
    assert order() == first
    annotate(tiles=sorted(first)[-3:], may_be_empty=True)  # the last of the grid: the others keep their places
    assert order() != [tile for tile in first if tile not in sorted(first)[-3:]]
