"""What a raster must have to be used as imagery: bands of a known type, and a place on Earth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import rasterio
from rasterio.enums import ColorInterp

from ..errors import ImageryError

MOST_BANDS = 16
SUPPORTED_DTYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32")


def checked_bands(dataset: rasterio.DatasetReader, bands: Sequence[int] | None) -> tuple[int, ...]:
    """The bands to read, counted from 1: those asked for, or all but alpha; ImageryError where they cannot be used."""
    name = Path(dataset.name).name
    colours = tuple(index for index, meaning in enumerate(dataset.colorinterp, 1) if meaning != ColorInterp.alpha)
    chosen = tuple(bands) if bands else colours
    if not chosen or len(chosen) > MOST_BANDS:
        raise ImageryError(
            "imagery-bands",
            "{name} has {bands} bands; 1 to {most} can be used. Name some (option bands).",
            name=name,
            bands=len(chosen),
            most=MOST_BANDS,
        )
    missing = [band for band in chosen if band not in colours]
    if missing:
        raise ImageryError(
            "band-missing",
            "{name} has no band {band}: its bands are {known}.",
            name=name,
            band=missing[0],
            known=", ".join(map(str, colours)),
        )
    dtypes = {dataset.dtypes[band - 1] for band in chosen}
    if not dtypes <= set(SUPPORTED_DTYPES):
        raise ImageryError(
            "imagery-dtype",
            "{name} stores {dtypes}; use one of {supported}: convert it with gdal_translate -ot Float32.",
            name=name,
            dtypes=", ".join(sorted(dtypes)),
            supported=", ".join(SUPPORTED_DTYPES),
        )
    return chosen


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
