from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from tiletriage.models import loop
from tiletriage.models.campaign.records import DrawnRound
from tiletriage.models.errors import NothingToDo
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.segmentation.metrics import ConfusionCounts
from tiletriage.models.use_cases.map_quality import _round_samples, _seen_unlearnt

from ..campaigns import NOW, run

HOUR = timedelta(hours=1)
TILES = [Tile(0, column) for column in range(6)]


def score(workspace, strategy="map-gain", count=12, now=NOW - HOUR):
    run(loop.score(workspace, strategy=strategy, count=count, now=now))


def test_before_it_is_scored_a_map_is_refused_with_the_cure(workspace):
    with pytest.raises(NothingToDo, match="Score first"):
        run(loop.map_quality(workspace))


def test_without_tiles_drawn_by_lot_nothing_is_told_but_what_the_next_round_is_worth(workspace, annotate):
    score(workspace, "entropy")
    annotate(count=4, may_be_empty=True)
    found = run(loop.map_quality(workspace))
    assert (found.iou, found.built_m2, found.drawn, found.annotated, found.next_round) == (None, None, 0, 4, None)
    score(workspace)
    worth = run(loop.map_quality(workspace)).next_round
    assert worth.tiles == 10
    assert 0 < worth.mends < 1
    assert worth.minutes >= 10 * 15 / 60  # a look at each


def test_the_tiles_that_were_drawn_tell_the_quality_with_an_interval(workspace, annotate):
    score(workspace)
    annotate(count=12, may_be_empty=True)
    found = run(loop.map_quality(workspace))
    assert (found.version, found.annotated, found.drawn) == ("tiny", 12, 6)
    assert 0 <= found.iou.low <= found.iou.value <= found.iou.high <= 1
    assert found.built_m2.low <= found.built_m2.value <= found.built_m2.high
    again = run(loop.map_quality(workspace))
    assert (again.iou, again.built_m2) == (found.iou, found.built_m2)


def test_tiles_picked_by_hand_teach_and_mend_and_measure_nothing(workspace, annotate):
    score(workspace, "random")
    with workspace.store() as store:
        (drawn,) = store.drawn_rounds()
        others = [record.tile.id for record in store.tiles("training") if record.tile.id not in drawn.probability]
    annotate(tiles=others, may_be_empty=True)
    found = run(loop.map_quality(workspace))
    assert (found.annotated, found.drawn, found.iou) == (3, 0, None)


def drawn(probability, now=NOW):
    chances = {tile.id: chance for tile, chance in zip(TILES, probability) if chance}
    return DrawnRound(now, "v1", "map-gain", 0, 6, "", chances)


def moments(*hours):
    return {tile.id: NOW + hour * HOUR for tile, hour in zip(TILES, hours)}


def test_a_round_is_a_sample_of_what_was_not_annotated_when_it_was_drawn():
    (sample,) = _round_samples([drawn([0, 0.5, 0.25])], moments(-1, 1, 1), TILES[:3])
    assert sample.drawn.tolist() == [1, 2]
    assert sample.before.tolist() == [0]
    np.testing.assert_allclose(sample.probability, [0.5, 0.25])


def test_of_a_round_that_is_half_annotated_every_drawn_tile_had_half_the_chance():
    (sample,) = _round_samples([drawn([1, 0.5, 0.5, 0.25, 0.25])], moments(1, 1, 1), TILES[:3])
    np.testing.assert_allclose(sample.probability, [1, 0.25, 0.25])


def test_a_tile_of_an_earlier_round_that_is_annotated_after_a_later_one_was_drawn_is_picked_by_hand():
    rounds = [drawn([0.5, 0.5]), drawn([0, 0.25], NOW + 2 * HOUR)]
    samples = _round_samples(rounds, moments(3, 3), TILES[:2])
    assert [(sample.drawn.tolist(), sample.probability.tolist()) for sample in samples] == [([1], [0.25])]


def test_a_version_is_judged_by_what_it_a_sibling_or_an_ancestor_saw_without_learning_from_it(workspace):
    with workspace.store() as store:
        card = workspace.active_card(store)
        first, second, third = (record.tile for record in store.tiles("training")[:3])
        store.add_tile_quality(first, "tiny", 0.5, None, ConfusionCounts(1))
        store.add_tile_quality(second, "another", 0.5, None, ConfusionCounts(2))
        assert _seen_unlearnt(workspace, store, card, [first, second, third]) == {first: ConfusionCounts(1)}
