"""Batch norm folded into the convolutions before it: the same network, faster, for inference only."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, cast

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_weights

SIDE_PX = 32  # of the picture that shows which batch norm follows which convolution


def folded(network: nn.Module, bands: int) -> nn.Module:
    """A copy in evaluation mode in which no batch norm is left that follows a convolution.

    The scale and shift of a batch norm become part of the convolution's weights and bias; an activation that belongs
    to it stays in its place.
    """
    copy = deepcopy(network).eval()
    for convolution, name in _pairs(copy, bands):
        norm = cast(Any, copy.get_submodule(name))
        convolution.weight, convolution.bias = fuse_conv_bn_weights(
            convolution.weight, convolution.bias, norm.running_mean, norm.running_var, norm.eps, norm.weight, norm.bias
        )
        parent, _, attribute = name.rpartition(".")
        setattr(copy.get_submodule(parent), attribute, getattr(norm, "act", nn.Identity()))  # timm's norms act as well
    return copy


def _pairs(network: nn.Module, bands: int) -> list[tuple[nn.Conv2d, str]]:
    """Each convolution with the name of the batch norm that takes what it gives, as a forward pass shows them."""
    given: dict[int, tuple[nn.Conv2d, torch.Tensor]] = {}  # the tensors are kept, so that no id comes twice
    pairs: list[tuple[nn.Conv2d, str]] = []
    hooks = []

    def gives(layer: Any, inputs: Any, output: torch.Tensor) -> None:
        given[id(output)] = layer, output

    for name, layer in network.named_modules():
        if isinstance(layer, nn.Conv2d):
            hooks.append(layer.register_forward_hook(gives))
        elif isinstance(layer, nn.BatchNorm2d):

            def takes(layer: Any, inputs: tuple[torch.Tensor, ...], name: str = name) -> None:
                if id(inputs[0]) in given:
                    pairs.append((given[id(inputs[0])][0], name))

            hooks.append(layer.register_forward_pre_hook(takes))
    if any(isinstance(layer, nn.BatchNorm2d) for layer in network.modules()):
        with torch.inference_mode():
            network(torch.zeros(1, bands, SIDE_PX, SIDE_PX, device=next(network.parameters()).device))
    for hook in hooks:
        hook.remove()
    return pairs
