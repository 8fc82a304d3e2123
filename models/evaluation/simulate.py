"""Would it have paid? An oracle with real labels annotates in the order of each strategy, and every round is examined.

Each run, one strategy with one seed, begins at the same start version and sees the same exam tiles; runs share nothing
else. A result is one line of JSON, written as soon as it is known: an interrupted simulation goes on after the last.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import spearmanr

from ..annotation.mask import IGNORE
from ..errors import NothingToDo
from ..imagery.grid import Tile
from ..jobs import Job
from ..priority.predicted_iou import smoothed_iou
from ..priority.queue import Observations, queue_tiles
from ..priority.strategies import DEFAULT_STRATEGY
from ..priority.uncertainty import TileScore, tile_statistics
from ..segmentation.metrics import Counts
from ..segmentation.prediction import Predictor
from ..segmentation.unet import UNet
from ..training.fine_tune import FineTuning, Run
from ..training.samples import Samples
from .exam import THRESHOLD, ExamResult, count_tile
from .region import Region
from .results_file import DEFAULT, FULL, THEN, read_lines

BATCH = 8


@dataclass(frozen=True)
class AnnotationCost:
    """What annotating costs, in seconds.

    A look at a tile and a footprint drawn are our estimates: some six corners at three seconds each. (An outline of any
    object costs 79 s in COCO, Lin et al. 2014, arXiv 1405.0312.) One that the model has drawn and that only needs
    correcting is 4.7 times as fast (Castrejon et al. 2017, arXiv 1704.05548); a wrong one is deleted by one click.
    """

    tile: float = 15.0
    drawn: float = 18.0
    corrected: float = 3.8
    deleted: float = 1.5

    def minutes(self, drafts: Counts, tiles: int) -> float:
        """Of annotating tiles, given how the drafts matched the true footprints there (IoU at least 0.5)."""
        seconds = self.corrected * drafts.tp + self.drawn * drafts.fn + self.deleted * drafts.fp
        return (self.tile * tiles + seconds) / 60


@dataclass(frozen=True)
class Seen:
    """What a version showed on every pool tile, in the pool's order, measured against the real labels."""

    scores: dict[Tile, TileScore]
    iou: NDArray[np.float64]  # (tile,), smoothed
    footprints: Sequence[Counts]


def simulate(
    region: Region,
    strategies: Sequence[str],
    budgets: Sequence[int],
    seeds: Sequence[int],
    out: Path,
    fine_tuning: FineTuning | None = None,
    cost: AnnotationCost | None = None,
) -> Job[int]:
    """Append the results that ``out`` lacks, and return how many these were.

    Budgets are numbers of annotated tiles. The strategy ``active-ft+p2`` fills the first of them by ActiveFT and the
    others by P2. Raises NothingToDo where the largest budget exceeds the pool, and ResultsError where ``out`` holds
    something else.
    """
    fine_tuning, cost = fine_tuning or FineTuning(), cost or AnnotationCost()
    budgets, pool = sorted(set(budgets)), region.pool
    if budgets[-1] > len(pool.tiles):
        raise NothingToDo(
            "pool-too-small",
            "{region} has {tiles} tiles to annotate, fewer than the budget of {budget}. Take smaller budgets "
            "or smaller tiles.",
            region=region.name,
            tiles=len(pool.tiles),
            budget=budgets[-1],
        )
    runs = [(strategy, seed) for strategy in strategies for seed in seeds]
    written, start_seen = 0, None
    for number, (strategy, seed) in enumerate(runs):
        wanted = [len(pool.tiles)] if strategy == FULL else budgets
        key = _key(region, strategy, seed, fine_tuning, budgets)
        known = {line["tiles"] for line in read_lines(out) if line["key"] == key} if out.exists() else set()
        if not known.issuperset(wanted):
            start_seen = start_seen or look(region.predictor, pool)
            run = _Run(region, strategy, seed, fine_tuning, cost, start_seen)
            for budget in wanted:
                result = run.annotate_to(budget, is_last=budget == wanted[-1])
                if budget not in known:
                    _append(out, {**result, "key": key})
                    written += 1
                yield (number + (wanted.index(budget) + 1) / len(wanted)) / len(runs)
        yield (number + 1) / len(runs)
    return written


