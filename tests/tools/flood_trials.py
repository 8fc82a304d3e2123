"""What each way to fine-tune learns of a flood from few tiles, there and at another flood: makes ``flood_trials.csv``.

A blank start of six bands learns from 5, 10, 20 and 40 tiles of a river in flood, drawn by chance, and is measured on
whole components of the scene that it has not seen. Then it is shown another flood, in Spain, in the same bands: as it
is, normalized by its own statistics and by those of the river, and after it has gone on from 5 and 10 tiles of that,
as far as a campaign goes and all of the way. Run it with ``python tests/tools/flood_trials.py --seed 0``; trials whose
lines are all in the CSV are not run again.
"""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
import torch
from class_trials import SPAIN, TRIAL_SETS, TRIALS, append, region_of
from numpy.typing import NDArray

from tiletriage.models.annotation.label_source import ClassReading
from tiletriage.models.evaluation.exam import count_pixels
from tiletriage.models.evaluation.oracle import look
from tiletriage.models.evaluation.region import Region, open_region
from tiletriage.models.imagery.normalization import Normalization
from tiletriage.models.jobs import run as run_quietly
from tiletriage.models.segmentation.metrics import ConfusionCounts
from tiletriage.models.segmentation.unet import UNet
from tiletriage.models.training.augmentation import Augmentation
from tiletriage.models.training.fine_tune import FineTuning, Run
from tiletriage.models.training.lora import LowRank
from tiletriage.models.training.split import choose_exam_tiles

FLOODS = TRIALS.with_name("flood_trials.csv")
SIZES, LOCAL_SIZES = (5, 10, 20, 40), (5, 10)
SAME_BANDS = ["B2", "B3", "B4", "B8", "B11", "B12"]  # blue, green, red, near and twice short-wave infrared
COLOURS = Augmentation(gain=0.4, offset=0.6, band_offset=0.4)  # twice to four times as much as usual
WAYS = {
    "decoder": FineTuning("decoder"),
    "full": FineTuning("full"),
    **{f"lora-{rank}": FineTuning("lora", low_rank=LowRank(rank, 2.0 * rank)) for rank in (2, 8, 32)},
    "lora-8-colours": FineTuning("lora", augmentation=COLOURS),
    "decoder-colours": FineTuning("decoder", augmentation=COLOURS),
}
PLACES = ("river", "spain", "spain, normalized as the river", "spain, all of the way")
LINES = 3 + 2 * len(LOCAL_SIZES)  # of one trial


@dataclass(frozen=True)
class Floods:
    """The river and the other flood, whose tiles are read with their own normalization; places in its area, (tile,)."""

    river: Region
    spain: Region
    local: NDArray[np.intp]  # those that may be annotated there
    test: NDArray[np.intp]


@click.command()
@click.option("--way", "ways", type=click.Choice(list(WAYS)), multiple=True, help="By default all.")
@click.option("--seed", "seeds", type=int, multiple=True, default=[0])
@click.option("--tiles", "sizes", type=int, multiple=True, default=SIZES)
def main(ways: tuple[str, ...], seeds: tuple[int, ...], sizes: tuple[int, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        floods = open_floods(Path(folder))
        for seed in seeds:
            for tiles in sizes:
                for way in ways or WAYS:
                    lines = [key_of(line) for line in known()]
                    if len([key for key in lines if key[:3] == (way, str(seed), str(tiles))]) < LINES:
                        found = [line for line in trial(floods, way, tiles, seed) if key_of(line) not in lines]
                        append(found, FLOODS)
                        click.echo(found)


def key_of(line: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(line[name]) for name in ("way", "seed", "tiles", "place", "local"))


def known() -> list[dict[str, str]]:
    return list(csv.DictReader(FLOODS.open(encoding="utf-8"))) if FLOODS.exists() else []


def open_floods(folder: Path) -> Floods:
    river = region_of(TRIAL_SETS["flood-hls-by-component"], folder, seed=0)
    opening = open_region(
        SPAIN / "Spain_7370579_S2Hand.tif",
        SPAIN / "Spain_7370579_LabelHand.tif",
        folder / "campaign" / "versions" / "blank",
        tile_size_px=64,
        bands=SAME_BANDS,
        reading=ClassReading(meaning={"-1": "unlabelled"}),
        precision=folder / "precision.json",
    )
    spain = run_quietly(opening)
    tiles = list(spain.area.tiles)
    test = set(choose_exam_tiles(tiles, len(tiles) // 2, np.random.default_rng(0)))
    is_test = np.array([tile in test for tile in tiles])
    return Floods(river, spain, np.flatnonzero(~is_test), np.flatnonzero(is_test))


def trial(floods: Floods, way: str, tiles: int, seed: int) -> Iterator[dict[str, object]]:
    """A line for the river, one for the other flood as it is, and one for each number of tiles annotated there."""
    rng, key = np.random.default_rng(seed), {"way": way, "seed": seed, "tiles": tiles}
    river, settings = floods.river, replace(WAYS[way], folds=1)
    start, places = time.monotonic(), rng.permutation(river.pool)[:tiles]
    network, learning = learn(river, river.predictor.network, places, settings.from_blank(), seed)
    taken = {"learning": learning, "seconds": round(time.monotonic() - start, 1)}
    yield {**key, "place": PLACES[0], "local": 0, **measured(river, network, river.held_out), **taken}
    yield {**key, "place": PLACES[1], "local": 0, **measured(floods.spain, network, floods.test), **taken}
    yield {**key, "place": PLACES[2], "local": 0, **measured(as_river(floods), network, floods.test), **taken}
    local = rng.permutation(floods.local)
    for count in LOCAL_SIZES:
        for place, mixing in ((PLACES[1], None), (PLACES[3], 1.0)):
            start, wanted = time.monotonic(), replace(settings, mixing=mixing)
            adapted, learning = learn(floods.spain, network, local[:count], wanted, seed)
            taken = {"learning": learning, "seconds": round(time.monotonic() - start, 1)}
            yield {**key, "place": place, "local": count, **measured(floods.spain, adapted, floods.test), **taken}


def as_river(floods: Floods) -> Region:
    """The other flood, its pixels normalized by the statistics of the river."""
    own, other = (np.array([each.mean, each.std])[:, :, None, None] for each in normalizations(floods))
    pixels = floods.spain.area.pixels.numpy() * own[1] + own[0]
    area = replace(floods.spain.area, pixels=torch.from_numpy((pixels - other[0]) / other[1]).half())
    return replace(floods.spain, area=area)


def normalizations(floods: Floods) -> tuple[Normalization, Normalization]:
    return floods.spain.predictor.normalization, floods.river.predictor.normalization


def learn(region: Region, start: UNet, places: NDArray[np.intp], settings: FineTuning, seed: int) -> tuple[UNet, int]:
    """What a network has learnt from tiles, and how many of its weights learnt."""
    predictor = region.predictor
    is_new = np.ones(len(places), bool)
    run = Run(deepcopy(start), region.samples(places), is_new, settings, seed, predictor.device, predictor.is_mixed)
    while not run.is_finished:
        run_quietly(run.train_epoch())
    return run.interpolated(), run.learning_weights


def measured(region: Region, network: UNet, places: NDArray[np.intp]) -> dict[str, float]:
    samples = region.samples(places)
    seen = look(replace(region.predictor, network=network), samples)
    total = sum(count_pixels(samples, seen.layers, 1), ConfusionCounts())
    return {"iou": round(total.iou, 4), "f1": round(total.f1, 4)}


if __name__ == "__main__":
    main()
