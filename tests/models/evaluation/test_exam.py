from __future__ import annotations

import numpy as np
import pytest
import torch

from tiletriage.models.annotation.mask import IGNORE
from tiletriage.models.evaluation.exam import examine
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.imagery.raster import grid_of, open_imagery
from tiletriage.models.segmentation.metrics import Counts
from tiletriage.models.training.samples import Samples

WITH_HOUSE, WITHOUT = [Tile(0, 0), Tile(0, 1), Tile(1, 0)], Tile(0, 2)  # of the tiny scene
HOUSE = (slice(24, 40), slice(24, 40))


def mask(*places):
    result = np.zeros((64, 64), np.uint8)
    for place in places:
        result[place] = 1
    return result


@pytest.fixture
def exam(bright_predictor, tiny_scene):
    """The exam of a predictor that finds exactly the houses of the tiny scene, against masks made by hand."""
    imagery = open_imagery(tiny_scene)
    grid = grid_of(imagery, tile_size_px=64)

    def run(tiles, masks, batch_size=8):
        samples = Samples(tuple(tiles), torch.empty(0), torch.from_numpy(np.stack(masks)))
        job = examine(bright_predictor, "v001", imagery, grid, samples, batch_size)
        while True:
            try:
                next(job)
            except StopIteration as end:
                return end.value

    return run


def test_who_finds_every_house_and_nothing_else_is_perfect(exam):
    result = exam([*WITH_HOUSE, WITHOUT], [mask(HOUSE)] * 3 + [mask()], batch_size=3)
    assert (result.version, result.exam_tiles) == ("v001", 4)
    assert result.iou == result.f1 == result.footprint_f1 == 1
    assert result.pixels == (Counts(tp=256),) * 3 + (Counts(),)
    assert result.footprints == (Counts(tp=1),) * 3 + (Counts(),)


def test_a_house_drawn_half_a_house_aside_counts_a_third_and_is_no_hit(exam):
    result = exam(WITH_HOUSE[:1], [mask((slice(24, 40), slice(32, 48)))])
    assert result.pixels == (Counts(tp=128, fp=128, fn=128),)
    assert (result.iou, result.f1) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert result.footprints == (Counts(fp=1, fn=1),)
    assert result.footprint_f1 == 0


def test_all_tiles_count_as_one_area(exam):
    result = exam([WITH_HOUSE[0], WITHOUT], [mask(HOUSE), mask(HOUSE)])
    assert result.iou == pytest.approx(1 / 2)
    assert result.f1 == pytest.approx(2 / 3)


def test_what_is_ignored_is_neither_right_nor_wrong(exam):
    result = exam(WITH_HOUSE[:1], [np.full((64, 64), IGNORE, np.uint8)])
    assert result.pixels == result.footprints == (Counts(),)


def test_a_speck_is_no_footprint(exam):
    result = exam(WITH_HOUSE[:1], [mask(HOUSE, (slice(0, 4), slice(0, 6)))])  # 24 pixels
    assert result.footprints == (Counts(tp=1),)
    assert result.pixels == (Counts(tp=256, fn=24),)


def test_order_survives_batching(exam):
    tiles, masks = [WITHOUT, *WITH_HOUSE], [mask(), mask(), mask(HOUSE), mask(HOUSE)]
    assert exam(tiles, masks, batch_size=1).pixels == exam(tiles, masks, batch_size=3).pixels