def look(predictor: Predictor, samples: Samples) -> Seen:
    """The scores of a version on labelled tiles, and how right it is there."""
    scores: dict[Tile, TileScore] = {}
    iou: list[float] = []
    footprints: list[Counts] = []
    for first in range(0, len(samples.tiles), BATCH):
        part = slice(first, first + BATCH)
        masks = samples.masks[part].numpy()
        prediction = predictor.predict_normalized(samples.pixels[part], masks != IGNORE)
        statistics = tile_statistics(prediction.probability).features()
        scores |= {
            tile: TileScore(*score) for tile, *score in zip(samples.tiles[part], statistics, prediction.embedding)
        }
        for probability, mask in zip(prediction.probability, masks):
            iou.append(smoothed_iou(mask, (probability >= THRESHOLD).astype(np.uint8)))
            footprints.append(count_tile(probability, mask)[1])
    return Seen(scores, np.array(iou), footprints)


def examine(predictor: Predictor, version: str, samples: Samples) -> ExamResult:
    """As ``exam.examine``, from pixels that are in memory."""
    counts = []
    for first in range(0, len(samples.tiles), BATCH):
        masks = samples.masks[first : first + BATCH].numpy()
        prediction = predictor.predict_normalized(samples.pixels[first : first + BATCH], masks != IGNORE)
        counts += [count_tile(probability, mask) for probability, mask in zip(prediction.probability, masks)]
    pixels, footprints = zip(*counts)
    return ExamResult(version, pixels, footprints)


class _Run:
    """One strategy with one seed: annotates more and more of the pool, and learns from the start version each time."""

    def __init__(
        self, region: Region, strategy: str, seed: int, fine_tuning: FineTuning, cost: AnnotationCost, start: Seen
    ) -> None:
        self._region, self._strategy, self._seed = region, strategy, seed
        self._fine_tuning, self._cost = fine_tuning, cost
        self._rng = np.random.default_rng([seed, *hashlib.sha256(strategy.encode()).digest()[:4]])
        self._seen, self._predictor = start, region.predictor
        self._labelled: list[int] = []  # places in the pool
        self._observed = _Observed()
        self._minutes = 0.0
        self._quality: dict[str, float | None] = {}

    def annotate_to(self, budget: int, is_last: bool) -> dict[str, Any]:
        """Annotate up to a budget of tiles, fine-tune, and give the result."""
        region, start = self._region, time.monotonic()
        if budget > len(self._labelled):
            self._annotate(self._choose(budget - len(self._labelled)))
            self._predictor = replace(region.predictor, network=self._fine_tuned())
            if not is_last:
                self._seen = look(self._predictor, region.pool)
        seconds = time.monotonic() - start
        exam = examine(self._predictor, self._strategy, region.exam)
        return {
            "region": region.name,
            "strategy": self._strategy,
            "seed": self._seed,
            "tiles": budget,
            "minutes": round(self._minutes, 2),
            **{name: round(getattr(exam, name), 5) for name in ("iou", "f1", "footprint_f1")},
            "predicted_iou_mae": None,
            "predicted_iou_rho": None,
            "predicted_iou_rho_non_empty": None,
            **self._quality,
            "seconds": round(seconds, 2),
            "built_tiles": int(region.has_buildings[self._labelled].sum()),
            "pool_tiles": len(region.pool.tiles),
            "exam_tiles": len(region.exam.tiles),
            "gsd_metres": region.gsd_metres,
            "tile_size_px": region.tile_size_px,
            "start": region.start.id,
            "fine_tuning": _name(self._fine_tuning),
        }

    def _choose(self, count: int) -> list[int]:
        """The next tiles of the queue, as a campaign would serve them."""
        tiles = self._region.pool.tiles
        if self._strategy == FULL:
            return list(range(len(tiles)))
        taken = set(self._labelled)
        pool = [tile for place, tile in enumerate(tiles) if place not in taken]
        first, _, later = self._strategy.partition(THEN)
        strategy = later if later and taken else first
        observed, labelled = self._observed.all(), [tiles[place] for place in self._labelled]
        queue = queue_tiles(
            self._seen.scores,
            pool,
            labelled,
            observed,
            self._region.elsewhere,
            None if strategy == DEFAULT else strategy,
            count,
            self._rng,
        )
        place_of = {tile: place for place, tile in enumerate(tiles)}
        places = np.array([place_of[tile] for tile in pool])
        predicted = np.array([queue.predicted_iou[tile] for tile in pool])
        self._quality = _quality(predicted, self._seen.iou[places], self._region.has_buildings[places])
        best: list[int] = places[np.argsort(queue.ranking.rank)[:count]].tolist()
        return best

    def _annotate(self, places: Sequence[int]) -> None:
        """The oracle hands in its labels; how right the model was before it learnt from them is kept."""
        seen, tiles = self._seen, self._region.pool.tiles
        for place in places:
            statistics = seen.scores[tiles[place]].statistics
            self._observed.add(tiles[place], statistics, seen.iou[place], bool(self._region.has_buildings[place]))
        drafts = reduce(add, (seen.footprints[place] for place in places))
        self._minutes += self._cost.minutes(drafts, len(places))
        self._labelled += places

    def _fine_tuned(self) -> UNet:
        pool, predictor = self._region.pool, self._region.predictor
        kept = torch.tensor(self._labelled)
        tiles = tuple(pool.tiles[place] for place in self._labelled)
        samples = Samples(tiles, pool.pixels[kept], pool.masks[kept])
        are_new = np.ones(len(tiles), bool)
        network = deepcopy(predictor.network)
        run = Run(network, samples, are_new, self._fine_tuning, self._seed, predictor.device, predictor.is_mixed)
        while not run.is_finished:
            for _ in run.train_epoch():
                pass
        return run.blend()


