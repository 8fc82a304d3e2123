"""Rasters of the user opened for reading: only formats of plain files, which lead to nothing else on any network.

The format is told by how a file begins, and also that of what GDAL opens by itself: for the sources of a VRT and the
pyramids beside a file it tries all its drivers, and some of these fetch what a few lines of XML name.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import numpy as np
import rasterio
from pyproj.exceptions import ProjError
from rasterio.errors import CRSError, RasterioError

from ..errors import ImageryError
from ..storage import limits
from ..storage.input_file import OF_RASTERS, Listing, beside, check_input, names_in
from .vrt_file import sources_of

try:  # GDAL's own errors, some of which rasterio hands on as they are
    from rasterio._err import CPLE_BaseError
except ImportError:
    CPLE_BaseError = RasterioError

UNREADABLE = (RasterioError, CPLE_BaseError, CRSError, ProjError, UnicodeError, OverflowError, MemoryError)
VRT = b"<VRTDataset"
STARTS = {  # how a file begins -> the drivers of GDAL that read it, of which one at least is everywhere
    **dict.fromkeys((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), ("GTiff",)),
    b"\x89PNG\r\n": ("PNG",),
    b"\xff\xd8\xff": ("JPEG",),
    b"EHFA_HEADER_TAG": ("HFA",),
    **dict.fromkeys((b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51"), ("JP2OpenJPEG", "JP2KAK", "JP2ECW", "JP2MrSID")),
}
FORMATS = ("GeoTIFF", "JPEG", "PNG", "JPEG 2000", "Erdas Imagine", "ENVI", "a virtual raster of these (VRT)")
IN_TURN = ("PNG", "JPEG")
SIDECARS = (".ovr", ".msk")
PLACED = (".aux.xml", ".aux", ".msk")
BYTES = {"complex_int16": 4}  # of a pixel, where numpy has no such type


@contextmanager
def open_raster(path: Path, cache_bytes: int = 0) -> Iterator[rasterio.DatasetReader]:
    """A raster, of which GDAL keeps so many bytes in memory (0: as many as it likes).

    Raises ImageryError where it cannot be opened, must not be, or is too large.
    """
    memory = {"GDAL_CACHEMAX": cache_bytes} if cache_bytes else {}
    with rasterio.Env(**memory) as environment:
        drivers = check_raster(path)
        known = environment.drivers() if len(drivers) > 1 else drivers
        driver = next((name for name in drivers if name in known), drivers[0])
        with told_as_unreadable(path):
            opened = rasterio.open(path, driver=driver)
        with opened as dataset:
            with told_as_unreadable(path):
                _check_size(path, dataset)
                _check_overviews(path, dataset)
            yield dataset


@contextmanager
def told_as_unreadable(path: Path) -> Iterator[None]:
    """Whatever a library says of a raster, as an ImageryError with the cure."""
    try:
        yield
    except UNREADABLE as error:
        raise ImageryError(
            "imagery-unreadable",
            "{name} cannot be opened as a raster ({error}). It may be damaged or incomplete: copy it again, "
            "or convert it to GeoTIFF with gdal_translate.",
            name=path.name,
            error=error,
        ) from error


def check_raster(path: Path, depth: int = 0, listing: Listing = names_in) -> Sequence[str]:
    """The drivers for a file; ImageryError where it, a source of a VRT or what belongs to it must not be opened."""
    check_input(path, ImageryError, listing)
    drivers = _drivers_of(path)
    if not drivers and not depth:
        drivers = _drivers_by_header(path)
    if not drivers:
        raise _refused(path, f"it is none of {', '.join(FORMATS)}")
    if drivers == ("VRT",):
        if depth == limits.DEEPEST_VRT:
            raise _refused(path, f"virtual rasters lie in each other more than {depth} deep")
        listed = lru_cache(None)(listing)
        for source in sources_of(path):
            _check_source(source, depth + 1, listed)
    for sidecar in beside(path, (), SIDECARS, listing):
        if _drivers_of(sidecar) != ("GTiff",):
            raise _refused(sidecar, "pyramids and masks are GeoTIFF files")
    return drivers


def file_state(path: Path) -> str:
    """What changes with every writing: sizes and times of the files of a raster that has been checked.

    These are its own, those that say where it lies, and those that a VRT reads.
    """
    listed = lru_cache(None)(names_in)
    files = [each for file in _files_of(path) for each in (file, *beside(file, OF_RASTERS, PLACED, listed))]
    return hashlib.sha256(repr([_changed(file) for file in files]).encode()).hexdigest()


def _files_of(path: Path) -> Iterator[Path]:
    yield path
    if _drivers_of(path) == ("VRT",):
        for source in sources_of(path):
            yield from _files_of(source)


def _changed(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _check_source(path: Path, depth: int, listing: Listing) -> None:
    driver = check_raster(path, depth, listing)[0]
    if driver != "VRT":
        read = [path, *beside(path, listing=listing)]
        _check_metadata(path, driver, tuple(map(_changed, read)))


@lru_cache(100_000)
def _check_metadata(path: Path, driver: str, state: tuple[object, ...]) -> None:
    """That of overviews for a source which is in this state: a mosaic has thousands, and is opened for every reading.

    GDAL would read the whole folder for each of them.
    """
    one_by_one = rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN=True)
    with told_as_unreadable(path), one_by_one, rasterio.open(path, driver=driver) as dataset:
        _check_overviews(path, dataset)


def _drivers_of(path: Path) -> Sequence[str]:
    start = _start_of(path)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(VRT):
        return ("VRT",)
    return next((drivers for begin, drivers in STARTS.items() if start.startswith(begin)), ())


def _drivers_by_header(path: Path) -> Sequence[str]:
    """Those of raw pixels, which another file describes."""
    header = path.with_suffix(".hdr")
    if not header.is_file():
        return ()
    return ("ENVI",) if _start_of(header).startswith(b"ENVI") else ("EHdr",)


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1024)
    except OSError as error:
        raise _refused(path, str(error.strerror)) from error


def _check_size(path: Path, dataset: rasterio.DatasetReader) -> None:
    """ImageryError, with the numbers, where a look at the raster would take all memory or for ever."""
    if dataset.width * dataset.height > limits.MOST_PIXELS:
        raise ImageryError(
            "imagery-pixels",
            "{name} says that it has {width} x {height} pixels; {most} in all can be used. Cut out the part that is "
            "to be mapped.",
            name=path.name,
            width=dataset.width,
            height=dataset.height,
            most=limits.MOST_PIXELS,
        )
    if dataset.driver in IN_TURN and dataset.width * dataset.height > limits.MOST_PIXELS_IN_TURN:
        raise ImageryError(
            "imagery-in-turn",
            "{name} is a {format} of {width} x {height} pixels, of which no part can be read alone; {most} in all can "
            "be used. Convert it to GeoTIFF: gdal_translate -co TILED=YES.",
            name=path.name,
            format=dataset.driver,
            width=dataset.width,
            height=dataset.height,
            most=limits.MOST_PIXELS_IN_TURN,
        )
    if dataset.count > limits.MOST_RASTER_BANDS:
        raise ImageryError(
            "imagery-bands-in-file",
            "{name} has {bands} bands; files of at most {most} are read. Save those that matter as a GeoTIFF.",
            name=path.name,
            bands=dataset.count,
            most=limits.MOST_RASTER_BANDS,
        )
    together = dataset.count if dataset.interleaving and dataset.interleaving.name == "pixel" else 1
    largest = max(math.prod(shape) for shape in dataset.block_shapes) * together
    size = largest * max(BYTES.get(kind) or np.dtype(kind).itemsize for kind in dataset.dtypes)
    if size > limits.LARGEST_BLOCK_BYTES:
        raise ImageryError(
            "imagery-blocks",
            "{name} is stored in blocks of {size} MB, which must be unpacked whole; {most} MB can be. Save it in "
            "tiles: gdal_translate -co TILED=YES.",
            name=path.name,
            size=size >> 20,
            most=limits.LARGEST_BLOCK_BYTES >> 20,
        )


def _check_overviews(path: Path, dataset: rasterio.DatasetReader) -> None:
    """ImageryError where metadata send GDAL for pyramids to a file that they name."""
    named = dataset.tags(ns="OVERVIEWS").get("OVERVIEW_FILE")
    if named:
        raise _refused(path, f"its pyramids are to be read from '{named}'")


def _refused(path: Path, why: str) -> ImageryError:
    return ImageryError(
        "imagery-refused",
        "{name} is not read as a raster: {why}. If it is damaged, copy it again; else convert it to GeoTIFF with "
        "gdal_translate, or in QGIS: right-click the layer > Export > Save As.",
        name=path.name,
        why=why,
    )
