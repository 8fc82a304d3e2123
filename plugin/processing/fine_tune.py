"""tiletriage:finetune - a new model version from the annotated tiles."""

from __future__ import annotations

import time

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)

from ...models.choices import METHODS
from ...models.jobs import drive
from ..messages import cut_short, taken_for_in_words
from .algorithm import EngineAlgorithm, now

SAY_EVERY_SECONDS = 5


class FineTune(EngineAlgorithm):
    """A campaign -> a model version, active or parked."""

    def name(self):
        return "finetune"

    def displayName(self):
        return self.tr("Fine-tune the model")

    def group(self):
        return self.tr("Model")

    def groupId(self):
        return "model"

    def tags(self):
        return self.tr("train,learn,version,deep learning").split(",")

    def story(self):
        return self.tr(
            "Makes a new model version from the active one and all annotated tiles, or, in a campaign that began with "
            "a model that knew nothing, from that one anew. It becomes the active version "
            "where tiles that it has not learnt from show that it is better; else it is parked. Stopped, it goes on "
            "from there next time."
        )

    def initAlgorithm(self, configuration=None):
        self.add_workspace()
        self.add(
            QgsProcessingParameterEnum(
                "METHOD", self.tr("Method"), list(METHODS), defaultValue=METHODS[0], usesStaticStrings=True
            ),
            self.tr(
                "What learns: full, the whole network, usually the better one for buildings; decoder, only its second "
                "half, which is faster; lora, that half and small adapters beside the first, a file of 2 MB for other "
                "campaigns, which needs the package peft. From nothing all three learn a flood as well (F1 0.90 to "
                "0.91 with 5 tiles, 0.92 with 20)."
            ),
        )
        self.add(
            QgsProcessingParameterNumber(
                "MINUTES",
                self.tr("Minutes at most"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=5,
                optional=True,
                minValue=0.05,
            ),
            self.tr("Training ends after this time, or earlier when it brings nothing more."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "EPOCHS",
                self.tr("Epochs at most"),
                QgsProcessingParameterNumber.Type.Integer,
                optional=True,
                minValue=1,
            ),
            self.tr("Training ends after going through the tiles so often. Whichever comes first counts."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "SEED",
                self.tr("Seed of chance"),
                QgsProcessingParameterNumber.Type.Integer,
                defaultValue=0,
                minValue=0,
            ),
            self.tr("The same number, tiles and epochs give the same model again."),
            is_advanced=True,
        )
        self.addOutput(QgsProcessingOutputString("VERSION", self.tr("New model version")))
        self.addOutput(QgsProcessingOutputString("PARENT", self.tr("Version that it was made from")))
        self.addOutput(QgsProcessingOutputBoolean("ACTIVATED", self.tr("The new version is active")))
        self.addOutput(QgsProcessingOutputNumber("IOU_BEFORE", self.tr("IoU before, on the tiles that judge")))
        self.addOutput(QgsProcessingOutputNumber("IOU", self.tr("IoU now, on the tiles that judge")))
        self.addOutput(QgsProcessingOutputNumber("EXAM_TILES", self.tr("Number of exam tiles that both versions sat")))
        self.addOutput(QgsProcessingOutputNumber("TRAINING_TILES", self.tr("Number of tiles trained on")))
        self.addOutput(QgsProcessingOutputNumber("EPOCHS_DONE", self.tr("Number of epochs")))

    def read(self, parameters, context):
        self._folder = self.workspace_folder(parameters, context)
        self._method = self.parameterAsEnumString(parameters, "METHOD", context)
        is_endless = "MINUTES" in parameters and parameters["MINUTES"] is None  # emptied by the user
        self._minutes = None if is_endless else self.parameterAsDouble(parameters, "MINUTES", context)
        self._epochs = self.whole_number_or_none(parameters, "EPOCHS", context)
        self._seed = self.parameterAsInt(parameters, "SEED", context)
        if self._minutes is None and self._epochs is None:
            raise QgsProcessingException(self.tr("Say when training ends: after how many minutes, or how many epochs."))

    def work(self, feedback):
        from ...models.campaign.workspace import open_workspace
        from ...models.use_cases.fine_tune import fine_tune

        said = -SAY_EVERY_SECONDS

        def on_epoch(epoch):
            nonlocal said
            if time.monotonic() - said >= SAY_EVERY_SECONDS:
                said = time.monotonic()
                feedback.pushInfo(
                    self.tr("Epoch {number}: loss {loss:.3f}").format(number=epoch.number, loss=epoch.loss)
                )

        job = fine_tune(
            open_workspace(self._folder),
            method=self._method,
            minutes=self._minutes,
            epochs=self._epochs,
            seed=self._seed,
            now=now(),
            on_epoch=on_epoch,
        )
        return drive(job, feedback)

    def tell(self, result, parameters, context, feedback):
        feedback.pushInfo(
            self.tr("Version {version} has learned from {tiles} tiles in {epochs} epochs and {seconds:.0f} s.").format(
                version=result.version, tiles=result.tiles, epochs=result.epochs, seconds=result.seconds
            )
        )
        feedback.pushInfo(self._verdict(result))
        if short := cut_short(result):
            feedback.pushInfo(short)
        for name, (before, after) in result.class_iou.items():
            text = self.tr("{name}: IoU {before:.3f} before, {after:.3f} after")
            feedback.pushInfo(text.format(name=name, before=before, after=after))
            if others := taken_for_in_words(result.taken_for.get(name, ())):
                feedback.pushInfo(self.tr("{name} is taken for {others}").format(name=name, others=", ".join(others)))
        outputs = {}
        if result.difference:
            outputs = {"IOU_BEFORE": result.difference.iou_before, "IOU": result.difference.iou_after}
        return {
            **outputs,
            "VERSION": result.version,
            "PARENT": result.parent,
            "ACTIVATED": result.is_active,
            "EXAM_TILES": result.exam_tiles,
            "TRAINING_TILES": result.tiles,
            "EPOCHS_DONE": result.epochs,
        }

    def _verdict(self, result):
        difference = result.difference
        if difference is None and result.is_active:
            text = self.tr("It is the active version now: it has learnt something, and {parent} knew nothing.")
            return text.format(parent=result.parent)
        if difference is None:
            return self.tr(
                "It is parked: the new tiles are too few or too close together to hold some out, or show nothing of "
                "what is mapped, so nothing shows whether it is better than {parent}. Annotate more tiles, or make it "
                "active with 'Versions'."
            ).format(parent=result.parent)
        if result.is_active:
            text = self.tr(
                "It is the active version now: IoU on {judges} {after:.3f}, before {before:.3f} (change "
                "{low:+.3f} to {high:+.3f}). Score the tiles again to see where it is still weak."
            )
        elif not difference.is_better:
            text = self.tr(
                "It is parked, and {parent} stays active: IoU on {judges} {after:.3f}, before {before:.3f}, so it is "
                "not better. Annotate more tiles, or make it active with 'Versions'."
            )
        elif difference.missing_blocks:
            text = self.tr(
                "It is parked, and {parent} stays active: IoU on {judges} {after:.3f}, before "
                "{before:.3f}, but these are too few to be sure. Annotate at least {missing} more that lie "
                "apart from them, or make it active with 'Versions'."
            )
        else:
            text = self.tr(
                "It is parked, and {parent} stays active: IoU on {judges} {after:.3f}, before "
                "{before:.3f}. The change, {low:+.3f} to {high:+.3f}, may be chance. Annotate more tiles, or make it "
                "active with 'Versions'."
            )
        judges = self.tr("{n} exam tiles") if result.exam_tiles else self.tr("{n} tiles held out in turn")
        return text.format(
            parent=result.parent,
            judges=judges.format(n=difference.tiles),
            before=difference.iou_before,
            after=difference.iou_after,
            low=difference.low,
            high=difference.high,
            missing=difference.missing_blocks,
        )
