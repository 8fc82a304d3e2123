"""How good the finished map is now, by the tiles that were drawn by lot, and what ten more minutes are worth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from ..annotation.labels import Labels
from ..annotation.mask import BACKGROUND, IGNORE
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

    ``iou`` is that of all ``classes`` together over all ``tiles``, ``mapped_m2`` their ground; ``footprint_f1`` is that
    of footprints matched one to one at an IoU of 0.5, ``footprints`` how many there really are: of classes whose
    objects are told apart, as buildings are, these two are known. Each has a 90 % interval, and is
    None until enough tiles are annotated that were ``drawn`` by lot. People have annotated ``checked_m2`` and
    ``checked_footprints``, which should have taken ``minutes``. Without a queue that tells errors there are no
    ``next_minutes``.
    """

    version: str
    classes: tuple[str, ...]
    annotated: int
    minutes: float
    drawn: int
    tiles: int
    iou: Estimate | None
    mapped_m2: Estimate | None
    footprint_f1: Estimate | None
    footprints: Estimate | None
    checked_m2: float
    checked_footprints: int
    next_minutes: NextMinutes | None

    @property
    def next_gain(self) -> float | None:
        """By how much the IoU of the map should rise in the next ten minutes, by what they mend alone."""
        return self.next_minutes.mends * (1 - self.iou.value) if self.iou and self.next_minutes else None

    @property
    def checked(self) -> float | None:
        """The share of what there really is that people have annotated, 0..1."""
        return self.checked_m2 / max(self.mapped_m2.value, self.checked_m2, 1.0) if self.mapped_m2 else None

    def is_enough(self, percent: float) -> bool:
        """Whether ten more minutes bring less than so much of the IoU, in percent, even at the low end of its range."""
        if not (self.iou and self.next_minutes):
            return False
        return 100 * self.next_minutes.mends * (1 - self.iou.low) < percent


def map_quality(workspace: Workspace, now: datetime) -> Job[MapQuality]:
    """Estimate how good the finished map is now, and keep that; NothingToDo where not all tiles are scored.

    What the active version shows on annotated tiles that it has not learnt from is looked at anew.
    """
    with workspace.store() as store:
        card, records, rounds = workspace.active_card(store), store.tiles(), store.drawn_rounds()
        training = {record.tile.id for record in records if record.split == TRAINING}
        scores = _scores(workspace, card, records)
        annotated = sorted(record.tile for record in records if record.state in ANNOTATED)
        left = {record.tile for record in records if record.tile in scores} - set(annotated)
        known = yield from _judge(workspace, store, card, annotated, training)

        def sampled(judged: Collection[Tile]) -> list[ProbabilitySample]:
            return _probability_samples(rounds, list(judged), training, left)

        shown_px = float(sum(_of(scores[tile]).foreground_fraction for tile in left)) * workspace.grid.tile_size_px**2
        by_area = _by_area(known, shown_px, sampled(known.pixels)) if left else _certain(known.mapped_px.sum())
        by_footprint = _by_footprint(known, shown_px, sampled(known.matched)) if left else _certain(known.footprints)
        if not all(each.is_squared for each in card.classes):
            by_footprint = None
        pixel_m2, cost = workspace.grid.gsd_metres**2, AnnotationCost.of(card.classes, workspace.grid.tile_m2)
        quality = MapQuality(
            version=card.id,
            classes=tuple(each.name for each in card.classes),
            annotated=len(annotated),
            minutes=float(cost.expected_minutes(known.mapped_px * pixel_m2).sum()),
            drawn=sum(len(sample.drawn) for sample in sampled(known.pixels)),
            tiles=len(annotated) + len(left),
            iou=by_area.iou if by_area else None,
            mapped_m2=by_area.amount.times(pixel_m2) if by_area else None,
            footprint_f1=by_footprint.f1 if by_footprint else None,
            footprints=by_footprint.amount if by_footprint else None,
            checked_m2=float(known.mapped_px.sum()) * pixel_m2,
            checked_footprints=store.footprint_count(),
            next_minutes=_next_minutes(card.id, records, scores, workspace.grid.tile_m2, cost),
        )
        if quality.iou:
            figures = (quality.minutes, quality.iou.value, quality.iou.low, quality.iou.high)
            store.add_measured_map(MeasuredMap(now, card.id, len(annotated), *figures))
    return quality


@dataclass(frozen=True)
class _Judged:
    """What people annotated, and how right the version is there, or an ancestor that had not learnt from it.

    ``mapped_px`` (tile,) and ``footprints`` are on all annotated tiles; of those that people drew over a border only
    the ones whose representative point lies on an annotated tile. Tiles whose labels have changed since, or of which
    nothing was kept, are neither among ``pixels`` nor ``matched``, which has pixels and footprints of one version.
    """

    mapped_px: NDArray[np.float64]
    footprints: int
    pixels: Mapping[Tile, ConfusionCounts]
    matched: Mapping[Tile, tuple[ConfusionCounts, ConfusionCounts]]


def _certain(amount: float) -> MapEstimate:
    """Of a map that people have annotated all over."""
    from ..evaluation.estimators import Estimate, MapEstimate

    return MapEstimate(Estimate(1.0, 1.0, 1.0), Estimate(float(amount), float(amount), float(amount)))


def _by_area(known: _Judged, shown_px: float, samples: Sequence[ProbabilitySample]) -> MapEstimate | None:
    """The quality of the map in pixels, of which the version shows so many on tiles that nobody has annotated."""
    from ..evaluation.estimators import estimate_map

    return estimate_map(float(known.mapped_px.sum()), shown_px, _wrong(known.pixels.values()), samples)


