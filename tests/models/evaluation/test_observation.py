from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, timezone

import numpy as np
import pytest
import torch
from shapely import box

from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.evaluation.observation import observations, observe
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.segmentation.metrics import ConfusionCounts
from tiletriage.models.training.samples import Samples

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
WITH_HOUSE, WITHOUT = Tile(0, 0), Tile(0, 2)


@pytest.fixture
def campaign(tiny_workspace):
    """Workspace and label store, with one tile done and one empty."""
    workspace = open_workspace(tiny_workspace)
    with workspace.store() as store:
        left, bottom, _, _ = workspace.grid.tile_bounds(WITH_HOUSE)
        store.finish(WITH_HOUSE, [box(left + 12, bottom + 12, left + 20, bottom + 20)], "Amina", NOW)
        store.finish(WITHOUT, [], "Amina", NOW)
        yield workspace, store


def samples(masks):
    return Samples((WITH_HOUSE, WITHOUT), torch.empty(2, 0), torch.from_numpy(masks[:, None]))


def true_masks():
    masks = np.zeros((2, 64, 64), np.uint8)
    masks[0, 24:40, 24:40] = 1
    return masks


def look(campaign, predictor, masks, version="tiny", learnt=()):
    workspace, store = campaign
    for _ in observe(workspace, predictor, version, samples(masks), learnt, store):
        pass
    return observations(store)


def test_before_anything_was_observed_there_is_nothing(campaign):
    found = observations(campaign[1])
    assert found.tiles == () and found.statistics.shape == (0, 4) and found.iou.shape == (0,)
    assert len(found.embedding) == 0


def test_what_was_right_and_what_was_seen_then_are_kept_together(campaign, bright_predictor):
    found = look(campaign, bright_predictor, true_masks())
    assert found.tiles == (WITH_HOUSE, WITHOUT)
    np.testing.assert_array_equal(found.iou, [1, 1])
    np.testing.assert_array_equal(found.has_foreground, [True, False])
    np.testing.assert_array_equal(found.statistics[:, 2], [256 / 4096, 0])
    # the embedding of the predictor is the mean of its input, and 1/16 of the first tile is a house
    assert found.embedding.shape == (2, 3) and found.embedding.dtype == np.float32
    assert (found.embedding[0] > found.embedding[1]).all()


def test_what_was_observed_outlives_the_cache(campaign, bright_predictor):
    workspace, _ = campaign
    before = look(campaign, bright_predictor, true_masks())
    shutil.rmtree(workspace.cache, ignore_errors=True)
    with workspace.store() as store:
        after = observations(store)
    assert after.tiles == before.tiles
    np.testing.assert_array_equal(after.statistics, before.statistics)
    np.testing.assert_array_equal(after.embedding, before.embedding)


def test_an_observation_of_which_only_the_iou_is_known_is_left_out(campaign, bright_predictor):
    look(campaign, bright_predictor, true_masks())
    with closing(sqlite3.connect(campaign[0].campaign)) as connection, connection:
        connection.execute("UPDATE tile_quality SET statistics = NULL, embedding = NULL WHERE fid = 1")
    assert observations(campaign[1]).tiles == (WITHOUT,)


def test_a_wrong_version_is_told_so(campaign, bright_predictor):
    iou = look(campaign, bright_predictor, true_masks()[::-1].copy()).iou  # house and no house exchanged
    smoothing = 0.005 * 4096
    np.testing.assert_allclose(iou, smoothing / (256 + smoothing))


def test_what_a_version_has_learnt_from_is_no_observation_of_it(campaign, bright_predictor):
    first = look(campaign, bright_predictor, true_masks())
    learnt = {WITH_HOUSE.id, WITHOUT.id}
    second = look(campaign, bright_predictor, 1 - true_masks(), version="v001", learnt=learnt)
    np.testing.assert_array_equal(first.iou, second.iou)


def test_a_tile_is_observed_once_by_each_version_and_the_last_one_counts(campaign, bright_predictor):
    look(campaign, bright_predictor, true_masks())
    again = look(campaign, bright_predictor, 1 - true_masks())
    np.testing.assert_array_equal(again.iou, [1, 1])
    other = look(campaign, bright_predictor, 1 - true_masks(), version="v001")
    assert other.tiles == (WITH_HOUSE, WITHOUT)
    assert (other.iou < 0.1).all()


def test_the_pixels_and_footprints_that_were_right_and_wrong_are_kept(campaign, bright_predictor):
    workspace, store = campaign
    left, bottom, _, _ = workspace.grid.tile_bounds(WITHOUT)
    store.finish(WITHOUT, [box(left + 12, bottom + 12, left + 20, bottom + 20)], "Amina", NOW)
    look(campaign, bright_predictor, true_masks()[[0, 0]])  # a house on both tiles, and the model sees the first
    counts = [known.counts for known in store.tile_quality()]
    assert [each.pixels for each in counts] == [ConfusionCounts(tp=256), ConfusionCounts(fn=256)]
    assert [each.footprints for each in counts] == [ConfusionCounts(tp=1), ConfusionCounts(fn=1)]


def test_tiles_of_an_older_schema_are_looked_at_again_for_their_footprints(campaign, bright_predictor):
    look(campaign, bright_predictor, true_masks())
    with closing(sqlite3.connect(campaign[0].campaign)) as connection, connection:
        connection.execute("UPDATE tile_quality SET footprint_tp = NULL, footprint_fp = NULL, footprint_fn = NULL")
    look(campaign, bright_predictor, true_masks())
    assert [known.counts.footprints for known in campaign[1].tile_quality()] == [
        ConfusionCounts(tp=1),
        ConfusionCounts(),
    ]


def test_a_tile_that_is_no_longer_annotated_does_not_count(campaign, bright_predictor):
    look(campaign, bright_predictor, true_masks())
    campaign[1].set_state(WITH_HOUSE, TileState.SKIPPED, "Amina", NOW)
    assert look(campaign, bright_predictor, true_masks()).tiles == (WITHOUT,)
