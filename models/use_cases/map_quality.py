"""How good the finished map is now, by the tiles that were drawn by lot, and what the next round is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from ..campaign.label_store import LabelStore
from ..campaign.model_store import VersionCard
from ..campaign.records import ANNOTATED, QUEUED, DrawnRound
from ..campaign.score_cache import ScoreCache
from ..campaign.workspace import Workspace
from ..errors import NothingToDo
from ..imagery.grid import Tile
from ..jobs import Job
from ..priority.annotation_cost import AnnotationCost
from ..priority.ranking_reason import reason_from_json
from ..training.split import TRAINING

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from ..evaluation.estimators import Estimate, RoundSample
    from ..priority.uncertainty import TileScore
    from ..segmentation.metrics import ConfusionCounts

BUILT = 2  # its place among the statistics of a tile
ROUND = 10  # tiles of the next round


@dataclass(frozen=True)
class NextRound:
    """What annotating the next tiles of the queue is expected to bring: the share of what is still wrong, and cost."""

    tiles: int
    mends: float
    minutes: float


@dataclass(frozen=True)
class MapQuality:
    """The finished map, as the active version shows what nobody has annotated.

    ``iou`` is that of buildings over the whole area, ``built_m2`` their ground, each with a 90 % interval; None until
    enough tiles were drawn by lot and annotated. ``next_round`` is None where the queue tells no errors.
    """

    version: str
    annotated: int
    drawn: int
    tiles: int
    iou: Estimate | None
    built_m2: Estimate | None
    next_round: NextRound | None


def map_quality(workspace: Workspace) -> Job[MapQuality]:
    """Estimate how good the finished map is now; NothingToDo where the active version has not scored all tiles.

    What the active version shows on annotated tiles that it has not learnt from is looked at where that is not known.
    """
    from ..evaluation.estimators import MapTotals, estimate_quality
    from .fine_tune import observed_samples

    with workspace.lock(), workspace.store() as store, ScoreCache(workspace.score_cache) as cache:
        card = workspace.active_card(store)
        known = cache.scores(workspace.imagery.fingerprint, card.sha256)
        pool = [record.tile for record in store.tiles(TRAINING, QUEUED)]
        annotated = [record.tile for record in store.tiles(TRAINING, ANNOTATED)]
        if any(tile.id not in known for tile in pool):
            raise NothingToDo(
                "map-unscored",
                "The active version has not scored all tiles yet, so what it shows there is not known. Score first.",
            )
        if annotated:
            predictor = workspace.predictor(card.id, len(annotated))
            yield from observed_samples(workspace, store, card, predictor, annotated)
        seen = _seen_unlearnt(workspace, store, card, annotated)
        samples = _round_samples(store.drawn_rounds(), store.first_annotated(), list(seen))
        pixel_m2 = workspace.grid.gsd_metres**2
        scores = {tile: score for tile in pool if (score := known[tile.id])}
        shown = sum(float(score.statistics[BUILT]) for score in scores.values()) * workspace.grid.tile_size_px**2
        counts = np.array([(pixels.tp, pixels.fp, pixels.fn) for pixels in seen.values()], float).reshape(-1, 3)
        totals = MapTotals(float(counts[:, [0, 2]].sum()), shown)
        found = estimate_quality(totals, counts[:, 1:], samples)
        return MapQuality(
            version=card.id,
            annotated=len(annotated),
            drawn=sum(int((each.probability < 1).sum()) for each in samples),
            tiles=len(pool) + len(annotated),
            iou=found.iou if found else None,
            built_m2=found.amount.times(pixel_m2) if found else None,
            next_round=_next_round(workspace, store, scores),
        )


def _seen_unlearnt(
    workspace: Workspace, store: LabelStore, card: VersionCard, annotated: Sequence[Tile]
) -> dict[Tile, ConfusionCounts]:
    """How right the version is on annotated tiles: as it, a sibling or an ancestor saw each without learning from it.

    Tiles of which that was never kept are left out.
    """
    by_version: dict[str, dict[Tile, ConfusionCounts]] = {}
    for quality in store.tile_quality():
        if quality.pixels:
            by_version.setdefault(quality.version, {})[quality.tile] = quality.pixels
    parents = {each.id: each.parent for each in workspace.cards()}
    line: list[str] = []
    version: str | None = card.id
    while version is not None and version not in line:
        line.append(version)
        version = parents.get(version)
    found = {}
    for tile in annotated:
        pixels = next((of[tile] for each in line if tile in (of := by_version.get(each, {}))), None)
        if pixels:
            found[tile] = pixels
    return found


def _round_samples(
    rounds: Sequence[DrawnRound], first_annotated: Mapping[str, datetime], tiles: Sequence[Tile]
) -> list[RoundSample]:
    """Each round as a sample among the annotated tiles, their places in that order.

    A tile belongs to the round that was the newest when it was annotated; one that this round had not drawn was picked
    by hand, and is of none.
    """
    from ..evaluation.estimators import RoundSample

    when = [first_annotated[tile.id] for tile in tiles]
    samples = []
    for number, drawn in enumerate(rounds):
        later = rounds[number + 1].time if number + 1 < len(rounds) else max(when, default=drawn.time) + timedelta(1)
        ids = [tile.id if drawn.time <= moment < later else "" for tile, moment in zip(tiles, when)]
        places = [place for place, tile_id in enumerate(ids) if tile_id in drawn.probability]
        if places:
            chances = np.array([drawn.probability[tiles[place].id] for place in places])
            by_lot = sum(chance < 1 for chance in drawn.probability.values())
            share = (chances < 1).sum() / by_lot if by_lot else 1.0  # the lot is annotated in random order
            samples.append(
                RoundSample(
                    np.array(places),
                    np.where(chances < 1, chances * share, 1.0),
                    np.array([place for place, moment in enumerate(when) if moment < drawn.time], np.intp),
                )
            )
    return samples


def _next_round(workspace: Workspace, store: LabelStore, scores: Mapping[Tile, TileScore]) -> NextRound | None:
    """What the first tiles of the queue are worth, by the strategy that has ranked them."""
    queue = [record for record in store.tiles(TRAINING, QUEUED, ROUND) if record.rank is not None]
    reasons = [reason_from_json(record.reason) for record in queue]
    mends = [reason.value for reason in reasons if reason and reason.code == "map-gain" and reason.value is not None]
    if not mends or len(mends) < len(queue):
        return None
    built = np.array([scores[record.tile].statistics[BUILT] if record.tile in scores else 0.0 for record in queue])
    minutes = AnnotationCost().expected_minutes(built * workspace.grid.tile_m2)
    return NextRound(len(queue), sum(mends) / 100, float(minutes.sum()))
