"""The exam of a campaign: its annotated exam tiles as they are now, and who sits it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add

from shapely.geometry.base import BaseGeometry

from ..annotation.labels import Labels
from ..campaign.label_store import LabelStore
from ..campaign.records import ANNOTATED
from ..campaign.workspace import Workspace
from ..imagery.grid import Tile
from ..jobs import Job
from ..segmentation.classes import MappedClass
from ..segmentation.prediction import Predictor
from ..segmentation.unet import UNet
from ..training.samples import Samples, load_samples
from ..training.split import EXAM
from .exam import ExamResult, count_pixels, examine, look_at


@dataclass(frozen=True)
class ExamPaper:
    """The exam as it is now: what is annotated later changes nothing between the versions that sit it."""

    workspace: Workspace
    samples: Samples | None
    footprints: Labels = field(default_factory=lambda: Labels.of_one_class([]))

    def sit(self, version: str, predictor: Predictor) -> Job[ExamResult | None]:
        """The result of a version; None as long as no exam tile is annotated."""
        if self.samples is None:
            return None
        imagery, grid = self.workspace.imagery, self.workspace.grid
        seen = yield from look_at(predictor, imagery, grid, self.samples.tiles)
        return examine(version, self.samples, seen, self.footprints, grid, predictor.classes)

    def measure(self, predictor: Predictor) -> Callable[[UNet], Job[float]] | None:
        """What gives the IoU of a network in training; None as long as no exam tile is annotated."""
        samples = self.samples
        if samples is None:
            return None

        def iou(network: UNet) -> Job[float]:
            trained = replace(predictor, network=network)
            seen = yield from look_at(trained, self.workspace.imagery, self.workspace.grid, samples.tiles)
            return reduce(add, count_pixels(samples, seen, network.classes)).iou

        return iou


def read_exam(workspace: Workspace, store: LabelStore, classes: tuple[MappedClass, ...]) -> Job[ExamPaper]:
    """The exam with the labels of this moment, of these classes."""
    tiles = sorted(record.tile for record in store.tiles(EXAM, ANNOTATED))
    return (yield from read_paper(workspace, store, classes, tiles))


def read_paper(
    workspace: Workspace, store: LabelStore, classes: tuple[MappedClass, ...], tiles: Sequence[Tile]
) -> Job[ExamPaper]:
    """The same of any annotated tiles."""
    if not tiles:
        return ExamPaper(workspace, None)
    names = [each.name for each in classes]
    found: dict[bytes, tuple[BaseGeometry, int]] = {}  # a footprint on two tiles is one

    def labels_in(tile: Tile) -> Labels:
        here = store.labels_in(tile, names)
        found.update((outline.wkb, (outline, number)) for outline, number in zip(here.outlines, here.classes))
        return here

    samples = yield from load_samples(
        workspace.imagery, workspace.grid, workspace.normalization, labels_in, tiles, classes
    )
    return ExamPaper(workspace, samples, Labels.of(found.values()))
