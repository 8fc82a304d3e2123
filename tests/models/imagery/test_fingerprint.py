from __future__ import annotations

import hashlib

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.enums import Resampling
from rasterio.shutil import copy

from tiletriage.models.imagery.fingerprint import is_fingerprint_of
from tiletriage.models.imagery.raster import open_imagery

PLACE = {"crs": "EPSG:32737", "transform": Affine(0.5, 0, 500_000, 0, -0.5, 9_000_000)}


@pytest.fixture
def write(tmp_path):
    """Writes an array (band, row, column) as GeoTIFF, by default without any compression, and returns its path."""

    def _write(values, name="scene.tif", **profile):
        bands, height, width = values.shape
        options = {"count": bands, "height": height, "width": width, "dtype": values.dtype, **PLACE, **profile}
        with rasterio.open(tmp_path / name, "w", driver="GTiff", **options) as raster:
            raster.write(values)
        return tmp_path / name

    return _write


def noise(height=600, width=900):
    return np.random.default_rng(0).integers(1, 200, (3, height, width), dtype=np.uint8)


def fingerprint(path):
    return open_imagery(path).fingerprint


def test_a_picture_is_known_wherever_its_file_lies(write, tmp_path):
    path = write(noise())
    (tmp_path / "moved.tif").write_bytes(path.read_bytes())
    assert fingerprint(tmp_path / "moved.tif") == fingerprint(path)


def test_overviews_metadata_and_another_lossless_storage_are_the_same_picture(write):
    path = write(noise())
    known = fingerprint(path)
    with rasterio.open(path, "r+") as raster:
        raster.build_overviews([2, 4], Resampling.average)
        raster.update_tags(source="drone", flown="2026-01-01")
    assert fingerprint(path) == known
    assert fingerprint(write(noise(), "packed.tif", compress="deflate", tiled=True, interleave="band")) == known


def test_another_picture_of_the_same_size_at_the_same_place_is_another(write):
    changed = noise()
    changed[2] += 1
    assert fingerprint(write(changed)) != fingerprint(write(noise()))


def test_in_a_small_raster_a_single_pixel_tells(write):
    changed = noise(300, 500)
    changed[1, 299, 499] += 1
    assert fingerprint(write(changed)) != fingerprint(write(noise(300, 500)))


def test_the_same_pixels_elsewhere_are_another_picture(write):
    moved = Affine(0.5, 0, 500_001, 0, -0.5, 9_000_000)
    known = fingerprint(write(noise()))
    assert fingerprint(write(noise(), transform=moved)) != known
    assert fingerprint(write(noise(), crs="EPSG:32637")) != known
    assert fingerprint(write(noise().astype(np.uint16))) != known


def test_a_virtual_raster_is_known_by_the_pixels_of_its_sources(write, tmp_path):
    source, vrt = write(noise(), "source.tif"), tmp_path / "scene.vrt"
    copy(source, vrt, driver="VRT")
    known = fingerprint(vrt)
    assert known == fingerprint(source)
    write(noise()[:, ::-1], "source.tif")
    assert fingerprint(vrt) != known


@pytest.fixture
def imagery(write):
    return open_imagery(write(noise(40, 60)))


def test_a_fingerprint_of_the_files_bytes_is_recognised_as_long_as_the_file_is_untouched(imagery):
    """The rule up to version 0.2.0: SHA-256 over size, georeference and 32 samples of 64 kB."""
    content = imagery.path.read_bytes()
    place = (len(content), (40, 60), tuple(PLACE["transform"]), "EPSG:32737")
    samples = (content[part * len(content) // 32 :][:65536] for part in range(32))
    former = hashlib.sha256(repr(place).encode() + b"".join(samples)).hexdigest()
    assert is_fingerprint_of(former, imagery)
    assert is_fingerprint_of(imagery.fingerprint, imagery)
    assert not is_fingerprint_of("0" * 64, imagery)
    imagery.path.write_bytes(content[:-1] + b"x")
    assert not is_fingerprint_of(former, imagery)
