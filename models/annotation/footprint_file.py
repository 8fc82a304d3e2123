"""Footprints from a file of the user: GeoPackage, GeoJSON, Shapefile or FlatGeobuf, any CRS, checked once, here."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyogrio
import shapely
from pyproj import CRS

from ..errors import LabelError, OutputError
from ..imagery.grid import Bounds, TileGrid
from ..jobs import Job
from ..storage.atomic_files import appearing_whole
from ..storage.limits import MOST_BROKEN_RINGS, MOST_CROSSINGS
from ..storage.output_paths import check_output, check_place
from ..storage.vector_file import UNREADABLE, are_on_earth, check_vector, is_tangled, list_layers, read_layer
from .class_values import ClassValues, plain_text
from .labels import Labels
from .mask import BACKGROUND, IGNORE
from .outline_checks import polygons_of

NAMED_AT_MOST = 3
REPAIRED_AT_ONCE = 20  # outlines, a moment at most
LAYER, OF_A_MODEL = "footprints", {"confidence", "version"}  # the columns that no label has
OPENED = ("-wal", "-journal")  # what SQLite keeps beside a file that is open; replacing the file would mix them up
WRITABLE: Mapping[str, tuple[str, dict[str, Any]]] = {
    ".gpkg": ("GPKG", {"dataset_options": {"VERSION": "1.2"}}),
    ".geojson": ("GeoJSON", {"RFC7946": "YES"}),
}


def read_footprints(path: Path, grid: TileGrid, class_field: str | None = None) -> geopandas.GeoDataFrame:
    """The polygons of a file in the grid's CRS, flat and valid, with the file's feature ids as index.

    Where a ``class_field`` is named they have that column. Raises LabelError where the file, a geometry, the field or
    the place is wrong.
    """
    return _on_grid(path, _read(path, "ignore", class_field), grid)


def read_repaired(path: Path, grid: TileGrid, class_field: str | None = None) -> Job[geopandas.GeoDataFrame]:
    """As ``read_footprints``, but broken outlines are mended, and what is empty or no polygon is left out."""
    footprints = yield from _repaired(path, _read(path, "fix", class_field))
    return _on_grid(path, footprints, grid)


def labels_of(footprints: geopandas.GeoDataFrame, class_field: str | None, values: ClassValues, path: Path) -> Labels:
    """The footprints of a file with their classes; what is background is left out.

    LabelError where the campaign has several classes and no field tells them apart.
    """
    if class_field is None:
        if len(values.classes) > 1:
            raise LabelError(
                "class-field-needed",
                "This campaign maps {classes}. Say which field of '{path}' names the class of each footprint, with the "
                "option class-field. Its fields: {fields}.",
                classes=", ".join(values.classes),
                path=path,
                fields=", ".join(_fields(path)) or "none",
            )
        return Labels.of_one_class(footprints.geometry.array)
    column = footprints[class_field]
    found = ["" if missing else plain_text(value) for value, missing in zip(column.tolist(), column.isna())]
    unnamed = [feature for feature, text in zip(footprints.index, found) if not text.strip()]
    if unnamed:
        raise LabelError(
            "footprints-without-class",
            "'{path}' has {unnamed} footprints without a class in the field '{field}', the first is feature {feature}. "
            "Fill it in, or delete them.",
            path=path,
            unnamed=len(unnamed),
            field=class_field,
            feature=unnamed[0],
        )
    numbers = values.numbers(dict.fromkeys(found), path)
    classes = np.array([numbers[text] for text in found], np.uint8)
    if (classes == IGNORE).any():
        raise LabelError(
            "unlabelled-footprints",
            "'{path}' has footprints of ground that nobody has looked at: only a label raster can say so. Leave out "
            "the tiles on which they lie.",
            path=path,
        )
    labels = Labels(np.asarray(footprints.geometry.array, dtype=object), classes)
    return labels.part(classes != BACKGROUND)


def _fields(path: Path) -> list[str]:
    return [str(name) for name in pyogrio.read_info(path, layer=_polygon_layer(path))["fields"]]


def _on_grid(path: Path, footprints: geopandas.GeoDataFrame, grid: TileGrid) -> geopandas.GeoDataFrame:
    _refuse_broken(path, footprints)
    try:
        moved = footprints.to_crs(grid.crs)
    except UNREADABLE as error:
        raise _unreadable(path, error) from error
    _refuse_elsewhere(path, moved, grid)
    return moved


def _repaired(path: Path, footprints: geopandas.GeoDataFrame) -> Job[geopandas.GeoDataFrame]:
    mended = []
    for number, (feature, outline) in enumerate(footprints.geometry.items(), 1):
        if is_tangled(outline):
            raise LabelError(
                "outline-tangled",
                "'{path}' has a broken outline that is not repaired (feature {feature}): it crosses itself more than "
                "{most} times, or has more than {rings} rings. Delete it, or draw it anew.",
                path=path,
                most=MOST_CROSSINGS,
                rings=MOST_BROKEN_RINGS,
                feature=feature,
            )
        mended.append(polygons_of(shapely.make_valid(outline)))
        if number % REPAIRED_AT_ONCE == 0:
            yield number / len(footprints)
    footprints = footprints.set_geometry(geopandas.GeoSeries(mended, footprints.index, crs=footprints.crs))
    footprints = footprints[~footprints.is_empty]
    if footprints.empty:
        raise LabelError(
            "labels-without-polygons-after-repair",
            "'{path}' holds no polygon, even after repair. Export the layer of footprints.",
            path=path,
        )
    return footprints


def _read(path: Path, on_invalid: str, class_field: str | None = None) -> geopandas.GeoDataFrame:
    """The file as it is; outlines that are not even rings are fixed, or missing where they are ignored."""
    if not path.exists():
        raise LabelError(
            "labels-missing",
            "'{path}' does not exist. Name a GeoPackage, GeoJSON or Shapefile with footprints.",
            path=path,
        )
    try:
        check_vector(path, LabelError)
        footprints = read_layer(path, _polygon_layer(path), on_invalid, [class_field] if class_field else [])
    except UNREADABLE as error:
        raise _unreadable(path, error) from error
    if footprints.empty:
        raise LabelError(
            "labels-empty",
            "'{path}' holds no features. Export the layer again with its footprints.",
            path=path,
        )
    if class_field and class_field not in footprints:
        raise LabelError(
            "class-field-missing",
            "'{path}' has no field '{field}'. Choose one of its fields: {fields}.",
            path=path,
            field=class_field,
            fields=", ".join(_fields(path)) or "none",
        )
    if footprints.crs is None:
        raise LabelError(
            "labels-without-crs",
            "'{path}' does not say its CRS. Set it in QGIS (right-click the layer > Layer CRS), then export it again.",
            path=path,
        )
    _refuse_beyond_earth(path, footprints)
    return footprints.set_geometry(shapely.force_2d(footprints.geometry.array))


def _polygon_layer(path: Path) -> str:
    """The one layer of the file that may hold polygons."""
    names = [name for name, kind in list_layers(path) if kind and "Point" not in kind and "LineString" not in kind]
    if not names:
        raise LabelError(
            "labels-without-polygons",
            "'{path}' holds no layer of polygons. Footprints are polygons: export that layer.",
            path=path,
        )
    if len(names) > 1:
        listed = ", ".join(f"'{name}'" for name in names)
        raise LabelError(
            "labels-in-several-layers",
            "'{path}' holds several layers of polygons ({listed}). Export the footprints alone.",
            path=path,
            listed=listed,
        )
    return names[0]


def _unreadable(path: Path, error: BaseException) -> LabelError:
    return LabelError(
        "labels-unreadable",
        "'{path}' cannot be read: {error}. Export it again as GeoPackage or GeoJSON.",
        path=path,
        error=error,
    )


def _refuse_beyond_earth(path: Path, footprints: geopandas.GeoDataFrame) -> None:
    beyond = footprints.index[~are_on_earth(footprints.geometry.array)]
    if len(beyond):
        raise LabelError(
            "labels-beyond-earth",
            "'{path}' has {beyond} footprints with corners that are nowhere on Earth, the first is feature {feature}. "
            "Delete them, or draw them anew.",
            path=path,
            beyond=len(beyond),
            feature=beyond[0],
        )


def _refuse_broken(path: Path, footprints: geopandas.GeoDataFrame) -> None:
    """LabelError naming the first features that are empty, no polygons, or invalid."""
    outlines = footprints.geometry.array
    reasons = np.where(shapely.is_valid(outlines), "", shapely.is_valid_reason(outlines))
    kinds = shapely.get_type_id(outlines)
    reasons = np.where(np.isin(kinds, (3, 6)), reasons, "no polygon")
    reasons = np.where(shapely.is_empty(outlines) | shapely.is_missing(outlines), "empty geometry", reasons)
    broken = np.flatnonzero(reasons != "")
    if broken.size:
        named = "; ".join(f"feature {footprints.index[i]}: {reasons[i]}" for i in broken[:NAMED_AT_MOST])
        more = f"; and {broken.size - NAMED_AT_MOST} more" if broken.size > NAMED_AT_MOST else ""
        raise LabelError(
            "labels-unusable",
            "'{path}' has {broken} unusable of {footprints} footprints ({named}{more}). Mend them in QGIS "
            "(Vector > Geometry Tools > Check Validity), or hand them in with the option repair.",
            path=path,
            broken=broken.size,
            footprints=len(footprints),
            named=named,
            more=more,
        )


def _refuse_elsewhere(path: Path, footprints: geopandas.GeoDataFrame, grid: TileGrid) -> None:
    """LabelError where no footprint touches the grid, with both extents so that the reader sees why."""
    left, bottom, right, top = grid.bounds
    bounds = footprints.bounds.to_numpy()  # (footprint, 4); infinite for places outside the CRS
    inside = (bounds[:, 0] < right) & (bounds[:, 2] > left) & (bounds[:, 1] < top) & (bounds[:, 3] > bottom)
    if not inside.any():
        raise LabelError(
            "labels-elsewhere",
            "None of the {footprints} footprints of '{path}' lies on the imagery. In {crs} they span "
            "{drawn}, the imagery {imagery}. Wrong CRS? Set the CRS in which the file was really drawn "
            "(QGIS: right-click the layer > Layer CRS), then export it again.",
            footprints=len(footprints),
            path=path,
            crs=CRS(grid.crs).name,
            drawn=_in_words(tuple(footprints.total_bounds)),
            imagery=_in_words(grid.bounds),
        )


def _in_words(bounds: Bounds) -> str:
    left, bottom, right, top = bounds
    return f"x {left:.0f} to {right:.0f}, y {bottom:.0f} to {top:.0f}"


def check_footprint_output(path: Path, *, overwrite: bool = False, inputs: Iterable[Path | None] = ()) -> None:
    """OutputError where no footprints may be written to a file of that name: known before the work begins.

    A layer of footprints that we wrote gives way to a new one where the user says so (``overwrite``), a drawn one
    never.
    """
    check_place(path, inputs)
    _refuse_opened(path)  # before it is read: two copies of SQLite in one process take each other's locks away
    check_output(path, WRITABLE, _is_ours, overwrite=overwrite, inputs=inputs)


def _refuse_opened(path: Path) -> None:
    opened = next((held for end in OPENED if (held := path.with_name(path.name + end)).exists()), None)
    if opened:
        raise OutputError(
            "output-opened",
            "'{path}' is open in another program, which keeps changes in {opened}. Remove its layers in QGIS, or close "
            "that program, and try again; or choose another name.",
            path=path,
            opened=opened.name,
        )


def _is_ours(path: Path) -> bool:
    """Whether the footprints in a file came from a model, by their columns: ours alone, or none are lost with them."""
    try:
        check_vector(path, OutputError)
        layers = {name.casefold(): name for name, _ in list_layers(path)}
        if path.suffix.lower() == ".gpkg" and LAYER not in layers:
            return True
        found = pyogrio.read_info(path, layer=layers.get(LAYER), force_feature_count=True)
    except (*UNREADABLE, OutputError):
        return False
    return set(found["fields"]) >= OF_A_MODEL or (found["features"] == 0 and not len(found["fields"]))


def write_footprints(
    path: Path, footprints: geopandas.GeoDataFrame, *, overwrite: bool = False, inputs: Iterable[Path | None] = ()
) -> None:
    """Write footprints as GeoPackage in their own CRS, or as GeoJSON in longitude and latitude: whole or not at all.

    Other layers of a GeoPackage stay as they are. Raises OutputError as ``check_footprint_output`` does, and where
    nothing can be written.
    """
    check_footprint_output(path, overwrite=overwrite, inputs=inputs)
    driver, options = WRITABLE[path.suffix.lower()]
    try:
        with appearing_whole(path) as beside:
            if driver == "GPKG" and path.exists():
                shutil.copyfile(path, beside)
            rows = footprints if driver == "GPKG" else footprints.to_crs("EPSG:4326")
            rows.to_file(beside, driver=driver, layer=LAYER, engine="pyogrio", **options)
            _refuse_cut_short(beside, len(rows))
    except UNREADABLE as error:
        raise OutputError(
            "output-unwritable",
            "'{path}' cannot be written: {error}. Choose a folder that is yours and has room.",
            path=path,
            error=error,
        ) from error


def _refuse_cut_short(path: Path, footprints: int) -> None:
    """OSError where not all of them are on the disk: GDAL does not tell of every full one."""
    if pyogrio.read_info(path, layer=LAYER, force_feature_count=True)["features"] != footprints:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
