"""Versions that are adapters: what one has learnt, and several as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import ModelError
from ..segmentation.adapter import (
    Adapter,
    LowRankUpdates,
    adapter_of,
    averaged,
    frozen_hash,
    read_adapter,
    sum_of_updates,
    with_adapter,
)
from ..segmentation.unet import UNet
from .model_store import ADAPTER, VersionCard, base_of, check_weights, load_network, read_card


class BesideBase(NamedTuple):
    """An adapter, the name and the hash of its base, and the network that both are."""

    adapter: Adapter
    base: Mapping[str, str]
    network: UNet


def learnt_beside(start: Path, learnt: UNet, updates: LowRankUpdates) -> BesideBase:
    """What a network has learnt from the version in a folder: these updates of its frozen weights, and all else.

    The version is the base; where it is an adapter itself, both updates are one beside the base of that.
    """
    card = read_card(start)
    if card.is_adapter:
        base, named = base_of(card, start.parent), card.base
        updates = sum_of_updates([read_version(start).updates, updates], [1.0, 1.0])
    else:
        base, _ = load_network(start)
        named = {str(card.settings.get("encoder_of", card.id)): frozen_hash(base)}
    adapter = adapter_of(learnt, updates)
    return BesideBase(adapter, named, with_adapter(base, adapter, card.architecture))


def average_of(folders: Sequence[Path], shares: Sequence[float]) -> BesideBase:
    """The weighted mean of adapters; ModelError where they are not of one base, the same bands and classes."""
    first, *others = cards = [read_card(folder) for folder in folders]
    for card in cards:
        if not card.is_adapter:
            raise ModelError(
                "average-without-adapter",
                "Version '{version}' is no adapter, and only these are averaged. Name versions that were made by the "
                "method 'lora'.",
                version=card.id,
            )
    for card in others:
        if _kind(card) != _kind(first):
            raise ModelError(
                "average-of-unlike",
                "'{version}' (base {base}) and '{other}' (base {other_base}) do not have the same base, bands and "
                "classes, so they have no mean. Name adapters of one base.",
                version=first.id,
                base=", ".join(first.base),
                other=card.id,
                other_base=", ".join(card.base),
            )
    adapter = averaged([read_version(folder) for folder in folders], shares)
    return BesideBase(adapter, first.base, with_adapter(base_of(first, folders[0].parent), adapter, first.architecture))


def read_version(folder: Path) -> Adapter:
    """The adapter of a version that is one; ModelError where it is damaged."""
    from safetensors.torch import load_file

    check_weights(folder, read_card(folder))
    return read_adapter(load_file(folder / ADAPTER))


def _kind(card: VersionCard) -> tuple[object, ...]:
    return sorted(card.base.values()), card.architecture, [each.name for each in card.classes]
