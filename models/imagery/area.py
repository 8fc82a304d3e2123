"""The area of interest: the polygon, in any CRS, that limits the tile grid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..errors import ImageryError
from ..storage.limits import MOST_AREA_VERTICES, MOST_BROKEN_RINGS, MOST_CROSSINGS, MOST_CROSSINGS_TOGETHER
from ..storage.vector_file import UNREADABLE, are_entangled, are_on_earth, check_vector, is_tangled, read_layer
from .grid import Tile, TileGrid


def read_area(path: Path, crs: str) -> BaseGeometry:
    """All polygons of a file as one geometry in the CRS; raises ImageryError with the cure where there are none."""
    try:
        check_vector(path, ImageryError)
        area = read_layer(path)
    except UNREADABLE as error:
        raise _unreadable(path, error) from error
    if not isinstance(area, geopandas.GeoDataFrame):
        raise ImageryError(
            "area-without-polygons",
            "The area of interest {path} is a table without polygons. Export the layer that has them.",
            path=path,
        )
    if area.crs is None:
        raise ImageryError(
            "area-without-crs",
            "The area of interest {path} does not say its CRS. Set it in QGIS and export it again.",
            path=path,
        )
    polygons = area[area.geom_type.isin(["Polygon", "MultiPolygon"])]
    if polygons.is_empty.all():
        raise ImageryError(
            "area-empty",
            "The area of interest {path} holds no polygon. Draw one around what is to be mapped.",
            path=path,
        )
    outlines = polygons.geometry.array
    if not are_on_earth(outlines).all():
        raise _unreadable(path, ValueError("it has corners that are nowhere on Earth"))
    _check_outlines(path, outlines)
    try:
        return shapely.union_all(shapely.make_valid(polygons.to_crs(crs).geometry.array))
    except UNREADABLE as error:
        raise _unreadable(path, error) from error


def _check_outlines(path: Path, outlines: NDArray[np.object_]) -> None:
    """ImageryError where mending or joining the outlines would take for ever."""
    vertices = int(shapely.get_num_coordinates(outlines).sum())
    if vertices > MOST_AREA_VERTICES:
        raise ImageryError(
            "area-too-fine",
            "The area of interest {path} has {vertices} vertices; {most} can be used. Simplify it in QGIS (Vector > "
            "Geometry Tools > Simplify).",
            path=path,
            vertices=vertices,
            most=MOST_AREA_VERTICES,
        )
    if any(map(is_tangled, outlines)) or are_entangled(outlines):
        raise ImageryError(
            "area-tangled",
            "The outlines of the area of interest {path} cross more than {most} times themselves or {together} times "
            "each other, or are broken and have more than {rings} rings. Draw one plain outline around what is to be "
            "mapped.",
            path=path,
            most=MOST_CROSSINGS,
            together=MOST_CROSSINGS_TOGETHER,
            rings=MOST_BROKEN_RINGS,
        )


def _unreadable(path: Path, error: Exception) -> ImageryError:
    return ImageryError(
        "area-unreadable",
        "The area of interest {path} cannot be read ({error}). Export it again as GeoPackage.",
        path=path,
        error=error,
    )


def tiles_in(grid: TileGrid, area: BaseGeometry | None) -> list[Tile]:
    """The tiles of a grid that share ground with an area in its CRS, row by row; all of them without one."""
    tiles = list(grid.tiles())
    if area is None:
        return tiles
    shapely.prepare(area)
    squares = shapely.box(*zip(*(grid.tile_bounds(tile) for tile in tiles)))
    shares = shapely.intersects(area, squares) & ~shapely.touches(area, squares)
    return [tile for tile, is_inside in zip(tiles, shares) if is_inside]


def ground_of(grid: TileGrid, tiles: Sequence[Tile]) -> BaseGeometry | None:
    """What some tiles of a grid cover together; None where they are all of its tiles, which no polygon need limit."""
    if len(tiles) == grid.rows * grid.columns:
        return None
    return shapely.union_all(shapely.box(*zip(*(grid.tile_bounds(tile) for tile in tiles))))
