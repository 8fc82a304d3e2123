"""The bands of imagery that make a picture as people see it."""

from __future__ import annotations

from pathlib import Path

from .raster_checks import band_names
from .raster_file import open_raster

# by colour, and by the numbers that these have in Sentinel-2 and Landsat 8 and 9
NAMES = (("red", "b4", "b04"), ("green", "b3", "b03"), ("blue", "b2", "b02"))


def true_colour(path: Path) -> tuple[int, ...] | None:
    """The bands of red, green and blue, counted from 1, by what the raster calls them; None where it does not say."""
    with open_raster(path) as dataset:
        number = {name.casefold(): band for band, name in reversed([*enumerate(band_names(dataset), 1)])}
    found = [next((number[name] for name in names if name in number), None) for names in NAMES]
    return None if None in found else tuple(band for band in found if band)
