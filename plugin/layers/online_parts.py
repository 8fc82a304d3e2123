"""Online imagery in square parts: where they lie, the files that keep what was read, and the GeoTIFF they become."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsPointXY,
    QgsRasterBlock,
    QgsRasterFileWriter,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QByteArray, QCoreApplication
from qgis.PyQt.QtGui import QImage

from ...models.storage.atomic_files import appearing_whole
from .area_of_interest import area_of_interest
from .imagery_layer import metres_per_unit
from .layer_problem import LayerProblem

translate = QCoreApplication.translate

PART_PX = 512
CELL_PX = 128  # a square of one colour in which every pixel is the same was never photographed
MOST_MEGAPIXELS = 400
GDAL_OPTIONS = [
    *("TILED=YES", f"BLOCKXSIZE={PART_PX}", f"BLOCKYSIZE={PART_PX}", "SPARSE_OK=TRUE", "BIGTIFF=IF_SAFER"),
    *("COMPRESS=DEFLATE", "PREDICTOR=2", "PHOTOMETRIC=RGB", "ALPHA=YES"),
]

Part = tuple[int, int]  # row and column


@dataclass(frozen=True)
class PartGrid:
    """Square parts over an area, in a projected CRS; ``pixel`` is in units of it."""

    crs: QgsCoordinateReferenceSystem
    left: float
    top: float
    pixel: float
    rows: int
    columns: int
    parts: tuple[Part, ...]  # those that share ground with the area

    @property
    def extent(self) -> QgsRectangle:
        return self._rectangle(0, 0, self.rows, self.columns)

    def extent_of(self, part: Part) -> QgsRectangle:
        return self._rectangle(*part, 1, 1)

    def _rectangle(self, row, column, rows, columns):
        side = PART_PX * self.pixel
        left, top = self.left + column * side, self.top - row * side
        return QgsRectangle(left, top - rows * side, left + columns * side, top)


def part_grid(layer, aoi_layer, gsd_metres: float) -> PartGrid:
    """The parts of an online layer that cover an area; raises LayerProblem where it has none, or is too large."""
    if aoi_layer is None:
        raise LayerProblem(
            translate("online_parts", "'{name}' is online and has no end: choose an area of interest."),
            name=layer.name(),
        )
    crs = layer.crs() if not layer.crs().isGeographic() else _utm(area_of_interest(aoi_layer, layer.crs()))
    area = area_of_interest(aoi_layer, crs)
    extent = area.boundingBox()
    pixel = _pixel(layer, crs, gsd_metres / metres_per_unit(crs, extent)[0])
    left, top = math.floor(extent.xMinimum() / pixel) * pixel, math.ceil(extent.yMaximum() / pixel) * pixel
    side = PART_PX * pixel
    columns, rows = (math.ceil(length / side) for length in (extent.xMaximum() - left, top - extent.yMinimum()))
    if rows * columns * PART_PX**2 > 100e6 * MOST_MEGAPIXELS:
        _refuse(rows * columns, gsd_metres)  # a thin area around the world: not even worth going through its parts
    grid = PartGrid(crs, left, top, pixel, rows, columns, ())
    every = ((row, column) for row in range(rows) for column in range(columns))
    parts = tuple(part for part in every if area.intersects(QgsGeometry.fromRect(grid.extent_of(part))))
    if len(parts) * PART_PX**2 > 1e6 * MOST_MEGAPIXELS:
        _refuse(len(parts), gsd_metres)
    return PartGrid(crs, left, top, pixel, rows, columns, parts)


class PartFolder:
    """The parts that have been read, each as a picture in a folder beside the file that they become."""

    def __init__(self, path: Path, source: str, grid: PartGrid):
        self._path = path
        self._grid = grid
        self._folder = path.with_name(f".{path.stem}.parts")
        key = [source, grid.crs.toWkt(), grid.left, grid.top, grid.pixel, grid.rows, grid.columns]
        self._open(json.dumps(key))

    def _open(self, key):
        """Parts of another layer or another area are of no use."""
        known = self._folder / "key.json"
        if self._folder.is_symlink():  # nothing is written through a link
            self._folder.unlink()
        if not known.exists() or known.read_text(encoding="utf-8") != key:
            self.delete()
            self._folder.mkdir(parents=True)
            known.write_text(key, encoding="utf-8")

    def missing(self) -> list[Part]:
        return [part for part in self._grid.parts if not self._file(part).exists()]

    def keep(self, part: Part, image: QImage):
        """Raises OSError where there is no room."""
        with appearing_whole(self._file(part)) as beside:
            if not image.save(str(beside), "PNG", 90):  # quick rather than small
                raise OSError(f"{beside} cannot be written")

    def assemble(self) -> Iterator[float]:
        """Write the GeoTIFF, a part at a time: red, green, blue and what is there; gives the fraction done.

        It appears whole; raises OSError where it cannot be written and ValueError where no part shows anything.
        """
        with appearing_whole(self._path) as beside:
            has_picture = False
            raster = self._new_raster(beside)
            for number, part in enumerate(self._grid.parts, start=1):
                bands = bands_of(QImage(str(self._file(part))))
                has_picture = has_picture or bands[3].any()
                _write(raster, part, bands)
                yield number / len(self._grid.parts)
            raster.setEditable(False)
            del raster  # closes the file
            if not has_picture:
                raise ValueError

    def delete(self):
        shutil.rmtree(self._folder, ignore_errors=True)

    def _file(self, part):
        return self._folder / "r{:04d}_c{:04d}.png".format(*part)

    def _new_raster(self, path):
        grid, writer = self._grid, QgsRasterFileWriter(str(path))
        writer.setCreateOptions(GDAL_OPTIONS)
        width, height = grid.columns * PART_PX, grid.rows * PART_PX
        raster = writer.createMultiBandRaster(Qgis.DataType.Byte, width, height, grid.extent, grid.crs, 4)
        if raster is None or not raster.isValid() or not (raster.isEditable() or raster.setEditable(True)):
            raise OSError(f"{path} cannot be written")
        return raster


def bands_of(image: QImage):
    """Red, green, blue and alpha, uint8 (4, row, column); alpha is 0 where there is no picture, else 255."""
    import numpy as np

    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8)
    pixels = pixels.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()].copy()
    alpha = np.where(pixels[..., 3] < 128, 0, 255).astype(np.uint8)
    cells = pixels.reshape(image.height() // CELL_PX, CELL_PX, image.width() // CELL_PX, CELL_PX, 4)
    is_blank = (cells == cells[:, :1, :, :1]).all(axis=(1, 3, 4))  # (row of cells, column of cells)
    alpha[np.kron(is_blank, np.ones((CELL_PX, CELL_PX), bool))] = 0
    pixels[..., 3] = alpha
    pixels[alpha == 0] = 0
    return np.moveaxis(pixels, 2, 0)


def _write(raster, part, bands):
    row, column = part
    for number, band in enumerate(bands, start=1):
        block = QgsRasterBlock(Qgis.DataType.Byte, PART_PX, PART_PX)
        block.setData(QByteArray(band.tobytes()))
        if not raster.writeBlock(block, number, column * PART_PX, row * PART_PX):
            raise OSError(raster.error().summary() or "no room")


def _pixel(layer, crs, pixel):
    """That of the server's own pictures where it is the same but for rounding: then no pixel is resampled."""
    native = layer.dataProvider().nativeResolutions() if crs == layer.crs() else []
    return next((own for own in native if math.isclose(own, pixel, rel_tol=1e-3)), pixel)


def _utm(area: QgsGeometry) -> QgsCoordinateReferenceSystem:
    centre: QgsPointXY = area.boundingBox().center()
    zone = int((centre.x() + 180) // 6) % 60 + 1
    return QgsCoordinateReferenceSystem(f"EPSG:{32600 + zone if centre.y() >= 0 else 32700 + zone}")


def _refuse(parts, gsd_metres):
    megapixels = parts * PART_PX**2 / 1e6
    coarser = gsd_metres * math.sqrt(megapixels / MOST_MEGAPIXELS)
    raise LayerProblem(
        translate(
            "online_parts",
            "The area is too large to be read online: {n:,.0f} million pixels, at most {most} are possible. Draw a "
            "smaller area, or choose a GSD of {gsd:.2f} m or more.",
        ),
        n=megapixels,
        most=MOST_MEGAPIXELS,
        gsd=math.ceil(coarser * 100) / 100,
    )
