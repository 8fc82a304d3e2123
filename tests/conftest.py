"""A campaign so small that every use case runs on it in a moment."""

import shutil
from dataclasses import asdict
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
import torch
from affine import Affine

from tiletriage.models import loop
from tiletriage.models.campaign.model_store import VersionCard, save_version
from tiletriage.models.imagery.normalization import Normalization
from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.classes import BUILDING
from tiletriage.models.segmentation.prediction import Predictor
from tiletriage.models.segmentation.unet import Output, UNet

GSD, TILE_PX, HOUSE_PX = 0.5, 64, 16
LEFT, TOP = 500_000, 9_300_000
ROWS, COLUMNS = 3, 8


def has_house(row, column):
    """Two of three tiles have one house."""
    return (row + column) % 3 < 2


def write_scene(path, rows=ROWS, columns=COLUMNS, crs="EPSG:32737", bands=3):
    """A GeoTIFF of noisy grass with bright houses."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(60, 100, (bands, rows * TILE_PX, columns * TILE_PX), dtype=np.uint8)
    for top, left in house_corners(rows, columns):
        pixels[:, top : top + HOUSE_PX, left : left + HOUSE_PX] += 120
    profile = {"driver": "GTiff", "dtype": "uint8", "count": bands, "tiled": True, "blockxsize": 64, "blockysize": 64}
    place = {"crs": crs, "transform": Affine(GSD, 0, LEFT, 0, -GSD, TOP)}
    with rasterio.open(path, "w", **profile, height=pixels.shape[1], width=pixels.shape[2], **place) as scene:
        scene.write(pixels)
    return path


def write_labels(path, rows=ROWS, columns=COLUMNS, crs="EPSG:32737"):
    """The houses of the scene as polygons."""
    down, right = np.array(house_corners(rows, columns)).T * GSD
    side = HOUSE_PX * GSD
    footprints = shapely.box(LEFT + right, TOP - down - side, LEFT + right + side, TOP - down)
    geopandas.GeoDataFrame(geometry=footprints, crs=crs).to_file(path, engine="pyogrio")
    return path


def house_corners(rows, columns):
    """Row and column of the upper left pixel of every house."""
    tiles = [(row, column) for row in range(rows) for column in range(columns) if has_house(row, column)]
    return [(row * TILE_PX + 24, column * TILE_PX + 24) for row, column in tiles]


def write_start(folder):
    """A version with random weights."""
    torch.manual_seed(0)
    architecture = Architecture(decoder_channels=(16, 16, 8, 8, 8))
    created = datetime(2024, 1, 1, tzinfo=timezone.utc).isoformat()
    card = VersionCard("tiny", None, created, "base", **{**asdict(architecture), "classes": (BUILDING,)})
    save_version(folder, UNet(architecture), card)
    return folder


@pytest.fixture(scope="session")
def tiny_scene(tmp_path_factory):
    """512 x 192 px at 0.5 m in UTM 37 S: 3 x 8 tiles of 64 px, with a house inside each of 16 of them."""
    return write_scene(tmp_path_factory.mktemp("scene") / "scene.tif")


@pytest.fixture(scope="session")
def tiny_labels(tmp_path_factory):
    """The 16 houses of the tiny scene as GeoPackage."""
    return write_labels(tmp_path_factory.mktemp("labels") / "labels.gpkg")


@pytest.fixture(scope="session")
def tiny_start(tmp_path_factory):
    """The folder of a version to start from."""
    return write_start(tmp_path_factory.mktemp("start") / "tiny")


@pytest.fixture(scope="session")
def two_classes(tmp_path_factory):
    """A folder with backscatter in decibels of a lake in the west and fields in the north-east, 4 x 4 tiles of 64 px of
    10 m, and their labels: a raster of 1 and 2, and polygons whose kind is lake or acre."""
    folder, size = tmp_path_factory.mktemp("decibels"), 256
    rows, columns = np.mgrid[:size, :size]
    mask = np.where(columns < 90, 1, np.where(rows < 120, 2, 0)).astype(np.uint8)
    values = np.array([[-8, -22, -14], [-15, -30, -18]])[:, mask] + np.random.default_rng(0).normal(
        0, 1, (2, size, size)
    )
    values[:, :20, -20:] = np.nan
    place = {"crs": "EPSG:32637", "transform": rasterio.Affine(10, 0, 500_000, 0, -10, 9_000_000)}
    profile = {"driver": "GTiff", "width": size, "height": size, **place}
    with rasterio.open(folder / "sar.tif", "w", count=2, dtype="float32", nodata=np.nan, **profile) as file:
        file.write(values.astype(np.float32))
        file.descriptions = ("VV", "VH")
    with rasterio.open(folder / "labels.tif", "w", count=1, dtype="uint8", **profile) as file:
        file.write(mask, 1)
    outlines = [
        shapely.box(500_000, 9_000_000 - 2560, 500_900, 9_000_000),
        shapely.box(500_900, 9_000_000 - 1200, 502_560, 9_000_000),
    ]
    columns = {"kind": ["lake", "acre"]}
    geopandas.GeoDataFrame(columns, geometry=outlines, crs="EPSG:32637").to_file(folder / "labels.gpkg")
    return folder


@pytest.fixture(scope="session")
def _tiny_campaign(tmp_path_factory, tiny_scene, tiny_start):
    folder = tmp_path_factory.mktemp("campaign") / "campaign"
    loop.new(folder, tiny_scene, tile_size_px=TILE_PX, start=tiny_start, exam_tiles=4)
    return folder


@pytest.fixture
def tiny_workspace(tmp_path, _tiny_campaign):
    """The folder of a new campaign over the tiny scene, a copy for each test."""
    return shutil.copytree(_tiny_campaign, tmp_path / "campaign")


@pytest.fixture(scope="session")
def around():
    """Scene, labels and a campaign of every stage, for everybody to read, which pytest's own folders are not."""
    from .commands import prepare

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield prepare(Path(folder))


@pytest.fixture(scope="session")
def undisturbed(around, tmp_path_factory):
    """Gives what a command leaves behind when nothing comes in between; each is run once."""
    from .undisturbed import end_by_itself

    return cache(lambda command: end_by_itself(command, around, tmp_path_factory.mktemp("undisturbed") / "here"))


class BrightIsBuilding(torch.nn.Module):
    """A network that judges each pixel by its first band alone: building where that is above 1."""

    classes, has_border = 1, False

    def forward(self, pixels):
        return Output(20 * (pixels[:, :1] - 1), pixels.mean(dim=(2, 3)))


@pytest.fixture
def bright_predictor():
    """Finds exactly the houses of the tiny scene: grass comes to -0.8 to 0 there, houses to 1.6 to 2.4."""
    normalization = Normalization(low=(0,) * 3, high=(255,) * 3, mean=(100,) * 3, std=(50,) * 3)
    return Predictor(BrightIsBuilding(), normalization, torch.device("cpu"), is_mixed=False)
