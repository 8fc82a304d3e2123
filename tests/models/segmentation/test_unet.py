from __future__ import annotations

import pytest
import torch

from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.unet import UNet


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return UNet(Architecture(decoder_channels=(16, 8, 8, 4, 4), bands=2)).eval()


@pytest.fixture(autouse=True)
def _without_gradients():
    with torch.inference_mode():
        yield


@pytest.mark.parametrize(("rows", "columns"), [(32, 32), (64, 96)])
def test_there_is_a_logit_for_each_pixel_and_an_embedding_for_each_tile(network, rows, columns):
    logits, embedding = network(torch.randn(3, 2, rows, columns))
    assert logits.shape == (3, 2, rows, columns)
    assert embedding.shape == (3, network(torch.randn(1, 2, 32, 32))[1].shape[1])


def test_without_a_border_there_is_one_layer_and_the_network_says_how_many_it_has(network):
    plain = UNet(Architecture(decoder_channels=(16, 8, 8, 4, 4), bands=2, has_border=False)).eval()
    assert (plain.has_border, network.has_border) == (False, True)
    assert plain(torch.randn(1, 2, 32, 32)).logits.shape == (1, 1, 32, 32)


def test_the_embedding_is_the_mean_over_the_deepest_encoder_map(network):
    pixels = torch.randn(2, 2, 64, 64)
    deepest = network.encoder(pixels)[-1]
    assert deepest.shape[2:] == (2, 2)
    torch.testing.assert_close(
        network(pixels)[1], (deepest[..., 0, 0] + deepest[..., 0, 1] + deepest[..., 1, 0] + deepest[..., 1, 1]) / 4
    )


def test_a_tile_does_not_see_the_other_tiles_of_its_batch(network):
    pixels = torch.randn(3, 2, 32, 32)
    for together, alone in zip(network(pixels), network(pixels[1:2])):
        torch.testing.assert_close(together[1:2], alone, rtol=1e-4, atol=1e-5)


def test_the_order_in_memory_does_not_change_the_result(network):
    pixels = torch.randn(2, 2, 32, 32)
    for plain, last in zip(network(pixels), network(pixels.to(memory_format=torch.channels_last))):
        torch.testing.assert_close(plain, last, rtol=1e-4, atol=1e-5)


def test_the_network_that_ships_stays_compact():
    parameters = sum(weights.numel() for weights in UNet(Architecture()).parameters())
    assert 3.6e6 < parameters < 4.0e6