def _by_footprint(known: _Judged, shown_px: float, samples: Sequence[ProbabilitySample]) -> MapEstimate | None:
    """The same in footprints."""
    from ..evaluation.estimators import estimate_footprints

    pairs = known.matched.values()
    shown = np.array([(found.tp + found.fp, seen.tp + seen.fp) for seen, found in pairs], float).reshape(-1, 2)
    return estimate_footprints(known.footprints, shown_px, _wrong(found for _, found in pairs), shown, samples)


def _wrong(counts: Iterable[ConfusionCounts]) -> NDArray[np.float64]:
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


def _judge(
    workspace: Workspace, store: LabelStore, card: VersionCard, annotated: Sequence[Tile], training: AbstractSet[str]
) -> Job[_Judged]:
    """Read the labels, and look with the version at the training tiles that it has not learnt from."""
    from ..training.samples import load_samples

    if not annotated:
        return _Judged(np.zeros(0), 0, {}, {})
    names = [each.name for each in card.classes]
    true = {tile: store.labels_in(tile, names) for tile in annotated}
    loading = load_samples(
        workspace.imagery, workspace.grid, workspace.normalization, true.__getitem__, annotated, card.classes
    )
    samples = yield from share(loading, 0.0, 0.5)
    is_foreground = (samples.masks != BACKGROUND) & (samples.masks != IGNORE)
    mapped_px = dict(zip(annotated, is_foreground.sum(dim=(1, 2)).tolist()))
    footprints = {tile: _footprints_on(tile, true[tile].outlines, workspace) for tile in annotated}
    unlearnt = training - workspace.learnt_tiles(store, card)
    fresh = yield from share(_look(workspace, card, samples, unlearnt, true), 0.5, 1.0)
    pixels, matched = _kept_counts(workspace, store, card)
    pixels |= {tile: counts.pixels for tile, counts in fresh.items()}
    matched |= {tile: (counts.pixels, counts.footprints) for tile, counts in fresh.items() if counts.footprints}
    return _Judged(
        np.array([*mapped_px.values()], float),
        sum(footprints.values()),
        {tile: seen for tile, seen in pixels.items() if _true(seen) == mapped_px.get(tile)},
        {
            tile: (seen, found)
            for tile, (seen, found) in matched.items()
            if (_true(seen), _true(found)) == (mapped_px.get(tile), footprints.get(tile))
        },
    )


def _true(counts: ConfusionCounts) -> int:
    """How much was labelled when this was counted."""
    return counts.tp + counts.fn


def _footprints_on(tile: Tile, footprints: NDArray[np.object_], workspace: Workspace) -> int:
    """How many of them lie on a tile: one over its border counts where its representative point is."""
    square = shapely.box(*workspace.grid.tile_bounds(tile))
    return int(shapely.intersects(shapely.point_on_surface(footprints), square).sum())


def _look(
    workspace: Workspace,
    card: VersionCard,
    samples: Samples,
    unlearnt: AbstractSet[str],
    true: Mapping[Tile, Labels],
) -> Job[dict[Tile, TileCounts]]:
    """How right the version is on those of the tiles that it has not learnt from."""
    import torch

    from ..evaluation.exam import count_pixels, look_at
    from ..evaluation.footprint_match import match_on_tile
    from ..segmentation.metrics import TileCounts

    new = samples.part(torch.tensor([place for place, tile in enumerate(samples.tiles) if tile.id in unlearnt]).long())
    if not new.tiles:
        return {}
    predictor = workspace.predictor(card.id, 4 * len(new.tiles))
    seen = yield from share(look_at(predictor, workspace.imagery, workspace.grid, new.tiles), 0.0, 0.3)
    found = {}
    for tile, pixels in zip(new.tiles, count_pixels(new, seen, len(card.classes))):
        found[tile] = TileCounts(pixels, match_on_tile(predictor, workspace.imagery, workspace.grid, tile, true[tile]))
        yield 0.3 + 0.7 * len(found) / len(new.tiles)
    return found


def _kept_counts(
    workspace: Workspace, store: LabelStore, card: VersionCard
) -> tuple[dict[Tile, ConfusionCounts], dict[Tile, tuple[ConfusionCounts, ConfusionCounts]]]:
    """What was kept of the version, else of its parent, and so on up to what this campaign began with.

    Pixels, and pixels with footprints, of which less is kept: a tile held out of a training is seen without its
    surroundings.
    """
    line = [each.id for each in workspace.line(store, card)]
    quality = [each for each in store.tile_quality() if each.version in line and each.counts]
    nearest_last = sorted(quality, key=lambda each: -line.index(each.version))
    counts = [(each.tile, each.counts.pixels, each.counts.footprints) for each in nearest_last if each.counts]
    pixels = {tile: seen for tile, seen, _ in counts}
    return pixels, {tile: (seen, found) for tile, seen, found in counts if found}


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
    version: str,
    records: Sequence[TileRecord],
    scores: Mapping[Tile, TileScore],
    tile_m2: float,
    cost: AnnotationCost,
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
    mapped_m2 = np.array([_of(scores[record.tile]).foreground_fraction * tile_m2 for record in queue])
    minutes = np.cumsum(cost.expected_minutes(mapped_m2))
    count = max(1, int((minutes <= TEN_MINUTES).sum()))
    return NextMinutes(count, sum(mends[:count]) / max(sum(mends), 1e-9), float(minutes[count - 1]))


def _of(score: TileScore) -> TileStatistics:
    return TileStatistics(*score.statistics)
