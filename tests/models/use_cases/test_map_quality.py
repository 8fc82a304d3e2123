from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from shapely import box

from tiletriage.models import loop
from tiletriage.models.campaign.records import DrawnRound, TileState
from tiletriage.models.errors import NothingToDo
from tiletriage.models.evaluation.estimators import Estimate
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.segmentation.metrics import ConfusionCounts, TileCounts
from tiletriage.models.use_cases.map_quality import MapQuality, NextMinutes, _judge, _kept_counts, _probability_samples

from ..campaigns import NOW, run

HOUR = timedelta(hours=1)
TILES = [Tile(0, column) for column in range(6)]


def score(workspace, strategy="map-gain", count=12, now=NOW - HOUR):
    run(loop.score(workspace, strategy=strategy, count=count, now=now))


def test_before_it_is_scored_a_map_is_refused_with_the_cure(workspace):
    with pytest.raises(NothingToDo, match="Score first"):
        run(loop.map_quality(workspace, NOW))


def test_without_tiles_drawn_by_lot_nothing_is_told_but_what_the_next_round_is_worth(workspace, annotate):
    score(workspace, "entropy")
    annotate(count=4, may_be_empty=True)
    found = run(loop.map_quality(workspace, NOW))
    assert (found.iou, found.mapped_m2, found.drawn, found.annotated, found.next_minutes) == (None, None, 0, 4, None)
    score(workspace)
    worth = run(loop.map_quality(workspace, NOW)).next_minutes
    assert 0 < worth.mends < 1
    assert worth.tiles * 15 / 60 <= worth.minutes <= 10  # a look at each


def test_the_tiles_that_were_drawn_tell_the_quality_with_an_interval(workspace, annotate):
    score(workspace)
    annotate(count=12, may_be_empty=True)
    found = run(loop.map_quality(workspace, NOW))
    assert (found.version, found.annotated, found.drawn) == ("tiny", 12, 6)
    assert 0 <= found.iou.low <= found.iou.value <= found.iou.high <= 1
    assert found.mapped_m2.low <= found.mapped_m2.value <= found.mapped_m2.high
    assert (found.footprint_f1, found.footprints) == (None, None)  # six tiles do not tell
    again = run(loop.map_quality(workspace, NOW))
    assert (again.iou, again.mapped_m2) == (found.iou, found.mapped_m2)


def test_ten_tiles_that_were_drawn_tell_of_footprints_too(workspace, annotate):
    score(workspace, "random")
    annotate(count=12, may_be_empty=True)
    found = run(loop.map_quality(workspace, NOW))
    assert 0 <= found.footprint_f1.low <= found.footprint_f1.value <= found.footprint_f1.high <= 1
    assert found.checked_footprints > 0
    assert found.footprints.low <= found.footprints.value <= found.footprints.high


def test_every_number_of_tiles_is_a_point_of_the_curve(workspace, annotate):
    score(workspace)
    annotate(count=12, may_be_empty=True)
    found = run(loop.score(workspace, now=NOW)).map
    run(loop.map_quality(workspace, NOW))
    with workspace.store() as store:
        (kept,) = store.measured_maps()
    assert (kept.version, kept.tiles, kept.minutes) == ("tiny", 12, found.minutes)
    assert (kept.iou, kept.iou_low, kept.iou_high) == (found.iou.value, found.iou.low, found.iou.high)
    assert found.minutes >= 12 * 15 / 60


def test_it_is_enough_where_ten_minutes_bring_less_than_is_wanted():
    iou, built, half = Estimate(0.8, 0.7, 0.9), Estimate(200.0, 150.0, 250.0), NextMinutes(10, 0.5, 9.0)
    quality = MapQuality("v1", ("building",), 10, 9.0, 5, 400, iou, built, None, None, 50.0, 3, half)
    assert quality.next_gain == pytest.approx(0.1)
    assert quality.checked == 0.25
    assert quality.is_enough(16) and not quality.is_enough(14)  # were it at the low end, 0.7
    assert not replace(quality, iou=None).is_enough(100)  # nothing is known: go on


def test_tiles_picked_by_hand_teach_and_mend_and_measure_nothing(workspace, annotate):
    score(workspace, "random")
    with workspace.store() as store:
        (drawn,) = store.drawn_rounds()
        others = [record.tile.id for record in store.tiles("training") if record.tile.id not in drawn.probability]
    annotate(tiles=others, may_be_empty=True)
    found = run(loop.map_quality(workspace, NOW))
    assert (found.annotated, found.drawn, found.iou) == (8, 0, None)


def drawn(probability, outside=(), strategy="map-gain"):
    chances = {tile.id: chance for tile, chance in zip(TILES, probability) if chance}
    return DrawnRound(NOW, "v1", strategy, 0, frozenset(tile.id for tile in outside), chances)


def samples(rounds, annotated, every=TILES):
    return _probability_samples(rounds, annotated, {tile.id for tile in every}, set(every) - set(annotated))


def test_a_lot_is_of_the_tiles_that_were_in_the_pool_and_not_certain():
    (sample,) = samples([drawn([0, 1, 0.5, 0.25], outside=TILES[:1])], TILES[:4])
    assert sample.drawn.tolist() == [2, 3]
    assert sample.probability.tolist() == [0.5, 0.25]
    assert (sample.count, sample.known.tolist(), sample.expansion) == (2, [2, 3], 1)


def test_of_a_lot_that_is_half_annotated_all_that_was_drawn_is_counted():
    (sample,) = samples([drawn([0.5, 0.5, 0.25, 0.25])], TILES[:2])
    assert (sample.drawn.tolist(), sample.count) == ([0, 1], 4)


