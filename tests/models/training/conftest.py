from __future__ import annotations

import pytest
import torch

from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.unet import UNet

TINY = Architecture(encoder="tu-regnetx_002", decoder_channels=(16, 8, 8, 4, 4), bands=2)


@pytest.fixture
def network():
    """A small network with random weights for two bands."""
    torch.manual_seed(0)
    return UNet(TINY).eval()
