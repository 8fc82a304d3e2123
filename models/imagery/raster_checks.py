"""What a raster must have to be used as imagery: bands of a known type, and a place on Earth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import ColorInterp
from rasterio.warp import transform

from ..errors import ImageryError
from ..storage.limits import COARSEST_GSD_METRES, FINEST_GSD_METRES, LARGEST_COORDINATE
from .raster_file import UNREADABLE

MOST_BANDS = 16
LONGEST_NAME = 40  # letters of a band's name
COLOURS = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
FURTHEST_LONGITUDE, FURTHEST_LATITUDE = 540.0, 91.0  # once more around, and a little over the pole, are meant well
SUPPORTED_DTYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32")


def band_names(dataset: rasterio.DatasetReader) -> tuple[str, ...]:
    """What the bands of a raster are called: as it describes them, else by their colour or number."""
    return tuple(
        " ".join((text or "").split())[:LONGEST_NAME] or (meaning.name if meaning in COLOURS else f"band {index}")
        for index, (text, meaning) in enumerate(zip(dataset.descriptions, dataset.colorinterp), 1)
    )


def checked_bands(dataset: rasterio.DatasetReader, bands: Sequence[int | str] | None) -> tuple[int, ...]:
    """The bands to read, counted from 1: those asked for by number or name, or all but alpha.

    ImageryError where they cannot be used.
    """
    name = Path(dataset.name).name
    colours = tuple(index for index, meaning in enumerate(dataset.colorinterp, 1) if meaning != ColorInterp.alpha)
    called = {text.casefold(): index for index, text in reversed([*enumerate(band_names(dataset), 1)])}
    named = (called.get(band.casefold(), band) if isinstance(band, str) else band for band in bands or ())
    chosen = tuple(named) if bands else colours
    if not chosen or len(chosen) > MOST_BANDS:
        raise ImageryError(
            "imagery-bands",
            "{name} has {bands} bands; 1 to {most} can be used. Name some (option bands).",
            name=name,
            bands=len(chosen),
            most=MOST_BANDS,
        )
    missing = [band for band in chosen if band not in colours]
    numbers = tuple(int(band) for band in chosen if band in colours)
    if missing:
        raise ImageryError(
            "band-missing",
            "{name} has no band {band}: its bands are {known}. Choose among these (option bands); for a campaign that "
            "has begun, put back the imagery that it began with.",
            name=name,
            band=missing[0],
            known=_listed(dataset, colours),
        )
    dtypes = {dataset.dtypes[band - 1] for band in numbers}
    if not dtypes <= set(SUPPORTED_DTYPES):
        raise ImageryError(
            "imagery-dtype",
            "{name} stores {dtypes}; use one of {supported}: convert it with gdal_translate -ot Float32.",
            name=name,
            dtypes=", ".join(sorted(dtypes)),
            supported=", ".join(SUPPORTED_DTYPES),
        )
    return numbers


def _listed(dataset: rasterio.DatasetReader, bands: Sequence[int]) -> str:
    """Bands by number, and by name where they have one: 1 (red), 2 (green)."""
    names = band_names(dataset)
    return ", ".join(
        str(band) if names[band - 1] == f"band {band}" else f"{band} ({names[band - 1]})" for band in bands
    )


def check_georeference(dataset: rasterio.DatasetReader) -> None:
    """Raises ImageryError with the cure where the raster has no place on Earth."""
    name = Path(dataset.name).name
    if dataset.crs is None:
        raise ImageryError(
            "imagery-without-crs",
            "{name} has no coordinate reference system. Assign the right one, for example with gdal_edit.py "
            "-a_srs EPSG:32737, or in QGIS: Raster > Projections > Assign Projection.",
            name=name,
        )
    if not (dataset.crs.is_geographic or dataset.crs.is_projected):
        raise ImageryError(
            "imagery-local-crs",
            "{name} has a local coordinate reference system without a place on Earth. Assign the right one "
            "in QGIS: Raster > Projections > Assign Projection.",
            name=name,
        )
    if dataset.transform.is_identity or dataset.transform.is_degenerate:
        raise ImageryError(
            "imagery-without-georeference",
            "{name} has no georeference. Georeference it first: QGIS, Layer > Georeferencer.",
            name=name,
        )
    pixels = [(column, row) for column in (0, dataset.width) for row in (0, dataset.height)]
    furthest = (FURTHEST_LONGITUDE, FURTHEST_LATITUDE) if dataset.crs.is_geographic else (LARGEST_COORDINATE,) * 2
    for x, y in (dataset.transform * pixel for pixel in pixels):
        if not (abs(x) <= furthest[0] and abs(y) <= furthest[1]):
            raise _nowhere(_short(dataset.crs), x, y)


def check_gsd(name: str, crs: str, native: float, wanted: float | None) -> None:
    """ImageryError where pixels of this size, in metres on the ground, cannot be mapped: the CRS is wrong then."""
    can_be = {"finest": FINEST_GSD_METRES, "coarsest": COARSEST_GSD_METRES}
    if not FINEST_GSD_METRES <= native <= COARSEST_GSD_METRES:
        raise ImageryError(
            "imagery-gsd",
            "A pixel of {name} would be {gsd:.3g} m on the ground; {finest} to {coarsest} m can be mapped. Is {crs} "
            "really its CRS? Assign the right one in QGIS: Raster > Projections > Assign Projection.",
            name=name,
            gsd=native,
            crs=_short(crs),
            **can_be,
        )
    if wanted is not None and not FINEST_GSD_METRES <= wanted <= COARSEST_GSD_METRES:
        raise ImageryError(
            "gsd-out-of-range",
            "A GSD of {gsd:.3g} m cannot be mapped: take one from {finest} to {coarsest} m.",
            gsd=wanted,
            **can_be,
        )


def moved_points(
    source: str, target: str, xs: Sequence[float], ys: Sequence[float]
) -> tuple[Sequence[float], Sequence[float]]:
    """Coordinates of one CRS in another; raises ImageryError where there is no such place."""
    try:
        moved_xs, moved_ys = transform(source, target, xs, ys)
    except UNREADABLE as error:
        raise _nowhere(_short(source), xs[0], ys[0]) from error
    if not np.isfinite([*moved_xs, *moved_ys]).all():
        raise _nowhere(_short(source), xs[0], ys[0])
    return moved_xs, moved_ys


def _nowhere(crs: str, x: float, y: float) -> ImageryError:
    return ImageryError(
        "imagery-nowhere",
        "The imagery would lie at x {x:.6g}, y {y:.6g}, which is no place in {crs}. Is that really its CRS? Assign the "
        "right one in QGIS: Raster > Projections > Assign Projection.",
        x=x,
        y=y,
        crs=crs,
    )


def _short(crs: object) -> str:
    """A CRS as few words: EPSG:n, or the name in its WKT."""
    text = str(crs)
    return text if len(text) < 20 else (text.split('"')[1:2] or [text[:40]])[0]
