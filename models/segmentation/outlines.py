"""Footprints from a mosaic of probabilities: outlines without specks, simplified, with square corners."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray
from rasterio.features import shapes
from shapely.geometry import Polygon, shape

from ..imagery.grid import TileGrid
from ..jobs import Job, share
from .connected_components import find_components
from .mosaic import CERTAIN
from .regularisation import square_corners

MINIMUM_AREA_M2, SIMPLIFY_M = 4.0, 0.3


def polygonise(
    path: Path,
    grid: TileGrid,
    *,
    threshold: float = 0.5,
    minimum_area_m2: float = MINIMUM_AREA_M2,
    simplify_m: float = SIMPLIFY_M,
    regularise: bool = True,
) -> Job[geopandas.GeoDataFrame]:
    """The footprints in a mosaic of probabilities: geometry in the grid's CRS, confidence and area_m2.

    A footprint is a connected component of the pixels that reach the threshold, by their edges; its confidence,
    0 to 1, is their mean probability. Areas are those on the ground, whatever the units of the CRS.
    Footprints and holes below the minimum area are dropped; outlines are simplified to within simplify_m,
    or one pixel where that is more, and their corners squared where that keeps their shape.
    """
    minimum_px, tolerance_px = minimum_area_m2 / grid.gsd_metres**2, max(simplify_m / grid.gsd_metres, 1.0)
    components = yield from share(find_components(path, threshold * CERTAIN, minimum_px), 0, 0.5)
    outlines = []
    for component in components:
        outlines.append(_drawn(component.outline(), minimum_px, tolerance_px, regularise))
        yield 0.5 + 0.5 * len(outlines) / len(components)
    footprints = geopandas.GeoDataFrame(
        {
            "confidence": np.array([component.mean_value / CERTAIN for component in components], dtype=float),
            "area_m2": shapely.area(outlines) * grid.gsd_metres**2,
        },
        geometry=_on_the_map(outlines, grid),
        crs=grid.crs,
    )
    return footprints[footprints.area_m2 >= minimum_area_m2].reset_index(drop=True)


def outlines_of_mask(building: NDArray[np.bool_], gsd_metres: float) -> list[Polygon]:
    """The footprints in a mask (row, column) in memory, as ``polygonise`` draws them, in pixels of the mask."""
    minimum_px, tolerance_px = MINIMUM_AREA_M2 / gsd_metres**2, max(SIMPLIFY_M / gsd_metres, 1.0)
    components = (shape(found) for found, _ in shapes(building.astype(np.uint8), mask=building))
    plain = [shapely.simplify(shapely.normalize(c), 0) for c in components if c.area >= minimum_px]
    drawn = [_drawn(outline, minimum_px, tolerance_px, regularise=True) for outline in plain]
    return [outline for outline in drawn if outline.area >= minimum_px]


def _drawn(outline: Polygon, minimum_px: float, tolerance_px: float, regularise: bool) -> Polygon:
    """An outline as one would draw it: without small holes and steps, its corners squared where that is wanted."""
    simple = _without_small_holes(outline, minimum_px).simplify(tolerance_px)
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
