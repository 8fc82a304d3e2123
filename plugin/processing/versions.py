"""tiletriage:versions - list the model versions, and choose the active one."""

from __future__ import annotations

from qgis.core import QgsProcessingOutputString, QgsProcessingParameterString

from ..messages import in_words
from .algorithm import EngineAlgorithm


class Versions(EngineAlgorithm):
    """A campaign -> its model versions, one of them active."""

    def name(self):
        return "versions"

    def displayName(self):
        return self.tr("Versions: list and activate")

    def group(self):
        return self.tr("Campaign")

    def groupId(self):
        return "campaign"

    def tags(self):
        return self.tr("model,roll back,activate,parked").split(",")

    def story(self):
        return self.tr(
            "Lists the model versions of a campaign with the IoU that they were judged by, and makes one of them the "
            "active version where you name it: to roll back to an earlier one, or to take one that was parked."
        )

    def initAlgorithm(self, configuration=None):
        self.add_workspace()
        self.add(
            QgsProcessingParameterString("ACTIVATE", self.tr("Version to activate"), optional=True),
            self.tr("The version that scores, predicts and is fine-tuned from now on. Without it, nothing changes."),
        )
        self.addOutput(QgsProcessingOutputString("ACTIVE", self.tr("Active version")))
        self.addOutput(QgsProcessingOutputString("VERSIONS", self.tr("All versions, separated by commas")))

    def read(self, parameters, context):
        self._folder = self.workspace_folder(parameters, context)
        self._activate = self.text_or_none(parameters, "ACTIVATE", context)

    def work(self, feedback):
        from ...models.campaign.campaign_file import ACTIVE_VERSION
        from ...models.campaign.workspace import open_workspace
        from ...models.use_cases.versions import activate

        workspace = open_workspace(self._folder)
        if self._activate:
            activate(workspace, self._activate)
        with workspace.store() as store:
            return workspace.cards(), workspace.damaged_versions(), store.setting(ACTIVE_VERSION)

    def tell(self, result, parameters, context, feedback):
        cards, damaged, active = result
        for card in cards:
            feedback.pushInfo(self._line(card, card.id == active))
        for version, problem in damaged.items():
            feedback.pushWarning(
                self.tr("{version} is damaged: {problem}").format(version=version, problem=in_words(problem))
            )
        return {"ACTIVE": active, "VERSIONS": ",".join(card.id for card in cards)}

    def _line(self, card, is_active):
        state = self.tr("active") if is_active else ""
        iou = card.metrics.get("iou_after")
        on = self.tr("IoU on the exam tiles {iou:.3f}")
        if not card.metrics.get("exam_tiles"):
            on = self.tr("IoU on tiles held out in turn {iou:.3f}")
        exam = "" if iou is None else on.format(iou=iou)
        parent = (
            ""
            if card.parent is None
            else self.tr("from {parent}, {method}").format(parent=card.parent, method=card.method)
        )
        facts = [card.id, state, parent, exam, self.tr("made {created}").format(created=card.created)]
        return "  ".join(fact for fact in facts if fact)
