from __future__ import annotations

from tiletriage.models import loop
from tiletriage.models.campaign.records import TileState
from tiletriage.models.training.split import TRAINING

from ..campaigns import NOW, run


def test_the_counts_tell_how_far_the_campaign_is(workspace, annotate):
    before = loop.count_tiles(workspace)
    assert before.exam == 4 and before.exam_annotated == before.done == before.footprints == 0
    annotate(exam=True)
    annotate(tiles=["r000_c000", "r000_c002"])
    with workspace.store() as store:
        (skipped, bad, *_) = [record.tile for record in store.tiles(TRAINING, [TileState.POOL])]
        store.set_state(skipped, TileState.SKIPPED, "Amina", NOW)
        store.set_state(bad, TileState.BAD_IMAGERY, "Amina", NOW)
        training = len(store.tiles(TRAINING))
        footprints = len(store.all_footprints())
    counts = loop.count_tiles(workspace)
    assert (counts.done, counts.empty, counts.skipped, counts.bad_imagery) == (1, 1, 1, 1)
    assert counts.pool == training - 4 and counts.exam_annotated == 4 and counts.footprints == footprints


def test_the_learning_curve_is_every_round(workspace, annotate):
    assert loop.learning_curve(workspace) == []
    annotate(tiles=["r000_c000"])
    run(loop.fine_tune(workspace, epochs=1, now=NOW))
    assert [each.version for each in loop.learning_curve(workspace)] == ["v001"]
