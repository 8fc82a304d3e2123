from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import save_file

from tiletriage.models.errors import ModelError
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.priority.queue import ENOUGH_LABELS, Observations, queue_tiles, read_observations
from tiletriage.models.priority.strategies import DEFAULT_STRATEGY
from tiletriage.models.priority.uncertainty import TileScore
from tiletriage.models.segmentation.classes import named_classes

TILES = [Tile(0, column) for column in range(40)]
POOL, LABELLED = TILES[:20], TILES[20:]
UNKNOWN = Tile(9, 9)  # has no score


@pytest.fixture
def scores():
    """Tiles that differ in the share of buildings, which is also the one channel of their embedding that varies."""
    share = np.linspace(0.02, 0.8, len(TILES))[np.random.default_rng(0).permutation(len(TILES))]
    statistics = np.column_stack([np.full_like(share, 0.5), np.full_like(share, 0.5), share, 1 - share])
    embeddings = np.column_stack([share, np.ones_like(share)]).astype(np.float32)
    return {tile: TileScore(*score) for tile, *score in zip(TILES, statistics, embeddings)}


def share_of(scores, tiles):
    return np.array([scores[tile].statistics[2] for tile in tiles])


def observed(scores, tiles):
    """The more buildings the better the model was."""
    statistics = np.array([scores[tile].statistics for tile in tiles]).reshape(-1, 4)
    return Observations(statistics, statistics[:, 2], np.ones(len(tiles), bool), tuple(tiles))


def queue(scores, labelled=(), seen=None, calibration_set=None, strategy="p2", pool=POOL, count=3):
    seen = seen or observed(scores, [])
    return queue_tiles(scores, pool, labelled, seen, calibration_set, strategy, count, 100.0, np.random.default_rng(0))


@pytest.mark.parametrize("count", [1, 20, 30])
def test_every_tile_of_the_pool_has_one_rank(scores, count):
    assert sorted(queue(scores, count=count).ranking.rank) == list(range(1, 21))


def test_without_observations_the_predicted_iou_is_what_the_model_expects_of_itself(scores):
    found = queue(scores)
    assert found.quality is None
    assert found.predicted_iou == {tile: scores[tile].statistics[3] for tile in TILES}


def test_what_was_observed_elsewhere_beats_what_the_model_expects_of_itself(scores):
    calibration_set = replace(observed(scores, TILES), tiles=())
    predicted = queue(scores, calibration_set=calibration_set).predicted_iou
    expected = share_of(scores, TILES)  # the model itself expects the opposite
    assert np.corrcoef([predicted[tile] for tile in TILES], expected)[0, 1] > 0.9


@pytest.mark.parametrize(("labels", "is_enough"), [(ENOUGH_LABELS - 1, False), (ENOUGH_LABELS, True)])
def test_with_enough_labels_the_campaign_speaks_for_itself(scores, labels, is_enough):
    labelled = LABELLED[:labels]
    found = queue(scores, labelled, observed(scores, labelled))
    assert (found.quality is not None) is is_enough
    if is_enough:
        assert found.quality.labels == labels
        assert np.corrcoef([found.predicted_iou[tile] for tile in TILES], share_of(scores, TILES))[0, 1] > 0.9


def test_what_a_tile_looks_like_to_a_version_of_today_is_not_mixed_with_what_an_earlier_one_said_of_it(scores):
    """Training on the observed tiles has moved their embeddings, and theirs alone, far from all others."""
    known = observed(scores, LABELLED)
    expected = queue(scores, LABELLED, known).predicted_iou
    moved = {tile: replace(scores[tile], embedding=scores[tile].embedding + 100) for tile in LABELLED}
    found = queue({**scores, **moved}, LABELLED, known).predicted_iou
    assert [found[tile] for tile in POOL] == [expected[tile] for tile in POOL]


def test_labelled_tiles_make_tiles_like_them_less_novel_before_anything_is_learnt_from_them(scores):
    twin, stranger = POOL[0], max(POOL, key=lambda tile: abs(share_of(scores, [tile, POOL[0]]) @ [1, -1]))
    scores[LABELLED[0]] = scores[twin]
    assert set(queue(scores).ranking.novelty) == {1}
    found = queue(scores, labelled=[LABELLED[0]])
    assert np.argmin(found.ranking.novelty) == POOL.index(twin)
    assert np.argmax(found.ranking.novelty) == POOL.index(stranger)
    assert found.ranking.reason[POOL.index(twin)].likeness == "much"
    assert not any(reason.likeness == "nothing-yet" for reason in found.ranking.reason)


def test_labelled_and_observed_tiles_without_a_score_play_no_part(scores):
    known = LABELLED[:12]
    expected = queue(scores, known, observed(scores, known))
    seen = observed({**scores, UNKNOWN: scores[TILES[0]]}, [*known[:5], UNKNOWN, *known[5:]])
    found = queue(scores, [UNKNOWN, *known], seen)
    assert found.predicted_iou == expected.predicted_iou
    np.testing.assert_array_equal(found.ranking.rank, expected.ranking.rank)


def test_the_order_of_the_pool_does_not_change_the_queue(scores):
    in_order, reverse = (queue(scores, LABELLED[:4], pool=pool) for pool in (POOL, POOL[::-1]))
    np.testing.assert_array_equal(in_order.ranking.rank, reverse.ranking.rank[::-1])


def test_without_a_wish_the_default_strategy_decides(scores):
    assert queue(scores, strategy=None, pool=POOL[:3]).strategy == DEFAULT_STRATEGY


def test_observations_come_back_from_their_file_and_a_damaged_one_is_refused(tmp_path):
    path = tmp_path / "observations.safetensors"
    kept = {
        "statistics": np.random.default_rng(0).random((5, 4)),
        "iou": np.zeros(5),
        "has_buildings": np.ones(5, bool),
    }
    save_file(kept, path)
    found = read_observations(path)
    for name, values in kept.items():
        np.testing.assert_array_equal(getattr(found, name.replace("buildings", "foreground")), values)
    for content in (path.read_bytes()[:-8], b""):
        path.write_bytes(content)
        with pytest.raises(ModelError, match="Copy the version"):
            read_observations(path)
    save_file({"iou": np.zeros(5)}, path)
    with pytest.raises(ModelError, match="statistics"):
        read_observations(path)


def test_the_reason_names_the_class_that_is_most_in_doubt_where_doubt_is_the_reason(scores):
    classes, pool = named_classes(["water", "road"]), POOL[:3]
    doubt = [np.array([0.2, 0.1]), np.array([0.1, 0.2]), np.empty(0)]  # the last was scored before doubts were kept
    doubted = {tile: replace(scores[tile], doubt=each) for tile, each in zip(pool, doubt)}

    def named(strategy):
        nothing, rng = observed(scores, []), np.random.default_rng(0)
        found = queue_tiles(doubted, pool, [], nothing, None, strategy, 1, 100.0, rng, classes)
        return [reason.mapped for reason in found.ranking.reason]

    assert named("margin") == ["water", "road", None]
    assert named("random") == [None, None, None]
