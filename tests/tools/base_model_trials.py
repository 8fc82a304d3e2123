"""Trials of recipes for the base model, each trained without a region and measured there: base_model_trials.csv.

Run it with ``python tests/tools/base_model_trials.py --recipe border``; what is in the CSV already is not run again,
and an interrupted training goes on where it stopped.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import base_model
import click

from tiletriage.models.pretraining.base_training import STRONG, BaseTraining
from tiletriage.models.segmentation.architecture import Architecture

TRIALS = Path(__file__).with_suffix(".csv")
BORDER_TRIALS = TRIALS.with_name("border_trials.csv")
BORDER_THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.6)
CHOSEN = BaseTraining()


@dataclass(frozen=True)
class Recipe:
    """A network and how it is trained."""

    architecture: Architecture = field(default_factory=Architecture)
    training: BaseTraining = CHOSEN
    synthetic_seeds: Sequence[int] = ()


RECIPES: Mapping[str, Recipe] = {
    "border": Recipe(),  # the chosen one
    "long": Recipe(training=replace(CHOSEN, steps=4000)),
    "mask": Recipe(Architecture(has_border=False)),
    "slow encoder": Recipe(training=replace(CHOSEN, encoder_rate=2e-4)),
    "synthetic": Recipe(synthetic_seeds=(101, 102, 103, 104)),
    "wide": Recipe(
        training=replace(
            CHOSEN, augmentation=replace(STRONG, scale=1.6, gain=0.4, offset=0.8, band_offset=0.4, noise=0.1)
        )
    ),
}


@click.command()
@click.option("--recipe", "recipes", type=click.Choice(list(RECIPES)), multiple=True, required=True)
@click.option("--region", "regions", type=click.Choice(list(base_model.REGIONS)), multiple=True, help="Left out.")
@click.option("--seed", "seeds", type=int, multiple=True, default=[0])
@click.option("--borders", is_flag=True, help="Try thresholds of the border as well: border_trials.csv.")
def main(recipes: tuple[str, ...], regions: tuple[str, ...], seeds: tuple[int, ...], borders: bool) -> None:
    for name in recipes:
        for seed in seeds:
            for region in regions or base_model.REGIONS:
                for gsd in base_model.MEASURED_AT_METRES:
                    run(name, region, seed, gsd)
                    for threshold in BORDER_THRESHOLDS if borders else ():
                        run(name, region, seed, gsd, threshold)


def run(name: str, region: str, seed: int, gsd: float, border_threshold: float | None = None) -> None:
    """One recipe with one seed on one region, at one GSD, unless it was run."""
    key = {"recipe": name, "left_out": region, "seed": seed, "gsd_metres": gsd}
    options = {"border_threshold": border_threshold} if border_threshold else {}
    table = BORDER_TRIALS if options else TRIALS
    known = {name: str(value) for name, value in (key | options).items()}
    if table.exists() and any(known.items() <= line.items() for line in csv.DictReader(table.open(encoding="utf-8"))):
        return
    recipe = RECIPES[name]
    among = base_model.BUILD / "trials" / name
    folder = base_model.train_without(region, recipe.training, seed, recipe.architecture, among, recipe.synthetic_seeds)
    measured = base_model.measure(folder, region, gsd, **options)
    counts = measured.footprints
    drawn = {"true": counts.tp + counts.fn, "drawn": counts.tp + counts.fp, "matched": counts.tp}
    line = {**key, **options, "steps": recipe.training.steps, **measured.figures(), **drawn}
    append([line], table)
    click.echo(line)


def append(lines: Sequence[Mapping], table: Path) -> None:
    """More lines of a CSV file, all with the same columns."""
    is_new = not table.exists()
    with table.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, lines[0], lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    main()
