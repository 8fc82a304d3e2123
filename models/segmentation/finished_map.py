"""The finished map: people's footprints where they drew or looked, the model's elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from shapely.geometry.base import BaseGeometry

from ..imagery.grid import Tile, TileGrid

COLUMNS = ["class", "origin", "checked", "confidence", "version", "area_m2", "geometry"]
PAIRS_AT_ONCE = 1000
DRAWN_SHARE = 0.5  # of a predicted footprint: with more of it on one that people drew, both show the same building
OUTSIDE_SHARE = 0.5  # of a predicted footprint: with less on ground that nobody judged, people judged it
EDGE_PX = 1e-3  # how near to a tile edge is on it
NARROW_M = 1.0  # what is left of it beside judged ground and is nowhere as wide is a sliver


def finish_map(
    predicted: geopandas.GeoDataFrame,
    labels: geopandas.GeoDataFrame,
    finished: Collection[Tile],
    grid: TileGrid,
    version: str,
    smallest_m2: Mapping[str, float],
    objects: Collection[str],
) -> geopandas.GeoDataFrame:
    """All labels, which people have checked, then what is predicted on ground that nobody judged; see COLUMNS.

    ``labels`` are what people drew or accepted, ``finished`` the tiles on which they hold every building; all lie in
    the CRS of the grid. Labels have no confidence, and a version only where they came from a draft. ``smallest_m2`` is
    the least area of a predicted footprint by its class; of the classes among ``objects`` each footprint is one object.
    """
    labels = joined_at_tile_edges(labels, grid)
    drawn = shapely.make_valid(np.asarray(labels.geometry.array))  # what is drawn in QGIS may cross itself
    by_model = unjudged(predicted, drawn, finished, grid, predicted["class"].isin(list(objects)).to_numpy())
    by_model = by_model[by_model.area_m2 >= by_model["class"].map(smallest_m2).astype(float)].assign(
        origin="model", checked=False, version=version
    )
    is_draft = labels.origin == "model"
    by_people = geopandas.GeoDataFrame(
        {
            "class": labels["class"],
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


def joined_at_tile_edges(labels: geopandas.GeoDataFrame, grid: TileGrid) -> geopandas.GeoDataFrame:
    """The labels, but those that a tile edge cuts into parts, such as a lake from a label raster, are one again.

    Parts share a stretch of a tile edge and no other ground line, and are of one class, origin and version. What people
    drew side by side stays apart, and what has no other part stays as it is.
    """
    outlines = _snapped_to_tile_edges(np.asarray(labels.geometry.array), grid)
    kind = labels.groupby(["class", "origin", "model_version"], dropna=False).ngroup().to_numpy()
    ends = np.flatnonzero(_is_tile_edge(shapely.bounds(outlines), grid).any(axis=1) & shapely.is_valid(outlines))
    first, second = ends[shapely.STRtree(outlines[ends]).query(outlines[ends], predicate="touches")]
    is_pair = (first < second) & (kind[first] == kind[second])
    first, second = first[is_pair], second[is_pair]
    shared = shapely.intersection(outlines[first], outlines[second])
    low, high = shapely.bounds(shared).reshape(-1, 2, 2).swapaxes(0, 1)  # (pair, axis) each
    is_along = (high == low) & _is_tile_edge(shapely.bounds(shared), grid)[:, :2]
    is_cut = is_along.any(axis=1) & (shapely.length(shared) > 0)
    pairs = coo_matrix((is_cut[is_cut], (first[is_cut], second[is_cut])), shape=(len(outlines),) * 2)
    _, whole = connected_components(pairs, directed=False)
    is_part = np.bincount(whole, minlength=1)[whole] > 1
    if not is_part.any():
        return labels
    joined = labels.set_geometry(outlines)[is_part].dissolve(whole[is_part], aggfunc="first")
    return pd.concat([labels[~is_part], joined], ignore_index=True)


def _snapped_to_tile_edges(outlines: NDArray[np.object_], grid: TileGrid) -> NDArray[np.object_]:
    """The outlines with what lies on a tile edge, but for rounding, exactly there."""
    corner = np.array(grid.bounds)[[0, 3]]

    def snapped(points: NDArray[np.float64]) -> NDArray[np.float64]:
        edges = corner + np.round((points - corner) / grid.tile_size) * grid.tile_size
        return np.where(np.abs(points - edges) < EDGE_PX * grid.pixel_size, edges, points)

    found: NDArray[np.object_] = shapely.transform(outlines, snapped)
    return found


def _is_tile_edge(bounds: NDArray[np.float64], grid: TileGrid) -> NDArray[np.bool_]:
    """Which of the sides of bounds, (geometry, 4), lie on tile edges, of geometries that are snapped to them."""
    corner = np.tile(np.array(grid.bounds)[[0, 3]], 2)
    found: NDArray[np.bool_] = bounds == corner + np.round((bounds - corner) / grid.tile_size) * grid.tile_size
    return found


def unjudged(
    predicted: geopandas.GeoDataFrame,
    drawn: NDArray[np.object_],
    finished: Collection[Tile],
    grid: TileGrid,
    is_object: NDArray[np.bool_],
) -> geopandas.GeoDataFrame:
    """The predicted footprints, with their ``area_m2``, as far as they lie on ground that nobody judged.

    Judged are finished tiles and what people drew. A footprint gives way as a whole where more than half of it lies on
    one that people drew, or on judged ground; else it loses that ground, and each part that is left is one. So a blob
    over many touching roofs stays where nobody has drawn. A footprint that is no object, (footprint,), such as a lake,
    never gives way as a whole.
    """
    squares = shapely.box(*np.array([grid.tile_bounds(tile) for tile in finished]).T.reshape(4, -1))
    outlines, judged = _sound(np.asarray(predicted.geometry.array)), np.concatenate([squares, drawn])
    first, second = shapely.STRtree(judged).query(outlines, predicate="intersects")  # (predicted or judged, pair)
    is_drawn = second >= len(squares)
    is_same = _is_drawn_already(outlines, judged, first[is_drawn], second[is_drawn])
    kept = [_polygons(outline) for outline in outlines]
    for index, near in zip(*_grouped(first, second)):
        narrow = NARROW_M * grid.units_per_metre
        if is_same[index] and is_object[index]:
            kept[index] = kept[index][:0]
        else:
            kept[index] = _left(outlines[index], judged[near], narrow, OUTSIDE_SHARE if is_object[index] else 0.0)
    found = predicted.iloc[np.repeat(np.arange(len(kept)), [len(parts) for parts in kept])]
    parts = np.concatenate([np.empty(0, dtype=object), *kept])
    return found.assign(area_m2=shapely.area(parts) / grid.units_per_metre**2).set_geometry(parts, crs=predicted.crs)


def _sound(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Outlines of which those that cross themselves are mended: so simplified a thin one may come out."""
    found: NDArray[np.object_] = np.where(shapely.is_valid(outlines), outlines, shapely.make_valid(outlines))
    return found


