"""Overlapping windows blended into one seamless raster of probabilities, written strip by strip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.errors import RasterioIOError
from rasterio.windows import Window

from ..errors import WorkspaceError
from ..imagery.grid import TileGrid

CERTAIN = 255  # the value that stands for probability 1 in the raster


def windows(grid: TileGrid, overlap_px: int) -> Iterator[tuple[int, int]]:
    """The upper left pixel (row, column) of every window, row by row.

    A window is as large as a tile and overlaps its neighbours by overlap_px, those at the far edges by more:
    so all windows lie inside the grid, and together they cover it.
    """
    size_px = grid.tile_size_px
    for row_px in _starts(grid.height_px, size_px, overlap_px):
        for column_px in _starts(grid.width_px, size_px, overlap_px):
            yield row_px, column_px


def blending_weights(length_px: int, size_px: int, overlap_px: int) -> dict[int, NDArray[np.float32]]:
    """The weights of each window along one axis, by its first pixel: float32 (pixel,), tapered to its ends.

    On every pixel of the axis the weights of the windows that cover it sum to one.
    """
    distance = np.minimum(np.arange(size_px), np.arange(size_px)[::-1]) + 0.5  # from the window's nearer edge
    taper = np.minimum(distance / max(overlap_px, 1), 1)
    starts = _starts(length_px, size_px, overlap_px)
    total = np.zeros(length_px)
    for start in starts:
        total[start : start + size_px] += taper
    return {start: (taper / total[start : start + size_px]).astype(np.float32) for start in starts}


def as_stored(probability: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Probabilities 0 to 1 as whole numbers up to 255."""
    stored: NDArray[np.uint8] = np.rint(probability * CERTAIN).astype(np.uint8)
    return stored


class ProbabilityMosaic:
    """Writes the windows of a grid as one uint8 GeoTIFF, 0 to 255 for probability 0 to 1, a band for each layer.

    Keeps one strip of a window's height in memory. Windows come in the order of ``windows``; one that is
    left out counts as probability 0. The file is complete once the context is left without an error.
    """

    def __init__(self, path: Path, grid: TileGrid, overlap_px: int, layers: int = 1) -> None:
        size_px = grid.tile_size_px
        self._path = path
        self._height, self._width = grid.height_px, grid.width_px
        self._row_weights = blending_weights(self._height, size_px, overlap_px)
        self._column_weights = blending_weights(self._width, size_px, overlap_px)
        self._crs, self._transform = grid.crs, grid.transform
        self._strip = np.zeros((layers, size_px, self._width), dtype=np.float32)
        self._top = 0
        self._total = 0  # of all values written

    def __enter__(self) -> ProbabilityMosaic:
        try:
            self._raster = rasterio.open(
                self._path,
                "w",
                driver="GTiff",
                dtype="uint8",
                count=len(self._strip),
                interleave="band",
                height=self._height,
                width=self._width,
                crs=self._crs,
                transform=self._transform,
                blockysize=1,  # rows are written once each, however the windows overlap
                compress="deflate",
                zlevel=1,
                sparse_ok=True,
                bigtiff="if_safer",
            )
        except RasterioIOError as error:
            raise self._cannot_write() from error
        return self

    def add(self, row_px: int, column_px: int, probability: NDArray[np.float32]) -> None:
        """Blend in the window that starts at this pixel: probabilities 0 to 1, float (layer, row, column)."""
        if row_px != self._top:
            self._write_rows_above(row_px)
        size_px = self._strip.shape[1]
        weights = np.outer(self._row_weights[row_px], self._column_weights[column_px])
        self._strip[:, :, column_px : column_px + size_px] += probability * weights

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._write_rows_above(self._height)
        finally:
            self._raster.close()
        if error is None:
            self._read_again()

    def _write_rows_above(self, row_px: int) -> None:
        """Write the rows that no further window reaches, and move the strip down to row_px."""
        if row_px < self._top:
            raise ValueError(f"The window of row {row_px} came after one of row {self._top}.")
        rows = min(row_px - self._top, self._strip.shape[1])
        finished = as_stored(self._strip[:, :rows])
        try:
            self._raster.write(finished, window=Window(0, self._top, self._width, rows))
        except RasterioIOError as error:
            raise self._cannot_write() from error
        self._total += int(finished.sum())
        self._strip = np.concatenate([self._strip[:, rows:], np.zeros_like(self._strip[:, :rows])], axis=1)
        self._top = row_px

    def _read_again(self) -> None:
        """Closing writes what is left but does not tell of a full disk: rows cannot be read then, or read as zeros."""
        most_rows, total = self._strip.shape[1], 0
        try:
            with rasterio.open(self._path) as raster:
                for top in range(0, self._height, most_rows):
                    rows = min(most_rows, self._height - top)
                    total += int(raster.read(window=Window(0, top, self._width, rows)).sum())
        except RasterioIOError as error:
            raise self._cannot_write() from error
        if total != self._total:
            raise self._cannot_write()

    def _cannot_write(self) -> WorkspaceError:
        return WorkspaceError(
            "probabilities-unwritable",
            "The probabilities cannot be written to {path}. Check that the folder may be written to and that "
            "its disk has room.",
            path=self._path,
        )


def _starts(length_px: int, size_px: int, overlap_px: int) -> list[int]:
    """The first pixels of windows that cover an axis, the last one moved in to end with it."""
    return [*range(0, length_px - size_px, size_px - overlap_px), length_px - size_px]
