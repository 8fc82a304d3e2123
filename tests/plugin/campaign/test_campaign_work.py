from collections import namedtuple

import numpy as np
import pytest

from tiletriage.models.imagery.grid import Tile, TileGrid
from tiletriage.models.priority.uncertainty import TileScore
from tiletriage.plugin.campaign import campaign_work
from tiletriage.plugin.campaign.campaign_work import CampaignWork, Painter, Painting
from tiletriage.plugin.tasks.work_queue import WorkQueue
from tiletriage.tests.plugin.hands import layer_named

GRID = TileGrid("EPSG:32737", 500_000, 9_300_000, 1.0, 0.5, tile_size_px=64, rows=3, columns=8)


def scores(**entropies):
    """Scores of tiles r000_cNNN by ``cN=entropy``."""
    empty = np.empty(0, np.float32)
    return {
        Tile(0, int(name[1:])): TileScore(np.array([entropy, 0, 0, 0]), empty) for name, entropy in entropies.items()
    }


def test_two_paintings_within_one_tick_of_the_clock_are_both_shown_and_the_speed_waits(layers, workspace, monkeypatch):
    seconds, queue, tiles = [100.0], WorkQueue(), list(workspace.grid.tiles())[:3]
    monkeypatch.setattr(campaign_work, "time", namedtuple("Clock", "monotonic")(lambda: seconds[0]))
    texts = []
    queue.progressed.connect(lambda progress: texts.append(progress.text))
    work = CampaignWork(queue, layers)
    for known, tile, pause in ((10, tiles[0], 0), (20, tiles[1], 0), (30, tiles[2], 2)):
        seconds[0] += pause
        work._paint(Painting({tile.id: 0.5}, {tile.id: workspace.grid.tile_bounds(tile)}, known))
    assert layer_named("Scoring").featureCount() == 3
    assert texts == ["30 tiles, 10.0 a second"]


@pytest.fixture
def reports():
    return []


def test_the_least_sure_tile_is_painted_as_the_most_important(reports, monkeypatch):
    Painter(GRID, reports.append).add(scores(c0=0.1, c1=0.9, c2=0.5))
    (painting,) = reports
    assert painting.values == {"r000_c000": 0, "r000_c001": 1, "r000_c002": 0.5}
    assert painting.bounds["r000_c001"] == GRID.tile_bounds(Tile(0, 1))
    assert painting.known == 3


def test_the_first_tiles_are_painted_at_once_and_the_next_ones_together(reports, monkeypatch):
    clock = namedtuple("Clock", "monotonic")
    painter = Painter(GRID, reports.append)
    for seconds, name in ((0.0, "c0"), (0.1, "c1"), (0.2, "c2"), (0.5, "c3")):
        monkeypatch.setattr(campaign_work, "time", clock(lambda seconds=seconds: seconds))
        painter.add(scores(**{name: 0.5}))
    assert [sorted(painting.values) for painting in reports] == [["r000_c000"], ["r000_c001", "r000_c002", "r000_c003"]]
    assert [painting.known for painting in reports] == [1, 4]
