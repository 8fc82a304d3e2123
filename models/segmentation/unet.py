"""The network: a U-Net with a compact encoder that gives, in one pass, logits and the tile's embedding."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from ..native_libraries import import_segmentation_models
from .architecture import Architecture


class Output(NamedTuple):
    """What the network says of some tiles.

    Logits (tile, layer, row, column), the layers being those of the classes, after one of background where they are
    more than one, and, where the network has it, border; and the embedding (tile, channel), the mean over the deepest
    encoder map.
    """

    logits: Tensor
    embedding: Tensor


class UNet(nn.Module):
    """Image -> logits and embedding."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        self.classes, self.has_border = architecture.classes, architecture.has_border
        network = import_segmentation_models().Unet(
            architecture.encoder,
            encoder_weights=None,
            in_channels=architecture.bands,
            decoder_channels=architecture.decoder_channels,
            classes=architecture.layers,
        )
        self.encoder: nn.Module = network.encoder
        self.decoder: nn.Module = network.decoder
        self.head: nn.Module = network.segmentation_head

    def forward(self, pixels: Tensor) -> Output:
        """The output for normalized pixels (tile, band, row, column), whose rows and columns are multiples of 32."""
        maps = self.encoder(pixels)
        return Output(self.head(self.decoder(maps)), maps[-1].mean(dim=(2, 3)))


def probabilities(logits: Tensor, classes: int) -> Tensor:
    """From logits (tile, layer, row, column) the probability of each class, then that of border where there is one."""
    if classes == 1:
        return torch.sigmoid(logits)
    of_classes = torch.softmax(logits[:, : classes + 1], dim=1)[:, 1:]
    return torch.cat([of_classes, torch.sigmoid(logits[:, classes + 1 :])], dim=1)
