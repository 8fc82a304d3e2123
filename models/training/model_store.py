"""Model versions on disk: immutable weights with a card each, and never a pickle."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ModelError
from ..segmentation.architecture import Architecture

if TYPE_CHECKING:
    from torch import Tensor

    from ..segmentation.unet import UNet

WEIGHTS, CARD, OBSERVATIONS = "weights.safetensors", "card.json", "observations.safetensors"


@dataclass(frozen=True)
class VersionCard:
    """What is known of a model version. ``trained_on`` holds the fingerprints of imagery whose labels it has seen."""

    id: str
    parent: str | None
    created: str
    method: str
    encoder: str
    decoder_channels: tuple[int, ...]
    bands: int
    sha256: str = ""
    trained_on: Mapping[str, str] = field(default_factory=dict)  # name of the imagery -> fingerprint
    settings: Mapping[str, Any] = field(default_factory=dict)
    metrics: Mapping[str, Any] = field(default_factory=dict)

    @property
    def architecture(self) -> Architecture:
        return Architecture(self.encoder, self.decoder_channels, self.bands)


def save_version(folder: Path, network: UNet, card: VersionCard, is_half: bool = False) -> VersionCard:
    """Write a version's folder whole or not at all and return its card with the hash of the weights."""
    from safetensors.torch import save_file

    if folder.exists():
        raise ModelError(
            f"There is a version in {folder} already, and versions never change. Remove it or choose another."
        )
    beside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    tensors = {name: _stored(value, is_half) for name, value in network.state_dict().items()}
    save_file(tensors, beside / WEIGHTS)
    card = replace(card, sha256=_sha256(beside / WEIGHTS))
    (beside / CARD).write_text(json.dumps(asdict(card), indent=1), encoding="utf-8")
    os.replace(beside, folder)
    return card


def read_card(folder: Path) -> VersionCard:
    """The card of the version in a folder; raises ModelError where there is none that can be read."""
    if folder.is_file() or not (folder / CARD).exists():
        raise ModelError(
            f"{folder} is no model version: a version is a folder with {WEIGHTS} and {CARD}. "
            "Pickled models (.pt, .pth, .ckpt) are refused because opening one can run any code."
        )
    try:
        stored = json.loads((folder / CARD).read_text(encoding="utf-8"))
        return VersionCard(**{**stored, "decoder_channels": tuple(stored["decoder_channels"])})
    except (ValueError, TypeError, KeyError) as error:
        raise ModelError(
            f"{folder / CARD} cannot be read ({error}). Take the version from its source again."
        ) from error


def load_network(folder: Path) -> tuple[UNet, VersionCard]:
    """The network of a version, in evaluation mode on the CPU; raises ModelError where the weights are not the card's."""
    import torch
    from safetensors.torch import load_file

    from ..segmentation.unet import UNet

    card = read_card(folder)
    check_weights(folder, card)
    network = UNet(card.architecture)
    tensors = load_file(folder / WEIGHTS)
    network.load_state_dict(
        {name: value.float() if value.dtype == torch.float16 else value for name, value in tensors.items()}
    )
    return network.eval(), card


def check_weights(folder: Path, card: VersionCard) -> None:
    """Raises ModelError unless the weights are there with the hash that the card names."""
    if not (folder / WEIGHTS).exists():
        raise ModelError(f"Version {card.id} has lost its {WEIGHTS}. Copy the folder {folder} from its source again.")
    if _sha256(folder / WEIGHTS) != card.sha256:
        raise ModelError(
            f"The weights of version {card.id} are not the ones that its card names (SHA-256 differs): the file is "
            "damaged or was exchanged. Copy the version from its source again, or activate another one."
        )


def _stored(value: Tensor, is_half: bool) -> Tensor:
    value = value.detach().contiguous()
    return value.half() if is_half and value.is_floating_point() else value


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()
