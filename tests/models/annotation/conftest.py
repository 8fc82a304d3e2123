import shutil

import pytest

from tiletriage.models.annotation.label_store import LabelStore
from tiletriage.models.annotation.schema import create
from tiletriage.models.imagery.grid import TileGrid

# 2 x 2 tiles of 100 m from the equator north and from 39° E, the central meridian of UTM 37, east.
GRID = TileGrid("EPSG:32637", 500_000, 200, 1, 1, 100, rows=2, columns=2)


@pytest.fixture
def grid():
    return GRID


@pytest.fixture(scope="session")
def new_campaign(tmp_path_factory):
    path = tmp_path_factory.mktemp("new") / "campaign.gpkg"
    create(path, GRID, dict.fromkeys(GRID.tiles(), "training"))
    return path


@pytest.fixture
def campaign(tmp_path, new_campaign):
    return shutil.copy(new_campaign, tmp_path / "campaign.gpkg")


@pytest.fixture
def store(campaign):
    with LabelStore(campaign) as store:
        yield store
