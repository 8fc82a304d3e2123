"""The parts of a fine-tuning around the training itself: samples, exams, what they say, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from .annotation.label_store import LabelStore
from .annotation.records import ANNOTATED, Round
from .imagery.grid import Tile
from .jobs import Job, share
from .results import FineTuned
from .training.model_store import VersionCard
from .training.split import EXAM, FEWEST_EXAM_TILES
from .workspace import ACTIVE_VERSION, Workspace

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from .evaluation.exam import ExamResult
    from .segmentation.metrics import Difference
    from .segmentation.prediction import Predictor
    from .segmentation.unet import UNet
    from .training.samples import Samples


def observed_samples(
    workspace: Workspace, store: LabelStore, card: VersionCard, predictor: Predictor, tiles: Sequence[Tile]
) -> Job[Samples]:
    """Annotated tiles as samples, after keeping how right the version is on those that are new."""
    from .evaluation.observation import observe
    from .priority.score_cache import ScoreCache
    from .training.samples import load_samples

    imagery, grid, cards = workspace.imagery, workspace.grid, workspace.cards()
    samples = yield from share(load_samples(imagery, grid, workspace.normalization, store, tiles), 0.0, 0.5)
    with ScoreCache(workspace.score_cache) as cache:
        yield from share(observe(predictor, card, cards, imagery, grid, samples, store, cache), 0.5, 1.0)
    return samples


@dataclass(frozen=True)
class ExamPaper:
    """The exam as it is now: what is annotated later changes nothing between the versions that sit it."""

    workspace: Workspace
    samples: Samples | None

    def sit(self, version: str, predictor: Predictor) -> Job[ExamResult | None]:
        """The result of a version; None as long as no exam tile is annotated."""
        from .evaluation.exam import examine

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
    from .training.samples import load_samples

    tiles = sorted(record.tile for record in store.tiles(EXAM, ANNOTATED))
    if not tiles:
        return ExamPaper(workspace, None)
    samples = yield from load_samples(workspace.imagery, workspace.grid, workspace.normalization, store, tiles)
    return ExamPaper(workspace, samples)


def compare(before: ExamResult | None, after: ExamResult | None, seed: int) -> tuple[Difference | None, bool]:
    """What the exam says of two versions, and whether the second one shall work from now on."""
    from .segmentation.metrics import bootstrap_difference

    if before is None or after is None:
        return None, False
    difference = bootstrap_difference(before.pixels, after.pixels, np.random.default_rng(seed))
    return difference, difference.is_better_than_noise and after.exam_tiles >= FEWEST_EXAM_TILES


def card_of_child(
    parent: VersionCard, workspace: Workspace, method: str, tiles: Sequence[Tile], epochs: int, now: datetime
) -> VersionCard:
    """What will be known of a version that was made from its parent, but for how good it is."""
    imagery = workspace.imagery
    return replace(
        parent,
        id=workspace.next_version(),
        parent=parent.id,
        created=now.isoformat(timespec="seconds"),
        method=method,
        trained_on={**parent.trained_on, imagery.path.name: imagery.fingerprint},
        settings={"tiles": [tile.id for tile in tiles], "epochs": epochs},
        metrics={},
    )


def record(store: LabelStore, done: FineTuned, now: datetime) -> None:
    """Into the learning curve, and the new version to work where it is better."""
    exam = done.difference
    store.add_round(
        Round(
            time=now,
            activated=done.is_active,
            version=done.version,
            parent=done.parent,
            tiles=done.tiles,
            exam_iou_before=exam.iou_before if exam else None,
            exam_iou_after=exam.iou_after if exam else None,
            seconds=done.seconds,
        )
    )
    if done.is_active:
        store.set_setting(ACTIVE_VERSION, done.version)
