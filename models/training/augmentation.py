"""Random views of a tile: turned, mirrored, scaled and recoloured, the mask along with the pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from ..annotation.mask import IGNORE


@dataclass(frozen=True)
class Augmentation:
    """How far the views stray from the tile; colours are in standard deviations of the imagery."""

    scale: float = 1.25  # at most this much larger or smaller
    rotation_degrees: float = 10.0  # beyond the eight turns and flips
    gain: float = 0.2
    offset: float = 0.3
    band_offset: float = 0.1
    noise: float = 0.05


def augment(pixels: Tensor, masks: Tensor, settings: Augmentation, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """One random view of each tile.

    Takes normalized pixels (tile, band, row, column) and masks uint8 (tile, layer, row, column), gives the same shapes.
    What a view sees beyond the tile's edge is 0 and ignored.
    """
    turns = _random_turns(len(pixels), settings, generator)
    return recolour(_turn(pixels, turns, "bilinear"), settings, generator), _turn_masks(masks, turns)


def recolour(pixels: Tensor, settings: Augmentation, generator: torch.Generator) -> Tensor:
    """Other light, other sensor: gain, offset and noise drawn per tile."""

    def spread(*shape: int) -> Tensor:
        return 2 * torch.rand(len(pixels), *shape, generator=generator) - 1

    gain = torch.exp(settings.gain * spread(1, 1, 1))
    offset = settings.offset * spread(1, 1, 1) + settings.band_offset * spread(pixels.shape[1], 1, 1)
    noise = settings.noise * torch.randn(pixels.shape, generator=generator)
    return pixels * gain + offset + noise


def _random_turns(count: int, settings: Augmentation, generator: torch.Generator) -> Tensor:
    """Affine maps (tile, 2, 3) from view to tile: one of the eight symmetries of the square, scale, rotation."""
    quarter = torch.randint(0, 4, (count,), generator=generator) * (math.pi / 2)
    flip = 1.0 - 2.0 * torch.randint(0, 2, (count,), generator=generator)
    tilt = math.radians(settings.rotation_degrees) * (2 * torch.rand(count, generator=generator) - 1)
    scale = torch.exp(math.log(settings.scale) * (2 * torch.rand(count, generator=generator) - 1))
    cos, sin = scale * torch.cos(quarter + tilt), scale * torch.sin(quarter + tilt)
    zero = torch.zeros(count)
    return torch.stack([torch.stack([cos * flip, -sin, zero], 1), torch.stack([sin * flip, cos, zero], 1)], 1)


def _turn(images: Tensor, turns: Tensor, mode: str) -> Tensor:
    points = functional.affine_grid(turns, list(images.shape), align_corners=False)
    return functional.grid_sample(images, points, mode=mode, align_corners=False)


def _turn_masks(masks: Tensor, turns: Tensor) -> Tensor:
    shifted = masks.float() - IGNORE  # so that what lies beyond the edge becomes IGNORE
    return (_turn(shifted, turns, "nearest") + IGNORE).round().to(torch.uint8)
