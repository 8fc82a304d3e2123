"""The oracle: it annotates a region with its real labels, tile by tile, and the model learns from them.

Two protocols say how. ``loop`` is what the product does: every fine-tuning starts from the active version, with the
tiles that are new to it and as many earlier ones, and its result becomes active where it passes the gate on the exam
tiles, or, where there are none, on the tiles that it has held out in turn. ``from-start`` is an older yardstick of what
a set of tiles teaches: every fine-tuning starts from the start version, all tiles are new to it, and there is no gate.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from ..annotation.mask import IGNORE
from ..campaign.model_store import BLANK
from ..choices import PROTOCOLS
from ..imagery.grid import Tile
from ..priority.annotation_cost import AnnotationCost
from ..priority.predicted_iou import smoothed_iou
from ..priority.queue import BLANK_STRATEGY, Observations, queue_tiles
from ..priority.uncertainty import TileScore, tile_statistics
from ..segmentation.likeliest_class import likeliest_class
from ..segmentation.metrics import ConfusionCounts
from ..segmentation.mosaic import CERTAIN, as_stored
from ..segmentation.prediction import Predictor
from ..training.fine_tune import FineTuning, Run
from ..training.gate import Difference, measure_difference, passes
from ..training.samples import Samples
from .exam import ExamResult, count_pixels, examine
from .footprint_match import match_footprints
from .region import Region
from .results_file import DEFAULT, FULL, THEN

BATCH = 8
LOOP, FROM_START = PROTOCOLS


@dataclass(frozen=True)
class Seen:
    """What a version showed on labelled tiles, in their order, measured against the real labels."""

    scores: dict[Tile, TileScore]
    iou: NDArray[np.float64]  # (tile,), smoothed
    layers: NDArray[np.uint8]  # (tile, layer, row, column), as ``predict`` stores them


def look(predictor: Predictor, samples: Samples) -> Seen:
    """The scores of a version on labelled tiles, what it sees there, and how right it is."""
    scores: dict[Tile, TileScore] = {}
    layers: list[NDArray[np.uint8]] = []
    for first in range(0, len(samples.tiles), BATCH):
        part = slice(first, first + BATCH)
        prediction = predictor.predict_normalized(samples.pixels[part], samples.masks[part].numpy() != IGNORE)
        statistics = tile_statistics(prediction.probability).features()
        scores |= {
            tile: TileScore(*score) for tile, *score in zip(samples.tiles[part], statistics, prediction.embedding)
        }
        layers.append(as_stored(prediction.layers))
    found = np.concatenate(layers)
    shown = likeliest_class(found, len(predictor.classes), certain=CERTAIN)
    iou = [smoothed_iou(mask, tile) for mask, tile in zip(samples.masks.numpy(), shown)]
    return Seen(scores, np.array(iou), found)


class Oracle:
    """One strategy with one seed: annotates more and more of the pool, and has the model learn after each round."""

    def __init__(
        self,
        region: Region,
        strategy: str,
        seed: int,
        protocol: str,
        fine_tuning: FineTuning,
        cost: AnnotationCost,
        start: Seen,
    ) -> None:
        self._region, self._strategy, self._seed, self._protocol = region, strategy, seed, protocol
        self._fine_tuning, self._cost = fine_tuning, cost
        self._rng = np.random.default_rng([seed, *hashlib.sha256(strategy.encode()).digest()[:4]])
        self._seen, self._active = start, region.predictor  # of the whole area by the active version
        self._is_from_blank = region.start.method == BLANK  # every version of it
        self._learnt: list[int] = []  # places in the area that the active version was trained on
        self._exam_counts: tuple[ConfusionCounts, ...] | None = None  # of the active version
        self._observed = _Observed()
        self.labelled: list[int] = []  # places in the area
        self.minutes = 0.0
        self.quality: dict[str, float | None] = {}  # of the predicted IoU in the last round
        self.accepted = 0  # versions that passed the gate
        self._candidate: Predictor | None = None  # what the last fine-tuning gave, whether it passed the gate or not
        self.cross_fitted: Difference | None = None  # of the last fine-tuning, on tiles that its folds had not seen

    def annotate_to(self, budget: int) -> None:
        """One round: annotate up to a budget of tiles, then fine-tune, and look at the whole area again."""
        if budget > len(self.labelled):
            self._annotate(self._choose(budget - len(self.labelled)))
            before = self._active
            self._learn()
            if self._active is not before:
                self._seen = look(self._active, self._region.area)

    def measure(self) -> ExamResult:
        """The active version on the tiles that measure; of ``from-start`` the last one is active."""
        return self._measured(self._seen.layers[self._region.measured])

    def measure_map(self) -> ExamResult:
        """The finished map over the whole area: real labels on annotated tiles, the active version elsewhere."""
        region, annotated = self._region, [self._region.area.tiles[place] for place in self.labelled]
        return examine(
            self._strategy, region.area, self._seen.layers, region.labels, region.grid, region.classes, annotated
        )

    def measure_candidate(self) -> ExamResult | None:
        """The last version that was made on the tiles that measure, whether it is active or parked."""
        if self._candidate is None:
            return None
        return self._measured(look(self._candidate, self._region.samples(self._region.measured)).layers)

    def _measured(self, seen: NDArray[np.uint8]) -> ExamResult:
        """The result of a version from what it sees on the tiles that measure."""
        region = self._region
        return examine(
            self._strategy, region.samples(region.measured), seen, region.labels, region.grid, region.classes
        )

    def _choose(self, count: int) -> list[int]:
        """The next tiles of the queue, as a campaign would serve them."""
        tiles = self._region.area.tiles
        places = np.setdiff1d(self._region.pool, self.labelled)
        if self._strategy == FULL:
            return [int(place) for place in places]
        pool = [tiles[place] for place in places]
        first, _, later = self._strategy.partition(THEN)
        strategy = later if later and self.labelled else first
        if strategy == DEFAULT and self._is_from_blank and not self.accepted:
            strategy = BLANK_STRATEGY
        queue = queue_tiles(
            self._seen.scores,
            pool,
            [tiles[place] for place in self.labelled],
            self._observed.all(),
            self._region.calibration_set,
            None if strategy == DEFAULT else strategy,
            count,
            self._region.grid.tile_m2,
            self._rng,
            self._region.classes,
        )
        predicted = np.array([queue.predicted_iou[tile] for tile in pool])
        self.quality = _quality(predicted, self._seen.iou[places], self._region.has_foreground[places])
        best: list[int] = places[np.argsort(queue.ranking.rank)[:count]].tolist()
        return best

    def _annotate(self, places: Sequence[int]) -> None:
        """The oracle hands in its labels; how right the model was before it learnt from them is kept."""
        region, seen = self._region, self._seen
        for place in places:
            tile = region.area.tiles[place]
            self._observed.add(tile, seen.scores[tile], seen.iou[place], bool(region.has_foreground[place]))
        self.minutes += self._cost.minutes(reduce(add, map(self._drafts, places)), len(places))
        self.labelled += places

    def _drafts(self, place: int) -> ConfusionCounts:
        """How the drafts on a tile match the true footprints there."""
        region, one = self._region, slice(place, place + 1)
        known = region.area.masks[one].numpy() != IGNORE
        return match_footprints(
            region.area.tiles[one], self._seen.layers[one], known, region.labels_on(place), region.grid, region.classes
        )

    def _learn(self) -> None:
        region = self._region
        if self._protocol == FROM_START:
            self._active = self._fine_tuned(region.predictor, learnt=[])
            return
        candidate = self._fine_tuned(self._active, self._learnt)
        after, difference = None, self.cross_fitted
        if len(region.exam):
            exam, classes = region.samples(region.exam), len(region.classes)
            self._exam_counts = self._exam_counts or count_pixels(exam, look(self._active, exam).layers, classes)
            after = count_pixels(exam, look(candidate, exam).layers, classes)
            difference = measure_difference(exam.tiles, self._exam_counts, after)
        if passes(difference, self._is_from_blank, is_first=not self.accepted):
            self._active, self._learnt, self._exam_counts = candidate, list(self.labelled), after
            self.accepted += 1

    def _fine_tuned(self, parent: Predictor, learnt: Sequence[int]) -> Predictor:
        region = self._region
        test_tiles = {region.area.tiles[place] for place in (*region.exam, *region.held_out)}
        samples, is_new = region.samples(self.labelled), ~np.isin(self.labelled, learnt)
        settings, start, rival = self._fine_tuning, parent, None
        if self._is_from_blank:
            settings, start = settings.from_blank(), region.predictor
            rival = parent.network if self.accepted else None
        how = (settings, self._seed, parent.device, parent.is_mixed)
        run = Run(deepcopy(start.network), samples, is_new, *how, test_tiles, rival)
        while not run.is_finished:
            for _ in run.train_epoch():
                pass
        self.cross_fitted = run.difference
        self._candidate = replace(parent, network=run.interpolated())
        return self._candidate


class _Observed:
    """How right the model was on tiles before it was trained on them, round after round."""

    def __init__(self) -> None:
        self._rows: list[tuple[Tile, NDArray[np.float64], float, bool]] = []

    def add(self, tile: Tile, score: TileScore, iou: float, has_foreground: bool) -> None:
        self._rows.append((tile, score.statistics, iou, has_foreground))

    def all(self) -> Observations:
        if not self._rows:
            return Observations(np.empty((0, 4)), np.empty(0), np.empty(0, bool))
        tiles, statistics, iou, has_foreground = zip(*self._rows)
        return Observations(np.array(statistics), np.array(iou), np.array(has_foreground), tiles=tiles)


def _quality(
    predicted: NDArray[np.float64], true: NDArray[np.float64], has_foreground: NDArray[np.bool_]
) -> dict[str, float | None]:
    """How right the predicted IoU was on the tiles that were still to be annotated, all arrays (tile,)."""
    return {
        "predicted_iou_mae": round(float(np.abs(predicted - true).mean()), 4),
        "predicted_iou_rho": _rho(predicted, true),
        "predicted_iou_rho_non_empty": _rho(predicted[has_foreground], true[has_foreground]),
    }


def _rho(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    if len(first) < 3 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    return round(float(spearmanr(first, second)[0]), 4)
