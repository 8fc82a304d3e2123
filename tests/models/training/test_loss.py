from __future__ import annotations

import torch

from tiletriage.models.annotation.mask import IGNORE
from tiletriage.models.training.loss import BORDER_WEIGHT, segmentation_loss, training_loss

MASKS = torch.tensor([[[1, 0], [0, 1]]], dtype=torch.uint8)


def test_a_perfect_prediction_costs_nothing_and_its_opposite_a_lot():
    logits = torch.where(MASKS == 1, 50.0, -50.0)
    assert segmentation_loss(logits, MASKS) < 1e-4
    assert segmentation_loss(-logits, MASKS) > 49


def test_a_guess_costs_ln_2_and_half_the_dice():
    # dice = (2 * 2 * 0.5 + 1) / (4 * 0.5 + 2 + 1) = 3 / 5
    torch.testing.assert_close(segmentation_loss(torch.zeros(1, 2, 2), MASKS), torch.tensor(0.6931472 + 1 - 0.6))


def test_ignored_pixels_have_no_say():
    masks = MASKS.clone()
    masks[0, 1, 1] = IGNORE
    first, second = torch.zeros(1, 2, 2), torch.zeros(1, 2, 2)
    second[0, 1, 1] = 100
    torch.testing.assert_close(segmentation_loss(first, masks), segmentation_loss(second, masks))


def test_without_a_labelled_pixel_there_is_nothing_to_learn():
    logits = torch.randn(1, 2, 2, requires_grad=True)
    segmentation_loss(logits, torch.full((1, 2, 2), IGNORE, dtype=torch.uint8)).backward()
    assert not logits.grad.any()


def test_the_border_counts_by_its_weight_where_the_network_draws_one():
    logits = torch.zeros(1, 2, 2, 2)
    targets = torch.stack([MASKS, 1 - MASKS], 1)
    building = segmentation_loss(logits[:, 0], MASKS)
    torch.testing.assert_close(training_loss(logits[:, :1], targets), building)
    torch.testing.assert_close(training_loss(logits, targets), building * (1 + BORDER_WEIGHT))
    logits[:, 1] = torch.where(targets[:, 1] == 1, 50.0, -50.0)
    torch.testing.assert_close(training_loss(logits, targets), building)


CLASS_MASKS = torch.tensor([[[0, 1], [2, 1]]], dtype=torch.uint8)


def sure_of(masks, layers=3):
    """Logits (tile, layer, row, column) of a network that is sure of a mask of classes."""
    return torch.stack([torch.where(masks == number, 50.0, -50.0) for number in range(layers)], dim=1)


def test_of_several_classes_a_perfect_prediction_costs_nothing_and_a_confusion_a_lot():
    assert training_loss(sure_of(CLASS_MASKS), CLASS_MASKS[:, None], classes=2) < 1e-3
    assert training_loss(sure_of((CLASS_MASKS + 1) % 3), CLASS_MASKS[:, None], classes=2) > 50


def test_of_several_classes_ignored_pixels_have_no_say_and_nothing_else_costs_nothing():
    masks = CLASS_MASKS.clone()
    masks[0, 0] = IGNORE
    logits = sure_of(CLASS_MASKS)
    logits[:, :, 0] = -logits[:, :, 0]
    assert training_loss(logits, masks[:, None], classes=2) < 1e-3
    assert training_loss(logits, torch.full_like(masks, IGNORE)[:, None], classes=2) == 0


def test_beside_several_classes_the_border_is_learnt_from_the_last_layer():
    targets = torch.stack([CLASS_MASKS, MASKS], dim=1)
    border = torch.where(MASKS == 1, 50.0, -50.0)[:, None]
    right, wrong = (torch.cat([sure_of(CLASS_MASKS), layer], dim=1) for layer in (border, -border))
    assert training_loss(right, targets, classes=2) < 1e-3
    expected = BORDER_WEIGHT * segmentation_loss(-border[:, 0], MASKS)
    torch.testing.assert_close(training_loss(wrong, targets, classes=2), expected, rtol=1e-3, atol=1e-3)
