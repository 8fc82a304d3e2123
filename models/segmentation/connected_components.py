"""Connected components of pixels above a threshold, found block by block and joined exactly where the blocks meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import shapes
from rasterio.windows import Window
from scipy.ndimage import label
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from shapely.geometry import Polygon
from shapely.geometry import shape as shapely_shape

from ..jobs import Job

BLOCK_PX = 512  # polygonising holds the interpreter lock, at this size for about 30 ms

Read = Callable[[Window], NDArray[np.uint8]]  # the values (row, column) in a window of a picture


@dataclass(frozen=True)
class ConnectedComponent:
    """Pixels that touch along their edges: as the polygons (part,) of the blocks, number, mean value."""

    parts: NDArray[np.object_]
    pixels: int
    mean_value: float

    def outline(self) -> Polygon:
        """The outline in pixels, x to the right and y down: the same wherever the blocks were cut."""
        return shapely.simplify(shapely.normalize(shapely.union_all(self.parts)), 0)


def find_components(
    read: Read, shape: tuple[int, int], threshold: float, minimum_px: float, block_px: int = BLOCK_PX
) -> Job[list[ConnectedComponent]]:
    """The components of at least minimum_px pixels whose values reach the threshold, in a picture of (row, column).

    Memory holds one block and the components, however large the picture.
    """
    polygons: list[Polygon] = []
    pixels: list[int] = []
    totals: list[float] = []
    touching = []
    height, width = shape
    blocks = list(_blocks(height, width, block_px))
    above = np.zeros(width, dtype=np.int64)  # parts at the lower borders of the blocks above
    left = above[:0]  # parts at the right border of the block before
    for done, window in enumerate(blocks):
        values = read(window)
        number = _number_parts(values >= threshold, minimum_px)
        in_all = np.where(number > 0, number + len(polygons), 0)
        columns = slice(window.col_off, window.col_off + window.width)
        touching.append(_pairs(above[columns], in_all[0]))
        if window.col_off > 0:
            touching.append(_pairs(left, in_all[:, 0]))
        above[columns], left = in_all[-1], in_all[:, -1]
        polygons += _polygons(number, window)
        pixels += np.bincount(number.ravel())[1:].tolist()
        totals += np.bincount(number.ravel(), values.ravel())[1:].tolist()
        yield (done + 1) / len(blocks)
    if not polygons:
        return []
    return _join(np.array(polygons), np.array(pixels), np.array(totals), np.concatenate(touching), minimum_px)


def _blocks(height: int, width: int, block_px: int) -> Iterator[Window]:
    for row in range(0, height, block_px):
        for column in range(0, width, block_px):
            yield Window(column, row, min(block_px, width - column), min(block_px, height - row))


def _number_parts(reached: NDArray[np.bool_], minimum_px: float) -> NDArray[np.int32]:
    """Number the parts of a block (row, column) from 1, without those too small that reach no border."""
    number, _ = label(reached)
    kept = np.bincount(number.ravel()) >= minimum_px
    for border in (number[0], number[-1], number[:, 0], number[:, -1]):
        kept[border] = True
    kept[0] = False
    numbers: NDArray[np.int32] = np.where(kept, np.cumsum(kept), 0).astype(np.int32)[number]
    return numbers


def _polygons(number: NDArray[np.int32], window: Window) -> list[Polygon]:
    """The polygons of a block's parts in the order of their numbers, in pixels of the whole raster."""
    found = shapes(number, mask=number > 0, transform=Affine.translation(window.col_off, window.row_off))
    return [shapely_shape(geometry) for geometry, _ in sorted(found, key=lambda part: part[1])]


def _pairs(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers (pair, 2) of the parts that meet along a border, given both sides of it (pixel,)."""
    both = (one > 0) & (other > 0)
    return np.unique(np.column_stack([one[both], other[both]]), axis=0)


def _join(
    polygons: NDArray[np.object_],
    pixels: NDArray[np.int64],
    totals: NDArray[np.float64],
    touching: NDArray[np.int64],
    minimum_px: float,
) -> list[ConnectedComponent]:
    """The components made of parts (part,), given the pairs of parts (pair, 2), counted from 1, that touch."""
    one, other = touching.T - 1
    graph = coo_matrix((np.ones(len(touching)), (one, other)), shape=(len(polygons), len(polygons)))
    _, component = connected_components(graph, directed=False)  # (part,)
    component_pixels = np.bincount(component, pixels)
    component_mean = np.bincount(component, totals) / component_pixels
    parts_by_component = np.split(np.argsort(component, kind="stable"), np.cumsum(np.bincount(component))[:-1])
    return [
        ConnectedComponent(polygons[parts_by_component[i]], int(component_pixels[i]), float(component_mean[i]))
        for i in np.flatnonzero(component_pixels >= minimum_px)
    ]
