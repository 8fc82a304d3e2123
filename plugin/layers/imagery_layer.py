"""A raster layer as imagery for the engine: its file and what suits it, or why not and what to do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsDistanceArea,
    QgsMultiBandColorRenderer,
    QgsPointXY,
    QgsProject,
    QgsProviderRegistry,
)
from qgis.PyQt.QtCore import QCoreApplication

from .area_of_interest import area_of_interest
from .layer_problem import LayerProblem

translate = QCoreApplication.translate

ONLINE_PROVIDERS = ("wms", "arcgismapserver")
FINEST_GSD, USUAL_ONLINE_GSD = 0.07, 0.3  # metres; the first is the finest that the base model knows
LARGEST_TILE_PX, SMALLEST_TILE_PX, FEW_TILES = 256, 64, 30


@dataclass(frozen=True)
class Suggestion:
    """What suits an imagery layer; ``problem`` says why it cannot be used as it is, and what to do.

    Without an area of interest the tiles of an online layer are not counted: it has no end.
    """

    gsd_metres: float
    tile_size_px: int
    tile_metres: float
    tiles: int
    problem: str = ""
    is_online: bool = False


def suggestion(layer, aoi_layer=None) -> Suggestion:
    """GSD and tile size for a raster layer, and about how many tiles its imagery, or the area on it, comes to."""
    try:
        _check_connection(layer) if is_online(layer) else imagery_path(layer)
        extent = _extent(layer, aoi_layer)
    except LayerProblem as problem:
        return Suggestion(0.0, LARGEST_TILE_PX, 0.0, 0, str(problem), is_online(layer))
    gsd = max(FINEST_GSD, _online_gsd(layer, extent) if is_online(layer) else _native_gsd(layer))
    if extent is None:
        return Suggestion(gsd, LARGEST_TILE_PX, gsd * LARGEST_TILE_PX, 0, is_online=True)
    size, tiles = LARGEST_TILE_PX, _tiles(layer, extent, gsd * LARGEST_TILE_PX)
    while tiles < FEW_TILES and size > SMALLEST_TILE_PX:
        size //= 2
        tiles = _tiles(layer, extent, gsd * size)
    return Suggestion(gsd, size, gsd * size, tiles, is_online=is_online(layer))


def is_online(layer) -> bool:
    """Whether it comes picture by picture from a server (XYZ, WMS, WMTS, ArcGIS) and must be read before it is used."""
    return layer.providerType() in ONLINE_PROVIDERS


def imagery_path(layer) -> Path:
    """The file that the engine can read instead of the layer; raises LayerProblem with the cure where there is none."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = Path(parts.get("path") or "")
    names = {"name": layer.name(), "path": path}
    if is_online(layer):
        raise LayerProblem(
            translate("imagery_layer", "'{name}' is online. Choose an area of interest: that part is read first."),
            **names,
        )
    if layer.providerType() != "gdal" or path.as_posix().startswith("/vsi") or parts.get("vsiPrefix"):
        raise LayerProblem(
            translate(
                "imagery_layer",
                "'{name}' is not a plain file on this computer, and every pixel is looked at many times. Save it as "
                "GeoTIFF (right-click the layer > Export > Save As), where its licence allows that, and take that.",
            ),
            **names,
        )
    if not path.is_file():
        raise LayerProblem(
            translate(
                "imagery_layer",
                "The file of '{name}' is gone: {path}. Put it back, or show QGIS its new place: right-click the layer "
                "> Change Data Source.",
            ),
            **names,
        )
    if not layer.isValid():
        raise LayerProblem(
            translate(
                "imagery_layer", "QGIS cannot read {path}: it may be damaged. Copy it again, or take another layer."
            ),
            **names,
        )
    _check_crs(layer)
    return path


def bands_shown(layer) -> tuple[int, int, int]:
    """The bands that the layer shows as red, green and blue, counted from 1: the model looks at the same picture."""
    renderer = layer.renderer()
    if isinstance(renderer, QgsMultiBandColorRenderer):
        chosen = (renderer.redBand(), renderer.greenBand(), renderer.blueBand())
        if min(chosen) > 0:
            return chosen
    grey = next(iter(renderer.usesBands()), 1) if renderer else 1
    return grey, grey, grey


def _check_connection(layer):
    if not layer.isValid():
        raise LayerProblem(
            translate(
                "imagery_layer",
                "The server of '{name}' did not answer. Check the network and its address, then add it again.",
            ),
            name=layer.name(),
        )


def _check_crs(layer):
    """The engine goes by the file: a CRS that was only set in QGIS would put the tiles somewhere else."""
    in_file, names = layer.dataProvider().crs(), {"name": layer.name(), "crs": layer.crs().authid()}
    if not in_file.isValid():
        raise LayerProblem(
            translate(
                "imagery_layer",
                "The file of '{name}' does not say its CRS. Write the right one into it: Raster > Projections > Assign "
                "Projection. Then remove the layer and add it again.",
            ),
            **names,
        )
    if in_file != layer.crs():
        raise LayerProblem(
            translate(
                "imagery_layer",
                "'{name}' was set to {crs} by hand, but its file says {in_file}. Write {crs} into the file if that is "
                "right (Raster > Projections > Assign Projection), or set the layer back to {in_file}.",
            ),
            in_file=in_file.authid(),
            **names,
        )


def _extent(layer, aoi_layer):
    """The part of the layer, in its CRS, that would be mapped; None for an online layer without an area."""
    if aoi_layer is None:
        return None if is_online(layer) else layer.extent()
    area = area_of_interest(aoi_layer, layer.crs()).boundingBox()
    inside = area if is_online(layer) else area.intersect(layer.extent())
    if inside.isEmpty():
        raise LayerProblem(
            translate(
                "imagery_layer",
                "The area of interest '{area}' lies outside '{name}'. Check its CRS, or draw it over the imagery.",
            ),
            area=aoi_layer.name(),
            name=layer.name(),
        )
    return inside


def _native_gsd(layer) -> float:
    across, down = metres_per_unit(layer.crs(), layer.extent())
    extent = layer.extent()
    return math.sqrt(across * extent.width() / layer.width() * down * extent.height() / layer.height())


def _online_gsd(layer, extent) -> float:
    """That of the finest pictures the server has, at the latitude of the extent, or at the equator."""
    finest = min(layer.dataProvider().nativeResolutions(), default=0.0) if layer.isValid() else 0.0
    return finest * metres_per_unit(layer.crs(), extent or layer.extent())[0] if finest else USUAL_ONLINE_GSD


def _tiles(layer, extent, tile_metres: float) -> int:
    across, down = metres_per_unit(layer.crs(), extent)
    columns = math.ceil(extent.width() * across / tile_metres - 0.01)
    return columns * math.ceil(extent.height() * down / tile_metres - 0.01)


def metres_per_unit(crs, extent) -> tuple[float, float]:
    """What one unit of a CRS is on the ground, to the east and to the north, in the middle of an extent."""
    ground, middle = QgsDistanceArea(), extent.center()
    ground.setSourceCrs(crs, QgsProject.instance().transformContext())
    ground.setEllipsoid("EPSG:7030")
    x, y, step = middle.x(), middle.y(), (extent.width() + extent.height()) / 1000
    across = ground.measureLine([QgsPointXY(x - step, y), QgsPointXY(x + step, y)])
    down = ground.measureLine([QgsPointXY(x, y - step), QgsPointXY(x, y + step)])
    return across / step / 2, down / step / 2
