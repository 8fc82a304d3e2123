from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from tiletriage.models.campaign.score_cache import ScoreCache
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.imagery.raster import Pixels, grid_of, open_imagery
from tiletriage.models.priority.scoring import score_batch
from tiletriage.models.use_cases.score import score_tiles

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
        _, _, building_fraction, stability = scores[tile.id].statistics
        assert building_fraction == (HOUSE_SHARE if has_house else 0)
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
