"""Labels as a raster of class values: any CRS and pixel size, read tile by tile on the grid of a campaign."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.features import shapes
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window
from shapely.geometry import shape

from ..errors import LabelError
from ..imagery.grid import Tile, TileGrid
from ..imagery.raster_file import open_raster, told_as_unreadable
from .class_values import ClassValues, translated
from .labels import Labels, TileLabels
from .mask import BACKGROUND, IGNORE

SUFFIXES = (".tif", ".tiff", ".vrt", ".img", ".jp2")
WHOLE_NUMBERS = ("uint8", "int8", "uint16", "int16", "uint32", "int32")
MOST_VALUES = 1000


class LabelRaster:
    """An open raster of class values, seen on a grid; where it has no data nobody has looked."""

    def __init__(self, path: Path, grid: TileGrid, values: ClassValues) -> None:
        """Opens it; LabelError where it cannot be used, lies elsewhere, or has a value that means nothing."""
        self._path, self._grid, self._opened = path, grid, ExitStack()
        try:
            dataset = self._opened.enter_context(open_raster(path))
            _check(path, dataset)
            nodata = dataset.nodata
            if nodata is not None and f"{nodata:g}" in values.meaning:
                nodata = None  # what is said of a value counts more than what the file says
            self._numbers = values.numbers(_values_in(path, dataset, nodata), path)
            with told_as_unreadable(path):
                on_grid = WarpedVRT(
                    dataset,
                    src_nodata=nodata,
                    crs=grid.crs,
                    transform=grid.transform,
                    width=grid.width_px,
                    height=grid.height_px,
                    resampling=Resampling.nearest,
                    add_alpha=nodata is None,
                )
                self._on_grid = self._opened.enter_context(on_grid)
                self._check_place(dataset)
        except BaseException:
            self._opened.close()
            raise

    def __enter__(self) -> LabelRaster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    @property
    def content(self) -> str:
        """The SHA-256 of the file, and of what its values mean."""
        digest = hashlib.sha256(repr(sorted(self._numbers.items(), key=repr)).encode())
        with self._path.open("rb") as file:
            while block := file.read(2**20):
                digest.update(block)
        return digest.hexdigest()

    def mask(self, tile: Tile) -> NDArray[np.uint8]:
        """The mask of a tile as the raster has it, (row, column): see ``mask_of``."""
        size = self._grid.tile_size_px
        window = Window(tile.column * size, tile.row * size, size, size)
        with told_as_unreadable(self._path):
            values, alpha = self._on_grid.read(1, window=window), self._on_grid.dataset_mask(window=window)
        known = alpha > 0
        mask = np.full(values.shape, IGNORE, np.uint8)
        mask[known] = translated(values[known], self._numbers)
        return mask

    def on_tile(self, tile: Tile) -> TileLabels:
        """The objects of a tile, cut at its edges, in the grid's CRS."""
        mask = self.mask(tile)
        is_object = (mask != BACKGROUND) & (mask != IGNORE)
        found = shapes(mask, mask=is_object, transform=self._grid.tile_transform(tile))
        pairs = [(shapely.normalize(shape(outline)), int(number)) for outline, number in found]
        return TileLabels(Labels.of(pairs), mask != IGNORE)

    def _check_place(self, dataset: rasterio.DatasetReader) -> None:
        left, bottom, right, top = rasterio.warp.transform_bounds(dataset.crs, self._grid.crs, *dataset.bounds)
        west, south, east, north = self._grid.bounds
        if left >= east or right <= west or bottom >= north or top <= south:
            raise LabelError(
                "label-raster-elsewhere",
                "'{path}' does not lie on the imagery. In the CRS of the campaign it spans x {left:.0f} to {right:.0f}"
                ", y {bottom:.0f} to {top:.0f}, the imagery x {west:.0f} to {east:.0f}, y {south:.0f} to {north:.0f}. "
                "Check its CRS, or take the raster of this place.",
                path=self._path,
                left=left,
                right=right,
                bottom=bottom,
                top=top,
                west=west,
                east=east,
                south=south,
                north=north,
            )


def is_label_raster(path: Path) -> bool:
    """Whether a file of labels is a raster, by its name."""
    return path.suffix.lower() in SUFFIXES


def _check(path: Path, dataset: rasterio.DatasetReader) -> None:
    if dataset.count != 1 or dataset.dtypes[0] not in WHOLE_NUMBERS:
        raise LabelError(
            "label-raster-values",
            "'{path}' has {bands} bands of {dtype}. A label raster has one band of whole numbers, the classes: convert "
            "it with gdal_translate -b 1 -ot Byte.",
            path=path,
            bands=dataset.count,
            dtype=dataset.dtypes[0],
        )
    if dataset.crs is None:
        raise LabelError(
            "label-raster-without-crs",
            "'{path}' does not say its CRS. Assign the right one, in QGIS: Raster > Projections > Assign Projection.",
            path=path,
        )


def _values_in(path: Path, dataset: rasterio.DatasetReader, nodata: float | None) -> set[int]:
    """Every value of the raster but no-data; LabelError where they are too many to be classes."""
    found: set[int] = set()
    for _, window in dataset.block_windows(1):
        with told_as_unreadable(path):
            found.update(np.unique(dataset.read(1, window=window)).tolist())
        if len(found) > MOST_VALUES:
            raise LabelError(
                "label-raster-of-pictures",
                "'{path}' has more than {most} values, so it is no raster of classes. Take the labels, not the "
                "imagery.",
                path=path,
                most=MOST_VALUES,
            )
    return found - {nodata}
