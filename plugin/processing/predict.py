"""tiletriage:predict - the footprints of the whole area."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
    QgsProviderRegistry,
)

from ...models.jobs import drive
from ..layers import style
from .algorithm import EngineAlgorithm, polygons
from .project_layers import dress, load_instead
from .sources import vector_file


class Predict(EngineAlgorithm):
    """A campaign and a version -> a layer of footprints."""

    def name(self):
        return "predict"

    def displayName(self):
        return self.tr("Predict footprints")

    def group(self):
        return self.tr("Model")

    def groupId(self):
        return "model"

    def tags(self):
        return self.tr("buildings,segmentation,polygons,result").split(",")

    def story(self):
        return self.tr(
            "Draws the footprints of the whole area: those of people in the tiles that they finished and wherever they "
            "drew, elsewhere those that a model version sees, seamless across tiles, each with its confidence and the "
            "version. The model's are proposals: they never become labels by themselves."
        )

    def initAlgorithm(self, configuration=None):
        real = QgsProcessingParameterNumber.Type.Double
        self.add_workspace()
        self.add(
            QgsProcessingParameterString("VERSION", self.tr("Model version"), optional=True),
            self.tr("The version that draws, as 'Versions' lists it. Without it, the active one."),
        )
        self.add(
            QgsProcessingParameterFeatureSource("AREA", self.tr("Area"), polygons(), optional=True),
            self.tr("Polygons in any CRS: only footprints that touch them are drawn. Without it, the whole campaign."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "THRESHOLD", self.tr("Threshold"), real, defaultValue=0.5, minValue=0.01, maxValue=0.99
            ),
            self.tr(
                "From which probability on a pixel shows a class: lower finds more, higher draws fewer false ones."
            ),
        )
        self.add(
            QgsProcessingParameterNumber(
                "MINIMUM_AREA", self.tr("Smallest footprint in m²"), real, optional=True, minValue=0
            ),
            self.tr("Smaller footprints of the model are left out. Without it, as their class says: 4 for buildings."),
        )
        self.add(
            QgsProcessingParameterVectorDestination("OUTPUT", self.tr("Footprints"), polygons()[0]),
            self.tr(
                "Where to save them: GeoPackage in the CRS of the campaign, or GeoJSON in longitude and latitude. An "
                "earlier result there is replaced; other layers of a GeoPackage stay, and what people drew is never "
                "written over."
            ),
        )
        self.add(
            QgsProcessingParameterRasterDestination(
                "RASTER", self.tr("Raster of classes"), optional=True, createByDefault=False
            ),
            self.tr("Where to save the class of every pixel as well, as GeoTIFF, with a style of the same name."),
        )
        self.addOutput(QgsProcessingOutputNumber("FOOTPRINTS_DRAWN", self.tr("Number of footprints")))
        self.addOutput(QgsProcessingOutputNumber("BY_PEOPLE", self.tr("Footprints that people drew or accepted")))
        self.addOutput(QgsProcessingOutputNumber("BY_MODEL", self.tr("Footprints of the model")))
        self.addOutput(QgsProcessingOutputString("VERSION", self.tr("Model version")))

    def read(self, parameters, context):
        self._folder = self.workspace_folder(parameters, context)
        self._version = self.text_or_none(parameters, "VERSION", context)
        self._area = vector_file(self, parameters, "AREA", context)
        self._threshold = self.parameterAsDouble(parameters, "THRESHOLD", context)
        self._minimum_area_m2 = self.number_or_none(parameters, "MINIMUM_AREA", context)
        self._output = self.parameterAsOutputLayer(parameters, "OUTPUT", context)
        self._raster = self.parameterAsOutputLayer(parameters, "RASTER", context) or None

    def work(self, feedback):
        from ...models.campaign.workspace import open_workspace
        from ...models.use_cases.predict import predict

        job = predict(
            open_workspace(self._folder),
            Path(self._output),
            version=self._version,
            area=self._area,
            threshold=self._threshold,
            minimum_area_m2=self._minimum_area_m2,
            raster=Path(self._raster) if self._raster else None,
            overwrite=True,  # as every destination of Processing, where QGIS has asked
        )
        return drive(job, feedback)

    def tell(self, result, parameters, context, feedback):
        feedback.pushInfo(
            self.tr(
                "{footprints} footprints in {path}: {people} that people drew or accepted, {model} by version "
                "{version}."
            ).format(
                footprints=result.footprints,
                path=result.path,
                people=result.by_people,
                model=result.by_model,
                version=result.version,
            )
        )
        has_others = len(QgsProviderRegistry.instance().querySublayers(self._output)) > 1
        self._layer = f"{self._output}|layername=footprints" if has_others else self._output
        return {
            **({"RASTER": str(result.raster)} if result.raster else {}),
            "OUTPUT": self._layer,
            "FOOTPRINTS_DRAWN": result.footprints,
            "BY_PEOPLE": result.by_people,
            "BY_MODEL": result.by_model,
            "VERSION": result.version,
        }

    def postProcessAlgorithm(self, context, feedback):
        load_instead(context, self._output, self._layer)
        dress(context, self._layer, style.FOOTPRINTS)
        return {}
