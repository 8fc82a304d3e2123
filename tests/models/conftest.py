"""A campaign so small that every use case runs on it in a moment."""

import shutil
from datetime import datetime, timezone

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
import torch
from affine import Affine

from tiletriage.models import loop
from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.unet import UNet
from tiletriage.models.training.model_store import VersionCard, save_version

GSD = 0.5
LEFT, TOP = 500_000, 9_300_000
WIDTH, HEIGHT = 192, 128  # 3 x 2 tiles of 64 px
HOUSES = [(10, 10), (80, 20), (150, 30), (20, 80), (140, 90)]  # column, row of the upper left corner; none in r001_c001
HOUSE_PX = 16


def write_scene(path, width=WIDTH, height=HEIGHT, crs="EPSG:32737", bands=3):
    """Noisy grass with bright houses, repeated every WIDTH x HEIGHT pixels."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(60, 100, (bands, height, width), dtype=np.uint8)
    for column, row in houses(width, height):
        pixels[:, row : row + HOUSE_PX, column : column + HOUSE_PX] += 120
    transform = Affine(GSD, 0, LEFT, 0, -GSD, TOP)
    profile = {"driver": "GTiff", "dtype": "uint8", "count": bands, "width": width, "height": height}
    with rasterio.open(
        path, "w", **profile, crs=crs, transform=transform, tiled=True, blockxsize=64, blockysize=64
    ) as f:
        f.write(pixels)
    return path


def houses(width=WIDTH, height=HEIGHT):
    return [
        (column + right, row + down)
        for down in range(0, height, HEIGHT)
        for right in range(0, width, WIDTH)
        for column, row in HOUSES
    ]


def write_labels(path, width=WIDTH, height=HEIGHT, crs="EPSG:32737"):
    corners = np.array(houses(width, height)) * GSD
    left, top, side = LEFT + corners[:, 0], TOP - corners[:, 1], HOUSE_PX * GSD
    footprints = shapely.box(left, top - side, left + side, top)
    geopandas.GeoDataFrame(geometry=footprints, crs=crs).to_file(path, engine="pyogrio")
    return path


@pytest.fixture(scope="session")
def tiny_scene(tmp_path_factory):
    """A GeoTIFF of 192 x 128 px at 0.5 m in UTM 37 S: 3 x 2 tiles of 64 px, a house on all of them but r001_c001."""
    return write_scene(tmp_path_factory.mktemp("scene") / "scene.tif")


@pytest.fixture(scope="session")
def tiny_labels(tmp_path_factory):
    """The five houses of the tiny scene as GeoPackage."""
    return write_labels(tmp_path_factory.mktemp("labels") / "labels.gpkg")


@pytest.fixture(scope="session")
def tiny_start(tmp_path_factory):
    """A version with random weights to start from."""
    torch.manual_seed(0)
    architecture = Architecture(decoder_channels=(16, 16, 8, 8, 8))
    folder = tmp_path_factory.mktemp("start") / "tiny"
    card = VersionCard(
        id="tiny",
        parent=None,
        created=datetime(2024, 1, 1, tzinfo=timezone.utc).isoformat(),
        method="base",
        encoder=architecture.encoder,
        decoder_channels=architecture.decoder_channels,
        bands=architecture.bands,
    )
    save_version(folder, UNet(architecture), card)
    return folder


@pytest.fixture(scope="session")
def _tiny_campaign(tmp_path_factory, tiny_scene, tiny_start):
    folder = tmp_path_factory.mktemp("campaign") / "campaign"
    loop.new(folder, tiny_scene, tile_size_px=64, start=tiny_start, exam_tiles=1)
    return folder


@pytest.fixture
def tiny_workspace(tmp_path, _tiny_campaign):
    """The folder of a new campaign over the tiny scene, a copy for each test."""
    return shutil.copytree(_tiny_campaign, tmp_path / "campaign")
