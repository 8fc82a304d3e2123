"""All strategies in one table: a name, what it does in one sentence, and a function on arrays.

Every strategy chooses the next round as a set, then queues the other tiles by the value it gives them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Callable, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .active_ft import active_ft
from .coverage import k_centre, k_means
from .diverse_uncertainty import uncertain_and_diverse
from .features import channels_for, directions, novelty, principal_coordinates
from .map_gain import clusters_of, expected_errors, expected_gain
from .ranking_reason import RankingReason
from .sample_priority import error_and_novelty, error_first
from .sampling_design import draw_round

LEAST_FRACTION = 0.005  # of what looks built: where nothing does, uncertainty decides
DEFAULT_STRATEGY = "map-gain"  # what simulated campaigns speak for: see the README


@dataclass(frozen=True)
class Pool:
    """What is known of the tiles that may be annotated next, at least one; all arrays share the tile axis."""

    embedding: NDArray[np.float32]  # (tile, channel)
    labelled_embedding: NDArray[np.float32]  # (labelled, channel), from the same model version
    entropy: NDArray[np.float64]  # (tile,) bits
    margin: NDArray[np.float64]  # (tile,)
    foreground_fraction: NDArray[np.float64]  # (tile,) what looks built, 0..1
    predicted_iou: NDArray[np.float64]  # (tile,) 0..1
    minutes: NDArray[np.float64]  # (tile,) that annotating is expected to take
    places: NDArray[np.intp]  # (tile, 2) row and column

    @cached_property
    def errors(self) -> NDArray[np.float64]:
        """The share of each tile's pixels that is expected to be wrong, (tile,)."""
        return expected_errors(self.margin / 2, self.foreground_fraction, self.predicted_iou)

    @cached_property
    def coordinates(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Pool and labelled tiles in principal coordinates."""
        channels = channels_for(len(self.embedding) + len(self.labelled_embedding))
        return principal_coordinates(self.embedding, self.labelled_embedding, channels)

    @cached_property
    def directions(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Pool and labelled tiles as unit vectors from the pool's mean."""
        return directions(self.embedding, self.labelled_embedding)


class Choice(NamedTuple):
    """The tiles of the next round, best first (chosen,), and the acquisition score of every tile (tile,).

    Where they were drawn by lot, also the inclusion probability of every tile (tile,).
    """

    chosen: NDArray[np.intp]
    value: NDArray[np.float64]
    probability: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Strategy:
    """A named rule for the order of annotation."""

    name: str
    sentence: str
    measure: str  # why a tile stands where it does: a code of ranking_reason
    choose: Callable[[Pool, int, np.random.Generator], Choice]


@dataclass(frozen=True)
class Ranking:
    """The queue of annotation; all arrays have shape (tile,)."""

    rank: NDArray[np.intp]  # 1 is next
    priority: NDArray[np.float64]  # 1 for the first rank, 0 for the last
    novelty: NDArray[np.float64]  # 0..1
    reason: list[RankingReason]
    probability: NDArray[np.float64] | None = None  # of being in the round, where it was drawn by lot


def rank_pool(pool: Pool, strategy_name: str, count: int, rng: np.random.Generator) -> Ranking:
    """Rank, priority, novelty and reason of every tile, with `count` tiles wanted for the next round."""
    strategy = STRATEGIES[strategy_name]
    choice = strategy.choose(pool, count, rng)
    by_value = np.argsort(-choice.value, kind="stable")
    order = np.concatenate([choice.chosen, by_value[~np.isin(by_value, choice.chosen)]])
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(1, len(order) + 1)
    tile_novelty = novelty(*pool.coordinates)
    return Ranking(
        rank=rank,
        priority=1 - (rank - 1) / max(1, len(order) - 1),
        novelty=tile_novelty,
        reason=_reasons(strategy, pool, tile_novelty),
        probability=choice.probability,
    )


def _reasons(strategy: Strategy, pool: Pool, tile_novelty: NDArray[np.float64]) -> list[RankingReason]:
    measured = {
        "entropy": pool.entropy,
        "margin": pool.margin,
        "predicted-iou": pool.predicted_iou,
        "map-gain": 100 * pool.errors / max(pool.errors.sum(), np.finfo(float).tiny),
    }
    values = measured.get(strategy.measure)
    is_first_round = len(pool.labelled_embedding) == 0
    return [
        RankingReason(
            strategy.measure,
            None if values is None else round(float(values[tile]), 4),
            None if is_first_round else round(float(new), 4),
        )
        for tile, new in enumerate(tile_novelty)
    ]


def _nobody() -> NDArray[np.intp]:
    return np.empty(0, dtype=np.intp)


def _balanced(pool: Pool, count: int, rng: np.random.Generator) -> Choice:
    """Half of the round from tiles that look built and are unsure, half by k-means over all (our choice).

    Sets with buildings and sets like the whole area went with more gain in every region where this was tried, unsure
    ones in some: see set_trials.csv. By the root one building counts, and a tile full of them does not take all.
    """
    score = pool.entropy * np.sqrt(pool.foreground_fraction + LEAST_FRACTION)
    unsure, value = uncertain_and_diverse(score, pool.coordinates[0], math.ceil(count / 2), rng)
    typical, _ = k_means(pool.directions[0], count, rng)
    typical = typical[~np.isin(typical, unsure)][: count - len(unsure)]
    return Choice(np.concatenate([unsure, typical]), value)


def _map_gain(pool: Pool, count: int, rng: np.random.Generator) -> Choice:
    """A round drawn by what each tile is expected to take from the errors of the map, by the minute."""
    cluster_of, labelled_cluster_of = clusters_of(*pool.coordinates, rng)
    value = expected_gain(pool.errors, cluster_of, labelled_cluster_of) / pool.minutes
    draw = draw_round(value, cluster_of, pool.places, count, rng)
    return Choice(draw.drawn, value, draw.probability)


def _random(pool: Pool, count: int, rng: np.random.Generator) -> Choice:
    tiles = len(pool.embedding)
    return Choice(_nobody(), rng.random(tiles), np.full(tiles, min(1, count / tiles)))


STRATEGIES: Mapping[str, Strategy] = MappingProxyType(
    {
        strategy.name: strategy
        for strategy in (
            Strategy(
                DEFAULT_STRATEGY,
                "Draws tiles by lot, by what they are expected to mend on the map and to teach, by the minute.",
                "map-gain",
                lambda pool, count, rng: _map_gain(pool, count, rng),
            ),
            Strategy(
                "balanced",
                "Takes half a round from tiles that show something unsure, and half that looks like the whole area.",
                "entropy",
                lambda pool, count, rng: _balanced(pool, count, rng),
            ),
            Strategy(
                "uncertain-k-means",
                "Groups the tiles that the model is least sure of by their looks and takes a typical one of each.",
                "entropy",
                lambda pool, count, rng: Choice(*uncertain_and_diverse(pool.entropy, pool.coordinates[0], count, rng)),
            ),
            Strategy(
                "random",
                "Draws tiles by chance: the yardstick for all others.",
                "chance",
                lambda pool, count, rng: _random(pool, count, rng),
            ),
            Strategy(
                "entropy",
                "Takes the tiles whose pixels the model is least sure of.",
                "entropy",
                lambda pool, count, rng: Choice(_nobody(), pool.entropy),
            ),
            Strategy(
                "margin",
                "Takes the tiles whose probabilities are closest to one half.",
                "margin",
                lambda pool, count, rng: Choice(_nobody(), pool.margin),
            ),
            Strategy(
                "k-centre",
                "Takes, one by one, the tile least like all tiles taken before.",
                "coverage",
                lambda pool, count, rng: Choice(*k_centre(*pool.directions, count)),
            ),
            Strategy(
                "k-means",
                "Groups the tiles by their looks and takes the most typical one of each.",
                "coverage",
                lambda pool, count, rng: Choice(*k_means(pool.directions[0], count, rng)),
            ),
            Strategy(
                "active-ft",
                "Takes a set of different tiles that together look like the whole area (ActiveFT).",
                "coverage",
                lambda pool, count, rng: Choice(*active_ft(*pool.directions, count, rng)),
            ),
            Strategy(
                "active-ft-paper",
                "ActiveFT with the loss printed in the paper instead of that of its released code.",
                "coverage",
                lambda pool, count, rng: Choice(*active_ft(*pool.directions, count, rng, use_paper_loss=True)),
            ),
            Strategy(
                "p1",
                "Groups the tiles by their looks and takes the one with the lowest expected IoU in each.",
                "predicted-iou",
                lambda pool, count, rng: Choice(*error_first(pool.predicted_iou, pool.coordinates[0], count, rng)),
            ),
            Strategy(
                "p2",
                "Takes, one by one, the tile with a low expected IoU that is least like the labelled ones.",
                "predicted-iou",
                lambda pool, count, rng: Choice(*error_and_novelty(pool.predicted_iou, *pool.coordinates, count)),
            ),
        )
    }
)
