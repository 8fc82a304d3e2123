"""Footprints found: the predicted ones matched one to one with the true ones, over the whole area that is evaluated."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import geopandas
import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import shapes
from scipy.ndimage import label
from shapely.affinity import affine_transform
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ..annotation.labels import Labels
from ..imagery.grid import Tile, TileGrid
from ..imagery.raster import Imagery, read_tiles
from ..segmentation.classes import MappedClass
from ..segmentation.drafts import surroundings
from ..segmentation.finished_map import unjudged
from ..segmentation.metrics import FootprintCounts, matched_footprints
from ..segmentation.mosaic import as_stored
from ..segmentation.outlines import outlines_in
from ..segmentation.prediction import Predictor

MOSTLY = 0.5  # of a predicted footprint: what lies on a building of outside with so much is neither right nor wrong


def match_footprints(
    tiles: Sequence[Tile],
    seen: NDArray[np.uint8],
    known: NDArray[np.bool_],
    true: Labels,
    grid: TileGrid,
    classes: Sequence[MappedClass],
    annotated: Collection[Tile] = (),
) -> FootprintCounts:
    """Footprints found, made up and missed, matched one to one at an IoU of 0.5 or more with those of their class.

    Takes what the model sees, uint8 (tile, layer, row, column) as ``predict`` stores it, what is evaluated at all,
    (tile, row, column), and the true footprints in the grid's CRS. Predicted are the outlines that ``predict`` draws,
    over tiles that touch as over one picture.
    A footprint that the border of the evaluated area cuts counts where its representative point is inside, and its part
    inside is what has to be found; one of outside is neither found nor missed, nor is made up what shows it.
    Where some of the tiles are annotated the finished map is evaluated: the true footprints stand in place of those
    predicted there, as in ``finish_map``.
    """
    counts = FootprintCounts()
    for outlines, area in _areas(tiles, seen, known, grid, classes):
        near = true.part(shapely.intersects(true.outlines, area))
        for number in range(1, len(classes) + 1):
            of_class = near.of_class(number)
            predicted: Sequence[BaseGeometry] | NDArray[np.object_] = outlines.of_class(number)
            if annotated:
                predicted = _finished(predicted, of_class, area, annotated, grid, classes[number - 1].is_squared)
            counts += match_outlines(predicted, of_class, area)
    return counts


def match_outlines(
    predicted: Sequence[BaseGeometry] | NDArray[np.object_], true: NDArray[np.object_], area: BaseGeometry
) -> FootprintCounts:
    """The same for outlines predicted all over an evaluated area, and the true ones that share ground with it."""
    parts, is_inside = shapely.intersection(true, area), shapely.intersects(shapely.point_on_surface(true), area)
    inside, outside = parts[is_inside], shapely.union_all(parts[~is_inside])
    matched = matched_footprints(predicted, inside)
    others = [footprint for place, footprint in enumerate(predicted) if place not in matched]
    made_up = [other for other in others if other.intersection(outside).area < MOSTLY * other.area]
    iou_sum = sum(iou for _, iou in matched.values())
    return FootprintCounts(len(matched), len(made_up), len(inside) - len(matched), iou_sum)


def match_on_tile(predictor: Predictor, imagery: Imagery, grid: TileGrid, tile: Tile, true: Labels) -> FootprintCounts:
    """The footprints that a version finds, makes up and misses on a tile; ``true`` are all that share ground with it.

    It is seen with its surroundings, as for drafts: a building on the border of two tiles is one.
    """
    around, only = surroundings(grid, tile), Tile(0, 0)
    (pixels,) = read_tiles(imagery, around, [only])
    drafts = _on_the_map(predictor.predict(pixels).layers[0], around.tile_transform(only), grid, predictor.classes)
    counts = FootprintCounts()
    for number in range(1, len(predictor.classes) + 1):
        counts += match_drafts(drafts.of_class(number), true.of_class(number), tile, grid)
    return counts


def match_drafts(
    drafts: Sequence[BaseGeometry] | NDArray[np.object_],
    true: Sequence[BaseGeometry] | NDArray[np.object_],
    tile: Tile,
    grid: TileGrid,
) -> FootprintCounts:
    """The footprints of one tile found, made up and missed: those whose representative point lies on it.

    Drafts are as ``draft_tile`` gives them: whole, as far as the surroundings of the tile show them, and so far the
    true ones count that share ground with the tile. One that lies on a building of a neighbour is not made up.
    """
    footprints, predicted = np.asarray(true, dtype=object), np.asarray(drafts, dtype=object)
    square, shown = shapely.box(*grid.tile_bounds(tile)), shapely.box(*surroundings(grid, tile).bounds)
    matched = matched_footprints(drafts, shapely.intersection(footprints, shown))
    is_true_here, is_draft_here = (
        shapely.intersects(shapely.point_on_surface(each), square) for each in (footprints, predicted)
    )
    found = [iou for place, iou in matched.values() if is_true_here[place]]
    made_up = sum(bool(here) for place, here in enumerate(is_draft_here) if place not in matched)
    return FootprintCounts(len(found), made_up, int(is_true_here.sum()) - len(found), sum(found))


def _finished(
    predicted: Sequence[BaseGeometry] | NDArray[np.object_],
    true: NDArray[np.object_],
    area: BaseGeometry,
    annotated: Collection[Tile],
    grid: TileGrid,
    is_object: bool,
) -> list[BaseGeometry]:
    """The outlines of the finished map in an evaluated area: people have drawn the true ones on the annotated tiles."""
    judged = shapely.union_all([shapely.box(*grid.tile_bounds(tile)) for tile in annotated])
    drawn = shapely.intersection(true[shapely.intersects(true, judged)], area)
    areas = {"area_m2": shapely.area(predicted) / grid.units_per_metre**2}
    outlines = geopandas.GeoDataFrame(areas, geometry=predicted, crs=grid.crs)
    return [*drawn, *unjudged(outlines, drawn, annotated, grid, np.full(len(outlines), is_object)).geometry]


def _areas(
    tiles: Sequence[Tile],
    seen: NDArray[np.uint8],
    known: NDArray[np.bool_],
    grid: TileGrid,
    classes: Sequence[MappedClass],
) -> Iterator[tuple[Labels, BaseGeometry]]:
    """The predicted footprints and the outline of each part of the evaluated area, in the grid's CRS."""
    for places in _touching(tiles):
        first = Tile(min(tiles[place].row for place in places), min(tiles[place].column for place in places))
        of_part = _one_picture(tiles, places, first, seen)
        (known_part,) = _one_picture(tiles, places, first, known[:, None])
        to_map = grid.tile_transform(first)
        area = shapely.union_all([shape(found) for found, _ in shapes(known_part.astype(np.uint8), mask=known_part)])
        predicted = _on_the_map(of_part * known_part, to_map, grid, classes)
        yield predicted, affine_transform(area, _shapely_affine(to_map))


