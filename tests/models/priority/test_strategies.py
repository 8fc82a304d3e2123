import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from tiletriage.models.priority.predicted_iou import Quality
from tiletriage.models.priority.strategies import STRATEGIES, Pool, rank_pool

BY_CHANCE = {"balanced", "map-gain", "uncertain-k-means", "random", "k-means", "active-ft", "active-ft-paper", "p1"}
NAMES = BY_CHANCE | {"entropy", "margin", "k-centre", "p2"}


def pool_of(tiles, labelled=0):
    rng = np.random.default_rng(0)
    return Pool(
        embedding=rng.normal(size=(tiles, 8)).astype(np.float32),
        labelled_embedding=rng.normal(size=(labelled, 8)).astype(np.float32),
        entropy=rng.random(tiles),
        margin=rng.random(tiles),
        foreground_fraction=rng.random(tiles),
        predicted_iou=rng.random(tiles),
        minutes=rng.random(tiles) + 0.25,
        places=np.array([(tile // 4, tile % 4) for tile in range(tiles)]),
    )


def ranked(pool, name, count=4):
    return rank_pool(pool, name, count, np.random.default_rng(0))


def quality(rho, labels):
    return Quality(labels=labels, mae=0.1, rho=rho, rho_non_empty=None)


def test_the_table_has_every_strategy_under_its_own_name():
    assert {strategy.name for strategy in STRATEGIES.values()} == set(STRATEGIES) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("tiles", "labelled"), [(1, 0), (12, 3)])
def test_every_tile_gets_one_place_in_the_queue_and_a_reason(name, tiles, labelled):
    ranking = ranked(pool_of(tiles, labelled), name)
    assert sorted(ranking.rank) == list(range(1, tiles + 1))
    assert ((ranking.novelty >= 0) & (ranking.novelty <= 1)).all()
    assert len(ranking.reason) == tiles
    assert all(ranking.reason)


@pytest.mark.parametrize("name", NAMES - BY_CHANCE)
def test_a_strategy_without_chance_ranks_the_same_tiles_first_in_whatever_order_they_come(name):
    pool, shuffled = pool_of(20, 3), np.random.default_rng(5).permutation(20)
    other = Pool(
        pool.embedding[shuffled],
        pool.labelled_embedding,
        pool.entropy[shuffled],
        pool.margin[shuffled],
        pool.foreground_fraction[shuffled],
        pool.predicted_iou[shuffled],
        pool.minutes[shuffled],
        pool.places[shuffled],
    )
    np.testing.assert_array_equal(ranked(pool, name).rank[shuffled], ranked(other, name).rank)


@pytest.mark.parametrize("name", BY_CHANCE)
def test_the_same_seed_gives_the_same_queue(name):
    np.testing.assert_array_equal(ranked(pool_of(12), name).rank, ranked(pool_of(12), name).rank)


def test_priority_falls_evenly_from_one_to_zero_along_the_queue():
    ranking = ranked(pool_of(5), "entropy")
    np.testing.assert_allclose(ranking.priority[np.argsort(ranking.rank)], [1, 0.75, 0.5, 0.25, 0])
    assert ranked(pool_of(1), "entropy").priority == [1]


def test_entropy_and_margin_put_the_least_sure_tile_first():
    pool = pool_of(12)
    assert ranked(pool, "entropy").rank[np.argmax(pool.entropy)] == 1
    assert ranked(pool, "margin").rank[np.argmax(pool.margin)] == 1


def test_balanced_takes_half_a_round_from_what_looks_built_and_is_unsure():
    rng = np.random.default_rng(0)
    built, unsure = (np.repeat([[0, 1], [1, 0], [1, 1], [0, 0]], 10, axis=0).T == 1).astype(float)
    embedding = rng.normal(size=(40, 8)).astype(np.float32)
    pool = replace(pool_of(40), embedding=embedding, entropy=unsure, foreground_fraction=built)
    first = np.argsort(ranked(pool, "balanced", count=8).rank)
    assert set(first[:4]) <= set(range(20, 30))
    assert len(set(first[4:8] // 10)) > 1  # the other half is of the whole area


def test_where_nothing_looks_built_balanced_goes_by_uncertainty():
    pool = replace(pool_of(12), foreground_fraction=np.zeros(12), entropy=np.linspace(0, 1, 12))
    first = np.argsort(ranked(pool, "balanced", count=4).rank)[:2]
    assert min(first) >= 6


def test_after_the_batch_of_p1_the_lowest_expected_iou_comes_next():
    pool = pool_of(12)
    order = np.argsort(ranked(pool, "p1", count=4).rank)
    assert (np.diff(pool.predicted_iou[order[4:]]) > 0).all()


def test_reasons_tell_the_expected_iou_and_how_much_alike_is_labelled():
    line = np.arange(9, dtype=np.float32)[:, None]
    pool = replace(pool_of(9), embedding=line, labelled_embedding=line[:1], predicted_iou=np.full(9, 0.314))
    reasons = ranked(pool, "p2").reason
    assert {(reason.code, reason.value) for reason in reasons} == {("predicted-iou", 0.314)}
    assert [reasons[tile].likeness for tile in (8, 4, 0)] == ["none", "little", "much"]


@pytest.mark.parametrize("name", ["random", "k-centre", "p2"])
def test_in_the_first_round_every_reason_says_so(name):
    assert all(reason.likeness == "nothing-yet" for reason in ranked(pool_of(3), name).reason)


def test_the_table_is_read_without_loading_torch_or_scikit_learn():
    look = "import sys, tiletriage.models.priority.strategies; print({'torch', 'sklearn'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", look], text=True).strip() == "set()"
