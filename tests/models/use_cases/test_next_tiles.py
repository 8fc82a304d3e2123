from __future__ import annotations

import pytest

from tiletriage.models import loop
from tiletriage.models.campaign.records import TileState
from tiletriage.models.use_cases.new import new
from tiletriage.models.use_cases.next_tiles import next_tiles
from tiletriage.tests.conftest import TILE_PX, write_scene

from ..campaigns import NOW


@pytest.fixture
def workspace(tmp_path, tiny_start):
    """Four blocks of exam tiles in 12 x 12 tiles, one in each quarter."""
    scene = write_scene(tmp_path / "scene.tif", rows=12, columns=12)
    return new(tmp_path / "campaign", scene, start=tiny_start, tile_size_px=TILE_PX, exam_tiles=16)


def quarters(tiles):
    return {(int(tile.tile_id[1:4]) // 6, int(tile.tile_id[6:9]) // 6) for tile in tiles}


def test_an_exam_that_is_broken_off_has_tested_every_quarter_of_the_area(workspace):
    assert len(quarters(next_tiles(workspace, 4, exam=True))) == 4


def test_the_order_of_the_exam_is_kept_while_it_is_annotated(workspace):
    planned = next_tiles(workspace, exam=True)
    with workspace.store() as store:
        for tile in planned[:2]:
            store.set_state(workspace.grid.tile(tile.tile_id), TileState.EMPTY, "ana", NOW)
    assert next_tiles(workspace, exam=True) == planned[2:]
    assert quarters(planned[:2]) | quarters(next_tiles(workspace, 2, exam=True)) == quarters(planned)


def test_before_the_first_scoring_tiles_can_be_had_row_by_row(workspace):
    queue = loop.next_tiles(workspace, 3, must_be_ranked=False)
    assert [tile.rank for tile in queue] == [None] * 3
    assert [tile.tile_id for tile in queue] == sorted(tile.tile_id for tile in queue)
