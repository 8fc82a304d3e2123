"""tiletriage:evaluate - how good a version is on the exam tiles."""

from __future__ import annotations

from qgis.core import QgsProcessingOutputNumber, QgsProcessingOutputString, QgsProcessingParameterString

from ...models.jobs import drive
from .algorithm import EngineAlgorithm


class Evaluate(EngineAlgorithm):
    """A campaign and a version -> its exam."""

    def name(self):
        return "evaluate"

    def displayName(self):
        return self.tr("Evaluate a version")

    def group(self):
        return self.tr("Model")

    def groupId(self):
        return "model"

    def tags(self):
        return self.tr("exam,accuracy,IoU,F1,measure").split(",")

    def story(self):
        return self.tr(
            "Measures a model version on the annotated exam tiles, which no version was trained on: by pixel (IoU, "
            "F1), and by footprint, where one counts as found when its IoU with the true one is at least one half."
        )

    def initAlgorithm(self, configuration=None):
        self.add_workspace()
        self.add(
            QgsProcessingParameterString("VERSION", self.tr("Model version"), optional=True),
            self.tr("The version to measure, as 'Versions' lists it. Without it, the active one."),
        )
        self.addOutput(QgsProcessingOutputString("VERSION", self.tr("Model version")))
        self.addOutput(QgsProcessingOutputNumber("IOU", self.tr("IoU")))
        self.addOutput(QgsProcessingOutputNumber("F1", self.tr("F1")))
        self.addOutput(QgsProcessingOutputNumber("FOOTPRINT_F1", self.tr("Footprint F1")))
        self.addOutput(QgsProcessingOutputNumber("MATCHED_IOU", self.tr("Mean IoU of the footprints found")))
        self.addOutput(QgsProcessingOutputNumber("EXAM_TILES", self.tr("Number of exam tiles")))

    def read(self, parameters, context):
        self._folder = self.workspace_folder(parameters, context)
        self._version = self.text_or_none(parameters, "VERSION", context)

    def work(self, feedback):
        from ...models.campaign.workspace import open_workspace
        from ...models.use_cases.evaluate import evaluate

        return drive(evaluate(open_workspace(self._folder), version=self._version), feedback)

    def tell(self, result, parameters, context, feedback):
        text = self.tr(
            "Version {version} on {tiles} exam tiles: IoU {iou:.3f}, F1 {f1:.3f}, footprint F1 {footprint_f1:.3f} "
            "(mean IoU of those found {matched_iou:.3f})."
        )
        feedback.pushInfo(
            text.format(
                version=result.version,
                tiles=result.exam_tiles,
                iou=result.iou,
                f1=result.f1,
                footprint_f1=result.footprint_f1,
                matched_iou=result.matched_iou,
            )
        )
        return {
            "VERSION": result.version,
            "IOU": result.iou,
            "F1": result.f1,
            "FOOTPRINT_F1": result.footprint_f1,
            "MATCHED_IOU": result.matched_iou,
            "EXAM_TILES": result.exam_tiles,
        }
