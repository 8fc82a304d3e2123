"""Adapters: the small part of a network that is its own, beside the encoder's weights of a base that it leaves frozen.

A frozen weight W becomes W + B A (LoRA, Hu et al. 2021, arXiv 2106.09685); all else, normalization, first convolution,
decoder and head, is held whole. So a base is whatever has the same frozen weights, for whichever bands and classes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from .architecture import Architecture
from .unet import UNet

ENCODER = "encoder."
LORA_A, LORA_B = "lora_A.", "lora_B."  # what the names of the tensors of an adapter begin with
Weights = Mapping[str, Tensor]
LowRankUpdates = Mapping[str, tuple[Tensor, Tensor]]


@dataclass(frozen=True)
class Adapter:
    """``updates`` are A (rank, in) and B (out, rank) by the name of the frozen weight that B A is added to; ``whole``
    the tensors that are not frozen."""

    updates: LowRankUpdates
    whole: Weights

    @property
    def tensors(self) -> dict[str, Tensor]:
        """All of it, by names that say what each is."""
        pairs = self.updates.items()
        return {
            **{LORA_A + name: down for name, (down, _) in pairs},
            **{LORA_B + name: up for name, (_, up) in pairs},
            **self.whole,
        }


def read_adapter(tensors: Weights) -> Adapter:
    """The adapter that has these ``tensors``; KeyError where an A has no B."""
    adapted = [name.removeprefix(LORA_A) for name in tensors if name.startswith(LORA_A)]
    updates = {name: (tensors[LORA_A + name], tensors[LORA_B + name]) for name in adapted}
    whole = {name: value for name, value in tensors.items() if not name.startswith((LORA_A, LORA_B))}
    return Adapter(updates, whole)


def frozen_weights(network: UNet) -> dict[str, Tensor]:
    """What its adapters leave as it is: the encoder's weights, but for those of its first convolution."""
    of_encoder = [pair for pair in network.state_dict().items() if pair[0].startswith(ENCODER) and pair[1].ndim > 1]
    return dict(of_encoder[1:])


def frozen_hash(network: UNet) -> str:
    """SHA-256 of the frozen weights, by which a base is known."""
    digest = hashlib.sha256()
    for name, value in sorted(frozen_weights(network).items()):
        digest.update(f"{name}{tuple(value.shape)}".encode())
        digest.update(value.float().contiguous().cpu().numpy().tobytes())
    return digest.hexdigest()


def adapter_of(network: UNet, updates: LowRankUpdates) -> Adapter:
    """The adapter of a network whose frozen weights differ from its base's by these updates and nothing else.

    Updates, decoder and head are rounded to half precision, as they are stored; what is the encoder's own, and little,
    is not, nor is the normalization, whose variances may be larger than that.
    """
    frozen = frozen_weights(network)
    pairs = {name: (_rounded(down), _rounded(up)) for name, (down, up) in updates.items()}
    own = {name: value.detach().cpu() for name, value in network.state_dict().items() if name not in frozen}
    whole = {name: value if name.startswith(ENCODER) else _rounded(value) for name, value in own.items()}
    return Adapter(pairs, {name: value.contiguous() for name, value in whole.items()})


def with_adapter(base: UNet, adapter: Adapter, architecture: Architecture) -> UNet:
    """A network in which the adapter is part of the base's weights, so that it is as fast as the base, which stays.

    Raises KeyError, ValueError or RuntimeError where they do not fit each other or the architecture.
    """
    network = UNet(architecture)
    weights = frozen_weights(base)
    for name, (down, up) in adapter.updates.items():
        out = len(weights[name])
        is_pair = down.ndim == up.ndim == 2 and down.is_floating_point() and up.is_floating_point()
        if not is_pair or up.shape != (out, len(down)) or down.shape[1] != weights[name].numel() // out:
            raise ValueError(f"the update of {name} is of another shape")
        weights[name] = weights[name].float() + (up.float() @ down.float()).reshape(weights[name].shape)
    if frozen := weights.keys() & adapter.whole.keys():
        raise ValueError(f"{min(frozen)} is the base's")
    network.load_state_dict({**adapter.whole, **weights})
    return network.eval()


def sum_of_updates(updates: Sequence[LowRankUpdates], shares: Sequence[float]) -> LowRankUpdates:
    """The updates, each times its share, as one: their ranks add up, and nothing is lost."""
    names = sorted({name for each in updates for name in each})
    of_name = {name: [(*each[name], share) for each, share in zip(updates, shares) if name in each] for name in names}
    return {
        name: (
            torch.cat([down.float() for down, _, _ in parts]),
            torch.cat([share * up.float() for _, up, share in parts], dim=1),
        )
        for name, parts in of_name.items()
    }


def averaged(adapters: Sequence[Adapter], shares: Sequence[float]) -> Adapter:
    """The weighted mean of adapters of one base and one architecture, whose shares add up to 1; KeyError or
    RuntimeError where these differ."""
    whole = {
        name: _mean([each.whole[name] for each in adapters], shares) if first.is_floating_point() else first
        for name, first in adapters[0].whole.items()
    }
    updates = sum_of_updates([each.updates for each in adapters], shares)
    return Adapter({name: (_rounded(down), _rounded(up)) for name, (down, up) in updates.items()}, whole)


def _mean(values: Sequence[Tensor], shares: Sequence[float]) -> Tensor:
    weighted = [share * value.float() for value, share in zip(values, shares)]
    return torch.stack(weighted).sum(dim=0).to(values[0].dtype)


def _rounded(value: Tensor) -> Tensor:
    value = value.detach().cpu()
    return (value.half() if value.is_floating_point() and value.ndim > 1 else value).contiguous()
