from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from tiletriage.models.campaign.model_store import read_card
from tiletriage.models.campaign.records import TileState
from tiletriage.models.errors import ModelError
from tiletriage.models.imagery.raster import open_imagery
from tiletriage.models.use_cases.new import has_seen, new
from tiletriage.models.use_cases.next_tiles import next_tiles
from tiletriage.tests.conftest import write_scene

FORMER = Path(__file__).parents[2] / "data" / "campaign_0_2_0.zip"


def test_a_version_that_0_2_0_trained_is_known_to_have_seen_the_imagery(tmp_path):
    with ZipFile(FORMER) as archive:
        archive.extractall(tmp_path)
    start, trained = (read_card(tmp_path / "campaign" / "versions" / version) for version in ("tiny", "v001"))
    imagery, other = open_imagery(tmp_path / "scene.tif"), open_imagery(write_scene(tmp_path / "other.tif"))
    assert [has_seen(card, imagery) for card in (start, trained)] == [False, True]
    assert not has_seen(trained, other)


def test_imagery_with_other_bands_than_the_model_takes_is_refused(tmp_path, tiny_start):
    with pytest.raises(ModelError, match=r"1 bands.*for example 1,1,1"):
        new(tmp_path / "campaign", write_scene(tmp_path / "scene.tif", bands=1), start=tiny_start)


def test_a_tile_with_little_imagery_is_in_the_campaign_and_never_served(tmp_path, tiny_start):
    """3 x 8 tiles of 64 px in tiles of 160 px: what lies below and to the right of 192 x 512 px is 20 % imagery."""
    workspace = new(tmp_path / "campaign", write_scene(tmp_path / "scene.tif"), start=tiny_start, tile_size_px=160)
    with workspace.store() as store:
        bad = {record.tile for record in store.tiles(states=[TileState.BAD_IMAGERY])}
        assert len(store.tiles()) == 8
    assert bad == {tile for tile in workspace.grid.tiles() if tile.row == 1 or tile.column == 3}
    served = next_tiles(workspace, must_be_ranked=False) + next_tiles(workspace, exam=True)
    assert not {tile.tile_id for tile in served} & {tile.id for tile in bad}
