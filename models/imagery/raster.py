"""Georeferenced rasters: what they are, and their pixels on a tile grid, read in windows."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from pyproj import CRS, Geod
from rasterio.enums import ColorInterp, Resampling
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from ..errors import ImageryError
from ..storage.limits import BATCH_PIXELS
from .fingerprint import fingerprint_of
from .grid import Bounds, Tile, TileGrid, cover
from .raster_checks import band_names, check_georeference, check_gsd, checked_bands, moved_points
from .raster_file import UNREADABLE, file_state, open_raster, told_as_unreadable

READ_AHEAD = 2  # batches that wait in memory while the network works
FINEST_GSD = 0.07  # metres; finer imagery is read at this, the finest that the base model knows
CACHE_BYTES = 64 * 2**20
SAMPLES = 16  # points on a side of a tile, where it is looked whether there is imagery


@dataclass(frozen=True)
class Imagery:
    """A raster that can be tiled: where it lies and how it is read. ``bands`` are 1-based and without alpha, and
    ``band_names`` what they are called.

    ``fingerprint`` tells it from another picture, ``state`` says whether its files were written since (``file_state``).
    """

    path: Path
    crs: str
    transform: Affine
    width: int
    height: int
    bands: tuple[int, ...]
    dtype: str
    fingerprint: str
    state: str
    band_names: tuple[str, ...] = ()

    @property
    def is_north_up(self) -> bool:
        across, skew, _, tilt, down, *_ = self.transform
        return bool(skew == 0 and tilt == 0 and across > 0 and down < 0)

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Map coordinates of the four corners, clockwise from the first pixel."""
        pixels = [(0, 0), (self.width, 0), (self.width, self.height), (0, self.height)]
        return [self.transform * (float(column), float(row)) for column, row in pixels]


@dataclass(frozen=True)
class Pixels:
    """Windows of imagery on a grid: values, float32 (window, band, row, column), and validity (window, row, column).

    Values that are not valid are 0.
    """

    values: NDArray[np.float32]
    valid: NDArray[np.bool_]


def open_imagery(
    path: Path, bands: Sequence[int | str] | None = None, known: Mapping[str, str] = MappingProxyType({})
) -> Imagery:
    """The raster of a file, checked; raises ImageryError with the cure where it cannot be used.

    Its fingerprint is taken from those ``known`` for a state of its files, or from pixels all over it, which takes a
    millisecond for a GeoTIFF, and seconds for a JPEG 2000.
    """
    with open_raster(path) as dataset, told_as_unreadable(path):
        chosen = checked_bands(dataset, bands)
        check_georeference(dataset)
        crs, state = _name_of(dataset.crs), file_state(path)
        return Imagery(
            path=path.resolve(),
            crs=crs,
            transform=dataset.transform,
            width=dataset.width,
            height=dataset.height,
            bands=chosen,
            dtype=dataset.dtypes[chosen[0] - 1],
            fingerprint=known.get(state) or fingerprint_of(dataset, crs),
            state=state,
            band_names=tuple(band_names(dataset)[band - 1] for band in chosen),
        )


def grid_of(
    imagery: Imagery, gsd_metres: float | None = None, tile_size_px: int = 256, area: BaseGeometry | None = None
) -> TileGrid:
    """The tile grid over imagery, or over the part of it inside an area given in the grid's CRS (see ``grid_crs``).

    At the native resolution of a north-up, projected raster of square pixels the tiles fall on these. Raises
    ImageryError where the area does not touch the imagery, where the imagery cannot lie where it says, and where there
    would be too many tiles.
    """
    crs = grid_crs(imagery)
    bounds = _bounds_in(imagery, crs)
    units = units_per_metre(crs, bounds)
    native = native_gsd(imagery, crs, units)
    check_gsd(imagery.path.name, imagery.crs, native, gsd_metres)
    gsd = gsd_metres or max(native, FINEST_GSD)
    if area is not None:
        bounds = _snapped(_bounds_inside(bounds, area), bounds, native * units)
    return cover(crs, bounds, units, gsd, tile_size_px)


