from __future__ import annotations

from contextlib import contextmanager

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


@pytest.fixture
def little_room():
    """A context in which no file grows beyond 1000 bytes, as on a disk that is all but full."""
    resource = pytest.importorskip("resource", reason="only Unix limits the size of files")

    @contextmanager
    def limit():
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limit
