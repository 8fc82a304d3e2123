"""The finished map as a raster of classes: a cloud-optimised GeoTIFF with its colours, and a style that names them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

import numpy as np
import rasterio
import rasterio.shutil
import shapely
from numpy.typing import NDArray
from rasterio.errors import RasterioError
from rasterio.features import rasterize
from rasterio.windows import Window, transform
from shapely.geometry.base import BaseGeometry

from ..errors import OutputError
from ..imagery.grid import Tile, TileGrid
from ..jobs import Job
from ..storage.atomic_files import appearing_whole
from ..storage.output_paths import check_output
from .classes import MappedClass
from .likeliest_class import likeliest_class
from .mosaic import CERTAIN

NO_DATA = 255
SUFFIXES = (".tif", ".tiff")
KIND = {"TILE_TRIAGE": "class raster"}  # the tag by which a raster is known to be ours

STYLE = '<qgis version="3.22"><pipe><rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1">'


def check_raster_output(path: Path, *, overwrite: bool = False, inputs: Iterable[Path | None] = ()) -> None:
    """OutputError where no class raster may be written to a file of that name: known before the work begins."""
    check_output(path, SUFFIXES, _is_ours, overwrite=overwrite, inputs=inputs)
    check_output(path.with_suffix(".qml"), (".qml",), _is_our_style, overwrite=overwrite, inputs=inputs)


def write_class_raster(
    path: Path,
    mosaic: Path,
    grid: TileGrid,
    classes: Sequence[MappedClass],
    labels: Sequence[tuple[BaseGeometry, int]],
    finished: Collection[Tile],
    mapped: Collection[Tile],
    threshold: float,
) -> Job[None]:
    """Write the class of every pixel of the mapped tiles, from 1, 0 for background: people's labels, else the model's.

    ``mosaic`` are the probabilities, ``labels`` what people drew with the numbers of its classes, ``finished`` the
    tiles on which that is all. Tiles that are not mapped have no data. A style of the same name lies beside it.
    Raises OutputError where it cannot be written; what was there stays then.
    """
    tree = shapely.STRtree([outline for outline, _ in labels])
    profile = {
        "driver": "GTiff",
        "dtype": "uint8",
        "count": 1,
        "height": grid.height_px,
        "width": grid.width_px,
        "crs": grid.crs,
        "transform": grid.transform,
        "nodata": NO_DATA,
        "tiled": True,
        "compress": "deflate",
        "bigtiff": "if_safer",
    }
    try:
        with appearing_whole(path.with_suffix(".qml")) as style:
            style.write_text(_style(classes), encoding="utf-8")
            with appearing_whole(path) as beside:
                plain = beside.with_name(f"{beside.name}.plain.tif")
                try:
                    with rasterio.open(mosaic) as seen, rasterio.open(plain, "w", **profile) as drawn:
                        drawn.update_tags(**KIND)
                        drawn.write_colormap(1, _colours(classes))
                        for row in range(grid.rows):
                            drawn.write(
                                _strip(seen, row, grid, len(classes), labels, tree, finished, mapped, threshold),
                                1,
                                window=Window(0, row * grid.tile_size_px, grid.width_px, grid.tile_size_px),
                            )
                            yield (row + 1) / (grid.rows + 1)
                    rasterio.shutil.copy(plain, beside, driver="COG", compress="deflate", overview_resampling="mode")
                finally:
                    plain.unlink(missing_ok=True)
    except (OSError, RasterioError) as error:
        raise OutputError(
            "output-unwritable",
            "'{path}' cannot be written: {error}. Choose a folder that is yours and has room.",
            path=path,
            error=error,
        ) from error


def _strip(
    seen: rasterio.DatasetReader,
    row: int,
    grid: TileGrid,
    classes: int,
    labels: Sequence[tuple[BaseGeometry, int]],
    tree: shapely.STRtree,
    finished: Collection[Tile],
    mapped: Collection[Tile],
    threshold: float,
) -> NDArray[np.uint8]:
    """One row of tiles, (row, column) of pixels."""
    size = grid.tile_size_px
    window = Window(0, row * size, grid.width_px, size)
    mask = likeliest_class(seen.read(window=window), classes, threshold, CERTAIN)
    for column in range(grid.columns):
        tile, place = Tile(row, column), slice(column * size, (column + 1) * size)
        if tile not in mapped:
            mask[:, place] = NO_DATA
        elif tile in finished:
            mask[:, place] = 0
    left, bottom, _, top = grid.tile_bounds(Tile(row, 0))
    near = np.sort(tree.query(shapely.box(left, bottom, grid.bounds[2], top)))
    if len(near):
        shapes = [labels[place] for place in near]
        drawn = rasterize(shapes, out_shape=mask.shape, transform=transform(window, grid.transform), dtype="uint8")
        mask = np.where((drawn > 0) & (mask != NO_DATA), drawn, mask)
    return mask


def _colours(classes: Sequence[MappedClass]) -> Mapping[int, tuple[int, int, int, int]]:
    of_classes = {
        number: (*bytes.fromhex(each.colour[1:]), 255)  # red, green, blue, alpha
        for number, each in enumerate(classes, 1)
    }
    return {0: (0, 0, 0, 0), **of_classes}


def _style(classes: Sequence[MappedClass]) -> str:
    """A style of QGIS in which each class has its colour and its name, and background none."""
    entries = "".join(
        f'<paletteEntry value="{number}" color="{each.colour}" alpha="255" label="{escape(each.name)}"/>'
        for number, each in enumerate(classes, 1)
    )
    return f"{STYLE}<colorPalette>{entries}</colorPalette></rasterrenderer></pipe></qgis>\n"


def _is_our_style(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(STYLE)) == STYLE.encode()


def _is_ours(path: Path) -> bool:
    try:
        with rasterio.open(path, driver="GTiff") as raster:
            return bool(KIND.items() <= raster.tags().items())
    except RasterioError:
        return False