class _Observed:
    """How right the model was on tiles before it was trained on them, round after round."""

    def __init__(self) -> None:
        self._rows: list[tuple[Tile, NDArray[np.float64], float, bool]] = []

    def add(self, tile: Tile, statistics: NDArray[np.float64], iou: float, has_buildings: bool) -> None:
        self._rows.append((tile, statistics, iou, has_buildings))

    def all(self) -> Observations:
        if not self._rows:
            return Observations(np.empty((0, 4)), np.empty(0), np.empty(0, bool))
        tiles, statistics, iou, has_buildings = zip(*self._rows)
        return Observations(np.array(statistics), np.array(iou), np.array(has_buildings), tiles)


def _quality(
    predicted: NDArray[np.float64], true: NDArray[np.float64], has_buildings: NDArray[np.bool_]
) -> dict[str, float | None]:
    """How right the predicted IoU was on the tiles that were still to be annotated, all arrays (tile,)."""
    return {
        "predicted_iou_mae": round(float(np.abs(predicted - true).mean()), 4),
        "predicted_iou_rho": _rho(predicted, true),
        "predicted_iou_rho_non_empty": _rho(predicted[has_buildings], true[has_buildings]),
    }


def _rho(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    if len(first) < 3 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return None
    return round(float(spearmanr(first, second)[0]), 4)


def _append(out: Path, result: dict[str, Any]) -> None:
    """One more line; a line that a kill has cut off is dropped before it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("a+b") as file:
        file.seek(0)
        whole = file.read().rfind(b"\n") + 1
        file.truncate(whole)
        file.write(json.dumps(result).encode() + b"\n")


def _key(region: Region, strategy: str, seed: int, fine_tuning: FineTuning, budgets: Sequence[int]) -> str:
    """What a result depends on: those of other settings stay in the file and are not taken for it."""
    first_round = next((budget for budget in budgets if budget), 0)
    meant = f"{DEFAULT}={DEFAULT_STRATEGY}" if strategy == DEFAULT else strategy
    if THEN in strategy:
        meant = f"{strategy}@{first_round}"
    return f"{region.fingerprint}/{meant}/{seed}/{_name(fine_tuning)}"


def _name(fine_tuning: FineTuning) -> str:
    return hashlib.sha256(repr(sorted(asdict(fine_tuning).items())).encode()).hexdigest()[:8]
