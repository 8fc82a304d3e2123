"""Trials of fine-tuning on regions left out of training: what each mixing gives, and which one the tiles advise.

Some tiles of a region are annotated by chance, and a base model that has not seen it learns from them. Pixel IoU and
footprint F1 are those on all other tiles. Lines are appended to mixing_trials.csv; what is there is not run again.
"""

from __future__ import annotations

import csv
import time
from copy import deepcopy
from dataclasses import replace

import base_model
import click
import numpy as np
import torch
from base_model_trials import append
from proof import PLACES, opened

from tiletriage.models.choices import METHODS
from tiletriage.models.evaluation.exam import examine
from tiletriage.models.evaluation.oracle import look
from tiletriage.models.evaluation.region import Region
from tiletriage.models.jobs import run as run_quietly
from tiletriage.models.segmentation.unet import UNet
from tiletriage.models.training.cross_validation import HALF_WAY, MIXINGS
from tiletriage.models.training.fine_tune import FineTuning, Run
from tiletriage.models.training.interpolation import interpolate

TRIALS = base_model.ROOT / "models" / "training" / "mixing_trials.csv"
SETTINGS = {
    "default": FineTuning(),
    "half rates": FineTuning(encoder_rate=2.5e-4, decoder_rate=5e-4),
    "half steps": FineTuning(steps=40),
    **{method: FineTuning(method, folds=1) for method in METHODS},  # beside one another, without their trials
}


def learn(region: Region, places: torch.Tensor, settings: FineTuning, seed: int) -> Run:
    """The start, fine-tuned on some tiles of the pool that are all new to it."""
    predictor, is_new = region.predictor, np.ones(len(places), bool)
    network = deepcopy(predictor.network)
    run = Run(network, region.samples(places), is_new, settings, seed, predictor.device, predictor.is_mixed)
    while not run.is_finished:
        run_quietly(run.train_epoch())
    return run


def measure(region: Region, network: UNet, places: torch.Tensor) -> dict[str, float]:
    """How good a network is on some tiles of the pool."""
    part = region.samples(places)
    seen = look(replace(region.predictor, network=network), part).layers
    result = examine("", part, seen, region.labels, region.grid, region.classes)
    return {name: round(getattr(result, name), 4) for name in ("iou", "footprint_f1", "matched_iou")}


def trial(region: Region, name: str, tiles: int, seed: int) -> list[dict]:
    """A line for each mixing."""
    order = torch.from_numpy(np.random.default_rng((seed, tiles)).permutation(region.pool))
    chosen, others = order[:tiles], order[tiles:].sort().values
    began = time.monotonic()
    run = learn(region, chosen, SETTINGS[name], seed)
    seconds = round(time.monotonic() - began, 1)
    return [
        {
            "mixing": mixing,
            "is_chosen": mixing == run.mixing,
            **measure(region, interpolate(region.predictor.network, run.learnt, mixing), others),
            "seconds": seconds,
        }
        for mixing in (MIXINGS if SETTINGS[name].folds > 1 else (0.0, HALF_WAY, 1.0))
    ]


@click.command()
@click.option("--setting", "settings", multiple=True, type=click.Choice(list(SETTINGS)), default=["default"])
@click.option("--region", "regions", multiple=True, type=click.Choice([place.name for place in PLACES]))
@click.option("--tiles", multiple=True, type=int, default=[10, 20, 40], show_default=True)
@click.option("--seeds", default=3, show_default=True)
def main(settings: tuple[str, ...], regions: tuple[str, ...], tiles: tuple[int, ...], seeds: int) -> None:
    known = {tuple(line.values())[:4] for line in csv.DictReader(TRIALS.open())} if TRIALS.exists() else set()
    for place in PLACES:
        if regions and place.name not in regions:
            continue
        region = opened(place)
        for key in [(place.name, name, count, seed) for seed in range(seeds) for count in tiles for name in settings]:
            if tuple(map(str, key)) not in known:
                of = dict(zip(("left_out", "setting", "tiles", "seed"), key))
                lines = [of | line for line in trial(region, *key[1:])]
                append(lines, TRIALS)
                click.echo("\n".join(map(str, lines)))


if __name__ == "__main__":
    main()
