"""Trains the base model that ships, and its left-out siblings that show whether it carries over (``make base-model``).

Each labelled region is left out once, and the model of the others is measured on it; then one model is trained on all
of them and put into resources/base_model/. Everything resumes: run it again after an interruption.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path

import click
import numpy as np
import rasterio
import shapely
import torch
from matplotlib.figure import Figure
from numpy.typing import NDArray
from pretrained_encoder import SOURCE, load_pretrained
from rasterio.features import shapes
from rich.progress import Progress
from safetensors.numpy import load_file, save_file
from sample_scene import write_sample
from shapely.geometry import shape

from tiletriage.models.annotation.footprint_file import read_footprints
from tiletriage.models.annotation.mask import mask_of, mask_of_grid
from tiletriage.models.campaign.model_store import (
    BASE_MODEL,
    CARD,
    OBSERVATIONS,
    VersionCard,
    load_network,
    save_version,
)
from tiletriage.models.evaluation.footprint_match import match_outlines
from tiletriage.models.imagery.grid import TileGrid
from tiletriage.models.imagery.normalization import sampled_normalization
from tiletriage.models.imagery.raster import Imagery, grid_of, open_imagery, read_overview, read_tiles
from tiletriage.models.jobs import run as run_quietly
from tiletriage.models.pretraining.base_training import GSDS_METRES, BaseTraining, load_scenes, train
from tiletriage.models.priority.predicted_iou import smoothed_iou
from tiletriage.models.priority.uncertainty import tile_statistics
from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.classes import BUILDING
from tiletriage.models.segmentation.confidence import expected_calibration_error, fit, reliability
from tiletriage.models.segmentation.device import prepare_device
from tiletriage.models.segmentation.likeliest_class import THRESHOLD
from tiletriage.models.segmentation.metrics import ConfusionCounts, FootprintCounts, matched_footprints, pixel_counts
from tiletriage.models.segmentation.mosaic import CERTAIN
from tiletriage.models.segmentation.outlines import polygonise
from tiletriage.models.segmentation.precision import is_bfloat16_safe
from tiletriage.models.segmentation.prediction import Predictor, predict_mosaic
from tiletriage.models.segmentation.unet import UNet

ROOT = Path(__file__).parents[2]
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
MEASURED_AT_METRES = (0.075, 0.15, 0.3)
OBSERVED_AT_METRES = 0.15
SEED = 0
DEFAULT = Architecture()


def region_of(image: str) -> str:
    """The region that an image of the training set belongs to."""
    return next(region for region, files in REGIONS.items() if image in dict(files))


def train_without(
    left_out: str | None,
    settings: BaseTraining,
    seed: int = SEED,
    architecture: Architecture = DEFAULT,
    among: Path = BUILD,
    synthetic_seeds: Sequence[int] = (),
) -> Path:
    """The version folder of the model that has seen every region but one; trains it where it is missing.

    Synthetic scenes, drawn with the seeds, count as one more region.
    """
    name = f"without-{left_out}" if left_out else "base"
    folder = among / (name if seed == SEED else f"{name}-seed{seed}")
    if folder.exists():
        return folder
    if not DATA.exists():
        raise click.ClickException(
            f"The labelled regions are not in {DATA}. Without them no base model can be trained."
        )
    files = {region: files for region, files in REGIONS.items() if region != left_out}
    regions = [[(DATA / image, DATA / labels) for image, labels in pairs] for pairs in files.values()]
    if synthetic_seeds:
        regions.append([synthetic_scene(number) for number in synthetic_seeds])
    scenes = [[scene for pair in pairs for scene in load_scenes(*pair)] for pairs in regions]
    torch.manual_seed(seed)
    prepare_device()
    is_mixed = is_bfloat16_safe(architecture, BUILD / "precision.json")
    network = UNet(architecture)
    load_pretrained(network.encoder, BUILD / "encoder.safetensors")
    checkpoint = folder.with_suffix(".checkpoint.safetensors")
    network = run(train(network, scenes, settings, seed, checkpoint, is_mixed), f"training {folder.name}")
    card = VersionCard(
        id=name,
        parent=None,
        created=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        method="base",
        **{**asdict(architecture), "classes": (BUILDING,)},
        trained_on={image: open_imagery(DATA / image).fingerprint for pairs in files.values() for image, _ in pairs},
        settings={
            "steps": settings.steps,
            "batch_size": settings.batch_size,
            "crop_px": settings.crop_px,
            "seed": seed,
            "encoder_weights": SOURCE,
        },
    )
    save_version(folder, network, card, is_half=True)
    copy_observations(left_out, folder)
    checkpoint.unlink(missing_ok=True)
    return folder


def synthetic_scene(seed: int) -> tuple[Path, Path]:
    """Imagery and labels of a scene like the sample, in build/; drawn where it is missing."""
    folder = BUILD / "synthetic" / str(seed)
    if not folder.exists():
        beside = folder.with_suffix(".part")
        write_sample(beside, seed)
        beside.replace(folder)
    return folder / "scene.tif", folder / "labels.geojson"


def copy_observations(left_out: str | None, folder: Path) -> None:
    """What the shipped model observed elsewhere also serves its sibling, but for the region that this one left out."""
    if (BASE_MODEL / OBSERVATIONS).exists():
        observed = load_file(BASE_MODEL / OBSERVATIONS)
        kept = observed["region"] != (list(REGIONS).index(left_out) if left_out else -1)
        save_file({name: values[kept] for name, values in observed.items()}, folder / OBSERVATIONS)


@dataclass(frozen=True)
class Measured:
    """A version on a region: counts over all pixels, and of the footprints that ``predict`` would draw."""

    pixels: ConfusionCounts
    footprints: FootprintCounts
    probability: np.ndarray  # mean of each footprint drawn, (footprint,)
    is_right: np.ndarray  # whether it is matched

    def figures(self) -> dict[str, float]:
        figures = {
            "iou": self.pixels.iou,
            "footprint_f1": self.footprints.f1,
            "matched_iou": self.footprints.matched_iou,
        }
        return {name: round(value, 3) for name, value in figures.items()}


def measure(folder: Path, region: str, gsd_metres: float, **options: float) -> Measured:
    """Draw the map of a whole region, with options of ``polygonise``, and compare it with the labels."""
    pixels, footprints, drawn = ConfusionCounts(), FootprintCounts(), []
    for image, labels in REGIONS[region]:
        imagery, grid, predictor = _looking_at(folder, image, gsd_metres)
        true = np.asarray(read_footprints(DATA / labels, grid).geometry.array, dtype=object)
        with tempfile.TemporaryDirectory() as scratch:
            mosaic = Path(scratch) / "probability.tif"
            run_quietly(predict_mosaic(predictor, imagery, grid, None, mosaic))
            predicted = run_quietly(polygonise(mosaic, grid, **options))
            with rasterio.open(mosaic) as raster:
                building = raster.read(1) >= THRESHOLD * CERTAIN
        valid = read_overview(imagery, grid, longest_px=2**31).valid[0]
        pixels += pixel_counts(building, mask_of_grid(true, grid, ignored=~valid))
        area = shapely.union_all([shape(p) for p, _ in shapes(valid.astype("uint8"), valid, transform=grid.transform)])
        inside = true[shapely.intersects(true, area)]
        footprints += match_outlines(list(predicted.geometry), inside, area)
        matched = matched_footprints(list(predicted.geometry), inside)
        drawn += [(mean, place in matched) for place, mean in enumerate(predicted.confidence)]
    probability, is_right = np.array(drawn).reshape(-1, 2).T
    return Measured(pixels, footprints, probability, is_right.astype(bool))


def calibrated(measured: dict[str, dict[float, Measured]]) -> tuple[NDArray, NDArray, NDArray]:
    """Probability, confidence and whether it is right of all footprints, each (footprint,).

    The confidence of a region is what the others teach, as that of a campaign is.
    """
    regions = {region: _footprints(by_gsd.values()) for region, by_gsd in measured.items()}
    parts = []
    for region, (probability, is_right) in regions.items():
        others = [found for name, by_gsd in measured.items() if name != region for found in by_gsd.values()]
        parts.append((probability, fit(*_footprints(others)).confidence(probability), is_right))
    return tuple(np.concatenate(column) for column in zip(*parts))


def _footprints(measured: Iterable[Measured]) -> tuple[NDArray, NDArray]:
    """Probability and whether it is right of all footprints drawn, each (footprint,)."""
    return tuple(np.concatenate(column) for column in zip(*((each.probability, each.is_right) for each in measured)))


def picture_reliability(measured: dict[str, dict[float, Measured]], path: Path) -> None:
    """Before and after calibration: how often footprints are right, by how sure the model is of them."""
    probability, confidence, is_right = calibrated(measured)
    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.add_subplot(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1))
    axes.plot((0, 1), (0, 1), color="grey", linewidth=1)
    for name, values, mark in (("mean probability", probability, "o--"), ("calibrated", confidence, "s-")):
        mean, right, _ = reliability(values, is_right)
        error = expected_calibration_error(values, is_right)
        axes.plot(mean, right, mark, label=f"{name}: error {error:.3f}")
        click.echo(f"expected calibration error of {name}, of places left out: {error:.3f}")
    axes.legend()
    figure.savefig(path)


def observe(folder: Path, region: str) -> dict[str, np.ndarray]:
    """What is observed of each tile of a region: see ``Observations``."""
    rows = []
    for image, labels in REGIONS[region]:
        imagery, grid, predictor = _looking_at(folder, image, OBSERVED_AT_METRES)
        footprints = read_footprints(DATA / labels, grid).geometry
        tiles = iter(grid.tiles())
        for pixels in read_tiles(imagery, grid, list(grid.tiles())):
            probability = predictor.predict(pixels).probability
            features = tile_statistics(probability).features()
            for valid, p, statistics, tile in zip(pixels.valid, probability, features, tiles):
                mask = mask_of(footprints.array, grid, tile, ignored=~valid)
                rows.append((statistics, smoothed_iou(mask, p[0] >= THRESHOLD), bool((mask == 1).any())))
    statistics, iou, has_foreground = (np.array(column) for column in zip(*rows))
    regions = np.full(len(iou), list(REGIONS).index(region))
    return {"statistics": statistics, "iou": iou, "has_buildings": has_foreground, "region": regions}


def _looking_at(folder: Path, image: str, gsd_metres: float) -> tuple[Imagery, TileGrid, Predictor]:
    network, _ = load_network(folder)
    imagery = open_imagery(DATA / image)
    grid = grid_of(imagery, gsd_metres)
    normalization = sampled_normalization(imagery, grid, list(grid.tiles()))
    return imagery, grid, Predictor(network, normalization, prepare_device(), False)


def ship(folder: Path, measured: dict[str, dict[float, Measured]], observed: Sequence[dict[str, np.ndarray]]) -> None:
    """The model of all regions into resources/base_model/, with what the left-out ones have shown."""
    scaling = fit(*_footprints(found for by_gsd in measured.values() for found in by_gsd.values()))
    figures = {
        region: {str(gsd): found.figures() for gsd, found in by_gsd.items()} for region, by_gsd in measured.items()
    }
    beside = BUILD / "shipped"
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(folder, beside)
    card = json.loads((beside / CARD).read_text(encoding="utf-8"))
    card["metrics"] = {"on_regions_left_out_by_gsd_metres": figures}
    card["gsd_metres"] = [min(GSDS_METRES), max(GSDS_METRES)]
    card["confidence"] = [round(scaling.slope, 4), round(scaling.intercept, 4)]
    (beside / CARD).write_text(json.dumps(card, indent=1), encoding="utf-8")
    save_file({name: np.concatenate([part[name] for part in observed]) for name in observed[0]}, beside / OBSERVATIONS)
    shutil.rmtree(BASE_MODEL, ignore_errors=True)
    beside.replace(BASE_MODEL)


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
@click.option(
    "--steps", default=BaseTraining.steps, show_default=True, help="Of training, for each of the four models."
)
def main(steps: int) -> None:
    settings = BaseTraining(steps=steps)
    measured, observed = {}, []
    for region in REGIONS:
        folder = train_without(region, settings)
        measured[region] = {}
        for gsd in MEASURED_AT_METRES:
            measured[region][gsd] = measure(folder, region, gsd)
            click.echo(f"without {region}, there at {gsd} m: {measured[region][gsd].figures()}")
        observed.append(observe(folder, region))
    picture_reliability(measured, BUILD / "reliability.png")
    ship(train_without(None, settings), measured, observed)
    click.echo(f"The base model is in {BASE_MODEL}.")


if __name__ == "__main__":
    main()
