from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import geopandas
import pytest
from shapely import box

from tiletriage.models import loop
from tiletriage.models.campaign.model_store import read_card
from tiletriage.models.campaign.records import TileState
from tiletriage.models.errors import EngineError, ModelError
from tiletriage.models.imagery.raster import open_imagery
from tiletriage.models.use_cases.new import has_seen, new
from tiletriage.models.use_cases.next_tiles import next_tiles
from tiletriage.tests.conftest import write_scene

from ..campaigns import records

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


def test_an_area_of_interest_limits_the_campaign(tmp_path, tiny_scene, tiny_start):
    area = geopandas.GeoDataFrame(geometry=[box(500_010, 9_299_910, 500_120, 9_299_990)], crs="EPSG:32737")
    area.to_crs("EPSG:4326").to_file(tmp_path / "area.geojson")
    workspace = loop.new(
        tmp_path / "campaign", tiny_scene, area=tmp_path / "area.geojson", tile_size_px=64, start=tiny_start
    )
    assert len(records(workspace)) < 24
    left, _, right, _ = workspace.grid.bounds
    assert left >= 500_000 and right <= 500_120 + workspace.grid.tile_size


def test_an_area_with_room_for_nothing_but_the_exam_is_refused(tmp_path, tiny_scene, tiny_start):
    with pytest.raises(EngineError, match="tile size 128"):
        loop.new(tmp_path / "campaign", tiny_scene, tile_size_px=256, start=tiny_start, exam_tiles=4)
    assert not (tmp_path / "campaign").exists()
