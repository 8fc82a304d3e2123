"""What training makes small: cross-entropy for every pixel, and Dice for each class as a whole."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from ..annotation.mask import IGNORE
from ..native_libraries import import_segmentation_models

BORDER_WEIGHT = 0.7  # beside the 1 of the classes themselves


def training_loss(logits: Tensor, targets: Tensor, classes: int = 1, smoothing: float = 1.0) -> Tensor:
    """The loss of every output that the network has, the border's by its weight.

    Takes logits (tile, layer, row, column), as ``UNet`` gives them for so many classes, and targets uint8 (tile, layer,
    row, column): see ``targets_of``.
    """
    of_classes = 1 if classes == 1 else classes + 1
    if classes == 1:
        loss = segmentation_loss(logits[:, 0], targets[:, 0], smoothing)
    else:
        loss = classes_loss(logits[:, :of_classes], targets[:, 0], smoothing)
    if logits.shape[1] > of_classes:
        loss = loss + BORDER_WEIGHT * segmentation_loss(logits[:, of_classes], targets[:, 1], smoothing)
    return loss


def segmentation_loss(logits: Tensor, masks: Tensor, smoothing: float = 1.0) -> Tensor:
    """Mean binary cross-entropy plus Dice loss over the batch, without the ignored pixels.

    Takes logits (tile, row, column) and masks uint8 of the same shape: 1 foreground, 0 background, 255 ignored. A batch
    without a single labelled pixel costs 0. ``smoothing``, in pixels, stands above and below the Dice fraction.
    """
    known = (masks != IGNORE).float()
    truth = (masks == 1).float()
    entropy = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    mean_entropy = (entropy * known).sum() / known.sum().clamp(min=1)
    probability = torch.sigmoid(logits) * known
    overlap = 2 * (probability * truth).sum() + smoothing
    return mean_entropy + 1 - overlap / (probability.sum() + truth.sum() + smoothing)


def classes_loss(logits: Tensor, masks: Tensor, smoothing: float = 1.0) -> Tensor:
    """Mean cross-entropy plus the mean Dice loss of the classes in the batch, without the ignored pixels.

    Takes logits (tile, class, row, column), background first, and masks uint8 (tile, row, column): see ``mask_of``. A
    batch without a single labelled pixel costs 0.
    """
    truth = masks.long()
    if not bool((masks != IGNORE).any()):
        return 0 * logits.sum()
    losses = import_segmentation_models().losses
    dice = losses.DiceLoss(losses.MULTICLASS_MODE, smooth=smoothing, ignore_index=IGNORE)
    loss: Tensor = functional.cross_entropy(logits, truth, ignore_index=IGNORE) + dice(logits, truth)
    return loss
