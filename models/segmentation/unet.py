"""The network: a U-Net with a compact encoder that gives, in one pass, logits and the tile's embedding."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor, nn

from ..native_libraries import import_segmentation_models
from .architecture import Architecture


class Output(NamedTuple):
    """What the network says of some tiles.

    Logits (tile, layer, row, column), the layers being building and, where the network has it, border; and the
    embedding (tile, channel), the mean over the deepest encoder map.
    """

    logits: Tensor
    embedding: Tensor


class UNet(nn.Module):
    """Image -> logits and embedding."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        self.layers = 2 if architecture.has_border else 1
        network = import_segmentation_models().Unet(
            architecture.encoder,
            encoder_weights=None,
            in_channels=architecture.bands,
            decoder_channels=architecture.decoder_channels,
            classes=self.layers,
        )
        self.encoder: nn.Module = network.encoder
        self.decoder: nn.Module = network.decoder
        self.head: nn.Module = network.segmentation_head

    def forward(self, pixels: Tensor) -> Output:
        """The output for normalized pixels (tile, band, row, column), whose rows and columns are multiples of 32."""
        maps = self.encoder(pixels)
        return Output(self.head(self.decoder(maps)), maps[-1].mean(dim=(2, 3)))
