"""Adapters give the very network that has learnt them, as fast as any, and their means and sums lose nothing."""

import copy

import pytest
import torch

from tiletriage.models.segmentation.adapter import (
    adapter_of,
    averaged,
    frozen_hash,
    frozen_weights,
    read_adapter,
    sum_of_updates,
    with_adapter,
)
from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.training.lora import LowRank, add_adapters, learnt_updates, merged

ARCHITECTURE = Architecture("tu-regnetx_002", (16, 8, 8, 4, 4), bands=2)


def learnt(network, seed):
    """A network with adapters that have learnt something, as its decoder has, in numbers of half precision."""
    adapted, generator = copy.deepcopy(network), torch.Generator().manual_seed(seed)
    frozen = {value.data_ptr() for value in frozen_weights(adapted).values()}
    own = [weights for weights in adapted.parameters() if weights.ndim > 1 and weights.data_ptr() not in frozen]
    for weights in (*own, *add_adapters(adapted, LowRank(rank=4))):
        step = 0.02 * torch.randn(weights.shape, generator=generator)
        weights.data = (weights + step).detach().half().float()
    return adapted


def beside(network, adapted):
    return adapter_of(merged(adapted), learnt_updates(adapted))


def answers(network):
    pixels = torch.randn(2, 2, 64, 64, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        return network.eval()(pixels).logits.sigmoid()


def test_loading_merges_exactly_and_the_base_is_left_as_it_was(network):
    before, adapted = copy.deepcopy(network.state_dict()), learnt(network, 1)
    loaded = with_adapter(network, read_adapter(beside(network, adapted).tensors), ARCHITECTURE)
    difference = (answers(loaded) - answers(adapted)).abs().max()
    assert difference < 1e-5 < 1e-3 < (answers(loaded) - answers(network)).abs().max()
    assert loaded.state_dict().keys() == before.keys()  # nothing more to compute than in the base
    assert all(torch.equal(value, network.state_dict()[name]) for name, value in before.items())


def test_what_is_frozen_names_the_base_whatever_else_differs(network):
    other = copy.deepcopy(network)
    names = set(frozen_weights(network))
    for name, value in other.state_dict().items():
        if name not in names and value.is_floating_point():
            value += 1.0
    assert frozen_hash(other) == frozen_hash(network)
    next(iter(frozen_weights(other).values())).view(-1)[0] += 1e-6
    assert frozen_hash(other) != frozen_hash(network)


def test_the_first_convolution_and_the_normalization_are_the_adapters_own(network):
    whole = beside(network, learnt(network, 1)).whole
    assert {"encoder.model.stem.conv.weight", "encoder.model.stem.bn.running_var"} <= set(whole)
    assert whole["encoder.model.stem.bn.running_var"].dtype == torch.float32  # may be larger than half precision holds


def test_two_updates_of_one_base_are_one(network):
    first, second = (learnt_updates(learnt(network, seed)) for seed in (1, 2))
    both = sum_of_updates([first, second], [1.0, 0.5])
    for name, (down, up) in both.items():
        expected = first[name][1] @ first[name][0] + 0.5 * second[name][1] @ second[name][0]
        torch.testing.assert_close(up @ down, expected)
        assert down.shape[0] == 8


@pytest.mark.parametrize("shares", [(1.0, 0.0), (0.25, 0.75)])
def test_the_average_is_the_mean_of_all_weights(network, shares):
    adapters = [beside(network, learnt(network, seed)) for seed in (1, 2)]
    mean = with_adapter(network, averaged(adapters, shares), ARCHITECTURE).state_dict()
    ends = [with_adapter(network, each, ARCHITECTURE).state_dict() for each in adapters]
    for name, value in mean.items():
        if value.is_floating_point():
            torch.testing.assert_close(value, shares[0] * ends[0][name] + shares[1] * ends[1][name], rtol=0, atol=2e-3)
