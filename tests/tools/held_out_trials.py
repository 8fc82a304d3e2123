"""How well held-out tiles advise: how far to go from the start, and whether to activate what came out.

Rounds of ten tiles are drawn on regions left out of training, a version learns from them, and every mixing is looked at
on the whole region: held_out_trials.csv has what held-out tiles said of it beside what is true of all other tiles.
gate_campaigns.csv has how often each gate activates versions in campaigns drawn anew, where fresh tiles take the place
of held-out ones: such versions beside their start, and pairs of which none is better, made of two trainings of the base
model that are swapped from place to place. A campaign draws by what the first of a pair is unsure of. Run it with
``python tests/tools/held_out_trials.py``; what was learnt stays in build/held-out and is taken up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import product

import base_model
import click
import numpy as np
import pandas as pd
from estimate_trials import ROUND, part, pool_of
from numpy.typing import NDArray
from proof import PLACES, Place, opened

from tiletriage.models.campaign.model_store import load_network
from tiletriage.models.evaluation.exam import count_pixels
from tiletriage.models.evaluation.oracle import Seen, look
from tiletriage.models.evaluation.region import Region
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.jobs import run as run_quietly
from tiletriage.models.priority.strategies import Pool, rank_pool
from tiletriage.models.segmentation.metrics import ConfusionCounts, class_counts, iou_of
from tiletriage.models.training.cross_validation import HALF_WAY, MIXINGS, HeldOut, mixing_of
from tiletriage.models.training.fine_tune import FineTuning, Run
from tiletriage.models.training.gate import measure_difference
from tiletriage.models.training.interpolation import interpolate
from tiletriage.models.training.split import choose_exam_tiles

BUILD = base_model.ROOT / "build" / "held-out"
TRIALS = base_model.ROOT / "models" / "training" / "held_out_trials.csv"
CAMPAIGNS = TRIALS.with_name("gate_campaigns.csv")
EXAM_TILES = 40
CELL = 4  # tiles on a side of what is swapped as one, to make two versions that are alike
ONE_IN = 5  # tiles are held out by gate b


@dataclass(frozen=True)
class Drawn:
    """Tiles in the order of annotation, places in the area, and their inclusion probabilities; both (tile,)."""

    places: NDArray[np.intp]
    probability: NDArray[np.float64]


@dataclass(frozen=True)
class Looked:
    """A version on every tile of a region: what a strategy knows of it, and how right it is, (tile, 3)."""

    every: Pool
    counts: NDArray[np.int64]


def draw(every: Pool, pool: NDArray[np.intp], strategy: str, tiles: int, rng: np.random.Generator) -> Drawn:
    places, probability = np.empty(0, np.intp), np.empty(0)
    while len(places) < tiles:
        left = np.setdiff1d(pool, places)
        ranking = rank_pool(part(every, left, places), strategy, ROUND, rng)
        chosen = np.argsort(ranking.rank)[:ROUND]
        places = np.concatenate([places, left[chosen]])
        probability = np.concatenate([probability, ranking.probability[chosen]])
    return Drawn(places, probability)


def learn(region: Region, seen: Seen, every: Pool, strategy: str, tiles: int, seed: int) -> dict:
    """What a version has learnt from tiles, and how right every mixing is on each tile of the area."""
    drawn = draw(every, region.pool, strategy, tiles, np.random.default_rng(seed))
    start, is_new = region.predictor, np.ones(tiles, bool)
    samples = region.samples(drawn.places)
    run = Run(deepcopy(start.network), samples, is_new, FineTuning(), seed, start.device, start.is_mixed)
    while not run.is_finished:
        run_quietly(run.train_epoch())
    area = {"0.0": _rows(count_pixels(region.area, seen.layers, len(region.classes)))}
    for mixing in MIXINGS[1:]:
        mixed = replace(start, network=interpolate(start.network, run.learnt, mixing))
        area[str(mixing)] = _rows(count_pixels(region.area, look(mixed, region.area).layers, len(region.classes)))
    return {
        "known": drawn.places.tolist(),
        "chance": drawn.probability.tolist(),
        "held": [[each.place, each.confusion] for each in run._held_out],
        "area": area,
    }


def _rows(counts: tuple[ConfusionCounts, ...]) -> list[list[int]]:
    return [[each.tp, each.fp, each.fn] for each in counts]


def advised(learnt: dict, pool: NDArray[np.intp], tiles: list[Tile]) -> Iterator[dict]:
    """A line for each mixing: what held-out tiles said, and the IoU of all tiles of the pool beside them."""
    held_out = [HeldOut(*each) for each in learnt["held"]]
    annotated = [tiles[place] for place in learnt["known"]]
    chosen = mixing_of(annotated, held_out, len(annotated))
    left = np.setdiff1d(pool, learnt["known"])
    counts = class_counts(np.array([each.confusion for each in held_out])).sum(axis=2)
    for number, mixing in enumerate(MIXINGS):
        said = iou_of(counts[:, number].sum(axis=0))
        true = iou_of(np.array(learnt["area"][str(mixing)])[left].sum(axis=0))
        yield {"mixing": mixing, "is_chosen": mixing == chosen, "held_out_iou": float(said), "iou": float(true)}


def swapped(first: Looked, second: Looked, cells: NDArray[np.intp], rng: np.random.Generator) -> tuple[Looked, Looked]:
    """Two versions, each the first one in half of the ``cells`` (tile,), and the second one elsewhere."""
    swap = (rng.random(cells.max() + 1) < 0.5)[cells]

    def mixed(one: Looked, other: Looked) -> Looked:
        drawn_by = {
            name: np.where(swap, getattr(other.every, name), getattr(one.every, name))
            for name in ("entropy", "margin", "foreground_fraction", "predicted_iou", "minutes")
        }
        return Looked(replace(one.every, **drawn_by), np.where(swap[:, None], other.counts, one.counts))

    return mixed(first, second), mixed(second, first)


def campaign(
    before: Looked, after: Looked, pool: NDArray[np.intp], tiles: list[Tile], rng: np.random.Generator
) -> Iterator[dict]:
    """The gates asked of a version and the one after it, in a campaign that draws by what the first is unsure of."""
    drawn = draw(before.every, pool, "map-gain", 40, rng)
    exam = [tiles.index(tile) for tile in choose_exam_tiles([tiles[place] for place in pool], EXAM_TILES, rng)]
    for annotated in (10, 20, 40):
        places, probability = drawn.places[:annotated], drawn.probability[:annotated]
        some = rng.permutation(annotated)[: annotated // ONE_IN]
        rest = np.setdiff1d(pool, places)
        gain = float(np.diff([iou_of(side.counts[rest].sum(axis=0)) for side in (before, after)])[0])
        alike = np.ones(len(places))
        asked = {
            "a: held out in turn": (places, alike),
            "a: weighted by chance ** -0.5": (places, probability**-0.5),
            "a: weighted by 1 / chance": (places, 1 / probability),
            "b: one in five": (places[some], alike[some]),
            "c: exam": (np.array(exam), np.ones(len(exam))),
        }
        for gate, (judges, weight) in asked.items():
            weighed = ((100 * weight[:, None] * side.counts[judges]).round() for side in (before, after))
            sides = ([ConfusionCounts(*map(int, row)) for row in counts] for counts in weighed)
            found = measure_difference([tiles[place] for place in judges], *sides)
            yield {"gate": gate, "tiles": annotated, "gain": gain, "activated": found.is_better_than_noise}


def _kept(
    place: Place,
    region: Region,
    seen: Seen,
    every: Pool,
    strategies: tuple[str, ...],
    sizes: tuple[int, ...],
    seeds: int,
) -> Iterator[tuple[dict, dict]]:
    """Everything that was learnt in a region; what is not kept yet is learnt now."""
    for strategy, tiles, seed in product(strategies, sizes, range(seeds)):
        path = BUILD / f"{place.name}-{strategy}-{tiles}-{seed}.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(learn(region, seen, every, strategy, tiles, seed)), encoding="utf-8")
            click.echo(path.stem)
        key = {"region": place.name, "strategy": strategy, "tiles": tiles, "seed": seed}
        yield key, json.loads(path.read_text(encoding="utf-8"))


def _rival(place: Place, region: Region) -> Looked:
    """Another training of the base model without the region."""
    folder = base_model.train_without(place.name, base_model.BaseTraining(), seed=1)
    network, _ = load_network(folder)
    seen = look(replace(region.predictor, network=network.to(region.predictor.device)), region.area)
    return Looked(pool_of(region, seen), np.array(_rows(count_pixels(region.area, seen.layers, len(region.classes)))))


@click.command()
@click.option("--strategy", "strategies", multiple=True, default=["map-gain", "random"], show_default=True)
@click.option("--tiles", "sizes", multiple=True, type=int, default=[10, 20], show_default=True)
@click.option("--seeds", default=2, show_default=True)
@click.option("--times", default=40, show_default=True, help="Campaigns drawn of each version.")
def main(strategies: tuple[str, ...], sizes: tuple[int, ...], seeds: int, times: int) -> None:
    lines, asked = [], []
    for place in PLACES:
        region = opened(place, exam_tiles=1)
        seen, tiles = look(region.predictor, region.area), list(region.area.tiles)
        start = Looked(
            pool_of(region, seen), np.array(_rows(count_pixels(region.area, seen.layers, len(region.classes))))
        )
        for key, learnt in _kept(place, region, seen, start.every, strategies, sizes, seeds):
            lines += [key | line for line in advised(learnt, region.pool, tiles)]
            half_way = Looked(start.every, np.array(learnt["area"][str(HALF_WAY)]))
            left = np.setdiff1d(region.pool, learnt["known"])
            for time in range(times):
                asked += campaign(start, half_way, left, tiles, np.random.default_rng(time))
        cells = np.unique([(t.row // CELL, t.column // CELL) for t in tiles], axis=0, return_inverse=True)[1].ravel()
        rival = _rival(place, region)
        for time in range(4 * times):
            rng = np.random.default_rng(time)
            asked += campaign(*swapped(start, rival, cells, rng), region.pool, tiles, rng)
    pd.DataFrame(lines).round(4).to_csv(TRIALS, index=False)
    table = pd.DataFrame(asked)
    table["version"] = pd.cut(table.gain, [-1, 0, 0.02, 0.05, 1], labels=["no better", "0-0.02", "0.02-0.05", "0.05-"])
    groups = table.groupby(["gate", "tiles", "version"], observed=True).activated
    summary = groups.agg(campaigns="size", activated_percent="mean").reset_index()
    summary["activated_percent"] = (100 * summary["activated_percent"]).round(1)
    summary.to_csv(CAMPAIGNS, index=False)
    click.echo(summary.to_string())


if __name__ == "__main__":
    main()
