"""Adapters change nothing at first, learn beside a frozen encoder, and are merged exactly."""

import copy
import subprocess
import sys

import pytest
import torch

from tiletriage.models.errors import ModelError
from tiletriage.models.native_libraries import import_segmentation_models
from tiletriage.models.training.lora import LowRank, adapted_layers, add_adapters, merged


@pytest.fixture
def pixels():
    return torch.randn(2, 2, 64, 64, generator=torch.Generator().manual_seed(1))


def answers(network, pixels):
    with torch.inference_mode():
        return network.eval()(pixels).logits.sigmoid()


def shaken(network):
    """The network with adapters that have learnt something."""
    adapted = copy.deepcopy(network)
    generator = torch.Generator().manual_seed(2)
    for weights in add_adapters(adapted, LowRank()):
        weights.data.add_(0.1 * torch.randn(weights.shape, generator=generator))
    return adapted


def test_fresh_adapters_change_no_answer(network, pixels):
    adapted = copy.deepcopy(network)
    assert add_adapters(adapted, LowRank())
    assert torch.equal(answers(adapted, pixels), answers(network, pixels))


def test_only_adapters_learn_in_the_encoder_and_they_are_few(network):
    learning = add_adapters(network, LowRank(rank=2))
    assert {id(each) for each in learning} == {id(each) for each in network.encoder.parameters() if each.requires_grad}
    assert sum(map(torch.numel, learning)) < 0.1 * sum(map(torch.numel, network.encoder.parameters()))


def test_merged_adapters_give_the_same_answers_and_leave_the_plain_network(network, pixels):
    adapted = shaken(network)
    before = {name: weights.clone() for name, weights in adapted.state_dict().items()}
    plain = merged(adapted)
    assert plain.state_dict().keys() == network.state_dict().keys()
    assert (answers(plain, pixels) - answers(adapted, pixels)).abs().max() < 1e-5
    assert (answers(plain, pixels) - answers(network, pixels)).abs().max() > 1e-3
    after = adapted.state_dict()  # of the one with adapters, which goes on learning
    assert before.keys() == after.keys() and all(torch.equal(before[name], after[name]) for name in before)


def test_without_attention_the_ungrouped_convolutions_of_one_pixel_are_adapted(network):
    layers = [network.encoder.get_submodule(name) for name in adapted_layers(network.encoder)]
    assert layers and all(each.kernel_size == (1, 1) and each.groups == 1 for each in layers)


def test_attention_gets_its_adapters_in_its_projections():
    encoder = import_segmentation_models().encoders.get_encoder("mit_b0", in_channels=3, depth=5, weights=None)
    assert {name.split(".")[-1] for name in adapted_layers(encoder)} == {"q", "kv", "proj"}


@pytest.mark.parametrize("encoder", ["vgg11", "efficientnet-b0"])  # none of one pixel; such that peft cannot rebuild
def test_an_encoder_without_such_layers_is_refused(encoder):
    with pytest.raises(ModelError, match="'full' or 'decoder'"):
        adapted_layers(import_segmentation_models().encoders.get_encoder(encoder, in_channels=3, depth=5, weights=None))


def test_peft_is_found_by_a_process_that_has_imported_nothing_else():
    code = "from tiletriage.models.training.lora import check_peft; check_peft()"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_without_peft_the_cure_is_told(network, monkeypatch):
    monkeypatch.setitem(sys.modules, "peft", None)
    with pytest.raises(ModelError, match="pip install peft"):
        add_adapters(network, LowRank())
