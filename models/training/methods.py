"""What of a network learns, and at which rates: the ways to fine-tune."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..segmentation.unet import UNet
from .lora import add_adapters

if TYPE_CHECKING:
    from .fine_tune import FineTuning

LORA = "lora"
ParameterGroups = list[dict[str, Any]]


def _decoder(network: UNet, settings: FineTuning, tiles: int) -> ParameterGroups:
    network.encoder.requires_grad_(False)
    return [{"params": [*network.decoder.parameters(), *network.head.parameters()], "lr": settings.decoder_rate}]


def _full(network: UNet, settings: FineTuning, tiles: int) -> ParameterGroups:
    everything = _decoder(network, settings, tiles)
    network.encoder.requires_grad_(True)
    caution = min(1.0, tiles / settings.full_rate_tiles)
    return [*everything, {"params": [*network.encoder.parameters()], "lr": caution * settings.encoder_rate}]


def _lora(network: UNet, settings: FineTuning, tiles: int) -> ParameterGroups:
    everything = _decoder(network, settings, tiles)
    return [*everything, {"params": add_adapters(network, settings.low_rank), "lr": settings.lora_rate}]


METHODS: Mapping[str, Callable[[UNet, FineTuning, int], ParameterGroups]] = {
    "decoder": _decoder,
    "full": _full,
    LORA: _lora,
}
