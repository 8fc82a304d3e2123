"""The exam of a campaign: its annotated exam tiles as they are now, and who sits it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..campaign.label_store import LabelStore
from ..campaign.records import ANNOTATED
from ..campaign.workspace import Workspace
from ..jobs import Job
from ..segmentation.prediction import Predictor
from ..segmentation.unet import UNet
from ..training.samples import Samples, load_samples
from ..training.split import EXAM
from .exam import ExamResult, examine


@dataclass(frozen=True)
class ExamPaper:
    """The exam as it is now: what is annotated later changes nothing between the versions that sit it."""

    workspace: Workspace
    samples: Samples | None

    def sit(self, version: str, predictor: Predictor) -> Job[ExamResult | None]:
        """The result of a version; None as long as no exam tile is annotated."""
        if self.samples is None:
            return None
        return (yield from examine(predictor, version, self.workspace.imagery, self.workspace.grid, self.samples))

    def measure(self, predictor: Predictor) -> Callable[[UNet], Job[float]] | None:
        """What gives the IoU of a network in training; None as long as no exam tile is annotated."""
        if self.samples is None:
            return None

        def iou(network: UNet) -> Job[float]:
            result = yield from self.sit("", replace(predictor, network=network))
            return result.iou if result else 0.0

        return iou


def read_exam(workspace: Workspace, store: LabelStore) -> Job[ExamPaper]:
    """The exam with the labels of this moment."""
    tiles = sorted(record.tile for record in store.tiles(EXAM, ANNOTATED))
    if not tiles:
        return ExamPaper(workspace, None)
    samples = yield from load_samples(
        workspace.imagery, workspace.grid, workspace.normalization, store.footprints_in, tiles
    )
    return ExamPaper(workspace, samples)
