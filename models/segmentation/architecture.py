"""What the network looks like, apart from its weights."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Architecture:
    """What has to be known to build the network before its weights are loaded."""

    encoder: str = "tu-tf_efficientnet_lite0"
    decoder_channels: tuple[int, ...] = (128, 64, 32, 16, 16)
    bands: int = 3
    has_border: bool = True  # an output for the outlines of objects beside those for the classes
    classes: int = 1

    @property
    def layers(self) -> int:
        """The outputs: one class against background needs one, more need one each and one for background."""
        return (self.classes + 1 if self.classes > 1 else 1) + self.has_border