def test_a_tile_of_an_earlier_round_that_was_annotated_after_the_next_one_is_picked_by_hand():
    rounds = [drawn([0.5, 0.5]), drawn([0, 0, 0.25], outside=TILES[:1])]
    first, second = samples(rounds, TILES[:3])
    assert (first.drawn.tolist(), first.known.tolist()) == ([0], [0, 1, 2])
    assert (second.drawn.tolist(), second.known.tolist()) == ([2], [1, 2])


def test_a_ranking_without_a_lot_ends_the_round_before():
    rounds = [drawn([0.5, 0.5]), drawn([], outside=TILES[:1], strategy="balanced")]
    (sample,) = samples(rounds, TILES[:2])
    assert sample.drawn.tolist() == [0]


def test_of_a_round_whose_certain_tiles_alone_are_annotated_nothing_is_made():
    assert samples([drawn([1, 1, 0.5, 0.5])], TILES[:2]) == []


def test_a_certain_tile_that_nobody_annotated_is_out_of_reach_of_the_sample():
    (sample,) = samples([drawn([1, 0.5, 0.5])], TILES[1:3])
    assert sample.expansion == 4 / 3  # three of the four tiles that are left could be met


def test_a_version_is_judged_by_what_it_or_its_ancestors_saw_and_by_no_namesake(workspace):
    with workspace.store() as store:
        card = workspace.active_card(store)
        first, second = (record.tile for record in store.tiles("training")[:2])
        store.add_tile_quality(first, "tiny", 0.5, None, TileCounts(ConfusionCounts(1)))
        store.add_tile_quality(second, "another", 0.5, None, TileCounts(ConfusionCounts(2)))
        foreign = replace(card, parent="another")  # of the campaign that it comes from
        assert _kept_counts(workspace, store, foreign) == ({first: ConfusionCounts(1)}, {})


def test_a_child_is_judged_by_its_own_held_out_tiles_before_what_its_parent_saw(workspace, annotate):
    score(workspace)
    annotate(count=12, may_be_empty=True)
    done = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    with workspace.store() as store:
        pixels, matched = _kept_counts(workspace, store, workspace.card(done.version))
        of_version = {
            version: {each.tile: each.counts for each in store.tile_quality() if each.version == version}
            for version in (done.version, "tiny")
        }
    assert len(pixels) == len(matched) == 12
    assert pixels == {tile: counts.pixels for tile, counts in of_version[done.version].items()}
    assert matched == {tile: (counts.pixels, counts.footprints) for tile, counts in of_version["tiny"].items()}
    loop.activate(workspace, done.version)
    score(workspace, now=NOW)
    assert run(loop.map_quality(workspace, NOW)).drawn == 6


def test_where_everything_is_annotated_the_map_is_known(workspace, annotate):
    score(workspace, count=20)
    annotate(count=20, may_be_empty=True)
    annotate(exam=True)
    found = run(loop.map_quality(workspace, NOW))
    assert (found.iou.value, found.iou.low, found.iou.high) == (1, 1, 1)
    assert found.mapped_m2.value == found.mapped_m2.low == found.mapped_m2.high > 0
    assert (found.footprint_f1.value, found.footprints.value) == (1, found.checked_footprints)


def test_the_area_is_all_of_the_campaign_also_beside_the_exam(workspace, annotate):
    score(workspace)
    with workspace.store() as store:
        assert run(loop.map_quality(workspace, NOW)).tiles == len(store.tiles()) == 24


def finish_with(workspace, tile, outlines):
    with workspace.store() as store:
        store.finish(tile, outlines, "Amina", NOW)


def judged(workspace, *tiles):
    with workspace.store() as store:
        card, training = workspace.active_card(store), {record.tile.id for record in store.tiles("training")}
        return run(_judge(workspace, store, card, sorted(tiles), training))


def test_a_building_over_the_border_is_one_of_the_tile_where_its_representative_point_lies(workspace):
    with workspace.store() as store:
        records = {record.tile: record.split for record in store.tiles()}
    tile = next(
        each for each in records if {records[each], records.get(Tile(each.row, each.column + 1))} == {"training"}
    )
    _, bottom, right, _ = workspace.grid.tile_bounds(tile)
    finish_with(workspace, tile, [box(right - 3, bottom + 4, right + 5, bottom + 12)])
    assert judged(workspace, tile).footprints == 0
    finish_with(workspace, tile, [box(right - 5, bottom + 4, right + 3, bottom + 12)])
    assert judged(workspace, tile).footprints == 1


def test_footprints_that_were_split_since_are_not_judged_by_what_was_seen_of_the_whole(workspace, annotate):
    score(workspace)
    annotate(count=12, may_be_empty=True)
    done = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    loop.activate(workspace, done.version)
    with workspace.store() as store:
        tiles = [record.tile for record in store.tiles("training", [TileState.DONE])]
        (house,) = store.footprints_in(tiles[0])
    left, bottom, right, top = house.bounds
    middle = (left + right) / 2
    before = judged(workspace, *tiles)
    finish_with(workspace, tiles[0], [box(left, bottom, middle, top), box(middle, bottom, right, top)])
    after = judged(workspace, *tiles)
    assert before.matched.keys() - after.matched.keys() == {tiles[0]}
    assert after.pixels.keys() == before.pixels.keys()
    assert after.footprints == before.footprints + 1


def test_labels_that_were_changed_count_as_they_are_now(workspace, annotate):
    score(workspace)
    annotate(count=12, may_be_empty=True)
    before = run(loop.map_quality(workspace, NOW))
    with workspace.store() as store:
        for record in store.tiles("training", [TileState.DONE]):
            store.finish(record.tile, [], "Amina", NOW)
    after = run(loop.map_quality(workspace, NOW))
    assert after.mapped_m2.value < before.mapped_m2.value
    assert after.drawn == before.drawn
