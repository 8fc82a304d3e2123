"""The network at work: pixels of tiles to probability and embedding, batch by batch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from shapely import box
from shapely.geometry.base import BaseGeometry
from torch import nn

from ..errors import ImageryError, ModelError
from ..imagery.grid import TileGrid
from ..imagery.normalization import Normalization
from ..imagery.raster import Imagery, Pixels, read_windows
from ..jobs import Job
from .classes import BUILDING, MappedClass
from .folding import folded
from .mosaic import ProbabilityMosaic, windows
from .precision import mixed_precision
from .unet import UNet, probabilities

LARGEST_EMBEDDING = 1e9  # squares of larger ones do not fit float32


@dataclass(frozen=True)
class Prediction:
    """Probabilities, float32 (tile, layer, row, column), and embedding, float32 (tile, channel).

    The layers are so many ``classes`` and, where the network draws them, borders.
    """

    layers: NDArray[np.float32]
    embedding: NDArray[np.float32]
    classes: int

    @property
    def probability(self) -> NDArray[np.float32]:
        """Of the classes, (tile, class, row, column)."""
        return self.layers[:, : self.classes]


@dataclass(frozen=True)
class Predictor:
    """A network on its device, with the normalization of the imagery that it looks at, and the classes that it maps."""

    network: UNet
    normalization: Normalization
    device: torch.device
    is_mixed: bool
    classes: tuple[MappedClass, ...] = (BUILDING,)

    @cached_property
    def _folded(self) -> nn.Module:
        return folded(self.network, len(self.normalization.mean))

    def predict(self, pixels: Pixels) -> Prediction:
        """One forward pass; where a pixel is not valid the probability is 0."""
        return self.predict_normalized(normalized_tensor(pixels, self.normalization), pixels.valid)

    def predict_normalized(self, inputs: torch.Tensor, valid: NDArray[np.bool_]) -> Prediction:
        """The same for pixels that are normalized already, (tile, band, row, column)."""
        inputs = inputs.float().to(self.device, memory_format=torch.channels_last)
        with torch.inference_mode(), mixed_precision(self.device, self.is_mixed):
            logits, embedding = self._folded(inputs)
            classes = self.network.classes
            layers: NDArray[np.float32] = probabilities(logits.float(), classes).cpu().numpy()
        vectors: NDArray[np.float32] = embedding.float().cpu().numpy()
        if not (np.isfinite(layers.sum()) and np.abs(vectors).max(initial=0) <= LARGEST_EMBEDDING):
            raise ModelError(
                "answer-not-finite",
                "What the model says of this imagery are no usable numbers: its weights are damaged, or it does not "
                "fit the imagery. Activate another version, or copy this one from its source again.",
            )
        return Prediction(np.where(valid[:, None], layers, np.float32(0)), vectors, classes)


def normalized_tensor(pixels: Pixels, normalization: Normalization) -> torch.Tensor:
    """What the network takes, float32 (tile, band, row, column): invalid pixels are 0, the imagery's mean."""
    return torch.from_numpy(normalization.apply(pixels.values) * pixels.valid[:, None])


def predict_mosaic(
    predictor: Predictor, imagery: Imagery, grid: TileGrid, area: BaseGeometry | None, path: Path, batch_size: int = 8
) -> Job[None]:
    """Write the seamless probability of the whole grid, or of the windows that touch an area in its CRS.

    Raises ImageryError where none does.
    """
    overlap_px = grid.tile_size_px // 4
    origins = [origin for origin in windows(grid, overlap_px) if area is None or _touches(area, grid, origin)]
    if not origins:
        raise ImageryError(
            "area-outside-campaign",
            "The area of interest lies outside the campaign. Check its CRS, or draw it anew.",
        )
    done = 0
    layers_of = predictor.network.classes + predictor.network.has_border
    with ProbabilityMosaic(path, grid, overlap_px, layers_of) as mosaic:
        for pixels in read_windows(imagery, grid, origins, batch_size):
            for layers in predictor.predict(pixels).layers:
                mosaic.add(*origins[done], layers)
                done += 1
            yield done / len(origins)


def _touches(area: BaseGeometry, grid: TileGrid, origin: tuple[int, int]) -> bool:
    row, column = origin
    left, top = grid.transform * (column, row)
    return bool(area.intersects(box(left, top - grid.tile_size, left + grid.tile_size, top)))
