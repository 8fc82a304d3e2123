from datetime import datetime, timezone

import numpy as np
import pytest

from tiletriage.models.campaign.records import Round
from tiletriage.models.imagery.grid import Tile

NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
NORTH_WEST, SOUTH_EAST = Tile(0, 0), Tile(1, 1)


def test_settings_rounds_and_tile_quality_come_back(store):
    store.set_setting("active_version", "v0")
    store.set_setting("active_version", "v1")
    assert store.setting("active_version") == "v1"
    with pytest.raises(KeyError):
        store.setting("never set")
    finished = Round(NOON, True, "v1", "v0", 20, 0.5, 0.625, 61.5)
    store.add_round(finished)
    assert store.rounds() == [finished]
    store.set_tile_quality(SOUTH_EAST, "v1", 0.5)
    store.set_tile_quality(SOUTH_EAST, "v1", np.float32(0.25))
    assert store.tile_quality("v1") == {SOUTH_EAST: 0.25}
    assert store.tile_quality("v0") == {}
