from datetime import datetime, timezone

import numpy as np
import pytest

from tiletriage.models.campaign.records import Round
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.priority.uncertainty import TileScore

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
    store.add_tile_quality(SOUTH_EAST, "v1", 0.5, score)
    store.add_tile_quality(SOUTH_EAST, "v1", np.float32(0.25), score)
    (known,) = store.tile_quality()
    assert (known.tile, known.version, known.iou) == (SOUTH_EAST, "v1", 0.25)
    np.testing.assert_array_equal(known.statistics, score.statistics)
    np.testing.assert_array_equal(known.embedding, score.embedding)


def test_a_round_and_the_version_that_it_activates_are_kept_together(store):
    store.set_setting("active_version", "v0")
    store.add_round(Round(NOON, False, "v1", "v0", 10, None, None, 1.0))
    assert store.setting("active_version") == "v0"
    store.add_round(Round(NOON, True, "v2", "v0", 20, 0.5, 0.6, 1.0))
    assert store.setting("active_version") == "v2"
