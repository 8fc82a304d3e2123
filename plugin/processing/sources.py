"""Layers of QGIS as files that the engine can read, and why not where they are none."""

from __future__ import annotations

import re
from pathlib import Path

from qgis.core import (
    QgsField,
    QgsFields,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingUtils,
    QgsProviderRegistry,
    QgsVectorFileWriter,
)
from qgis.PyQt.QtCore import QCoreApplication, QVariant

READ_AS_THEY_ARE = (".gpkg", ".geojson", ".json", ".shp", ".fgb")  # what the engine opens; QGIS saves others for it


def imagery_file(algorithm, parameters, name, context):
    """The file of a raster layer; raises QgsProcessingException with the cure where it comes from somewhere else."""
    layer = algorithm.parameterAsRasterLayer(parameters, name, context)
    if layer is None:
        raise QgsProcessingException(algorithm.invalidRasterError(parameters, name))
    path = _file_of(layer)
    if layer.providerType() != "gdal" or path is None:
        raise QgsProcessingException(
            QCoreApplication.translate(
                "sources",
                "The layer '{name}' is not read from a file on this computer (its provider is '{provider}'), and the "
                "model looks at every pixel many times. Save the part that you want to map as a GeoTIFF (right-click "
                "the layer > Export > Save As), where its licence allows that, and take that file.",
            ).format(name=layer.name(), provider=layer.providerType())
        )
    return path


def vector_file(algorithm, parameters, name, context, field=None):
    """A file that holds the polygons of a parameter, and a field of theirs, or None where the parameter is empty.

    On the main thread. What QGIS shows counts: with a selection, a filter, unsaved edits, a CRS that was set by hand,
    several layers in the file or a format that the engine does not open, the features are saved to a temporary
    GeoPackage, where they keep their ids.
    """
    if parameters.get(name) in (None, ""):
        return None
    if not isinstance(parameters[name], QgsProcessingFeatureSourceDefinition):
        layer = algorithm.parameterAsVectorLayer(parameters, name, context)
        if layer is not None and _is_plain(layer):
            return _file_of(layer)
    source = algorithm.parameterAsSource(parameters, name, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, name))
    return _save(source, context, field)


def _file_of(layer):
    """The local file behind a layer, or None."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = Path(parts.get("path") or "")
    return path if path.is_file() and not parts.get("vsiPrefix") else None


def _is_plain(layer):
    return (
        layer.providerType() == "ogr"
        and _file_of(layer) is not None
        and _file_of(layer).suffix.lower() in READ_AS_THEY_ARE
        and not layer.subsetString()
        and not layer.isModified()
        and layer.crs() == layer.dataProvider().crs()
        and len(QgsProviderRegistry.instance().querySublayers(str(_file_of(layer)))) == 1
    )


def _save(source, context, field):
    """Write features to a new temporary GeoPackage named after them, with their ids and a field for attributes."""
    name = re.sub(r"\W+", "_", source.sourceName()) or "layer"
    path = QgsProcessingUtils.generateTempFilename(f"{name}.gpkg")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = name
    fields, place = QgsFields(), source.fields().lookupField(field or "")
    fields.append(QgsField("fid", QVariant.LongLong))
    if place >= 0 and field != "fid":
        fields.append(source.fields().at(place))
    writer = QgsVectorFileWriter.create(
        path, fields, source.wkbType(), source.sourceCrs(), context.transformContext(), options
    )
    for feature in source.getFeatures():
        values = [feature.id(), *([feature.attribute(place)] if fields.count() > 1 else [])]
        feature.setFields(fields, False)
        feature.setAttributes(values)
        writer.addFeature(feature)
    problem = writer.errorMessage()
    del writer  # closes the file
    if problem:
        raise QgsProcessingException(problem)
    return Path(path)
