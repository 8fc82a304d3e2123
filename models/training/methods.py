"""What of a network learns, and at which rates: the ways to fine-tune."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from torch import nn

from ..segmentation.unet import UNet
from .lora import add_adapters

if TYPE_CHECKING:
    from .fine_tune import FineTuning

LORA = "lora"
ParameterGroups = list[dict[str, Any]]


def _decoder(network: UNet, settings: FineTuning, tiles: int) -> ParameterGroups:
    network.encoder.requires_grad_(False)
    learning = [*network.decoder.parameters(), *network.head.parameters()]
    if settings.is_from_blank:  # its first convolution was only fitted to the bands
        stem = next(layer for layer in network.encoder.modules() if isinstance(layer, nn.Conv2d))
        learning += stem.requires_grad_(True).parameters()
    return [{"params": learning, "lr": settings.decoder_rate}]


def _full(network: UNet, settings: FineTuning, tiles: int) -> ParameterGroups:
    decoder = [*network.decoder.parameters(), *network.head.parameters()]
    network.encoder.requires_grad_(True)
    caution = min(1.0, tiles / settings.full_rate_tiles)
    return [
        {"params": decoder, "lr": settings.decoder_rate},
        {"params": [*network.encoder.parameters()], "lr": caution * settings.encoder_rate},
    ]


def _lora(network: UNet, settings: FineTuning, tiles: int) -> ParameterGroups:
    adapters = add_adapters(network, settings.low_rank)
    everything = _decoder(network, settings, tiles)  # which freezes the encoder, adapters and all
    return [*everything, {"params": [each.requires_grad_(True) for each in adapters], "lr": settings.lora_rate}]


METHODS: Mapping[str, Callable[[UNet, FineTuning, int], ParameterGroups]] = {
    "decoder": _decoder,
    "full": _full,
    LORA: _lora,
}
