"""Trains the base model that ships, and its left-out siblings that show whether it carries over (``make base-model``).

Each labelled region is left out once and the model of the others is measured on it; then one model is trained on all.
Everything resumes: run it again after an interruption.
"""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import click
import torch
from rich.progress import Progress

from tiletriage.models.imagery.raster import open_imagery
from tiletriage.models.segmentation.precision import is_bfloat16_safe
from tiletriage.models.segmentation.unet import Architecture, UNet
from tiletriage.models.training.base_training import BaseTraining, load_scenes, train
from tiletriage.models.training.model_store import VersionCard, save_version

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
BUILD = ROOT / "build" / "base-model"
REGIONS = {
    "zanzibar-north": [("buildings-zanzibar-north/scene.tif", "buildings-zanzibar-north/labels.geojson")],
    "banepa-oam": [("buildings-banepa-oam/scene_labelled.tif", "buildings-banepa-oam/labels.geojson")],
    "banepa-z21": [
        ("buildings-banepa-z21/scene_a.tif", "buildings-banepa-z21/labels.geojson"),
        ("buildings-banepa-z21/scene_b.tif", "buildings-banepa-z21/labels.geojson"),
    ],
}
SEED = 0


def train_without(left_out: str | None, settings: BaseTraining) -> Path:
    """The version folder of the model that has seen every region but one; trains it where it is missing."""
    name = f"without-{left_out}" if left_out else "base"
    folder = BUILD / name
    if folder.exists():
        return folder
    seen = {region: files for region, files in REGIONS.items() if region != left_out}
    architecture = Architecture()
    torch.manual_seed(SEED)
    job = train(
        UNet(architecture),
        [[scene for image, labels in files for scene in load_scenes(DATA / image, DATA / labels)] for files in seen.values()],
        settings,
        SEED,
        BUILD / f"{name}.checkpoint.safetensors",
        is_bfloat16_safe(architecture, BUILD / "precision.json"),
    )
    network = run(job, f"training {name}")
    trained_on = {image: open_imagery(DATA / image).fingerprint for files in seen.values() for image, _ in files}
    card = VersionCard(
        id=name,
        parent=None,
        created=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        method="base",
        encoder=architecture.encoder,
        decoder_channels=architecture.decoder_channels,
        bands=architecture.bands,
        trained_on=trained_on,
        settings={"steps": settings.steps, "batch_size": settings.batch_size, "crop_px": settings.crop_px, "seed": SEED},
    )
    save_version(folder, network, card, is_half=True)
    return folder


def run(job, title: str):
    """Drive a job with a progress bar and return its result."""
    with Progress() as progress:
        task = progress.add_task(title, total=1.0)
        while True:
            try:
                progress.update(task, completed=next(job))
            except StopIteration as end:
                return end.value


@click.command()
@click.option("--only", type=click.Choice(["base", *(f"without-{region}" for region in REGIONS)]), help="Train this one.")
@click.option("--steps", default=BaseTraining.steps, show_default=True)
def main(only: str | None, steps: int) -> None:
    settings = BaseTraining(steps=steps)
    for left_out in [*REGIONS, None]:
        if only in (None, f"without-{left_out}" if left_out else "base"):
            train_without(left_out, settings)


if __name__ == "__main__":
    main()
