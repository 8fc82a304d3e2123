"""Low-rank adapters for a frozen encoder: LoRA (Hu et al. 2021, arXiv 2106.09685; floods: Panner Selvam et al. 2024).

A weight W stays and learns alpha / r * B A beside it, A random and B zero, so that nothing has changed before the first
step. Where the encoder has attention its projections get adapters; else [ours] its ungrouped 1 x 1 convolutions, which
mix the channels and hold most of the weights. The adapters are those of ``peft``.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from ..errors import ModelError
from ..native_libraries import import_segmentation_models
from ..segmentation.adapter import LowRankUpdates

if TYPE_CHECKING:
    from ..segmentation.unet import UNet

ATTENTION = ("q", "k", "v", "kv", "qkv", "proj")  # names of linear maps, in smp's and timm's transformers


@dataclass(frozen=True)
class LowRank:
    """``rank`` is r, ``alpha`` by r what the update is multiplied with, ``dropout`` that of an adapter's input."""

    rank: int = 8
    alpha: float = 16.0
    dropout: float = 0.0


def adapted_layers(encoder: nn.Module) -> list[str]:
    """The names of the layers of an encoder that get adapters; ModelError where it has none."""
    named = list(encoder.named_modules())
    attention = [name for name, each in named if isinstance(each, nn.Linear) and name.split(".")[-1] in ATTENTION]
    found = attention or [
        name for name, each in named if type(each) is nn.Conv2d and each.kernel_size == (1, 1) and each.groups == 1
    ]
    if not found:
        raise ModelError(
            "lora-without-layers",
            "The encoder of this model has no layer that the method 'lora' could adapt. Take the method 'full' or "
            "'decoder'.",
        )
    return found


def add_adapters(network: UNet, low_rank: LowRank) -> list[nn.Parameter]:
    """Put adapters beside the layers of the encoder, freeze all else of it, and return what of it learns.

    The same network gets the same adapters each time. Raises ModelError where peft is not installed.
    """
    config_of, tuner_of, _ = _peft()
    config = config_of(
        r=low_rank.rank,
        lora_alpha=low_rank.alpha,
        lora_dropout=low_rank.dropout,
        target_modules=adapted_layers(network.encoder),
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        tuner_of(network.encoder, config, "default")
    return [weights for weights in network.encoder.parameters() if weights.requires_grad]


def learnt_updates(network: UNet) -> LowRankUpdates:
    """What the adapters of a network add to its weights."""
    _, _, layer_of = _peft()
    return {
        f"{name}.weight": (
            layer.lora_A["default"].weight.detach().cpu().flatten(1),
            layer.lora_B["default"].weight.detach().cpu().flatten(1) * layer.scaling["default"],
        )
        for name, layer in network.named_modules()
        if isinstance(layer, layer_of)
    }


def merged(network: UNet) -> UNet:
    """A copy in which every adapter is part of the weight that it lies beside: as right as before, and as fast."""
    _, _, layer_of = _peft()
    plain = deepcopy(network)
    for name, layer in list(plain.named_modules()):
        if isinstance(layer, layer_of):
            layer.merge()
            parent, _, child = name.rpartition(".")
            setattr(plain.get_submodule(parent), child, layer.get_base_layer())
    return plain


def check_peft() -> None:
    """Raises ModelError where peft is not installed."""
    _peft()


def _peft() -> tuple[Any, Any, Any]:
    """The classes of peft for a configuration, for a network with adapters, and for a layer with one."""
    import_segmentation_models()  # peft imports torchvision too, which does not fit every torch
    try:
        from peft import LoraConfig
        from peft.tuners.lora import LoraLayer, LoraModel
    except ImportError as error:
        raise ModelError(
            "peft-missing",
            "The method 'lora' needs the Python package peft, which is not installed. Install it (pip install peft), "
            "or take the method 'full' or 'decoder'.",
        ) from error
    return LoraConfig, LoraModel, LoraLayer
