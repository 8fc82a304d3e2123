from __future__ import annotations

import shutil
from contextlib import contextmanager

import pytest
import torch

from tiletriage.models import loop
from tiletriage.models.campaign.label_store import LabelStore
from tiletriage.models.campaign.schema import create
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.imagery.grid import TileGrid
from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.unet import UNet

from .campaigns import NOW, run

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


@pytest.fixture
def workspace(tiny_workspace):
    return open_workspace(tiny_workspace)


@pytest.fixture
def annotate(workspace, tiny_labels):
    return lambda **which: run(loop.annotate(workspace, tiny_labels, annotator="Amina", now=NOW, **which))


TINY = Architecture(encoder="tu-regnetx_002", decoder_channels=(16, 8, 8, 4, 4), bands=2)


@pytest.fixture
def network():
    """A small network with random weights for two bands."""
    torch.manual_seed(0)
    return UNet(TINY).eval()


@pytest.fixture
def little_room():
    """A context in which no file grows beyond 1000 bytes, as on a disk that is all but full."""
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")

    @contextmanager
    def limit():
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limit