def grid_crs(imagery: Imagery) -> str:
    """The imagery's own CRS where it is projected and north-up, else the UTM zone of its centre."""
    if imagery.is_north_up and CRS.from_user_input(imagery.crs).is_projected:
        return imagery.crs
    longitude, latitude = _centre(imagery)
    zone = int((longitude + 180) // 6) % 60 + 1
    return f"EPSG:{32600 + zone if latitude >= 0 else 32700 + zone}"


def units_per_metre(crs: str, bounds: Bounds) -> float:
    """How many units of a projected CRS one metre on the ground is, at the centre of the bounds, on the ellipsoid."""
    left, bottom, right, top = bounds
    x, y, step = (left + right) / 2, (bottom + top) / 2, (right - left + top - bottom) / 20
    longitudes, latitudes = moved_points(crs, "EPSG:4326", [x - step, x + step, x, x], [y, y, y - step, y + step])
    metres = Geod(ellps="WGS84").inv(longitudes[::2], latitudes[::2], longitudes[1::2], latitudes[1::2])[2]
    return 4 * step / (float(sum(metres)) or math.nan)


def native_gsd(imagery: Imagery, crs: str, units: float) -> float:
    """The side of the raster's own pixel in metres on the ground."""
    if crs == imagery.crs:
        return math.sqrt(abs(imagery.transform.determinant)) / units
    corners = moved_points(imagery.crs, crs, *zip(*imagery.corners[:2]))
    return math.hypot(corners[0][1] - corners[0][0], corners[1][1] - corners[1][0]) / imagery.width / units


def read_tiles(imagery: Imagery, grid: TileGrid, tiles: Sequence[Tile], batch_size: int = 8) -> Iterator[Pixels]:
    """The tiles' pixels batch by batch in the given order; see ``read_windows``."""
    origins = [(tile.row * grid.tile_size_px, tile.column * grid.tile_size_px) for tile in tiles]
    return read_windows(imagery, grid, origins, batch_size)


def read_windows(
    imagery: Imagery,
    grid: TileGrid,
    origins: Sequence[tuple[int, int]],
    batch_size: int = 8,
    size_px: int | None = None,
) -> Iterator[Pixels]:
    """Windows, tile-sized or with the side given, by the (row, column) of their first pixel in the grid, in batches.

    A batch has ``batch_size`` windows, fewer where these are large: memory goes by pixels. The next batches are read
    while the caller works on this one. Raises ImageryError where the file is damaged.
    """
    size_px = size_px or grid.tile_size_px
    batch_size = max(1, min(batch_size, BATCH_PIXELS // size_px**2))
    batches = (origins[start : start + batch_size] for start in range(0, len(origins), batch_size))
    pending: deque[Future[Pixels]] = deque()
    with _on_grid(imagery, grid) as dataset, ThreadPoolExecutor(1) as reader:
        for batch in batches:
            pending.append(reader.submit(_read_batch, dataset, imagery, batch, size_px))
            if len(pending) > READ_AHEAD:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def read_overview(imagery: Imagery, grid: TileGrid, longest_px: int = 1024) -> Pixels:
    """The whole grid as one window, decimated until its longer side is at most ``longest_px``."""
    scale = max(1.0, max(grid.width_px, grid.height_px) / longest_px)
    shape = (max(1, round(grid.height_px / scale)), max(1, round(grid.width_px / scale)))
    with _on_grid(imagery, grid, shape) as dataset:
        values, valid = _read(dataset, imagery, Window(0, 0, shape[1], shape[0]))
    return Pixels(values[None], valid[None])


def valid_shares(imagery: Imagery, grid: TileGrid) -> NDArray[np.float64]:
    """How much of each tile is imagery, 0..1, (row, column): judged at 16 x 16 points of every tile."""
    size = grid.rows * SAMPLES, grid.columns * SAMPLES
    with _on_grid(imagery, grid, size, Resampling.nearest) as dataset:
        strips = (Window(0, row * SAMPLES, size[1], SAMPLES) for row in range(grid.rows))
        valid = [_read(dataset, imagery, strip)[1].reshape(SAMPLES, -1, SAMPLES) for strip in strips]
    shares: NDArray[np.float64] = np.stack(valid).mean(axis=(1, 3))
    return shares


@contextmanager
def _on_grid(
    imagery: Imagery,
    grid: TileGrid,
    shape: tuple[int, int] | None = None,
    resampling: Resampling = Resampling.bilinear,
) -> Iterator[WarpedVRT]:
    """The raster as if it were stored on the grid; GDAL takes the overview that fits and marks what is missing."""
    height, width = shape or (grid.height_px, grid.width_px)
    fit = Affine.scale(grid.width_px / width, grid.height_px / height)
    _check_still_there(imagery.path)
    with open_raster(imagery.path, CACHE_BYTES) as dataset, ExitStack() as opened:
        has_own_mask = dataset.nodata is not None or ColorInterp.alpha in dataset.colorinterp
        with told_as_unreadable(imagery.path):
            on_grid = WarpedVRT(
                dataset,
                crs=grid.crs,
                transform=grid.transform * fit,
                width=width,
                height=height,
                resampling=resampling,
                add_alpha=not has_own_mask,
            )
        yield opened.enter_context(on_grid)


def _check_still_there(path: Path) -> None:
    """Raises ImageryError where the file has gone since the campaign was opened."""
    if not path.exists():
        raise ImageryError(
            "imagery-lost",
            "The imagery is gone: {path}. Put it back and try again; nothing is lost.",
            path=path,
        )


def _read_batch(dataset: WarpedVRT, imagery: Imagery, origins: Sequence[tuple[int, int]], size_px: int) -> Pixels:
    read = [_read(dataset, imagery, Window(column, row, size_px, size_px)) for row, column in origins]
    return Pixels(np.stack([values for values, _ in read]), np.stack([valid for _, valid in read]))


def _read(dataset: WarpedVRT, imagery: Imagery, window: Window) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Values (band, row, column) and validity (row, column) of one window."""
    alpha = [index for index, meaning in enumerate(dataset.colorinterp, 1) if meaning == ColorInterp.alpha]
    try:
        read = dataset.read([*imagery.bands, *alpha[:1]], window=window).astype(np.float32)
    except UNREADABLE as error:
        raise ImageryError(
            "imagery-damaged",
            "{name} cannot be read at pixel {column}, {row} ({error}). The file is damaged or incomplete: "
            "copy it again.",
            name=imagery.path.name,
            column=window.col_off,
            row=window.row_off,
            error=error,
        ) from error
    values = read[: len(imagery.bands)]
    valid = np.isfinite(values).all(axis=0)
    if alpha:
        valid &= read[-1] > 0
    elif dataset.nodata is not None and not math.isnan(dataset.nodata):
        valid &= (values != np.float32(dataset.nodata)).any(axis=0)
    return np.where(valid, values, np.float32(0)), valid


def _name_of(crs: rasterio.crs.CRS) -> str:
    """EPSG:n where that is what it is, else WKT."""
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else str(crs.to_wkt())


def _centre(imagery: Imagery) -> tuple[float, float]:
    """Longitude and latitude of the imagery's middle."""
    x, y = imagery.transform * (imagery.width / 2, imagery.height / 2)
    longitudes, latitudes = moved_points(imagery.crs, "EPSG:4326", [x], [y])
    return longitudes[0], latitudes[0]


def _bounds_in(imagery: Imagery, crs: str) -> Bounds:
    """The upright rectangle around the imagery in a CRS."""
    xs: Sequence[float]
    ys: Sequence[float]
    xs, ys = zip(*imagery.corners)
    if crs != imagery.crs:
        xs, ys = moved_points(imagery.crs, crs, xs, ys)
    return min(xs), min(ys), max(xs), max(ys)


def _bounds_inside(imagery: Bounds, area: BaseGeometry) -> Bounds:
    """The bounds of the part of an area that lies on the imagery."""
    inside = area.intersection(box(*imagery))
    if inside.area == 0:
        left, bottom, right, top = area.bounds
        raise ImageryError(
            "area-outside-imagery",
            "The area of interest (x {left:.6g} to {right:.6g}, y {bottom:.6g} to {top:.6g}) lies outside "
            "the imagery (x {west:.6g} to {east:.6g}, y {south:.6g} to {north:.6g}). Check its CRS, or draw "
            "it anew over the imagery.",
            left=left,
            right=right,
            bottom=bottom,
            top=top,
            west=imagery[0],
            east=imagery[2],
            south=imagery[1],
            north=imagery[3],
        )
    left, bottom, right, top = inside.bounds
    return left, bottom, right, top


def _snapped(bounds: Bounds, imagery: Bounds, pixel: float) -> Bounds:
    """The bounds moved outwards so that the upper left falls on a pixel corner of the imagery."""
    left = imagery[0] + math.floor((bounds[0] - imagery[0]) / pixel + 1e-6) * pixel
    top = imagery[3] - math.floor((imagery[3] - bounds[3]) / pixel + 1e-6) * pixel
    return left, bounds[1], bounds[2], top
