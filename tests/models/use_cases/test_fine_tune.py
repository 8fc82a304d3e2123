from __future__ import annotations

from datetime import datetime, timezone

import pytest

from tiletriage.models import loop
from tiletriage.models.training.split import block_of
from tiletriage.tests.conftest import write_labels, write_scene

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
SIDE = 12  # tiles


def finish(job):
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


@pytest.fixture
def campaign(tmp_path, tiny_start):
    """A campaign with random weights and six blocks of exam tiles, and the file of its labels."""
    scene = write_scene(tmp_path / "scene.tif", SIDE, SIDE)
    workspace = loop.new(tmp_path / "campaign", scene, tile_size_px=64, start=tiny_start, exam_tiles=24)
    return workspace, write_labels(tmp_path / "labels.gpkg", SIDE, SIDE)


def fine_tune(campaign, blocks):
    """After twenty tiles, and the exam tiles of so many blocks."""
    workspace, labels = campaign
    with workspace.store() as store:
        training, exam = ([record.tile for record in store.tiles(split)] for split in ("training", "exam"))
    chosen = sorted({block_of(tile) for tile in exam})[:blocks]
    tiles = [*training[:20], *(tile for tile in exam if block_of(tile) in chosen)]
    finish(loop.annotate(workspace, labels, tiles=[tile.id for tile in tiles], annotator="Amina", now=NOW))
    return finish(loop.fine_tune(workspace, epochs=20, now=NOW))


def test_a_version_that_is_clearly_better_becomes_active(campaign):
    done = fine_tune(campaign, blocks=6)
    assert done.difference.iou_after > done.difference.iou_before + 0.2
    assert done.is_active
    with campaign[0].store() as store:
        assert campaign[0].active_card(store).id == done.version


def test_with_too_few_blocks_it_is_parked_and_says_how_many_are_missing(campaign):
    done = fine_tune(campaign, blocks=3)
    assert done.difference.iou_after > done.difference.iou_before + 0.2
    assert not done.is_active
    assert (done.difference.tiles, done.difference.blocks, done.difference.missing_blocks) == (12, 3, 2)
