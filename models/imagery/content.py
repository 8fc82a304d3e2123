"""Whether imagery has been changed in place: all its pixels, looked at where its files are not as they were."""

from __future__ import annotations

import hashlib

from rasterio.windows import Window

from ..storage.limits import HASHED_SAMPLES
from .raster import CACHE_BYTES, Imagery
from .raster_file import open_raster, told_as_unreadable

STRIP_ROWS = 256


def content_of(imagery: Imagery) -> str:
    """SHA-256 of the pixels of all bands, whatever the compression.

    Beyond 500 million values, which take some seconds, strips of 256 rows are taken all over the raster that come to so
    many: what was changed between two of them passes.
    """
    digest = hashlib.sha256()
    with open_raster(imagery.path, CACHE_BYTES) as dataset, told_as_unreadable(imagery.path):
        strips = range(0, dataset.height, STRIP_ROWS)
        wanted = max(1, HASHED_SAMPLES // (dataset.width * dataset.count * STRIP_ROWS))
        for top in strips[:: -(-len(strips) // wanted)]:
            strip = Window(0, top, dataset.width, min(STRIP_ROWS, dataset.height - top))
            digest.update(dataset.read(window=strip).tobytes())
    return digest.hexdigest()
