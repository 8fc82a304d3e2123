"""Drafts: the footprints that a model version proposes for one tile, to be reviewed before they are labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from ..imagery.grid import Tile, TileGrid
from ..imagery.raster import Imagery
from ..jobs import Job, share
from .outlines import polygonise
from .prediction import Predictor, predict_mosaic

STRIDE_PX = 32  # of the deepest encoder map: the sides of what the network takes are multiples of it
SAME_SHARE = 0.2  # a draft that lies on labels with more of its area shows what is labelled already


def draft_tile(
    predictor: Predictor,
    imagery: Imagery,
    grid: TileGrid,
    tile: Tile,
    mosaic: Path,
    *,
    threshold: float = 0.5,
    minimum_area_m2: float | None = None,
) -> Job[geopandas.GeoDataFrame]:
    """The footprints predicted on a tile, as ``polygonise`` gives them, as far as its surroundings show them whole.

    ``mosaic`` is where the probability may be written meanwhile.
    """
    around = surroundings(grid, tile)
    yield from share(predict_mosaic(predictor, imagery, around, None, mosaic), 0.0, 0.9)
    footprints = yield from share(
        polygonise(mosaic, around, predictor.classes, threshold=threshold, minimum_area_m2=minimum_area_m2), 0.9, 1.0
    )
    square = shapely.box(*grid.tile_bounds(tile))
    return footprints[footprints.intersects(square) & ~footprints.touches(square)]


def surroundings(grid: TileGrid, tile: Tile) -> TileGrid:
    """A grid of one tile: the tile with about a quarter of its side more on each side, on the same pixels."""
    margin_px = STRIDE_PX * max(1, round(grid.tile_size_px / 4 / STRIDE_PX))
    left, _, _, top = grid.tile_bounds(tile)
    margin = margin_px * grid.pixel_size
    size_px = grid.tile_size_px + 2 * margin_px
    return replace(grid, left=left - margin, top=top + margin, tile_size_px=size_px, rows=1, columns=1)


def not_labelled(drafts: Sequence[Polygon], footprints: Sequence[BaseGeometry]) -> list[Polygon]:
    """The drafts that show something else than the footprints that are there already."""
    labelled = shapely.union_all(np.array(footprints, dtype=object))
    shares = (shapely.area(shapely.intersection(draft, labelled)) / draft.area for draft in drafts)
    return [draft for draft, on_labels in zip(drafts, shares) if on_labels <= SAME_SHARE]