def _is_drawn_already(
    predicted: NDArray[np.object_], drawn: NDArray[np.object_], first: NDArray[np.intp], second: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Which of the predicted outlines, (footprint,), show a building that is drawn, given pairs of both, (pair,)."""
    is_same = np.zeros(len(predicted), dtype=bool)
    for start in range(0, len(first), PAIRS_AT_ONCE):
        here, there = first[start : start + PAIRS_AT_ONCE], second[start : start + PAIRS_AT_ONCE]
        here, there = here[~is_same[here]], there[~is_same[here]]  # one drawn building is enough
        shared = shapely.area(shapely.intersection(predicted[here], drawn[there]))
        is_same[here[shared > DRAWN_SHARE * shapely.area(predicted[here])]] = True
    return is_same


def _grouped(first: NDArray[np.intp], second: NDArray[np.intp]) -> tuple[list[int], list[NDArray[np.intp]]]:
    """Pairs in the order of their first place: each of these once, and the second places that go with it."""
    places, starts = np.unique(first, return_index=True)
    return places.tolist(), np.split(second, starts[1:]) if len(places) else []


def _left(outline: BaseGeometry, judged: NDArray[np.object_], narrow: float, least_share: float) -> NDArray[np.object_]:
    """The parts of an outline on ground that nobody judged; none where they are less than a share of it."""
    left = shapely.difference(outline, shapely.union_all(judged))
    if left.area == outline.area:  # they only touch
        return _polygons(outline)
    if left.area < least_share * outline.area:
        return np.empty(0, dtype=object)
    wide = shapely.buffer(shapely.buffer(left, -narrow / 2, join_style="mitre"), narrow / 2, join_style="mitre")
    left, wide = _sound(np.array([left, wide], dtype=object))
    return _polygons(shapely.intersection(left, wide))


def _polygons(found: BaseGeometry) -> NDArray[np.object_]:
    parts = shapely.get_parts(found)
    return np.asarray(parts[shapely.get_dimensions(parts) == 2], dtype=object)
