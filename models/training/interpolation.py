"""Weight interpolation: a network between two others (WiSE-FT, Wortsman et al. 2022, arXiv 2109.01903)."""

from __future__ import annotations

from copy import deepcopy

import torch

from ..segmentation.unet import UNet


def interpolate(start: UNet, learnt: UNet, mixing: float) -> UNet:
    """The network between two others, weight by weight: at 0 the first, at 1 the second."""
    ends, between = learnt.state_dict(), deepcopy(start)
    between.load_state_dict(
        {
            name: torch.lerp(value, ends[name], mixing) if value.is_floating_point() else value
            for name, value in start.state_dict().items()
        }
    )
    return between.eval()
