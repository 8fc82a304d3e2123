from __future__ import annotations

import pytest
import torch

from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.folding import folded
from tiletriage.models.segmentation.unet import UNet


@pytest.fixture(params=["tu-tf_efficientnet_lite0", "tu-regnetx_002", "resnet18"])
def network(request):
    """A network whose batch norms have something to say."""
    torch.manual_seed(0)
    network = UNet(Architecture(request.param, decoder_channels=(16, 8, 8, 4, 4), bands=2))
    with torch.no_grad():
        for _ in range(3):
            network(torch.randn(4, 2, 64, 64))
        for layer in network.modules():
            if isinstance(layer, torch.nn.BatchNorm2d):
                layer.weight.uniform_(0.5, 1.5)
                layer.bias.uniform_(-0.2, 0.2)
    return network.eval()


def test_a_folded_network_says_the_same_without_any_batch_norm(network):
    pixels = torch.randn(2, 2, 64, 96)
    with torch.inference_mode():
        quick = folded(network, bands=2)
        for before, after in zip(network(pixels), quick(pixels)):
            torch.testing.assert_close(after, before, rtol=1e-3, atol=1e-4 * float(before.abs().max()))
    assert not any(isinstance(layer, torch.nn.BatchNorm2d) for layer in quick.modules())


def test_the_network_itself_stays_as_it_was(network):
    before = {name: value.clone() for name, value in network.state_dict().items()}
    folded(network, bands=2)
    torch.testing.assert_close(dict(network.state_dict()), before, rtol=0, atol=0)
    assert any(isinstance(layer, torch.nn.BatchNorm2d) for layer in network.modules())


def test_a_network_without_batch_norm_is_only_copied(bright_predictor):
    pixels = torch.randn(1, 3, 32, 32)
    torch.testing.assert_close(
        folded(bright_predictor.network, bands=3)(pixels).logits, bright_predictor.network(pixels).logits
    )
