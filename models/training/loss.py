"""What training makes small: cross-entropy for every pixel, and Dice for buildings as a whole."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from ..annotation.mask import IGNORE

BORDER_WEIGHT = 0.7  # beside the 1 of the buildings themselves


def training_loss(logits: Tensor, targets: Tensor, smoothing: float = 1.0) -> Tensor:
    """The loss of every output that the network has, the border's by its weight.

    Takes logits (tile, layer, row, column) and targets uint8 of at least as many layers: see ``targets_of``.
    """
    layers = (segmentation_loss(logits[:, i], targets[:, i], smoothing) for i in range(logits.shape[1]))
    building, *border = layers
    return building + BORDER_WEIGHT * border[0] if border else building


def segmentation_loss(logits: Tensor, masks: Tensor, smoothing: float = 1.0) -> Tensor:
    """Mean binary cross-entropy plus Dice loss over the batch, without the ignored pixels.

    Takes logits (tile, row, column) and masks uint8 of the same shape: 1 building, 0 background, 255 ignored. A batch
    without a single labelled pixel costs 0. ``smoothing``, in pixels, stands above and below the Dice fraction.
    """
    known = (masks != IGNORE).float()
    truth = (masks == 1).float()
    entropy = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    mean_entropy = (entropy * known).sum() / known.sum().clamp(min=1)
    probability = torch.sigmoid(logits) * known
    overlap = 2 * (probability * truth).sum() + smoothing
    return mean_entropy + 1 - overlap / (probability.sum() + truth.sum() + smoothing)
