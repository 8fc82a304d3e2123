from __future__ import annotations

import pytest

from tiletriage.models.errors import ModelError
from tiletriage.models.evaluation.region import open_region
from tiletriage.models.training.split import block_of
from tiletriage.tests.conftest import write_labels, write_scene


def test_imagery_with_other_bands_than_the_model_takes_is_refused_with_the_cure(tmp_path, tiny_labels, tiny_start):
    scene = write_scene(tmp_path / "grey.tif", bands=1)
    job = open_region(scene, tiny_labels, tiny_start, tile_size_px=64, precision=tmp_path / "precision.json")
    with pytest.raises(ModelError, match=r"1 bands.*option bands, for example 1,1,1") as refused:
        next(job)
    assert refused.value.code == "bands-do-not-fit"


def test_the_bands_named_are_the_ones_that_are_read(tmp_path, tiny_labels, tiny_start):
    scene = write_scene(tmp_path / "grey.tif", bands=1)
    job = open_region(
        scene, tiny_labels, tiny_start, tile_size_px=64, bands=(1, 1, 1), precision=tmp_path / "precision.json"
    )
    with pytest.raises(StopIteration) as end:
        while True:
            next(job)
    assert end.value.value.area.pixels.shape[1] == 3


ROWS, COLUMNS = 16, 14


def finish(job):
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A scene large enough for two exams, and its labels."""
    folder = tmp_path_factory.mktemp("large")
    scene = write_scene(folder / "scene.tif", ROWS, COLUMNS)
    return scene, write_labels(folder / "labels.gpkg", ROWS, COLUMNS), folder / "precision.json"


def read(large, start, **settings):
    scene, labels, precision = large
    return finish(open_region(scene, labels, start, tile_size_px=64, precision=precision, **settings))


def test_a_region_that_is_large_enough_is_measured_on_tiles_that_the_gate_does_not_see(large, tiny_start):
    region = read(large, tiny_start, exam_tiles=None)
    exam, measured, pool = (region.samples(places).tiles for places in (region.exam, region.held_out, region.pool))
    blocks, others = ({block_of(tile) for tile in tiles} for tiles in (exam, measured))
    assert len(blocks) >= 5 and len(others) >= 5
    assert not blocks & others
    assert region.measured is region.held_out
    assert len({*exam, *measured, *pool}) == len(exam) + len(measured) + len(pool) == ROWS * COLUMNS


def test_without_a_gate_the_exam_of_a_campaign_measures(large, tiny_start):
    region = read(large, tiny_start, exam_tiles=None, has_gate=False)
    assert region.measured is region.exam
    assert len(region.exam) == 24  # a tenth of 224 in blocks of four


def test_without_an_exam_a_tenth_measures_and_the_gate_sees_none_of_it(large, tiny_start):
    region = read(large, tiny_start)
    assert (len(region.exam), len(region.held_out)) == (0, 24)
    assert not set(region.held_out) & set(region.pool)


def test_a_region_with_too_few_exam_tiles_for_two_sets_is_measured_on_those_of_the_gate(large, tiny_start):
    assert (region := read(large, tiny_start, exam_tiles=16)).measured is region.exam


def test_footprints_on_a_tile_are_those_that_share_ground_with_it(large, tiny_start):
    region = read(large, tiny_start, exam_tiles=16)
    found = [len(region.labels_on(place)) for place in range(len(region.area.tiles))]
    assert found == region.has_foreground.astype(int).tolist()
