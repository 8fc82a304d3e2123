"""The polygons of a layer as the area of interest: those selected, or all where none is."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProject,
    QgsVectorFileWriter,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...models.storage.atomic_files import appearing_whole
from .layer_problem import LayerProblem

translate = QCoreApplication.translate


def area_of_interest(layer, crs) -> QgsGeometry:
    """The area as one geometry in a CRS; raises LayerProblem where there are no polygons."""
    _check(layer)
    to_crs = QgsCoordinateTransform(layer.crs(), crs, QgsProject.instance())
    try:
        polygons = [_moved(feature.geometry(), to_crs) for feature in _features(layer)]
    except QgsCsException as error:
        raise LayerProblem(
            translate(
                "area_of_interest",
                "The area of interest '{name}' does not fit into the CRS of the imagery ({crs}). Check the CRS of both "
                "layers.",
            ),
            name=layer.name(),
            crs=crs.authid(),
        ) from error
    return QgsGeometry.unaryUnion(polygons)


def aoi_file(layer, folder: Path) -> Path:
    """The area as a GeoPackage in the folder, for the engine; raises LayerProblem where it has no polygons."""
    _check(layer)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.layerName, options.attributes = "GPKG", "aoi", [-1]
    options.skipAttributeCreation = True
    options.onlySelectedFeatures = layer.selectedFeatureCount() > 0
    context, path = QgsProject.instance().transformContext(), folder / "aoi.gpkg"
    try:
        with appearing_whole(path) as beside:
            error, text, *_ = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(beside), context, options)
            if error != QgsVectorFileWriter.WriterError.NoError:
                raise OSError(text)
    except OSError as error:
        raise LayerProblem(
            translate(
                "area_of_interest",
                "The area of interest cannot be saved in {folder}: {text}. Choose a folder that you can write to.",
            ),
            folder=folder,
            text=error,
        ) from error
    return path


def _features(layer):
    return layer.getSelectedFeatures() if layer.selectedFeatureCount() else layer.getFeatures(QgsFeatureRequest())


def _moved(geometry, to_crs):
    geometry = geometry.makeValid()
    geometry.transform(to_crs)
    return geometry


def _check(layer):
    """There must be polygons, and they must be somewhere on Earth."""
    is_area = layer.isValid() and layer.geometryType() == QgsWkbTypes.PolygonGeometry
    if not is_area or not any(not feature.geometry().isEmpty() for feature in _features(layer)):
        raise LayerProblem(
            translate(
                "area_of_interest",
                "The area of interest '{name}' holds no polygon. Draw one around what is to be mapped, or choose "
                "another layer.",
            ),
            name=layer.name(),
        )
    if not layer.crs().isValid():
        raise LayerProblem(
            translate(
                "area_of_interest",
                "The area of interest '{name}' has no CRS. Set it: right-click the layer > Layer CRS > Set Layer CRS.",
            ),
            name=layer.name(),
        )
