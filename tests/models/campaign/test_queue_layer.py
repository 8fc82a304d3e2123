from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
import rasterio

from tiletriage.models.campaign.queue_layer import keep_draw, queued_tile, write_queue
from tiletriage.models.priority.heatmap import NO_PRIORITY
from tiletriage.models.priority.queue import Queue
from tiletriage.models.priority.ranking_reason import RankingReason
from tiletriage.models.priority.strategies import Ranking
from tiletriage.models.priority.uncertainty import TileScore
from tiletriage.models.training.split import EXAM, TRAINING

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


@pytest.fixture
def store(workspace):
    with workspace.store() as store:
        yield store


def reason(rank):
    return RankingReason("entropy", rank / 100, None)


def write(workspace, store, pool, scored):
    """A queue in the order of the pool, in which the tile of rank n has novelty 1 / n."""
    rank = np.arange(1, len(pool) + 1)
    ranking = Ranking(rank, 1 - (rank - 1) / len(pool), 1 / rank, [reason(n) for n in rank.tolist()])
    scores = {tile: TileScore(np.array([0.25, 0, 0, 0]), np.zeros(2, np.float32)) for tile in scored}
    write_queue(workspace, store, "v1", scores, pool, Queue("p2", ranking, dict.fromkeys(scored, 0.75), None))


def tiles_of(store, split):
    return [record.tile for record in store.tiles(split)]


def test_the_pool_gets_rank_priority_and_reason_and_the_others_what_is_known_of_them(workspace, store):
    every, pool = tiles_of(store, None), tiles_of(store, TRAINING)[::-1]
    write(workspace, store, pool, every)
    for rank, record in enumerate(store.tiles(TRAINING), start=1):
        assert (record.tile, record.rank, record.reason) == (pool[rank - 1], rank, reason(rank).to_json())
        assert (record.novelty, record.version) == (pytest.approx(1 / rank), "v1")
    for record in store.tiles():
        assert (record.predicted_iou, record.uncertainty) == (0.75, 0.25)
    for record in store.tiles(EXAM):
        assert record.rank is record.priority is record.novelty is None
        assert record.reason is None


def test_the_heatmap_holds_the_priority_of_the_pool_alone(workspace, store):
    pool = tiles_of(store, TRAINING)
    write(workspace, store, pool, tiles_of(store, None))
    with rasterio.open(workspace.heatmap) as heatmap:
        values = heatmap.read(1)
    assert values[pool[0].row, pool[0].column] == 1
    assert np.count_nonzero(values != NO_PRIORITY) == len(pool)


def test_a_tile_without_a_score_stays_without_one(workspace, store):
    every, pool = tiles_of(store, None), tiles_of(store, TRAINING)
    write(workspace, store, pool[1:], [tile for tile in every if tile != pool[0]])
    (record,) = (record for record in store.tiles() if record.tile == pool[0])
    assert record.predicted_iou is record.rank is record.reason is record.version is None


def test_a_new_queue_takes_the_place_of_the_old_one(workspace, store):
    pool = tiles_of(store, TRAINING)
    write(workspace, store, pool, pool)
    store.finish(pool[0], [], "Amina", NOW)
    write(workspace, store, pool[:0:-1], pool)
    records = {record.tile: record for record in store.tiles()}
    assert records[pool[0]].rank is None and records[pool[0]].reason is None
    assert records[pool[-1]].rank == 1


def test_an_entry_of_the_queue_says_where_the_tile_is_and_why(workspace, store):
    pool = tiles_of(store, TRAINING)
    write(workspace, store, pool, pool)
    entry = queued_tile(workspace, store.tiles(TRAINING)[1])
    assert (entry.tile_id, entry.rank, entry.reason) == (pool[1].id, 2, reason(2))
    assert (entry.bounds, entry.crs) == (workspace.grid.tile_bounds(pool[1]), "EPSG:32737")


def test_an_exam_tile_explains_itself_before_anything_is_scored(workspace, store):
    entry = queued_tile(workspace, store.tiles(EXAM)[0])
    assert entry.rank is None
    assert (entry.split, entry.reason) == (EXAM, None)


@pytest.fixture
def draw(store):
    """Keeps how the first two of the pool were drawn, by the strategy's name and the inclusion probabilities."""
    pool = tiles_of(store, TRAINING)[:4]
    ranking = Ranking(np.array([2, 1, 4, 3]), np.zeros(4), np.zeros(4), [reason(n) for n in range(4)])

    def keep(strategy, probability, now=NOW):
        queue = Queue(strategy, replace(ranking, probability=probability), {}, None)
        keep_draw(store, "v1", 7, now, pool, queue, count=2)
        return pool

    return keep


def test_a_round_that_was_drawn_by_lot_is_kept_with_its_chances(store, draw):
    pool = draw("map-gain", np.array([0.5, 1.0, 0.25, 0.25]))
    (kept,) = store.drawn_rounds()
    assert (kept.time, kept.version, kept.strategy, kept.seed) == (NOW, "v1", "map-gain", 7)
    assert kept.outside == {tile.id for tile in tiles_of(store, TRAINING)[4:]}
    assert kept.probability == {pool[1].id: 1.0, pool[0].id: 0.5}


def test_the_same_round_drawn_again_is_kept_once_and_another_one_beside_it(store, draw):
    chances = np.array([0.5, 1.0, 0.25, 0.25])
    for hours in range(2):
        draw("map-gain", chances, NOW + timedelta(hours=hours))
    draw("map-gain", chances / 2, NOW + timedelta(hours=2))
    assert [kept.time for kept in store.drawn_rounds()] == [NOW, NOW + timedelta(hours=2)]


def test_a_round_that_nobody_drew_by_lot_has_no_chances(store, draw):
    draw("entropy", None)
    assert [(kept.strategy, kept.probability) for kept in store.drawn_rounds()] == [("entropy", {})]
