"""The network: a U-Net with a compact encoder that gives, in one pass, logits and the tile's embedding."""

from __future__ import annotations

from torch import Tensor, nn

from ..native_libraries import import_segmentation_models
from .architecture import Architecture


class UNet(nn.Module):
    """Image -> logits and embedding."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        network = import_segmentation_models().Unet(
            architecture.encoder,
            encoder_weights=None,
            in_channels=architecture.bands,
            decoder_channels=architecture.decoder_channels,
            classes=1,
        )
        self.encoder: nn.Module = network.encoder
        self.decoder: nn.Module = network.decoder
        self.head: nn.Module = network.segmentation_head

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Logits (tile, row, column) and embedding (tile, channel) of normalized pixels (tile, band, row, column).

        Rows and columns are multiples of 32. The embedding is the mean over the deepest encoder map.
        """
        maps = self.encoder(pixels)
        logits = self.head(self.decoder(maps))
        return logits[:, 0], maps[-1].mean(dim=(2, 3))
