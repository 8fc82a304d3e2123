"""The finished map: people's footprints where they drew or looked, the model's elsewhere."""

from __future__ import annotations

from collections.abc import Collection

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ..imagery.grid import Tile, TileGrid
from .drafts import SAME_SHARE

COLUMNS = ["origin", "checked", "confidence", "version", "area_m2", "geometry"]
PAIRS_AT_ONCE = 1000
OUTSIDE_SHARE = 0.5  # of a footprint across the border of a finished tile: with less outside, people judged it there


def finish_map(
    predicted: geopandas.GeoDataFrame,
    labels: geopandas.GeoDataFrame,
    finished: Collection[Tile],
    grid: TileGrid,
    version: str,
    minimum_area_m2: float = 0.0,
) -> geopandas.GeoDataFrame:
    """All labels, which people have checked, then what is predicted on ground that nobody judged; see COLUMNS.

    ``labels`` are what people drew or accepted, ``finished`` the tiles on which they hold every building; all lie in
    the CRS of the grid. Labels have no confidence, and a version only where they came from a draft.
    """
    drawn = shapely.make_valid(np.asarray(labels.geometry.array))  # what is drawn in QGIS may cross itself
    by_model = unjudged(predicted, drawn, finished, grid)
    by_model = by_model[by_model.area_m2 >= minimum_area_m2].assign(origin="model", checked=False, version=version)
    is_draft = labels.origin == "model"
    by_people = geopandas.GeoDataFrame(
        {
            "origin": np.where(is_draft, "model", "human"),
            "checked": np.ones(len(labels), dtype=bool),
            "confidence": np.full(len(labels), np.nan),
            "version": labels.model_version.where(is_draft, None),
            "area_m2": shapely.area(drawn) / grid.units_per_metre**2,
        },
        geometry=labels.geometry.array,
        crs=predicted.crs,
    )
    parts = [part[COLUMNS] for part in (by_people, by_model) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else by_model[COLUMNS]


def unjudged(
    predicted: geopandas.GeoDataFrame, drawn: NDArray[np.object_], finished: Collection[Tile], grid: TileGrid
) -> geopandas.GeoDataFrame:
    """The predicted footprints, with their ``area_m2``, as far as they lie on ground that nobody judged.

    One gives way to an outline that people drew where they share more than a fifth of the smaller one. Across the
    border of a finished tile it keeps its largest part outside, where half of it lies outside.
    """
    return _outside(predicted[~_overlap(np.asarray(predicted.geometry.array), drawn)], finished, grid)


def _overlap(predicted: NDArray[np.object_], drawn: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which of the predicted outlines, (footprint,), show a building that is drawn already."""
    pairs = shapely.STRtree(drawn).query(predicted, predicate="intersects")  # (predicted or drawn, pair)
    overlap = np.zeros(len(predicted), dtype=bool)
    for start in range(0, pairs.shape[1], PAIRS_AT_ONCE):
        first, second = pairs[:, start : start + PAIRS_AT_ONCE]
        first, second = first[~overlap[first]], second[~overlap[first]]  # one drawn building is enough
        shared = shapely.area(shapely.intersection(predicted[first], drawn[second]))
        smaller = np.minimum(shapely.area(predicted[first]), shapely.area(drawn[second]))
        overlap[first[shared > SAME_SHARE * smaller]] = True
    return overlap


def _outside(predicted: geopandas.GeoDataFrame, finished: Collection[Tile], grid: TileGrid) -> geopandas.GeoDataFrame:
    """The predicted footprints without their ground in finished tiles, as far as enough of each is left."""
    if not finished or predicted.empty:
        return predicted
    judged = shapely.union_all(shapely.box(*np.array([grid.tile_bounds(tile) for tile in finished]).T))
    shapely.prepare(judged)
    whole = np.asarray(predicted.geometry.array)
    outlines = whole.copy()
    for index in np.flatnonzero(shapely.intersects(judged, whole)):
        parts = shapely.get_parts(shapely.difference(outlines[index], judged))
        outlines[index] = max(parts, key=shapely.area, default=shapely.Polygon())
    left = shapely.area(outlines) / shapely.area(whole)
    found = predicted.assign(area_m2=predicted.area_m2 * left).set_geometry(outlines, crs=predicted.crs)
    return found[left >= OUTSIDE_SHARE]
