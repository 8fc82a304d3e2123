"""Trials of fine-tuning on regions left out of training: what each share of the way gives, and what labels foretell.

Some tiles of a region are annotated by chance, and a start version that has not seen it learns from them. Each line of
``build/fine-tuning/trials.jsonl`` is one such learning: the pixel IoU and footprint F1 on all other tiles at every
share of the way, and what was measured of held-out annotated tiles alone. Run again after an interruption: it goes on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

import base_model
import click
import numpy as np
import torch
from proof import PLACES, Place, imagery_of

from tiletriage.models.annotation.mask import BUILDING, IGNORE
from tiletriage.models.evaluation.exam import examine
from tiletriage.models.evaluation.oracle import look
from tiletriage.models.evaluation.region import Region, open_region
from tiletriage.models.jobs import run as run_quietly
from tiletriage.models.segmentation.prediction import Predictor
from tiletriage.models.segmentation.unet import UNet
from tiletriage.models.training.fine_tune import FineTuning, Run
from tiletriage.models.training.samples import Samples
from tiletriage.models.training.split import block_of

OUT = base_model.ROOT / "build" / "fine-tuning" / "trials.jsonl"
SHARES = (0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Setting:
    """A way to fine-tune, and the folds that its share of the way is found by."""

    tuning: FineTuning
    folds: int
    fold_tuning: FineTuning


FULL = FineTuning()
SETTINGS = {
    "4 folds of 40": Setting(FULL, 4, replace(FULL, steps=40)),
    "decoder": Setting(replace(FULL, method="decoder"), 4, replace(FULL, method="decoder", steps=40)),
    "half rates": Setting(
        replace(FULL, encoder_rate=2.5e-4, decoder_rate=5e-4),
        4,
        replace(FULL, steps=40, encoder_rate=2.5e-4, decoder_rate=5e-4),
    ),
}


def learnt(predictor: Predictor, samples: Samples, tuning: FineTuning, seed: int) -> UNet:
    """What the tiles teach, the whole way."""
    is_new = np.ones(len(samples.tiles), bool)
    run = Run(deepcopy(predictor.network), samples, is_new, tuning, seed, predictor.device, predictor.is_mixed)
    while not run.is_finished:
        for _ in run.train_epoch():
            pass
    return run.best


def between(start: UNet, end: UNet, share: float) -> UNet:
    network, ends = deepcopy(start), end.state_dict()
    network.load_state_dict(
        {n: torch.lerp(v, ends[n], share) if v.is_floating_point() else v for n, v in start.state_dict().items()}
    )
    return network.eval()


def mean_of(networks: Sequence[UNet]) -> UNet:
    mean = deepcopy(networks[0])
    states = [network.state_dict() for network in networks]
    mean.load_state_dict(
        {n: torch.stack([s[n] for s in states]).mean(0) if v.is_floating_point() else v for n, v in states[0].items()}
    )
    return mean


def folds_of(samples: Samples, count: int, rng: np.random.Generator) -> np.ndarray:
    """The fold of each tile, by blocks: those with buildings dealt out first, so that each fold has some."""
    has_buildings = (samples.masks == BUILDING).flatten(1).any(1).numpy()
    blocks: dict[tuple[int, int], list[int]] = {}
    for place, tile in enumerate(samples.tiles):
        blocks.setdefault(block_of(tile), []).append(place)
    order = [list(blocks.values())[i] for i in rng.permutation(len(blocks))]
    order.sort(key=lambda places: not has_buildings[places].any())
    fold = np.empty(len(samples.tiles), int)
    for number, places in enumerate(order):
        fold[places] = number % count
    return fold


def held_out(predictor: Predictor, network: UNet, samples: Samples) -> dict[str, list[float]]:
    """Of each tile: entropy, and building pixels that are shown, true and both, hard and soft."""
    seen = replace(predictor, network=network).predict_normalized(
        samples.pixels.float(), samples.masks.numpy() != IGNORE
    )
    known = samples.masks.numpy() != IGNORE
    true, p = (samples.masks.numpy() == BUILDING), np.clip(seen.probability, 1e-6, 1 - 1e-6)
    entropy = -(np.log(np.where(true, p, 1 - p)) * known)
    axes = (1, 2)
    shown = (p >= 0.5) & known
    return {
        "entropy": (entropy.sum(axes) / known.sum(axes).clip(1)).round(5).tolist(),
        "shown": shown.sum(axes).tolist(),
        "true": true.sum(axes).tolist(),
        "both": (shown & true).sum(axes).tolist(),
        "soft_shown": (p * known).sum(axes).round(1).tolist(),
        "soft_both": (p * true).sum(axes).round(1).tolist(),
    }


def truth(region: Region, network: UNet, places: torch.Tensor) -> list[float]:
    """Pixel IoU, footprint F1 and mean matched IoU on some tiles of the pool."""
    part = region.pool.part(places)
    seen = look(replace(region.predictor, network=network), part).layers
    result = examine("", part, seen, region.footprints, region.grid)
    return [round(result.iou, 4), round(result.footprint_f1, 4), round(result.matched_iou, 4)]


def trial(region: Region, name: str, tiles: int, seed: int) -> dict:
    setting, rng = SETTINGS[name], np.random.default_rng((seed, tiles))
    order = torch.from_numpy(rng.permutation(len(region.pool.tiles)))
    samples, others = region.pool.part(order[:tiles]), order[tiles:].sort().values
    start, began = region.predictor.network, time.monotonic()
    whole = learnt(region.predictor, samples, setting.tuning, seed)
    seconds = [time.monotonic() - began]
    fold, ends, found = folds_of(samples, setting.folds, rng), [], {share: {} for share in (0.0, *SHARES)}
    for number in range(setting.folds):
        kept = torch.from_numpy(np.flatnonzero(fold != number))
        ends.append(learnt(region.predictor, samples.part(kept), setting.fold_tuning, seed))
        out = torch.from_numpy(np.flatnonzero(fold == number))
        if len(out):
            for share in found:
                network = between(start, ends[-1], share)
                for key, values in held_out(region.predictor, network, samples.part(out)).items():
                    found[share].setdefault(key, []).extend(values)
    seconds.append(time.monotonic() - began - seconds[0])
    soup = mean_of(ends)
    return {
        "seconds": [round(s, 1) for s in seconds],
        "held_out": found,
        "start": truth(region, start, others),
        "whole": {share: truth(region, between(start, whole, share), others) for share in SHARES},
        "soup": {share: truth(region, between(start, soup, share), others) for share in SHARES},
    }


def opened(place: Place, start: Path) -> Region:
    job = open_region(
        imagery_of(place),
        place.labels,
        start,
        area=place.area,
        gsd_metres=place.gsd_metres,
        tile_size_px=place.tile_size_px,
        name=place.name,
        has_gate=False,
        exam_tiles=4,
        precision=base_model.BUILD / "precision.json",
    )
    return run_quietly(job)


@click.command()
@click.option("--setting", "settings", multiple=True, type=click.Choice(list(SETTINGS)), default=["4 folds of 40"])
@click.option("--place", "places", multiple=True)
@click.option("--tiles", multiple=True, type=int, default=[10, 20, 40])
@click.option("--seeds", default=3)
@click.option("--start", type=Path, required=True, help="Folder with the start versions.")
def main(settings, places, tiles, seeds, start) -> None:
    base_model.BUILD.mkdir(parents=True, exist_ok=True)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    known = [json.loads(line)["key"] for line in OUT.open()] if OUT.exists() else []
    for place in PLACES:
        if places and place.name not in places:
            continue
        region = opened(place, start / f"without-{place.name}")
        for seed in range(seeds):
            for count in tiles:
                for name in settings:
                    key = [start.name, place.name, name, count, seed]
                    if key not in known:
                        line = {"key": key, **trial(region, name, count, seed)}
                        with OUT.open("a") as file:
                            file.write(json.dumps(line) + "\n")
                        click.echo(f"{key} {line['seconds']} {line['start']} {line['whole']} {line['soup']}")


if __name__ == "__main__":
    main()
