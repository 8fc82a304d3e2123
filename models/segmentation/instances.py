"""Instance segmentation: which pixels are objects of a class, and where one ends that touches the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import rasterize, shapes
from rasterio.windows import Window
from scipy.ndimage import distance_transform_edt
from shapely.geometry import Polygon, shape

from ..jobs import Job, share
from .connected_components import ConnectedComponent, find_components
from .likeliest_class import likeliest_class
from .mosaic import CERTAIN

BORDER_THRESHOLD, MINIMUM_SEED_M2 = 0.3, 1.0  # see border_trials.csv
BLOCK_PX, AROUND_PX = 2048, 64  # a pixel farther than this from any seed may go to another than the nearest


@dataclass(frozen=True)
class Layers:
    """A picture of what the network says: ``read`` gives uint8 (layer, row, column) of a window, 255 for certain.

    The layers are so many ``classes`` and, where there is one more, border.
    """

    read: Callable[[Window], NDArray[np.uint8]]
    shape: tuple[int, int]
    classes: int
    has_border: bool

    @staticmethod
    def of(values: NDArray[np.uint8], classes: int) -> Layers:
        """Those of an array (layer, row, column)."""
        layers, height, width = values.shape

        def read(window: Window) -> NDArray[np.uint8]:
            rows, columns = window.toslices()
            return values[:, rows, columns]

        return Layers(read, (height, width), classes, layers > classes)

    def shown(self, window: Window, number: int, threshold: float) -> NDArray[np.uint8]:
        """The value of a class, counted from 1, where it shows, at least 1; 0 elsewhere; (row, column)."""
        layers = self.read(window)
        shows = likeliest_class(layers, self.classes, threshold, CERTAIN) == number
        return np.where(shows, np.maximum(layers[number - 1], 1), np.uint8(0))


@dataclass(frozen=True)
class Instance:
    """An object: its outline in pixels, x to the right and y down, and the mean value of its pixels."""

    outline: Polygon
    mean_value: float


def find_instances(
    layers: Layers,
    number: int,
    is_separated: bool,
    threshold: float,
    border_threshold: float,
    minimum_px: float,
    minimum_seed_px: float,
) -> Job[list[Instance]]:
    """The objects of a class, counted from 1, of at least minimum_px pixels; the thresholds are probabilities.

    A connected component of the pixels that show the class is one object, or, where its objects are separated and the
    picture has borders, several: its pixels without border fall into seeds of at least minimum_seed_px, and each of its
    pixels belongs to the nearest seed.
    """

    def read_class(window: Window) -> NDArray[np.uint8]:
        return layers.shown(window, number, threshold)

    def read_seeds(window: Window) -> NDArray[np.uint8]:
        border = layers.read(window)[-1]
        return np.where(border < border_threshold * CERTAIN, read_class(window), np.uint8(0))

    components = yield from share(find_components(read_class, layers.shape, 1, minimum_px), 0, 0.4)
    seeds: list[ConnectedComponent] = []
    if is_separated and layers.has_border:
        seeds = yield from share(find_components(read_seeds, layers.shape, 1, minimum_seed_px), 0.4, 0.8)
    outlines = np.array([seed.outline() for seed in seeds], dtype=object)
    tree = shapely.STRtree(shapely.point_on_surface(outlines))
    instances: list[Instance] = []
    for done, component in enumerate(components):
        outline = component.outline()
        inside = outlines[tree.query(outline, predicate="intersects")]
        if len(inside) < 2:
            instances.append(Instance(outline, component.mean_value))
        else:
            instances += _separate(outline, inside, layers, number, minimum_px)
        yield 0.8 + 0.2 * (done + 1) / len(components)
    return instances


def _separate(
    outline: Polygon, seeds: NDArray[np.object_], layers: Layers, number: int, minimum_px: float
) -> Iterator[Instance]:
    """A component shared out among its seeds, block by block; ground that a seed does not reach whole is dropped."""
    parts: list[list[Polygon]] = [[] for _ in seeds]
    pixels, totals = np.zeros(len(seeds)), np.zeros(len(seeds))
    for window in _blocks(outline):
        owner = _owners(outline, seeds, window)
        values = layers.read(window)[number - 1]
        pixels += np.bincount(owner.ravel(), minlength=len(seeds) + 1)[1:]
        totals += np.bincount(owner.ravel(), values.ravel(), minlength=len(seeds) + 1)[1:]
        origin = Affine.translation(window.col_off, window.row_off)
        for found, owned_by in shapes(owner, mask=owner > 0, transform=origin):
            parts[int(owned_by) - 1].append(shape(found))
    for place in np.flatnonzero(pixels >= minimum_px):
        whole = max(shapely.get_parts(shapely.union_all(parts[place])), key=shapely.area)
        yield Instance(shapely.simplify(shapely.normalize(whole), 0), totals[place] / pixels[place])


def _owners(outline: Polygon, seeds: NDArray[np.object_], window: Window) -> NDArray[np.int32]:
    """The seed, counted from 1, to which each pixel (row, column) of a component belongs, 0 outside of it."""
    size = (window.height + 2 * AROUND_PX, window.width + 2 * AROUND_PX)
    origin = Affine.translation(window.col_off - AROUND_PX, window.row_off - AROUND_PX)
    numbered = zip(seeds, range(1, len(seeds) + 1))
    seed = rasterize(numbered, out_shape=size, transform=origin, dtype=np.int32)
    inside = rasterize([outline], out_shape=size, transform=origin, dtype=np.uint8)
    row, column = distance_transform_edt(seed == 0, return_distances=False, return_indices=True)
    core = slice(AROUND_PX, -AROUND_PX)
    owner: NDArray[np.int32] = (seed[row, column] * inside)[core, core]
    return owner


def _blocks(outline: Polygon) -> Iterator[Window]:
    left, top, right, bottom = (int(bound) for bound in outline.bounds)
    for row in range(top, bottom, BLOCK_PX):
        for column in range(left, right, BLOCK_PX):
            yield Window(column, row, min(BLOCK_PX, right - column), min(BLOCK_PX, bottom - row))
