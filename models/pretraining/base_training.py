"""Training on labelled regions from a pre-trained encoder: how a base model is made that serves several GSDs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ..annotation.footprint_file import read_footprints
from ..annotation.mask import IGNORE, targets_of_grid
from ..imagery.normalization import sampled_normalization
from ..imagery.raster import grid_of, open_imagery, read_overview
from ..jobs import Job
from ..segmentation.precision import mixed_precision
from ..segmentation.unet import UNet
from ..training.augmentation import Augmentation, augment
from ..training.checkpoint import checkpoint_progress, load_checkpoint, save_checkpoint
from ..training.loss import training_loss
from ..training.schedule import cosine_schedule

GSDS_METRES = (0.07, 0.1, 0.14, 0.2, 0.28, 0.4)
MOST_BUILDING_PIXELS = 20_000  # of a scene, to centre crops on
WARM_UP = 0.05  # the share of the steps over which the learning rate rises
STRONG = Augmentation(scale=1.25, rotation_degrees=45, gain=0.3, offset=0.5, band_offset=0.2)


@dataclass(frozen=True)
class Scene:
    """A labelled raster at one GSD: normalized pixels float16 (band, row, column), targets uint8 (layer, row, col)."""

    pixels: Tensor
    targets: Tensor
    building_pixels: NDArray[np.intp]  # (pixel, 2): where a crop finds a building


@dataclass(frozen=True)
class BaseTraining:
    """How a base model is trained; a crop serves every GSD at which its region can be read.

    Longer training was worse on average on regions left out, in one run: see base_model_trials.csv.
    """

    steps: int = 1500
    batch_size: int = 8
    crop_px: int = 192
    encoder_rate: float = 6e-4  # it knows pictures already
    decoder_rate: float = 2e-3
    weight_decay: float = 1e-2
    ema_decay: float = 0.998
    building_share: float = 0.5  # of the crops are centred on a building
    checkpoint_every: int = 250
    augmentation: Augmentation = STRONG


def load_scenes(imagery_path: Path, labels_path: Path, finest_factor: float = 0.75) -> list[Scene]:
    """A labelled raster at every GSD that it can serve: from a little finer than its own up to 0.4 m.

    At each it is normalized as a campaign at that GSD would be.
    """
    imagery = open_imagery(imagery_path)
    native = grid_of(imagery)
    footprints = read_footprints(labels_path, native).geometry
    scenes = []
    for gsd in GSDS_METRES:
        if gsd < finest_factor * native.gsd_metres:
            continue
        grid = grid_of(imagery, gsd)
        read = read_overview(imagery, grid, longest_px=2**31)
        targets = targets_of_grid(footprints.array, grid, ignored=~read.valid[0])
        normalization = sampled_normalization(imagery, grid, list(grid.tiles()))
        pixels = torch.from_numpy(normalization.apply(read.values[0]) * read.valid[0]).half()
        building_pixels = np.argwhere(targets[0] == 1)
        thinned = building_pixels[:: max(1, len(building_pixels) // MOST_BUILDING_PIXELS)]
        scenes.append(Scene(pixels, torch.from_numpy(targets), thinned))
    return scenes


def train(
    network: UNet,
    regions: Sequence[Sequence[Scene]],
    settings: BaseTraining,
    seed: int,
    checkpoint: Path,
    is_mixed: bool,
) -> Job[UNet]:
    """Train on random crops, every region as often as the others, and return the averaged (EMA) network.

    Resumes from the checkpoint where there is one. The learning rate follows a cosine schedule.
    """
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(settings.ema_decay), use_buffers=True)
    network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = torch.optim.AdamW(
        [
            {"params": [*network.encoder.parameters()], "lr": settings.encoder_rate},
            {"params": [*network.decoder.parameters(), *network.head.parameters()], "lr": settings.decoder_rate},
        ],
        weight_decay=settings.weight_decay,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    both = torch.nn.ModuleList([network, averaged])
    first = load_checkpoint(checkpoint, both, optimizer)["step"] if checkpoint_progress(checkpoint) else 0
    network.train()
    for step in range(first, settings.steps):
        pixels, targets = _random_batch(regions, settings, seed, step)
        for group, rate in zip(optimizer.param_groups, rates):
            group["lr"] = rate * cosine_schedule(step / settings.steps, WARM_UP)
        with mixed_precision(torch.device("cpu"), is_mixed):
            logits = network(pixels.to(memory_format=torch.channels_last)).logits
        loss = training_loss(logits.float(), targets)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        averaged.update_parameters(network)
        if (step + 1) % settings.checkpoint_every == 0:
            save_checkpoint(checkpoint, both, optimizer, {"step": step + 1})
        yield (step + 1) / settings.steps
    return cast(UNet, averaged.module.eval())


def _random_batch(
    regions: Sequence[Sequence[Scene]], settings: BaseTraining, seed: int, step: int
) -> tuple[Tensor, Tensor]:
    """The batch of a step: the same for the same seed, wherever training was resumed."""
    rng = np.random.default_rng((seed, step))
    crops = []
    for _ in range(settings.batch_size):
        scenes = regions[rng.integers(len(regions))]
        crops.append(_random_crop(scenes[rng.integers(len(scenes))], settings, rng))
    pixels = torch.stack([pixels for pixels, _ in crops]).float()
    targets = torch.stack([targets for _, targets in crops])
    return augment(pixels, targets, settings.augmentation, torch.Generator().manual_seed(int(rng.integers(2**31))))


def _random_crop(scene: Scene, settings: BaseTraining, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    size = settings.crop_px
    height, width = scene.targets.shape[1:]
    row, column = rng.integers(height), rng.integers(width)
    if rng.random() < settings.building_share and len(scene.building_pixels):
        row, column = scene.building_pixels[rng.integers(len(scene.building_pixels))]
    jitter = rng.integers(-size // 3, size // 3 + 1, size=2)
    top = int(np.clip(row + jitter[0] - size // 2, 0, max(0, height - size)))
    left = int(np.clip(column + jitter[1] - size // 2, 0, max(0, width - size)))
    pixels = scene.pixels[:, top : top + size, left : left + size]
    targets = scene.targets[:, top : top + size, left : left + size]
    missing = (0, size - targets.shape[2], 0, size - targets.shape[1])
    return torch.nn.functional.pad(pixels, missing), torch.nn.functional.pad(targets, missing, value=IGNORE)
