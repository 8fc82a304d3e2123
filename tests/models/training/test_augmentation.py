from __future__ import annotations

import torch

from tiletriage.models.annotation.mask import IGNORE
from tiletriage.models.training.augmentation import Augmentation, augment

ONLY_TURNS = Augmentation(scale=1.0, rotation_degrees=0, gain=0, offset=0, band_offset=0, noise=0)


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


def test_the_mask_turns_with_the_pixels():
    masks = (torch.rand(32, 2, 16, 16, generator=generator()) > 0.5).to(torch.uint8)
    pixels, turned = augment(masks.float(), masks, ONLY_TURNS, generator(1))
    torch.testing.assert_close(pixels, turned.float(), atol=1e-4, rtol=0)


def test_all_eight_turns_come_and_keep_every_pixel():
    tile = torch.arange(16, dtype=torch.float32).reshape(1, 1, 4, 4).repeat(200, 1, 1, 1)
    pixels, _ = augment(tile, torch.zeros(200, 1, 4, 4, dtype=torch.uint8), ONLY_TURNS, generator())
    views = {tuple(view.round().int().flatten().tolist()) for view in pixels}
    assert len(views) == 8
    assert all(sorted(view) == list(range(16)) for view in views)


def test_what_lies_beyond_the_tile_is_ignored():
    smaller = Augmentation(scale=2.0, rotation_degrees=45)
    masks = torch.zeros(64, 1, 16, 16, dtype=torch.uint8)
    _, turned = augment(torch.ones(64, 3, 16, 16), masks, smaller, generator())
    assert set(turned.unique().tolist()) == {0, IGNORE}
    assert (turned[:, 0, 8, 8] == 0).all()


def test_the_same_seed_gives_the_same_views():
    pixels, masks = torch.randn(4, 3, 16, 16, generator=generator()), torch.zeros(4, 1, 16, 16, dtype=torch.uint8)
    first, second, other = (augment(pixels, masks, Augmentation(), generator(seed))[0] for seed in (3, 3, 4))
    torch.testing.assert_close(first, second)
    assert not torch.equal(first, other)
