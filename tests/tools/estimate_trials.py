"""Does the estimate of the map's quality hold what it says? Many simulated campaigns a region: estimate_trials.csv.

Each campaign draws its rounds of ten tiles by a strategy and judges the version that the region was left out of.
Nothing is trained, so a campaign takes milliseconds: ``python tests/tools/estimate_trials.py``. What the map gains by
mending alone, by any strategy, is told on the way (mending_trials.csv).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from base_model_trials import append
from numpy.typing import NDArray
from proof import PLACES, imagery_of, opened

from tiletriage.models.evaluation.estimators import Estimate, ProbabilitySample, estimate_footprints, estimate_map
from tiletriage.models.evaluation.exam import count_pixels
from tiletriage.models.evaluation.footprint_match import match_on_tile
from tiletriage.models.evaluation.oracle import Seen, look
from tiletriage.models.evaluation.region import Region
from tiletriage.models.imagery.raster import Imagery, open_imagery
from tiletriage.models.priority.annotation_cost import AnnotationCost
from tiletriage.models.priority.queue import Observations, queue_tiles
from tiletriage.models.priority.strategies import Pool, rank_pool
from tiletriage.models.priority.uncertainty import TileStatistics
from tiletriage.models.segmentation.metrics import ConfusionCounts

TRIALS = Path(__file__).parents[2] / "models" / "evaluation" / "estimate_trials.csv"
ROUND = 10


@dataclass(frozen=True)
class Judged:
    """A version on every tile of a region, (tile, 3) each: true positives, false positives, false negatives.

    A footprint is seen with the surroundings of its tile and counts on the tile where its representative point lies.
    """

    pixels: NDArray[np.int64]
    footprints: NDArray[np.int64]
    minutes: NDArray[np.float64]  # (tile,) of annotating it


def judge(region: Region, seen: Seen, imagery: Imagery) -> Judged:
    found = [
        match_on_tile(region.predictor, imagery, region.grid, tile, region.labels_on(place))
        for place, tile in enumerate(region.area.tiles)
    ]
    minutes = [AnnotationCost().minutes(each, 1) for each in found]
    return Judged(_rows(count_pixels(region.area, seen.layers, len(region.classes))), _rows(found), np.array(minutes))


def _rows(counts: Sequence[ConfusionCounts]) -> NDArray[np.int64]:
    return np.array([(each.tp, each.fp, each.fn) for each in counts])


def pool_of(region: Region, seen: Seen) -> Pool:
    """All tiles of the area as a strategy sees them before anything is labelled."""
    tiles, nothing = list(region.area.tiles), Observations(np.empty((0, 4)), np.empty(0), np.empty(0, bool))
    rng, set_, tile_m2 = np.random.default_rng(0), region.calibration_set, region.grid.tile_m2
    predicted = queue_tiles(seen.scores, tiles, [], nothing, set_, "random", ROUND, tile_m2, rng).predicted_iou
    read_off = TileStatistics(*np.stack([seen.scores[tile].statistics for tile in tiles]).T)
    return Pool(
        embedding=np.stack([seen.scores[tile].embedding for tile in tiles]),
        labelled_embedding=np.empty((0, 0), np.float32),
        entropy=read_off.entropy,
        margin=read_off.margin,
        foreground_fraction=read_off.foreground_fraction,
        predicted_iou=np.array([predicted[tile] for tile in tiles]),
        minutes=AnnotationCost().expected_minutes(read_off.foreground_fraction * tile_m2),
        places=np.array([(tile.row, tile.column) for tile in tiles]),
    )


def part(every: Pool, places: NDArray, labelled: NDArray) -> Pool:
    """The tiles in some places, beside labelled ones."""
    names = ("embedding", "entropy", "margin", "foreground_fraction", "predicted_iou", "minutes", "places")
    rows = {name: getattr(every, name)[places] for name in names}
    return Pool(labelled_embedding=every.embedding[labelled], **rows)


def campaign(region: Region, every: Pool, judged: Judged, strategy: str, rounds: int, seed: int) -> Iterator[dict]:
    """A line after each round."""
    rng = np.random.default_rng(seed)
    known, drawn = np.empty(0, np.intp), list[tuple[NDArray, NDArray, NDArray]]()
    for _ in range(rounds):
        pool = np.setdiff1d(region.pool, known)
        ranking = rank_pool(part(every, pool, known), strategy, ROUND, rng)
        chosen = np.argsort(ranking.rank)[:ROUND]
        if ranking.probability is not None:
            certain = pool[chosen[ranking.probability[chosen] == 1]]
            drawn.append((pool[chosen], ranking.probability[chosen], np.setdiff1d(pool, certain)))
        known = np.concatenate([known, pool[chosen]])
        left = np.setdiff1d(region.pool, known)
        samples = [_sample(known, *each) for each in drawn]
        shown = np.column_stack([counts[known, :2].sum(axis=1) for counts in (judged.footprints, judged.pixels)])
        (pixels, wrong_px, iou, _), (footprints, wrong, footprint_iou, buildings) = (
            _truth(counts, known, left) for counts in (judged.pixels, judged.footprints)
        )
        shown_px = judged.pixels[left, :2].sum()
        by_pixel = estimate_map(pixels, shown_px, wrong_px, samples)
        by_footprint = estimate_footprints(footprints, shown_px, wrong, shown, samples)
        f1, amount = (by_footprint.f1, by_footprint.amount.times(1 / buildings)) if by_footprint else (None, None)
        yield {
            "tiles": len(known),
            "minutes": round(float(judged.minutes[known].sum()), 1),
            **_compared("iou", by_pixel.iou if by_pixel else None, iou),
            **_compared("footprint_f1", f1, 2 * footprint_iou / (1 + footprint_iou)),
            **_compared("buildings", amount, 1.0),
        }


def _truth(counts: NDArray, known: NDArray, left: NDArray) -> tuple[int, NDArray, float, int]:
    """What is annotated and what is wrong there, then the IoU of the finished map, and how much there is in all."""
    annotated, wrong = counts[known][:, [0, 2]].sum(), counts[known, 1:].astype(float)
    iou = (annotated + counts[left, 0].sum()) / (annotated + counts[left].sum())
    return annotated, wrong, iou, annotated + counts[left][:, [0, 2]].sum()


def _sample(known: NDArray, chosen: NDArray, probability: NDArray, met: NDArray) -> ProbabilitySample:
    """What a round drew by lot, given all annotated tiles by now and those that the lot might have met."""
    by_lot = probability < 1
    places = np.flatnonzero(np.isin(known, chosen[by_lot]))
    of_known = dict(zip(chosen.tolist(), probability.tolist()))
    chances = np.array([of_known[place] for place in known[places].tolist()])
    return ProbabilitySample(places, chances, int(by_lot.sum()), np.flatnonzero(np.isin(known, met)))


def _compared(name: str, found: Estimate | None, truth: float) -> dict[str, float | None]:
    """Of what is not told only the truth is known."""
    figures: dict[str, float | None] = {"truth": truth, "error": None, "covered": None, "width": None}
    if found:
        covered = found.low <= truth <= found.high
        figures |= {"error": found.value - truth, "covered": covered, "width": found.high - found.low}
    return {f"{name}_{key}": figure for key, figure in figures.items()}


@click.command()
@click.option("--strategy", "strategies", multiple=True, default=["map-gain", "random"], show_default=True)
@click.option("--campaigns", default=200, show_default=True)
@click.option("--rounds", default=4, show_default=True, help="Of ten tiles.")
@click.option("--output", type=click.Path(path_type=Path), default=TRIALS, show_default=True)
def main(strategies: tuple[str, ...], campaigns: int, rounds: int, output: Path) -> None:
    output.unlink(missing_ok=True)
    for place in PLACES:
        region = opened(place, exam_tiles=1)  # all tiles but one block can be annotated
        seen = look(region.predictor, region.area)
        judged, every = judge(region, seen, open_imagery(imagery_of(place))), pool_of(region, seen)
        for strategy in strategies:
            lines = [
                line for seed in range(campaigns) for line in campaign(region, every, judged, strategy, rounds, seed)
            ]
            append(
                [_summary(place.name, strategy, tiles, lines) for tiles in sorted({r["tiles"] for r in lines})], output
            )
    for line in csv.DictReader(output.open(encoding="utf-8")):
        click.echo(line)


def _summary(region: str, strategy: str, tiles: int, lines: list[dict]) -> dict:
    at = [line for line in lines if line["tiles"] == tiles]
    told = sum(line["footprint_f1_covered"] is not None for line in at) / len(at)
    figures = {"campaigns": len(at), "footprints_told": told, **_means(at)}
    return {"region": region, "strategy": strategy, "tiles": tiles, **figures}


def _means(lines: list[dict]) -> dict[str, float | None]:
    """Of each figure over the campaigns that tell it; None where none does."""
    figures = {name: [line[name] for line in lines if line[name] is not None] for name in lines[0] if name != "tiles"}
    return {name: round(float(np.mean(each)), 4) if each else None for name, each in figures.items()}


if __name__ == "__main__":
    main()
