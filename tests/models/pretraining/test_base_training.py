from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch

from tiletriage.models.annotation.mask import IGNORE
from tiletriage.models.pretraining.base_training import (
    BaseTraining,
    Scene,
    _random_batch,
    _random_crop,
    load_scenes,
    train,
)
from tiletriage.models.training.augmentation import Augmentation

AS_IT_IS = Augmentation(scale=1, rotation_degrees=0, gain=0, offset=0, band_offset=0, noise=0)
SETTINGS = BaseTraining(steps=4, batch_size=2, crop_px=32, checkpoint_every=2, augmentation=AS_IT_IS)


def scene(height=64, width=64, house=(slice(40, 44), slice(50, 54))):
    """Buildings are bright, and there is one house; None for no house at all."""
    mask = np.zeros((height, width), np.uint8)
    if house:
        mask[house] = 1
    pixels = torch.from_numpy(np.stack([mask, mask]).astype(np.float32)).half()
    return Scene(pixels, torch.from_numpy(np.stack([mask, mask])), np.argwhere(mask == 1))


def finish(job, steps=None):
    """The job's result, or what it has done after so many steps."""
    while steps is None or steps > 0:
        try:
            next(job)
        except StopIteration as end:
            return end.value
        steps = steps and steps - 1
    return job.close()


def test_a_region_is_read_at_every_gsd_that_it_can_serve(tiny_scene, tiny_labels):
    scenes = load_scenes(tiny_scene, tiny_labels, finest_factor=0.25)  # 0.125 m and coarser
    houses, across, down = 16 * 8.0**2, 256, 96  # square metres, metres, metres
    for found, gsd in zip(scenes, (0.14, 0.2, 0.28, 0.4)):
        area = (found.targets[0] == 1).sum().item() * gsd**2
        assert area == pytest.approx(houses, rel=0.1)
        assert (found.targets[0] != IGNORE).sum().item() * gsd**2 == pytest.approx(across * down, rel=0.02)
        assert found.pixels.shape == (3, *found.targets.shape[1:])
        assert found.pixels[:, found.targets[0] == 1].float().mean() > 1  # houses are bright
    assert len(scenes) == 4


def test_a_region_gets_no_gsd_much_finer_than_its_own(tiny_scene, tiny_labels):
    assert len(load_scenes(tiny_scene, tiny_labels)) == 1  # 0.5 m serves 0.4 m, and nothing finer


def test_pixels_and_mask_are_cropped_together():
    for seed in range(20):
        pixels, targets = _random_crop(scene(), SETTINGS, np.random.default_rng(seed))
        assert pixels.shape == (2, 32, 32)
        np.testing.assert_array_equal(pixels, targets)


def test_crops_look_for_buildings_as_often_as_wished():
    rng = np.random.default_rng(0)
    crops = [_random_crop(scene(256, 256), replace(SETTINGS, building_share=1), rng)[1] for _ in range(20)]
    assert all((mask == 1).any() for mask in crops)


def test_a_scene_without_a_building_gives_crops_too():
    _, mask = _random_crop(scene(house=None), replace(SETTINGS, building_share=1), np.random.default_rng(0))
    assert not mask.any()


def test_beyond_a_scene_smaller_than_a_crop_everything_is_ignored():
    pixels, mask = _random_crop(scene(20, 24, (slice(2, 4), slice(2, 4))), SETTINGS, np.random.default_rng(0))
    assert mask.shape == (2, 32, 32)
    assert (mask[:, 20:] == IGNORE).all() and (mask[..., 24:] == IGNORE).all() and (mask[:, :20, :24] != IGNORE).all()
    assert not pixels[:, 20:].any() and not pixels[:, :, 24:].any()


def test_a_step_has_the_same_batch_wherever_training_was_resumed():
    regions = [[scene()], [scene(), scene(96, 96)]]
    again, other = _random_batch(regions, SETTINGS, 1, 7), _random_batch(regions, SETTINGS, 1, 8)
    for first, second in zip(_random_batch(regions, SETTINGS, 1, 7), again):
        torch.testing.assert_close(first, second)
    assert not torch.equal(again[1], other[1])


def test_every_region_is_seen_as_often_as_the_others_however_many_scenes_it_has():
    empty, full = scene(32, 32, None), scene(32, 32, (slice(0, 32), slice(0, 32)))
    settings = replace(SETTINGS, batch_size=400)
    _, masks = _random_batch([[full], [empty] * 9], settings, 0, 0)
    assert (masks.float().mean(dim=(1, 2, 3)) > 0.5).float().mean() == pytest.approx(0.5, abs=0.1)


def test_training_that_was_interrupted_ends_as_if_it_had_not_been(network, tmp_path):
    regions = [[scene()]]
    straight = finish(train(copy.deepcopy(network), regions, SETTINGS, 0, tmp_path / "none", False))
    finish(train(copy.deepcopy(network), regions, SETTINGS, 0, tmp_path / "checkpoint", False), steps=3)
    resumed = train(copy.deepcopy(network), regions, SETTINGS, 0, tmp_path / "checkpoint", False)
    assert next(resumed) == 3 / 4
    torch.testing.assert_close(finish(resumed).state_dict(), straight.state_dict(), rtol=0, atol=1e-6)
    assert not straight.training


def test_a_damaged_checkpoint_is_no_checkpoint(network, tmp_path):
    (tmp_path / "checkpoint").write_bytes(b"torn")
    assert next(train(network, [[scene()]], SETTINGS, 0, tmp_path / "checkpoint", False)) == 1 / 4