def _on_the_map(layers: NDArray[Any], transform: Affine, grid: TileGrid, classes: Sequence[MappedClass]) -> Labels:
    """The outlines in a picture of what a version says, (layer, row, column), in the grid's CRS."""
    stored = layers if layers.dtype == np.uint8 else as_stored(layers)
    outlines, numbers = outlines_in(stored, grid.gsd_metres, classes)
    to_map = _shapely_affine(transform)
    return Labels(np.array([affine_transform(outline, to_map) for outline in outlines], dtype=object), numbers)


def _touching(tiles: Sequence[Tile]) -> Iterator[list[int]]:
    """The places of the tiles, by groups that share edges."""
    cells = np.array([(tile.row, tile.column) for tile in tiles])
    cells -= cells.min(axis=0)
    taken = np.zeros(cells.max(axis=0) + 1, bool)
    taken[tuple(cells.T)] = True
    group_of = label(taken)[0][tuple(cells.T)]
    for group in np.unique(group_of):
        yield np.flatnonzero(group_of == group).tolist()


def _one_picture(tiles: Sequence[Tile], places: list[int], first: Tile, values: NDArray[Any]) -> NDArray[Any]:
    """Some tiles of ``values`` (tile, layer, row, column) in their places, (layer, row, column) from the first one."""
    size = values.shape[2]
    corners = [((tiles[place].row - first.row) * size, (tiles[place].column - first.column) * size) for place in places]
    picture = np.zeros((values.shape[1], *np.max(corners, axis=0) + size), values.dtype)
    for place, (top, left) in zip(places, corners):
        picture[:, top : top + size, left : left + size] = values[place]
    return picture


def _shapely_affine(transform: Affine) -> list[float]:
    return [transform.a, transform.b, transform.d, transform.e, transform.c, transform.f]
