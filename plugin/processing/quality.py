"""tiletriage:quality - how good the finished map is now, and what ten more minutes are worth."""

from __future__ import annotations

from qgis.core import QgsProcessingOutputBoolean, QgsProcessingOutputNumber, QgsProcessingParameterNumber

from ...models.choices import ENOUGH
from ...models.jobs import drive
from ..messages import map_quality_in_words
from .algorithm import EngineAlgorithm, now


class Quality(EngineAlgorithm):
    """A campaign -> the quality of its finished map, with an interval."""

    def name(self):
        return "quality"

    def displayName(self):
        return self.tr("Quality of the map")

    def group(self):
        return self.tr("Model")

    def groupId(self):
        return "model"

    def tags(self):
        return self.tr("accuracy,IoU,estimate,interval,area,measure").split(",")

    def story(self):
        return self.tr(
            "Estimates how good the finished map is now: what people annotated, and what the active version shows "
            "elsewhere. The tiles that were drawn by lot (strategy map-gain) measure it; no exam tiles are needed."
        )

    def initAlgorithm(self, configuration=None):
        self.add_workspace()
        self.add(
            QgsProcessingParameterNumber(
                "ENOUGH",
                self.tr("Enough below, in percent"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=ENOUGH,
                minValue=0,
                maxValue=100,
            ),
            self.tr("It is enough where ten more minutes should make less than so much more of the map right."),
        )
        self.addOutput(QgsProcessingOutputNumber("IOU", self.tr("IoU of the map")))
        self.addOutput(QgsProcessingOutputNumber("IOU_LOW", self.tr("Lower bound of the IoU")))
        self.addOutput(QgsProcessingOutputNumber("IOU_HIGH", self.tr("Upper bound of the IoU")))
        self.addOutput(QgsProcessingOutputNumber("MAPPED_M2", self.tr("Mapped area in square metres")))
        self.addOutput(QgsProcessingOutputNumber("FOOTPRINT_F1", self.tr("F1 of the map's footprints")))
        self.addOutput(QgsProcessingOutputNumber("FOOTPRINT_F1_LOW", self.tr("Lower bound of that F1")))
        self.addOutput(QgsProcessingOutputNumber("FOOTPRINT_F1_HIGH", self.tr("Upper bound of that F1")))
        self.addOutput(QgsProcessingOutputNumber("FOOTPRINTS", self.tr("Number of footprints")))
        self.addOutput(QgsProcessingOutputNumber("FOOTPRINTS_LOW", self.tr("Lower bound of that number")))
        self.addOutput(QgsProcessingOutputNumber("FOOTPRINTS_HIGH", self.tr("Upper bound of that number")))
        self.addOutput(QgsProcessingOutputBoolean("IS_ENOUGH", self.tr("Whether it is enough")))
        self.addOutput(QgsProcessingOutputNumber("DRAWN_TILES", self.tr("Tiles that measure the map")))

    def read(self, parameters, context):
        self._folder = self.workspace_folder(parameters, context)
        self._enough = self.parameterAsDouble(parameters, "ENOUGH", context)

    def work(self, feedback):
        from ...models.campaign.workspace import open_workspace
        from ...models.use_cases.map_quality import map_quality

        return drive(map_quality(open_workspace(self._folder), now()), feedback)

    def tell(self, result, parameters, context, feedback):
        feedback.pushInfo(map_quality_in_words(result, self._enough))
        outputs = {"DRAWN_TILES": result.drawn, "IS_ENOUGH": result.is_enough(self._enough)}
        if result.iou is not None:
            bounds = {"IOU_LOW": result.iou.low, "IOU_HIGH": result.iou.high}
            outputs |= {"IOU": result.iou.value, "MAPPED_M2": result.mapped_m2.value, **bounds}
        if result.footprint_f1 is not None:
            for name, found in (("FOOTPRINT_F1", result.footprint_f1), ("FOOTPRINTS", result.footprints)):
                outputs |= {name: found.value, f"{name}_LOW": found.low, f"{name}_HIGH": found.high}
        return outputs
