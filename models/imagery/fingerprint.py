"""What tells one picture from another: a fingerprint of sampled pixels and of where they lie on Earth."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import rasterio
from rasterio.windows import Window

if TYPE_CHECKING:
    from .raster import Imagery

OF_PIXELS = "pixels-"  # begins a fingerprint of this rule; up to version 0.2.0 it was one of the file's bytes
CELLS, WINDOW_PX = 8, 64  # windows on a side, and pixels on a side of each: up to 512 x 512 pixels nothing is left out


def fingerprint_of(dataset: rasterio.DatasetReader, crs: str) -> str:
    """SHA-256 over the georeference, the size and the pixels of 64 windows spread over all bands.

    The pixels are those that rasterio decodes: overviews, metadata and another lossless compression change nothing, and
    a VRT is known by its sources. Enough to notice another picture; not a proof against a forger. Raises RasterioError
    where the file is damaged.
    """
    place = (dataset.shape, dataset.count, dataset.dtypes, tuple(dataset.transform), crs)
    digest = hashlib.sha256(repr(place).encode())
    tops, lefts = map(_spread, dataset.shape)
    for top in tops:
        for left in lefts:
            window = Window(left, top, min(WINDOW_PX, dataset.width - left), min(WINDOW_PX, dataset.height - top))
            digest.update(dataset.read(window=window).tobytes())
    return OF_PIXELS + digest.hexdigest()


def is_fingerprint_of(known: str, imagery: Imagery) -> bool:
    """Whether a fingerprint, of this rule or of the one up to version 0.2.0, is that of the imagery."""
    if known.startswith(OF_PIXELS):
        return known == imagery.fingerprint
    return known == _of_file(imagery)


def _spread(length: int) -> list[int]:
    """Where windows begin along an axis: in the middle of each of its equal parts, or side by side on a short one."""
    if length <= CELLS * WINDOW_PX:
        return list(range(0, length, WINDOW_PX))
    return [(2 * number + 1) * length // (2 * CELLS) - WINDOW_PX // 2 for number in range(CELLS)]


def _of_file(imagery: Imagery) -> str:
    """SHA-256 over the georeference, the size and 32 evenly spread samples of the file."""
    size = imagery.path.stat().st_size
    place = (size, (imagery.height, imagery.width), tuple(imagery.transform), imagery.crs)
    digest = hashlib.sha256(repr(place).encode())
    with imagery.path.open("rb") as file:
        for part in range(32):
            file.seek(part * size // 32)
            digest.update(file.read(65536))
    return digest.hexdigest()
