"""How good the finished map is now, by the tiles that were drawn by lot, and what ten more minutes are worth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..annotation.mask import BUILDING
from ..campaign.label_store import LabelStore
from ..campaign.model_store import VersionCard
from ..campaign.records import ANNOTATED, QUEUED, DrawnRound, MeasuredMap, TileRecord
from ..campaign.score_cache import ScoreCache
from ..campaign.workspace import Workspace
from ..errors import NothingToDo
from ..imagery.grid import Tile
from ..jobs import Job, share
from ..priority.annotation_cost import AnnotationCost
from ..priority.ranking_reason import reason_from_json
from ..priority.uncertainty import TileStatistics
from ..training.split import TRAINING

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from ..evaluation.estimators import Estimate, MapEstimate, ProbabilitySample
    from ..priority.uncertainty import TileScore
    from ..segmentation.metrics import ConfusionCounts, TileCounts
    from ..training.samples import Samples


TEN_MINUTES = 10.0


@dataclass(frozen=True)
class NextMinutes:
    """What the next minutes of annotating are expected to bring: the share that they mend of what is still wrong."""

    tiles: int
    mends: float
    minutes: float


@dataclass(frozen=True)
class MapQuality:
    """The finished map, as the active version shows what nobody has annotated.

    ``iou`` is that of buildings over all ``tiles``, ``built_m2`` their ground; ``footprint_f1`` is that of footprints
    matched one to one at an IoU of 0.5, ``buildings`` how many really stand there. Each has a 90 % interval, and is
    None until enough tiles are annotated that were ``drawn`` by lot. People have annotated ``checked_m2`` and
    ``checked_buildings``, which should have taken ``minutes``. Without a queue that tells errors there are no
    ``next_minutes``.
    """

    version: str
    annotated: int
    minutes: float
    drawn: int
    tiles: int
    iou: Estimate | None
    built_m2: Estimate | None
    footprint_f1: Estimate | None
    buildings: Estimate | None
    checked_m2: float
    checked_buildings: int
    next_minutes: NextMinutes | None

    @property
    def next_gain(self) -> float | None:
        """By how much the IoU of the map should rise in the next ten minutes, by what they mend alone."""
        return self.next_minutes.mends * (1 - self.iou.value) if self.iou and self.next_minutes else None

    @property
    def checked(self) -> float | None:
        """The share of what is really built that people have annotated, 0..1."""
        return self.checked_m2 / max(self.built_m2.value, self.checked_m2, 1.0) if self.built_m2 else None

    def is_enough(self, percent: float) -> bool:
        """Whether ten more minutes bring less than so much of the IoU, in percent, even at the low end of its range."""
        if not (self.iou and self.next_minutes):
            return False
        return 100 * self.next_minutes.mends * (1 - self.iou.low) < percent


def map_quality(workspace: Workspace, now: datetime) -> Job[MapQuality]:
    """Estimate how good the finished map is now, and keep that; NothingToDo where not all tiles are scored.

    What the active version shows on annotated tiles that it has not learnt from is looked at anew.
    """
    from ..training.samples import load_samples

    with workspace.store() as store:
        card, records, rounds = workspace.active_card(store), store.tiles(), store.drawn_rounds()
        training = {record.tile.id for record in records if record.split == TRAINING}
        scores = _scores(workspace, card, records)
        annotated = sorted(record.tile for record in records if record.state in ANNOTATED)
        left = {record.tile for record in records if record.tile in scores} - set(annotated)
        samples = None
        if annotated:
            imagery, grid, normalization = workspace.imagery, workspace.grid, workspace.normalization
            samples = yield from share(
                load_samples(imagery, grid, normalization, store.footprints_in, annotated), 0.0, 0.5
            )
        right = (
            {} if samples is None else (yield from share(_counts(workspace, store, card, samples, training), 0.5, 1.0))
        )

        built = np.zeros(0) if samples is None else (samples.masks == BUILDING).sum(dim=(1, 2)).numpy().astype(float)
        known, buildings, pixel_m2 = float(built.sum()), store.footprint_count(), workspace.grid.gsd_metres**2
        shown = sum(_of(scores[tile]).building_fraction for tile in left) * workspace.grid.tile_size_px**2

        def sampled(judged: Collection[Tile]) -> list[ProbabilitySample]:
            return _probability_samples(rounds, list(judged), training, left)

        by_area, by_footprint = (
            _estimates(known, buildings, float(shown), right, sampled) if left else (_known(known), _known(buildings))
        )
        quality = MapQuality(
            version=card.id,
            annotated=len(annotated),
            minutes=float(AnnotationCost().expected_minutes(built * pixel_m2).sum()),
            drawn=sum(len(sample.drawn) for sample in sampled(right)),
            tiles=len(annotated) + len(left),
            iou=by_area.iou if by_area else None,
            built_m2=by_area.amount.times(pixel_m2) if by_area else None,
            footprint_f1=by_footprint.f1 if by_footprint else None,
            buildings=by_footprint.amount if by_footprint else None,
            checked_m2=known * pixel_m2,
            checked_buildings=buildings,
            next_minutes=_next_minutes(card.id, records, scores, workspace.grid.tile_m2),
        )
        if quality.iou:
            figures = (quality.minutes, quality.iou.value, quality.iou.low, quality.iou.high)
            store.add_measured_map(MeasuredMap(now, card.id, len(annotated), *figures))
    return quality


def _known(amount: float) -> MapEstimate:
    """Of a map that people have annotated all over."""
    from ..evaluation.estimators import Estimate, MapEstimate

    return MapEstimate(Estimate(1.0, 1.0, 1.0), Estimate(amount, amount, amount))


def _estimates(
    built_px: float,
    buildings: int,
    shown_px: float,
    right: Mapping[Tile, TileCounts],
    sampled: Callable[[Collection[Tile]], list[ProbabilitySample]],
) -> tuple[MapEstimate | None, MapEstimate | None]:
    """The quality of the map by pixels and by footprints: not of all tiles is known how many footprints are right."""
    from ..evaluation.estimators import estimate_footprints, estimate_map

    by_area = estimate_map(built_px, shown_px, _wrong([each.pixels for each in right.values()]), sampled(right))
    matched = {tile: (each.pixels, each.footprints) for tile, each in right.items() if each.footprints}
    shown = np.array([(found.tp + found.fp, seen.tp + seen.fp) for seen, found in matched.values()], float)
    by_footprint = estimate_footprints(
        buildings, shown_px, _wrong([found for _, found in matched.values()]), shown.reshape(-1, 2), sampled(matched)
    )
    return by_area, by_footprint


def _wrong(counts: Sequence[ConfusionCounts]) -> NDArray[np.float64]:
    """False positives and false negatives, (tile, 2)."""
    return np.array([(each.fp, each.fn) for each in counts], float).reshape(-1, 2)


def _scores(workspace: Workspace, card: VersionCard, records: Sequence[TileRecord]) -> dict[Tile, TileScore]:
    """What the active version said of every tile with a picture."""
    with ScoreCache(workspace.score_cache) as cache:
        known = cache.scores(workspace.imagery.fingerprint, card.sha256)
    if any(record.tile.id not in known for record in records):
        raise NothingToDo(
            "map-unscored",
            "The active version has not scored all tiles yet, so what it shows there is not known. Score first.",
        )
    return {record.tile: score for record in records if (score := known[record.tile.id])}


def _counts(
    workspace: Workspace, store: LabelStore, card: VersionCard, samples: Samples, training: AbstractSet[str]
) -> Job[dict[Tile, TileCounts]]:
    """How right the version is on training tiles: as it, a sibling or an ancestor sees each without learning from it.

    Left out are tiles of which that was never kept, or whose labels have changed since.
    """
    import torch

    from ..evaluation.exam import count_pixels, look_at
    from ..evaluation.observation import matching
    from ..segmentation.metrics import TileCounts

    unlearnt_ids = training - workspace.learnt_tiles(store, card)
    kept = _kept_counts(workspace, store, card)
    new = [place for place, tile in enumerate(samples.tiles) if tile.id in unlearnt_ids]
    fresh: dict[Tile, TileCounts] = {}
    if new:
        unlearnt = samples.part(torch.tensor(new))
        predictor = workspace.predictor(card.id, len(new))
        seen = yield from look_at(predictor, workspace.imagery, workspace.grid, unlearnt.tiles)
        match = matching(unlearnt, store.footprints_in, workspace.grid)
        pixels = count_pixels(unlearnt, seen)
        fresh = {
            tile: TileCounts(right, match(tile, layers)) for tile, right, layers in zip(unlearnt.tiles, pixels, seen)
        }
    counts = {tile: fresh.get(tile, kept.get(tile)) for tile in samples.tiles}
    built = (samples.masks == BUILDING).sum(dim=(1, 2)).tolist()
    return {
        tile: found
        for (tile, found), pixels in zip(counts.items(), built)
        if found is not None and found.pixels.tp + found.pixels.fn == pixels
    }


def _kept_counts(workspace: Workspace, store: LabelStore, card: VersionCard) -> dict[Tile, TileCounts]:
    """What was kept of the version, else of its parent, and so on up to what this campaign began with."""
    line = [each.id for each in workspace.line(store, card)]
    quality = [each for each in store.tile_quality() if each.version in line and each.counts]
    nearest_last = sorted(quality, key=lambda each: -line.index(each.version))
    return {each.tile: each.counts for each in nearest_last if each.counts}


def _probability_samples(
    rounds: Sequence[DrawnRound], judged: Sequence[Tile], training: AbstractSet[str], left: Collection[Tile]
) -> list[ProbabilitySample]:
    """What each round drew by lot, as places among the tiles judged.

    A tile is of the round after which it left the pool; one that this round had not drawn was picked by hand.
    """
    from ..evaluation.estimators import ProbabilitySample

    drawn_samples = []
    for number, drawn in enumerate(rounds):
        gone_by_next = rounds[number + 1].outside if number + 1 < len(rounds) else training
        chances = {tile_id: chance for tile_id, chance in drawn.probability.items() if chance < 1}
        met = training - drawn.outside - (drawn.probability.keys() - chances.keys())
        places = [place for place, tile in enumerate(judged) if tile.id in chances.keys() & met & gone_by_next]
        left_within = sum(tile.id in met for tile in left)
        if places and left_within:
            drawn_samples.append(
                ProbabilitySample(
                    np.array(places),
                    np.array([chances[judged[place].id] for place in places]),
                    len(chances),
                    np.array([place for place, tile in enumerate(judged) if tile.id in met]),
                    len(left) / left_within,
                )
            )
    return drawn_samples


def _next_minutes(
    version: str, records: Sequence[TileRecord], scores: Mapping[Tile, TileScore], tile_m2: float
) -> NextMinutes | None:
    """What as many tiles of the queue are worth as ten minutes are enough for, at least one.

    None where the version has not ranked it, or by a strategy that tells no errors.
    """
    waiting = [each for each in records if each.split == TRAINING and each.state in QUEUED and each.rank is not None]
    queue = sorted(waiting, key=lambda record: record.rank or 0)
    reasons = [reason_from_json(record.reason) for record in queue]
    mends = [reason.value for reason in reasons if reason and reason.code == "map-gain" and reason.value is not None]
    if not queue or len(mends) < len(queue) or any(record.version != version for record in queue):
        return None
    built_m2 = np.array([_of(scores[record.tile]).building_fraction * tile_m2 for record in queue])
    minutes = np.cumsum(AnnotationCost().expected_minutes(built_m2))
    count = max(1, int((minutes <= TEN_MINUTES).sum()))
    return NextMinutes(count, sum(mends[:count]) / max(sum(mends), 1e-9), float(minutes[count - 1]))


def _of(score: TileScore) -> TileStatistics:
    return TileStatistics(*score.statistics)
