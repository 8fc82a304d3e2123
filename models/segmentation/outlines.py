"""Footprints from a mosaic of probabilities: outlines without specks, simplified, with square corners."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

from ..imagery.grid import TileGrid
from ..jobs import Job, run, share
from .confidence import AS_IT_IS, PlattScaling
from .instances import BORDER_THRESHOLD, MINIMUM_SEED_M2, Instance, Layers, find_instances
from .mosaic import CERTAIN
from .regularisation import square_corners

THRESHOLD, MINIMUM_AREA_M2, SIMPLIFY_M = 0.5, 4.0, 0.3


def polygonise(
    path: Path,
    grid: TileGrid,
    *,
    threshold: float = THRESHOLD,
    border_threshold: float = BORDER_THRESHOLD,
    minimum_area_m2: float = MINIMUM_AREA_M2,
    simplify_m: float = SIMPLIFY_M,
    regularise: bool = True,
    scaling: PlattScaling = AS_IT_IS,
) -> Job[geopandas.GeoDataFrame]:
    """The footprints in a mosaic of probabilities: geometry in the grid's CRS, confidence and area_m2.

    A footprint is a building as ``find_instances`` finds it; its confidence, 0 to 1, comes by ``scaling`` from the mean
    probability of its pixels. Areas are those on the ground, whatever the units of the CRS. Footprints and holes below
    the minimum area are dropped; outlines are simplified to within simplify_m, or one pixel where that is more, and
    their corners squared where that keeps their shape.
    """
    with rasterio.open(path) as raster:
        layers = Layers(lambda window: raster.read(window=window), raster.shape, raster.count > 1)
        instances = yield from share(
            _instances(layers, grid.gsd_metres, threshold, border_threshold, minimum_area_m2), 0, 0.7
        )
    outlines = []
    for instance in instances:
        outlines.append(_drawn(instance.outline, grid.gsd_metres, minimum_area_m2, simplify_m, regularise))
        yield 0.7 + 0.3 * len(outlines) / len(instances)
    probability = np.array([instance.mean_value / CERTAIN for instance in instances], dtype=float)
    footprints = geopandas.GeoDataFrame(
        {
            "confidence": scaling.confidence(probability),
            "area_m2": shapely.area(outlines) * grid.gsd_metres**2,
        },
        geometry=_on_the_map(outlines, grid),
        crs=grid.crs,
    )
    return footprints[footprints.area_m2 >= minimum_area_m2].reset_index(drop=True)


def outlines_in(values: NDArray[np.uint8], gsd_metres: float) -> list[Polygon]:
    """The footprints in a picture (layer, row, column) in memory, as ``polygonise`` draws them, in its pixels."""
    instances = run(_instances(Layers.of(values), gsd_metres, THRESHOLD, BORDER_THRESHOLD, MINIMUM_AREA_M2))
    drawn = [_drawn(each.outline, gsd_metres, MINIMUM_AREA_M2, SIMPLIFY_M, regularise=True) for each in instances]
    return [outline for outline in drawn if outline.area >= MINIMUM_AREA_M2 / gsd_metres**2]


def _instances(
    layers: Layers, gsd_metres: float, threshold: float, border_threshold: float, minimum_area_m2: float
) -> Job[list[Instance]]:
    minimum_px, seed_px = (area / gsd_metres**2 for area in (minimum_area_m2, MINIMUM_SEED_M2))
    return find_instances(layers, threshold * CERTAIN, border_threshold * CERTAIN, minimum_px, seed_px)


def _drawn(outline: Polygon, gsd_metres: float, minimum_area_m2: float, simplify_m: float, regularise: bool) -> Polygon:
    """An outline as one would draw it: without small holes and steps, its corners squared where that is wanted."""
    tolerance_px = max(simplify_m / gsd_metres, 1.0)
    simple = _without_small_holes(outline, minimum_area_m2 / gsd_metres**2).simplify(tolerance_px)
    return square_corners(simple, 2 * tolerance_px) if regularise else simple


def _without_small_holes(polygon: Polygon, minimum_area: float) -> Polygon:
    holes = [hole for hole in polygon.interiors if Polygon(hole).area >= minimum_area]
    return Polygon(polygon.exterior, holes)


def _on_the_map(outlines: list[Polygon], grid: TileGrid) -> NDArray[np.object_]:
    """Outlines in pixels of the grid as polygons (footprint,) in its CRS."""
    scale = np.array([grid.pixel_size, -grid.pixel_size])
    upper_left = np.array([grid.left, grid.top])
    in_pixels = np.array(outlines, dtype=object)
    footprints: NDArray[np.object_] = shapely.transform(in_pixels, lambda points: points * scale + upper_left)
    return footprints
