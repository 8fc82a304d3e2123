"""Which tiles a file of footprints finishes, and which of its footprints lie on each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import shapely

from ..errors import LabelError, NothingToDo
from ..imagery.grid import Bounds, Tile
from .label_store import LabelStore
from .records import TileState
from .workspace import HANDING_IN

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry

Wish = list["str | int | bool | None"]  # footprints, count, exam


def begun_tiles(store: LabelStore, wish: Wish) -> list[str] | None:
    """The tiles that the same wish meant before it was interrupted; None where it is a new one."""
    begun = json.loads(store.setting(HANDING_IN))
    return list(begun["tiles"]) if begun.get("wish") == wish else None


def begin(store: LabelStore, wish: Wish, tiles: Sequence[str]) -> None:
    """Keep which tiles a wish means until all of them are finished."""
    store.set_setting(HANDING_IN, json.dumps({"wish": wish, "tiles": list(tiles)}))


def end(store: LabelStore) -> None:
    store.set_setting(HANDING_IN, "{}")


def campaign_tiles(store: LabelStore, tile_ids: Sequence[str]) -> list[Tile]:
    """The tiles of these ids; raises LabelError where one of them is not for annotating."""
    if not tile_ids:
        raise NothingToDo(
            "no-tile-waits",
            "No tile waits for labels there.",
        )
    records = [store.tile(tile_id) for tile_id in tile_ids]
    for record in records:
        if record.state is TileState.BAD_IMAGERY:
            raise LabelError(
                "tile-without-picture",
                "Tile {tile} has no picture to draw on (bad imagery). Take another one.",
                tile=record.tile.id,
            )
    return [record.tile for record in records]


def on_tile(footprints: GeoSeries, bounds: Bounds) -> list[BaseGeometry]:
    """The footprints that share ground with a tile, whole."""
    square = shapely.box(*bounds)
    candidates = footprints.iloc[footprints.sindex.query(square, predicate="intersects")]
    return [footprint for footprint in candidates if not footprint.touches(square)]
