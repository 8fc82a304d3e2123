"""tiletriage:annotate - hand in the footprints of tiles."""

from __future__ import annotations

import re

from qgis.core import (
    QgsApplication,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ...models.jobs import drive
from .algorithm import EngineAlgorithm, now, polygons
from .sources import imagery_file, vector_file


class Annotate(EngineAlgorithm):
    """Footprints and the choice of tiles -> labels in the campaign."""

    def name(self):
        return "annotate"

    def displayName(self):
        return self.tr("Annotate tiles from a layer")

    def group(self):
        return self.tr("Annotation")

    def groupId(self):
        return "annotation"

    def tags(self):
        return self.tr("labels,footprints,buildings,import").split(",")

    def story(self):
        return self.tr(
            "Finishes tiles with the footprints of a layer. A tile on which the layer has no footprint counts as "
            "looked at and empty, so name only tiles that were really looked at. Choose the tiles in one of three "
            "ways: the next ones of the queue, by their ids, or all exam tiles."
        )

    def initAlgorithm(self, configuration=None):
        self.add_workspace()
        self.add(
            QgsProcessingParameterFeatureSource("FOOTPRINTS", self.tr("Footprints"), polygons(), optional=True),
            self.tr("Polygons of what is mapped, in any CRS. Those on the chosen tiles are taken, the others ignored."),
        )
        self.add(
            QgsProcessingParameterRasterLayer("LABEL_RASTER", self.tr("Or a raster of classes"), optional=True),
            self.tr("Whole numbers, each for a class. Where it has no data nobody has looked."),
        )
        self.add(
            QgsProcessingParameterField(
                "CLASS_FIELD", self.tr("Field of the class"), parentLayerParameterName="FOOTPRINTS", optional=True
            ),
            self.tr("The field that names the class of each footprint, where the campaign maps several."),
        )
        self.add(
            QgsProcessingParameterString("CLASS_VALUES", self.tr("What the values mean"), optional=True),
            self.tr(
                "Values of that field, or of the raster, with their classes, for example 1=water,2=field,9=unlabelled. "
                "Names of classes, 0 for background and numbers from 1 speak for themselves."
            ),
        )
        self.add(
            QgsProcessingParameterString("CLASS_ORDER", self.tr("Which class lies on top"), optional=True),
            self.tr("All classes, the first on top, for footprints of two classes on the same ground."),
            is_advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "NEXT",
                self.tr("The next tiles of the queue"),
                QgsProcessingParameterNumber.Type.Integer,
                optional=True,
                minValue=1,
            ),
            self.tr("Finish so many tiles, best rank first, as 'Next tiles' lists them."),
        )
        self.add(
            QgsProcessingParameterString("TILES", self.tr("These tiles"), optional=True),
            self.tr("Finish the tiles with these ids, separated by commas, for example r003_c012,r007_c001."),
        )
        self.add(
            QgsProcessingParameterBoolean("EXAM", self.tr("All exam tiles"), defaultValue=False),
            self.tr("Finish the exam tiles that still need labels. They measure the models and are never trained on."),
        )
        self.add(
            QgsProcessingParameterBoolean("REPAIR", self.tr("Repair broken outlines"), defaultValue=False),
            self.tr("Mend self-intersecting outlines and leave out what is no polygon, instead of refusing the layer."),
            is_advanced=True,
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                "COMPLETE_IN", self.tr("Where the footprints are complete"), polygons(), optional=True
            ),
            self.tr(
                "Polygons inside which the layer shows all there is. A chosen tile that is not wholly inside is "
                "refused, so that none becomes empty which nobody looked at."
            ),
            is_advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean("EMPTY", self.tr("All tiles may be empty"), defaultValue=False),
            self.tr("Finish the tiles although the layer has no footprint on any of them."),
            is_advanced=True,
        )
        self.add(
            QgsProcessingParameterString("ANNOTATOR", self.tr("Annotator"), optional=True),
            self.tr("Whose work this is, for the log. Without it, your name on this computer."),
            is_advanced=True,
        )
        self.addOutput(QgsProcessingOutputNumber("DONE", self.tr("Number of tiles with footprints")))
        self.addOutput(QgsProcessingOutputNumber("EMPTY", self.tr("Number of tiles without footprints")))
        self.addOutput(QgsProcessingOutputNumber("FOOTPRINTS_TAKEN", self.tr("Number of footprints taken")))
        self.addOutput(QgsProcessingOutputString("TILES", self.tr("Ids of the tiles, separated by commas")))

    def read(self, parameters, context):
        self._folder = self.workspace_folder(parameters, context)
        class_field = self.text_or_none(parameters, "CLASS_FIELD", context)
        self._labels = vector_file(self, parameters, "FOOTPRINTS", context, class_field)
        if parameters.get("LABEL_RASTER") not in (None, ""):
            raster = imagery_file(self, parameters, "LABEL_RASTER", context)
            self._labels = raster if self._labels is None else None
        if self._labels is None:
            raise QgsProcessingException(
                self.tr(
                    "Say where the labels are: in footprints (FOOTPRINTS) or in a raster (LABEL_RASTER), one of both."
                )
            )
        self._reading = (
            class_field,
            self.text_or_none(parameters, "CLASS_VALUES", context),
            self.text_or_none(parameters, "CLASS_ORDER", context),
        )
        self._count = self.whole_number_or_none(parameters, "NEXT", context)
        self._tiles = re.findall(r"[^\s,;]+", self.parameterAsString(parameters, "TILES", context)) or None
        self._exam = self.parameterAsBool(parameters, "EXAM", context)
        self._repair = self.parameterAsBool(parameters, "REPAIR", context)
        self._complete_in = vector_file(self, parameters, "COMPLETE_IN", context)
        self._may_be_empty = self.parameterAsBool(parameters, "EMPTY", context)
        self._annotator = self.text_or_none(parameters, "ANNOTATOR", context) or _user()
        if sum([self._count is not None, self._tiles is not None, self._exam]) != 1:
            raise QgsProcessingException(
                self.tr(
                    "Say which tiles to finish, in one way: a number of the next tiles of the queue (NEXT), their ids "
                    "(TILES), or all exam tiles (EXAM)."
                )
            )

    def work(self, feedback):
        from ...models.annotation.label_source import ClassReading
        from ...models.campaign.workspace import open_workspace
        from ...models.use_cases.annotate import annotate

        def on_plan(plan):
            text = self.tr(
                "{tiles} tiles to finish: {filled} with {footprints} footprints of the layer, {empty} without any, "
                "which will count as looked at and empty."
            )
            feedback.pushInfo(
                text.format(
                    tiles=plan.tiles,
                    filled=plan.tiles - plan.empty,
                    footprints=plan.footprints,
                    empty=plan.empty,
                )
            )

        job = annotate(
            open_workspace(self._folder),
            self._labels,
            tiles=self._tiles,
            count=self._count,
            exam=self._exam,
            repair=self._repair,
            complete_in=self._complete_in,
            may_be_empty=self._may_be_empty,
            reading=ClassReading.of_texts(*self._reading),
            annotator=self._annotator,
            now=now(),
            on_plan=on_plan,
        )
        return drive(job, feedback)

    def tell(self, result, parameters, context, feedback):
        text = self.tr("{tiles} tiles finished as {annotator}: {done} with {footprints} footprints, {empty} empty.")
        feedback.pushInfo(
            text.format(
                tiles=len(result.tiles),
                annotator=self._annotator,
                done=result.done,
                footprints=result.footprints,
                empty=result.empty,
            )
        )
        return {
            "DONE": result.done,
            "EMPTY": result.empty,
            "FOOTPRINTS_TAKEN": result.footprints,
            "TILES": ",".join(result.tiles),
        }


def _user():
    return QgsApplication.userFullName() or QgsApplication.userLoginName()
