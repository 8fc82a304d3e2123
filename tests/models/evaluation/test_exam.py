from __future__ import annotations

import numpy as np
import pytest
import torch
from shapely.geometry import box

from tiletriage.models.annotation.labels import Labels
from tiletriage.models.annotation.mask import IGNORE, targets_of
from tiletriage.models.evaluation.exam import examine, look_at
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.imagery.raster import grid_of, open_imagery
from tiletriage.models.segmentation.classes import BUILDING
from tiletriage.models.segmentation.metrics import ConfusionCounts, FootprintCounts
from tiletriage.models.training.samples import Samples

WITH_HOUSE, WITHOUT = [Tile(0, 0), Tile(0, 1), Tile(1, 0)], Tile(0, 2)  # of the tiny scene
HOUSE = (24, 24, 40, 40)  # its first and last pixels, right and down


@pytest.fixture
def exam(bright_predictor, tiny_scene):
    """The exam of a predictor that finds exactly the houses of the tiny scene, against houses given by tile."""
    imagery = open_imagery(tiny_scene)
    grid = grid_of(imagery, tile_size_px=64)

    def on_the_map(tile, pixels):
        x, y, right, down = pixels
        place = grid.tile_transform(tile)
        return box(*(place * (x, down)), *(place * (right, y)))

    def run(houses, batch_size=8, ignored=None, annotated=()):
        tiles = tuple(houses)
        true = {tile: [on_the_map(tile, pixels) for pixels in houses[tile]] for tile in tiles}
        targets = np.stack([targets_of(true[tile], grid, tile, ignored) for tile in tiles])
        samples = Samples(tiles, torch.empty(0), torch.from_numpy(targets))
        job = look_at(bright_predictor, imagery, grid, tiles, batch_size)
        while True:
            try:
                next(job)
            except StopIteration as end:
                every = [house for tile in tiles for house in true[tile]]
                labels = Labels.of_one_class(every)
                return examine("v001", samples, end.value, labels, grid, (BUILDING,), annotated)

    return run


def test_who_finds_every_house_and_nothing_else_is_perfect(exam):
    result = exam({**{tile: [HOUSE] for tile in WITH_HOUSE}, WITHOUT: []}, batch_size=3)
    assert (result.version, result.exam_tiles, result.tiles) == ("v001", 4, (*WITH_HOUSE, WITHOUT))
    assert result.iou == result.f1 == result.footprint_f1 == 1
    assert result.pixels == (*(ConfusionCounts(tp=256),) * 3, ConfusionCounts())
    assert result.footprints == FootprintCounts(tp=3, iou_sum=3)
    assert result.matched_iou == 1


def test_a_house_drawn_half_a_house_aside_counts_a_third_and_is_no_hit(exam):
    result = exam({WITH_HOUSE[0]: [(32, 24, 48, 40)]})
    assert result.pixels == (ConfusionCounts(tp=128, fp=128, fn=128),)
    assert (result.iou, result.f1) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert result.footprints == FootprintCounts(fp=1, fn=1)
    assert result.footprint_f1 == 0


def test_all_tiles_count_as_one_area(exam):
    result = exam({WITH_HOUSE[0]: [HOUSE], WITHOUT: [HOUSE]})
    assert result.iou == pytest.approx(1 / 2)
    assert result.f1 == pytest.approx(2 / 3)


def test_what_is_ignored_is_neither_right_nor_wrong(exam):
    result = exam({WITH_HOUSE[0]: [HOUSE]}, ignored=np.ones((64, 64), bool))
    assert (result.pixels, result.footprints) == ((ConfusionCounts(),), FootprintCounts())
    assert IGNORE == 255


def test_order_survives_batching(exam):
    houses = {WITHOUT: [], WITH_HOUSE[0]: [], WITH_HOUSE[1]: [HOUSE], WITH_HOUSE[2]: [HOUSE]}
    assert exam(houses, batch_size=1).pixels == exam(houses, batch_size=3).pixels


def test_what_is_annotated_is_right_on_the_finished_map(exam):
    result = exam({WITH_HOUSE[0]: [], WITHOUT: [HOUSE]}, annotated=[WITHOUT])
    assert result.pixels == (ConfusionCounts(fp=256), ConfusionCounts(tp=256))
    assert result.footprints == FootprintCounts(tp=1, fp=1, iou_sum=1)
