from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from tiletriage.models.pretraining.blank_start import blank_network, fit_batch_norm
from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.unet import UNet, probabilities

KNOWN = Architecture(decoder_channels=(16, 8, 8, 4, 4))


@pytest.fixture(scope="module")
def known():
    torch.manual_seed(1)
    return UNet(KNOWN).eval()


def blank(known, *names, seed=0, **changes):
    return blank_network(known, replace(KNOWN, bands=len(names), **changes), names, seed)


def first_filters(network):
    return next(value for value in network.encoder.state_dict().values() if value.ndim == 4)


def test_a_colour_keeps_its_filters_and_another_band_gets_the_mean_of_the_colours(known):
    filters, before = first_filters(blank(known, "NIR", "Green", "red")), first_filters(known)
    torch.testing.assert_close(filters[:, 1], before[:, 1])
    torch.testing.assert_close(filters[:, 2], before[:, 0])
    torch.testing.assert_close(filters[:, 0], before.mean(dim=1))


def test_whatever_the_number_of_bands_a_grey_picture_gives_what_it_gave(known):
    six = first_filters(blank(known, "blue", "green", "red", "nir", "swir1", "swir2"))
    one = first_filters(blank(known, "VV"))
    grey = first_filters(known).sum(dim=1)
    torch.testing.assert_close(six.sum(dim=1), grey)
    torch.testing.assert_close(one.sum(dim=1), grey)


def test_the_same_seed_gives_the_same_network_and_leaves_the_chances_of_others_alone(known):
    torch.manual_seed(3)
    expected = torch.rand(1)
    torch.manual_seed(3)
    one, same, other = (blank(known, "red", seed=seed) for seed in (0, 0, 1))
    assert torch.rand(1) == expected
    heads = [network.head.state_dict()["0.weight"] for network in (one, same, other)]
    assert torch.equal(heads[0], heads[1]) and not torch.equal(heads[0], heads[2])


def test_batch_norm_has_the_statistics_of_the_imagery_afterwards(known):
    network = blank(known, "VV", "VH")
    pixels = 3 + torch.randn(8, 2, 64, 64, generator=torch.Generator().manual_seed(0))
    weights = {name: value.clone() for name, value in network.named_parameters()}
    fitted = fit_batch_norm(network, pixels.split(4))
    norm = next(layer for layer in fitted.encoder.modules() if isinstance(layer, torch.nn.BatchNorm2d))
    given = []
    norm.register_forward_pre_hook(lambda layer, inputs: given.append(inputs[0]))
    with torch.inference_mode():
        fitted(pixels)
    torch.testing.assert_close(norm.running_mean, given[0].mean(dim=(0, 2, 3)), rtol=1e-3, atol=1e-3)
    assert not fitted.training and norm.momentum == 0.1
    assert all(torch.equal(weights[name], value) for name, value in fitted.named_parameters())


def test_a_start_for_several_classes_gives_probabilities_that_leave_the_rest_to_background(known):
    network = blank(known, "red", "green", classes=3, has_border=True)
    found = probabilities(network(torch.randn(2, 2, 32, 32)).logits, 3)
    assert found.shape == (2, 4, 32, 32)  # three classes and border
    assert (found > 0).all() and (found[:, :3].sum(dim=1) < 1).all()
