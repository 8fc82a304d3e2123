"""How fast the network is on this computer: a probe of a few tiles."""

from __future__ import annotations

import time
from dataclasses import dataclass

import torch

from ..jobs import Job
from .device import prepare_device
from .folding import folded
from .unet import UNet

PROBED_TILES = 5


@dataclass(frozen=True)
class Speed:
    """Tiles a second through the network alone, and on what it ran."""

    tiles_per_second: float
    device: str


def probe_speed(network: UNet, bands: int, tile_size_px: int = 256) -> Job[Speed]:
    """Five tiles of nothing, after one that does not count: the first pass also prepares the device."""
    device = prepare_device()
    quick = folded(network.to(device), bands)
    pixels = torch.zeros(1, bands, tile_size_px, tile_size_px, device=device)
    start = time.perf_counter()
    with torch.inference_mode():
        for done in range(PROBED_TILES + 1):
            if done == 1:
                start = time.perf_counter()
            quick(pixels).logits.sum().item()  # waits until the device is done
            yield done / PROBED_TILES
    return Speed(PROBED_TILES / (time.perf_counter() - start), device.type)
