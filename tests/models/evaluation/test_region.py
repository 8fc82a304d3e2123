from __future__ import annotations

import pytest

from tiletriage.models.errors import ModelError
from tiletriage.models.evaluation.region import open_region
from tiletriage.tests.conftest import write_scene


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
    assert end.value.value.pool.pixels.shape[1] == 3
