"""What the settings of a campaign may say, checked one by one when it is opened: it may come from a stranger."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PureWindowsPath
from typing import Any, NamedTuple

from ..imagery.fingerprint import OF_PIXELS
from ..imagery.grid import TileGrid
from ..imagery.normalization import Normalization
from ..storage.bounded_json import FieldError, is_count, is_number, read_json
from ..storage.limits import (
    COARSEST_GSD_METRES,
    FINEST_GSD_METRES,
    LARGEST_COORDINATE,
    LARGEST_TILE_PX,
    MOST_BANDS,
    MOST_TILES,
)
from .card_format import A_NAME, is_id

LONGEST_TEXT, LONGEST_CRS = 4096, 65536  # characters
FINGERPRINT = re.compile(f"({OF_PIXELS})?[0-9a-f]{{64}}")
TILE_ID = re.compile(r"r\d{3,6}_c\d{3,6}")
FINEST, COARSEST = FINEST_GSD_METRES / 10, COARSEST_GSD_METRES * 10  # what was asked about may have been meant
NORMALIZATION = ("low", "high", "mean", "std")


class Settings(NamedTuple):
    """What a campaign is made of: the picture, its bands, how tiles lie over it and how its pixels are normalised."""

    imagery: Path
    bands: list[int]
    fingerprint: str
    grid: TileGrid
    normalization: Normalization


def read_settings(known: Mapping[str, object]) -> Settings:
    """The settings by their keys, as they are kept; FieldError with the key where one is missing or cannot be used."""
    read: dict[str, Any] = {}
    for name, (is_json, is_right, wanted) in SETTINGS.items():
        if name not in known:
            raise FieldError(f"'{name}' is missing")
        value = known[name]
        if is_json and isinstance(value, str):
            value = read_json(value, name)
        if not is_right(value):
            raise FieldError(f"'{name}' must be {wanted}")
        read[name] = value
    normalization = Normalization(*(tuple(read["normalization"][name]) for name in NORMALIZATION))
    if len(normalization.low) != len(read["bands"]):
        raise FieldError(f"'normalization' must be of as many bands as 'bands': {len(read['bands'])}")
    grid = TileGrid(**read["grid"])
    return Settings(Path(read["imagery"]), read["bands"], read["fingerprint"], grid, normalization)


def is_elsewhere(imagery: Path, folder: Path) -> bool:
    """Whether a path names another server than the campaign's own: to look there would tell it who is looking."""
    server = PureWindowsPath(str(imagery)).drive
    return server.startswith("\\\\") and server.casefold() != PureWindowsPath(str(folder)).drive.casefold()


def _is_text(value: object, most: int = LONGEST_TEXT) -> bool:
    return isinstance(value, str) and 0 < len(value) <= most and "\0" not in value


def _is_fingerprint(value: object) -> bool:
    return isinstance(value, str) and FINGERPRINT.fullmatch(value) is not None


def _are_bands(value: object) -> bool:
    return isinstance(value, list) and 0 < len(value) <= MOST_BANDS and all(is_count(band, 65535) for band in value)


def _is_grid(value: object) -> bool:
    """Whether each number is one, and they agree: so many tiles of that size still lie on Earth."""
    if not isinstance(value, dict) or set(value) != set(GRID) or not all(GRID[name](value[name]) for name in GRID):
        return False
    side = value["gsd_metres"] * value["units_per_metre"] * value["tile_size_px"]
    reach = max(value["rows"], value["columns"]) * side
    return bool(value["rows"] * value["columns"] <= MOST_TILES and reach <= 2 * LARGEST_COORDINATE)


def _is_normalization(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != set(NORMALIZATION):
        return False
    bands = list(value.values())
    return (
        all(isinstance(numbers, list) and 0 < len(numbers) <= MOST_BANDS for numbers in bands)
        and len(set(map(len, bands))) == 1
        and all(is_number(number, -1e38, 1e38) for numbers in bands for number in numbers)
        and all(low <= high for low, high in zip(value["low"], value["high"]))
        and all(std > 0 for std in value["std"])
    )


def _are_requests(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(request, dict)
        and set(request) == {"content", "count", "exam", "tiles"}
        and _is_text(request["content"])
        and (request["count"] is None or is_count(request["count"], MOST_TILES))
        and isinstance(request["exam"], bool)
        and isinstance(request["tiles"], list)
        and all(isinstance(tile, str) and TILE_ID.fullmatch(tile) for tile in request["tiles"])
        for request in value
    )


GRID: Mapping[str, Callable[[Any], bool]] = {
    "crs": lambda value: _is_text(value, LONGEST_CRS),
    "left": lambda value: is_number(value, -LARGEST_COORDINATE, LARGEST_COORDINATE),
    "top": lambda value: is_number(value, -LARGEST_COORDINATE, LARGEST_COORDINATE),
    "units_per_metre": lambda value: is_number(value, 1e-3, 1e3),
    "gsd_metres": lambda value: is_number(value, FINEST, COARSEST),
    "tile_size_px": lambda value: is_count(value, LARGEST_TILE_PX),
    "rows": lambda value: is_count(value, MOST_TILES),
    "columns": lambda value: is_count(value, MOST_TILES),
}
# by key: whether it is JSON, whether a value is right, and what it must be
SETTINGS: Mapping[str, tuple[bool, Callable[[Any], bool], str]] = {
    "imagery": (False, _is_text, "the path of a file"),
    "bands": (True, _are_bands, f"a list of 1 to {MOST_BANDS} numbers of bands"),
    "fingerprint": (False, _is_fingerprint, "a fingerprint of imagery"),
    "grid": (
        True,
        _is_grid,
        f"a grid of at most {MOST_TILES:,} tiles of at most {LARGEST_TILE_PX} pixels a side, with a GSD of "
        f"{FINEST} to {COARSEST:.0f} m, somewhere on Earth",
    ),
    "normalization": (True, _is_normalization, "low, high, mean and std of each band, finite and std above 0"),
    "active_version": (False, is_id, A_NAME),
    "campaign_id": (False, _is_text, "a text"),
    "import_requests": (True, _are_requests, "a list of begun imports, each with content, count, exam and tiles"),
}
