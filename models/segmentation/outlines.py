"""Footprints from a mosaic of probabilities: outlines without specks, simplified, with square corners where wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas
import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from ..imagery.grid import TileGrid
from ..jobs import Job, run, share
from .classes import BUILDING, MappedClass
from .confidence import AS_IT_IS, PlattScaling
from .instances import BORDER_THRESHOLD, MINIMUM_SEED_M2, Instance, Layers, find_instances
from .likeliest_class import THRESHOLD
from .mosaic import CERTAIN
from .regularisation import square_corners

SIMPLIFY_M = 0.3
SPECK_PX = 9  # of classes whose objects are not told apart: what has fewer pixels is left to the raster of classes


def polygonise(
    path: Path,
    grid: TileGrid,
    classes: Sequence[MappedClass] = (BUILDING,),
    *,
    threshold: float = THRESHOLD,
    border_threshold: float = BORDER_THRESHOLD,
    minimum_area_m2: float | None = None,
    simplify_m: float = SIMPLIFY_M,
    regularise: bool = True,
    scaling: PlattScaling = AS_IT_IS,
) -> Job[geopandas.GeoDataFrame]:
    """The footprints in a mosaic of probabilities: geometry in the grid's CRS, class, confidence and area_m2.

    A footprint is an object as ``find_instances`` finds it; its confidence, 0 to 1, comes by ``scaling`` from the mean
    probability of its pixels. Areas are those on the ground, whatever the units of the CRS. Footprints and holes below
    the minimum area, by default that of their class, are dropped; outlines are simplified to within simplify_m, or one
    pixel where that is more. Corners are squared where the class says so and that keeps their shape; outlines of other
    classes keep the edges that they share, and give way to those.
    """
    with rasterio.open(path) as raster:
        layers = Layers(
            lambda window: raster.read(window=window), raster.shape, len(classes), raster.count > len(classes)
        )
        found = yield from share(
            _instances(layers, classes, grid.gsd_metres, threshold, border_threshold, minimum_area_m2), 0, 0.7
        )
    drawn = yield from share(_drawn(found, classes, grid.gsd_metres, minimum_area_m2, simplify_m, regularise), 0.7, 1)
    outlines, numbers, probability = drawn
    footprints = geopandas.GeoDataFrame(
        {
            "class": np.array([each.name for each in classes], dtype=object)[numbers - 1],
            "confidence": scaling.confidence(probability),
            "area_m2": shapely.area(outlines) * grid.gsd_metres**2,
        },
        geometry=_on_the_map(outlines, grid),
        crs=grid.crs,
    )
    smallest = np.array([_least_m2(each, minimum_area_m2) for each in classes])[numbers - 1]
    is_kept = (footprints.area_m2 >= smallest) & (footprints.area_m2 > 0)
    return footprints[is_kept].reset_index(drop=True)


def outlines_in(
    values: NDArray[np.uint8], gsd_metres: float, classes: Sequence[MappedClass] = (BUILDING,)
) -> tuple[NDArray[np.object_], NDArray[np.uint8]]:
    """The footprints in a picture (layer, row, column) in memory, as ``polygonise`` draws them, in its pixels.

    Gives their outlines (footprint,) and the numbers of their classes (footprint,), counted from 1.
    """
    layers = Layers.of(values, len(classes))
    found = run(_instances(layers, classes, gsd_metres, THRESHOLD, BORDER_THRESHOLD, None))
    outlines, numbers, _ = run(_drawn(found, classes, gsd_metres, None, SIMPLIFY_M, True))
    smallest = np.array([each.minimum_area_m2 for each in classes])[numbers - 1] / gsd_metres**2
    is_kept = (shapely.area(outlines) >= smallest) & (shapely.area(outlines) > 0)
    return outlines[is_kept], numbers[is_kept]


def _least_m2(mapped: MappedClass, minimum_area_m2: float | None) -> float:
    return mapped.minimum_area_m2 if minimum_area_m2 is None else minimum_area_m2


def _instances(
    layers: Layers,
    classes: Sequence[MappedClass],
    gsd_metres: float,
    threshold: float,
    border_threshold: float,
    minimum_area_m2: float | None,
) -> Job[list[list[Instance]]]:
    """The objects of each class."""
    found = []
    for place, each in enumerate(classes):
        minimum_px, seed_px = (area / gsd_metres**2 for area in (_least_m2(each, minimum_area_m2), MINIMUM_SEED_M2))
        minimum_px = minimum_px if each.is_squared else max(minimum_px, SPECK_PX)
        job = find_instances(layers, place + 1, each.is_squared, threshold, border_threshold, minimum_px, seed_px)
        found.append((yield from share(job, place / len(classes), (place + 1) / len(classes))))
    return found


def _drawn(
    found: Sequence[Sequence[Instance]],
    classes: Sequence[MappedClass],
    gsd_metres: float,
    minimum_area_m2: float | None,
    simplify_m: float,
    regularise: bool,
) -> Job[tuple[NDArray[np.object_], NDArray[np.uint8], NDArray[np.float64]]]:
    """Outlines as one would draw them, in pixels, the numbers of their classes, and their mean probability."""
    numbers = np.repeat(np.arange(1, len(classes) + 1), [len(objects) for objects in found]).astype(np.uint8)
    instances = [instance for objects in found for instance in objects]
    outlines = np.array([instance.outline for instance in instances], dtype=object)
    tolerance_px = max(simplify_m / gsd_metres, 1.0)
    is_squared = np.array([each.is_squared for each in classes])[numbers - 1]
    for done, place in enumerate(np.flatnonzero(is_squared)):
        smallest_px = _least_m2(classes[numbers[place] - 1], minimum_area_m2) / gsd_metres**2
        simple = _without_small_holes(outlines[place], smallest_px).simplify(tolerance_px)
        outlines[place] = square_corners(simple, 2 * tolerance_px) if regularise else simple
        yield done / len(outlines)
    outlines[~is_squared] = _beside(_simplified(outlines[~is_squared], tolerance_px), outlines[is_squared])
    probability = np.array([instance.mean_value / CERTAIN for instance in instances], dtype=float)
    return outlines, numbers, probability


def _simplified(outlines: NDArray[np.object_], tolerance_px: float) -> NDArray[np.object_]:
    """Outlines that share edges, with these simplified alike; as they are where shapely, before 2.1, cannot do that."""
    if not len(outlines) or not hasattr(shapely, "coverage_simplify"):
        return outlines
    simple: NDArray[np.object_] = shapely.coverage_simplify(outlines, tolerance_px)
    return simple


def _beside(outlines: NDArray[np.object_], others: NDArray[np.object_]) -> NDArray[np.object_]:
    """Outlines without the ground of some others."""
    left = outlines.copy()
    place, other = shapely.STRtree(others).query(outlines, predicate="intersects")
    for number in np.unique(place):
        left[number] = shapely.difference(outlines[number], shapely.union_all(others[other[place == number]]))
    return left


def _without_small_holes(polygon: Polygon, minimum_area: float) -> Polygon:
    holes = [hole for hole in polygon.interiors if Polygon(hole).area >= minimum_area]
    return Polygon(polygon.exterior, holes)


def _on_the_map(outlines: NDArray[np.object_], grid: TileGrid) -> NDArray[np.object_]:
    """Outlines in pixels of the grid as polygons (footprint,) in its CRS."""
    scale = np.array([grid.pixel_size, -grid.pixel_size])
    upper_left = np.array([grid.left, grid.top])
    footprints: NDArray[np.object_] = shapely.transform(outlines, lambda points: points * scale + upper_left)
    return footprints
