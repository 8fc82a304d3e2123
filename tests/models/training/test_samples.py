from __future__ import annotations

import torch

from tiletriage.models.imagery.grid import Tile
from tiletriage.models.training.samples import Samples


def test_what_lies_within_a_quarter_tile_of_a_test_tile_is_ignored():
    tiles = (Tile(0, 0), Tile(0, 1), Tile(1, 2), Tile(3, 3))
    samples = Samples(tiles, torch.zeros(4, 3, 8, 8), torch.zeros(4, 2, 8, 8, dtype=torch.uint8))
    known = samples.apart_from({Tile(0, 0)}).targets == 0
    assert known.all(dim=1).sum(dim=(1, 2)).tolist() == [64, 6 * 8, 64, 64]
    assert not known[1, :, :, :2].any()
    at_a_corner = samples.apart_from({Tile(0, 1)}).targets[2]
    assert (at_a_corner[:, :2, :2] == 255).all() and (at_a_corner[0] == 255).sum() == 2 * 2
    assert (samples.targets == 0).all()
