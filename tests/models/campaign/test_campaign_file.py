from dataclasses import replace
from datetime import datetime, timezone

import numpy as np
import pytest

from tiletriage.models.campaign.records import DrawnRound, MeasuredMap, Round
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.priority.uncertainty import TileScore
from tiletriage.models.segmentation.metrics import ConfusionCounts, TileCounts

NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
NORTH_WEST, SOUTH_EAST = Tile(0, 0), Tile(1, 1)


def test_settings_rounds_and_tile_quality_come_back(store):
    store.set_setting("active_version", "v0")
    store.set_setting("active_version", "v1")
    assert store.setting("active_version") == "v1"
    with pytest.raises(KeyError):
        store.setting("never set")
    finished = Round(NOON, True, "v1", "v0", 20, 0.5, 0.625, 61.5, 12)
    store.add_round(finished)
    assert store.rounds() == [finished]
    score = TileScore(np.array([0.5, 0.25, 0.125, 1.0]), np.array([0.1, -2], np.float32))
    counts = TileCounts(ConfusionCounts(4, 3, 2), ConfusionCounts(1, 0, 2))
    store.add_tile_quality(SOUTH_EAST, "v1", 0.5, score, TileCounts(ConfusionCounts()))
    store.add_tile_quality(SOUTH_EAST, "v1", np.float32(0.25), score, counts)
    (known,) = store.tile_quality()
    assert (known.tile, known.version, known.iou, known.counts) == (SOUTH_EAST, "v1", 0.25, counts)
    np.testing.assert_array_equal(known.statistics, score.statistics)
    np.testing.assert_array_equal(known.embedding, score.embedding)


def test_of_a_version_whose_sibling_was_looked_at_only_the_counts_are_known(store):
    counts = TileCounts(ConfusionCounts(1, 1, 0))
    store.add_tile_quality(NORTH_WEST, "v2", 0.5, None, counts)
    (known,) = store.tile_quality()
    assert (known.statistics, known.embedding, known.counts) == (None, None, counts)


def test_how_rounds_were_drawn_comes_back_in_their_order(store):
    first = DrawnRound(NOON, "v0", "map-gain", 7, frozenset(), {NORTH_WEST.id: 1.0, SOUTH_EAST.id: 0.25})
    second = DrawnRound(NOON, "v1", "balanced", 0, frozenset({NORTH_WEST.id}), {})
    for drawn in (first, second):
        store.add_drawn_round(drawn)
    assert store.drawn_rounds() == [first, second]


def test_the_map_is_told_once_for_each_version_and_number_of_tiles(store):
    first = MeasuredMap(NOON, "v0", 10, 8.5, 0.5, 0.4, 0.6)
    again, more = replace(first, iou=0.55), replace(first, tiles=20, minutes=17.0)
    for measured in (first, more, again):
        store.add_measured_map(measured)
    assert store.measured_maps() == [more, again]


def test_a_round_and_the_version_that_it_activates_are_kept_together(store):
    store.set_setting("active_version", "v0")
    store.add_round(Round(NOON, False, "v1", "v0", 10, None, None, 1.0))
    assert store.setting("active_version") == "v0"
    store.add_round(Round(NOON, True, "v2", "v0", 20, 0.5, 0.6, 1.0))
    assert store.setting("active_version") == "v2"
