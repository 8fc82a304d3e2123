"""From what the model said of each tile, and how right it was, to the queue of annotation."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from ..imagery.grid import Tile
from ..priority.uncertainty import TileScore
from ..segmentation.classes import BUILDING, MappedClass
from .annotation_cost import AnnotationCost
from .predicted_iou import Quality, fit
from .ranking_reason import OF_DOUBT, RankingReason
from .strategies import DEFAULT_STRATEGY, Pool, Ranking, rank_pool
from .uncertainty import TileStatistics

BLANK_STRATEGY = "active-ft"  # the order for a version that has learnt nothing yet: its doubts mean nothing
ENOUGH_LABELS = 20  # annotated tiles from which the predicted IoU is fitted to the campaign itself
STABILITY = 3  # its place among the statistics


@dataclass(frozen=True)
class Observations:
    """Tiles whose IoU is known, from predictions made before they were trained on.

    Statistics of those predictions (tile, 4), IoU (tile,), whether the tile has buildings (tile,), which tiles of the
    campaign they are, and the embeddings of those predictions (tile, channel): neither in a calibration set, which was
    observed elsewhere.
    """

    statistics: NDArray[np.float64]
    iou: NDArray[np.float64]
    has_foreground: NDArray[np.bool_]
    tiles: tuple[Tile, ...] = ()
    embedding: NDArray[np.float32] = field(default_factory=lambda: np.empty((0, 0), np.float32))

    def of(self, known: Container[Tile]) -> Observations:
        """Those of the known tiles alone."""
        kept = [index for index, tile in enumerate(self.tiles) if tile in known]
        tiles = tuple(self.tiles[index] for index in kept)
        rows = (self.statistics[kept], self.iou[kept], self.has_foreground[kept])
        return Observations(*rows, tiles, self.embedding[kept] if len(self.embedding) else self.embedding)


@dataclass(frozen=True)
class Queue:
    """The ranking of the pool, in its order, and the predicted IoU of every scored tile."""

    strategy: str
    ranking: Ranking
    predicted_iou: Mapping[Tile, float]
    quality: Quality | None


def queue_tiles(
    scores: Mapping[Tile, TileScore],
    pool: Sequence[Tile],
    labelled: Sequence[Tile],
    observed: Observations,
    calibration_set: Observations | None,
    strategy: str | None,
    count: int,
    tile_m2: float,
    rng: np.random.Generator,
    classes: Sequence[MappedClass] = (BUILDING,),
) -> Queue:
    """Rank the pool's tiles, which all have a score. Labelled and observed tiles without one play no part.

    ``tile_m2``, the ground of a tile, and ``classes`` say how much there will be to draw.

    Until enough tiles are annotated the predicted IoU comes from the calibration set, regions that the model had not
    seen; without one it is the stability of the model's own mask.
    """
    tiles = list(scores)
    embedding = np.stack([scores[tile].embedding for tile in tiles])
    statistics = np.stack([scores[tile].statistics for tile in tiles])
    place = {tile: index for index, tile in enumerate(tiles)}
    in_pool, are_labelled = [place[tile] for tile in pool], [place[tile] for tile in labelled if tile in place]
    predicted, quality = _predicted_iou(statistics, observed.of(place), calibration_set, rng)
    read_off = TileStatistics(*statistics[in_pool].T)
    candidates = Pool(
        embedding=embedding[in_pool],
        labelled_embedding=embedding[are_labelled],
        predicted_iou=predicted[in_pool],
        minutes=AnnotationCost.of(classes, tile_m2).expected_minutes(read_off.foreground_fraction * tile_m2),
        places=np.array([(tile.row, tile.column) for tile in pool]),
        **{name: getattr(read_off, name) for name in ("entropy", "margin", "foreground_fraction")},
    )
    strategy = strategy or DEFAULT_STRATEGY
    ranking = rank_pool(candidates, strategy, count, rng)
    ranking = replace(ranking, reason=_with_class(ranking.reason, [scores[tile].doubt for tile in pool], classes))
    return Queue(strategy, ranking, dict(zip(tiles, predicted.tolist())), quality)


def _with_class(
    reasons: Sequence[RankingReason], doubt: Sequence[NDArray[np.float64]], classes: Sequence[MappedClass]
) -> list[RankingReason]:
    """The reasons, (tile,), with the class that is most in doubt there; a score of before doubts names none."""
    return [
        replace(reason, mapped=classes[int(each.argmax())].name)
        if reason.code in OF_DOUBT and len(each) == len(classes) > 1
        else reason
        for reason, each in zip(reasons, doubt)
    ]


def read_observations(path: Path) -> Observations:
    """The observations that ship with a model version; raises ModelError where the file is damaged."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        stored = load_file(path)
        observations = Observations(stored["statistics"], stored["iou"], stored["has_buildings"])
        _check(observations)
        return observations
    except (SafetensorError, KeyError, ValueError, TypeError, OSError) as error:
        raise ModelError(
            "observations-damaged",
            "{path} is damaged ({error}). Copy the version from its source again.",
            path=path,
            error=error,
        ) from error


def _check(observations: Observations) -> None:
    """ValueError where the arrays are none of ours."""
    count = len(observations.iou)
    if observations.statistics.shape != (count, 4) or observations.iou.shape != (count,):
        raise ValueError(f"'statistics' of {observations.statistics.shape} for an 'iou' of {observations.iou.shape}")
    if observations.has_foreground.shape != (count,):
        raise ValueError(f"'has_buildings' of {observations.has_foreground.shape}")
    if not (np.isfinite(observations.statistics).all() and ((observations.iou >= 0) & (observations.iou <= 1)).all()):
        raise ValueError("'statistics' or 'iou' holds what cannot be")


def _predicted_iou(
    statistics: NDArray[np.float64],
    observed: Observations,
    calibration_set: Observations | None,
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], Quality | None]:
    """The IoU expected on each tile, (tile,), and how far it can be trusted here.

    It is regressed on the statistics of predictions alone. What was observed was mostly seen by an earlier version,
    before it learnt from the tile, and the embeddings of two versions do not lie in one space; where they do they did
    not help either: see observation_trials.csv.
    """
    if len(observed.tiles) >= ENOUGH_LABELS:
        regressor = fit(observed.statistics, observed.iou, observed.has_foreground, rng)
        return regressor.predict(statistics), regressor.quality
    if calibration_set is not None:
        regressor = fit(calibration_set.statistics, calibration_set.iou, calibration_set.has_foreground, rng)
        return regressor.predict(statistics), None
    return statistics[:, STABILITY], None
