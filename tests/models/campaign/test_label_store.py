import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta, timezone

import numpy as np
import pyogrio
import pytest
import shapely
from shapely import Polygon, box

from tiletriage.models.annotation.draft import Draft
from tiletriage.models.campaign.campaign_log import replay
from tiletriage.models.campaign.label_store import LabelStore
from tiletriage.models.campaign.records import TilePriority, TileState
from tiletriage.models.campaign.schema import create
from tiletriage.models.errors import LabelError, WorkspaceError
from tiletriage.models.imagery.grid import Tile, TileGrid

NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
NORTH_WEST, NORTH_EAST, SOUTH_WEST, SOUTH_EAST = Tile(0, 0), Tile(0, 1), Tile(1, 0), Tile(1, 1)
HOUSE = box(500_010, 110, 500_020, 120)  # in the north-western tile
BORDER_HOUSE = box(500_090, 150, 500_110, 160)  # in both northern tiles


def house(number):
    """A different house of the north-western tile for each number."""
    return box(500_001 + number, 101, 500_001.5 + number, 103)


def process(target, *arguments):
    started = multiprocessing.get_context("fork").Process(target=target, args=arguments)
    started.start()
    return started


def test_a_finished_tile_is_done_and_its_footprints_are_there(store):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
    assert [record.tile for record in store.tiles(states=[TileState.DONE])] == [NORTH_WEST]
    assert store.footprints_in(NORTH_WEST) == [HOUSE]
    row = store.all_footprints().iloc[0]
    assert (row.tile_id, row.annotator, row.origin, row.created_at) == ("r000_c000", "ann", "human", NOON)


def test_a_tile_finished_without_footprints_is_empty(store):
    store.finish(NORTH_WEST, [], "ann", NOON)
    assert [record.tile for record in store.tiles(states=[TileState.EMPTY])] == [NORTH_WEST]
    assert len(store.all_footprints()) == 0


def test_courtyards_and_buildings_of_several_parts_come_back_as_they_were(store):
    courtyard = box(500_010, 110, 500_040, 140) - box(500_020, 120, 500_030, 130)
    parts = shapely.MultiPolygon([box(500_050, 110, 500_060, 120), box(500_070, 110, 500_080, 120)])
    store.finish(NORTH_WEST, [courtyard, parts], "ann", NOON)
    assert sorted(footprint.area for footprint in store.footprints_in(NORTH_WEST)) == [200, 800]
    assert {footprint.geom_type for footprint in store.footprints_in(NORTH_WEST)} == {
        "Polygon",
        "MultiPolygon",
    }


def test_a_footprint_on_the_border_belongs_to_both_tiles_but_is_stored_once(store):
    store.finish(NORTH_WEST, [HOUSE, BORDER_HOUSE], "ann", NOON)
    store.finish(NORTH_EAST, [BORDER_HOUSE.reverse()], "bob", NOON)
    assert store.footprints_in(NORTH_EAST) == [BORDER_HOUSE]
    assert sorted(store.all_footprints().tile_id) == ["r000_c000", "r000_c000"]
    assert store.footprints_in(SOUTH_EAST) == []


def test_a_footprint_that_only_touches_a_tile_is_not_in_it(store):
    store.finish(NORTH_WEST, [box(500_090, 150, 500_100, 160)], "ann", NOON)
    assert store.footprints_in(NORTH_EAST) == []


def test_a_footprint_handed_in_twice_is_stored_once(store):
    store.finish(NORTH_WEST, [HOUSE, HOUSE.normalize()], "ann", NOON)
    assert len(store.all_footprints()) == 1


def test_finishing_a_tile_again_replaces_what_it_brought_but_not_what_the_log_says(store):
    store.finish(NORTH_WEST, [HOUSE, BORDER_HOUSE], "ann", NOON)
    kept = store.all_footprints().uuid[0]
    store.finish(NORTH_EAST, [box(500_150, 150, 500_160, 160)], "ann", NOON)
    store.finish(NORTH_WEST, [HOUSE, house(50)], "bob", NOON + timedelta(hours=1))
    live = store.all_footprints()
    assert sorted(live.area) == [1, 100, 100]
    assert kept in set(live.uuid)  # what did not change keeps its identity, its author and its date
    assert [entry.geometry.area for entry in store.log()] == [300, 100, 101]
    store.finish(NORTH_WEST, [], "ann", NOON)
    assert list(store.all_footprints().tile_id) == ["r000_c001"]


def test_a_corner_moved_by_a_round_trip_through_degrees_is_no_new_footprint(store):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
    store.finish(NORTH_WEST, [shapely.affinity.translate(HOUSE, 0.004, -0.004)], "ann", NOON)
    assert list(store.all_footprints().geometry) == [HOUSE]


def test_spatial_index_extent_and_count_are_right_for_other_programs(store, campaign):
    store.finish(NORTH_WEST, [HOUSE, house(1), house(2)], "ann", NOON)
    store.finish(NORTH_WEST, [HOUSE, box(500_040, 150, 500_041, 151)], "ann", NOON)
    store.close()
    assert len(pyogrio.read_dataframe(campaign, layer="footprints", bbox=HOUSE.bounds)) == 1
    assert len(pyogrio.read_dataframe(campaign, layer="footprints", bbox=house(1).bounds)) == 0
    layer = pyogrio.read_info(campaign, layer="footprints")
    assert layer["features"] == 2
    with closing(sqlite3.connect(campaign)) as connection:
        assert connection.execute("SELECT rtreecheck('rtree_footprints_geom')").fetchall() == [("ok",)]
        assert connection.execute("SELECT rtreecheck('rtree_tiles_geom')").fetchall() == [("ok",)]
        extent = connection.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'footprints'"
        ).fetchone()
    left, bottom, right, top = extent
    assert left <= 500_010 and bottom <= 110 and right == 500_041 and top == 151


def test_a_change_tells_other_programs_when_it_was(store, campaign):
    statement = "SELECT last_change FROM gpkg_contents WHERE table_name = 'footprints'"
    with closing(sqlite3.connect(campaign)) as connection:
        before = connection.execute(statement).fetchone()
        time.sleep(0.002)
        store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
        assert connection.execute(statement).fetchone() > before


def test_footprints_drawn_with_the_tools_of_qgis_count_too(store, campaign):
    store.close()
    drawn = shapely.MultiPolygon([box(500_030, 130, 500_040, 140)])
    pyogrio.raw.write(
        campaign,
        np.array([drawn.wkb], dtype=object),
        field_data=[],
        fields=[],
        layer="footprints",
        driver="GPKG",
        geometry_type="MultiPolygon",
        crs="EPSG:32637",
        append=True,
    )
    with LabelStore(campaign) as store:
        assert store.footprints_in(NORTH_WEST) == [drawn.geoms[0]]
        store.finish(NORTH_WEST, [], "ann", NOON)
        assert len(store.all_footprints()) == 1


def test_what_the_annotator_was_shown_and_took_away_leaves_the_layer_whoever_brought_it(store):
    store.finish(NORTH_WEST, [HOUSE, BORDER_HOUSE], "ann", NOON)
    store.finish(NORTH_EAST, [], "bob", NOON)
    assert store.footprints_in(NORTH_EAST) == [BORDER_HOUSE]  # he was not shown it, so he did not mean it
    store.finish(NORTH_EAST, [], "bob", NOON, instead_of=[BORDER_HOUSE])
    assert store.footprints_in(NORTH_EAST) == []
    assert store.footprints_in(NORTH_WEST) == [HOUSE]


def test_what_was_shown_and_brought_back_keeps_its_origin_and_a_corrected_outline_takes_its_place(store):
    store.finish(NORTH_WEST, [HOUSE, BORDER_HOUSE], "ann", NOON)
    corrected = box(500_090, 150, 500_112, 160)
    store.finish(NORTH_EAST, [corrected], "bob", NOON, instead_of=[BORDER_HOUSE])
    store.finish(NORTH_WEST, [HOUSE, corrected], "eve", NOON, instead_of=[HOUSE, corrected])
    footprints = store.all_footprints()
    assert dict(zip(footprints.geometry, footprints.annotator)) == {HOUSE: "ann", corrected: "bob"}


def test_a_draft_taken_as_it_is_comes_from_the_version_that_drew_it_and_a_corrected_one_from_a_human(store):
    offered = [Draft(HOUSE, "v001"), Draft(BORDER_HOUSE, "v001"), Draft(house(50), "v002")]
    corrected = box(500_090, 150, 500_112, 160)
    store.finish(NORTH_WEST, [HOUSE, corrected, house(50)], "ann", NOON, offered=offered)
    rows = store.all_footprints()
    sources = dict(zip(rows.geometry, zip(rows.origin, rows.model_version)))
    assert sources == {HOUSE: ("model", "v001"), corrected: ("human", None), house(50): ("model", "v002")}


def test_every_commit_is_logged_with_what_it_brought_and_took_away(store):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON, imagery="f00d", offered=[Draft(HOUSE, "v7")])
    store.set_state(NORTH_EAST, TileState.SKIPPED, "bob", NOON)
    store.finish(NORTH_WEST, [], "eve", NOON)
    first, second, third = store.log()
    assert (first.action, first.tile_id, first.annotator, first.time) == ("finish", "r000_c000", "ann", NOON)
    assert (first.state, first.imagery, first.removed) == (TileState.DONE, "f00d", ())
    (brought,) = first.brought
    assert (brought.tile_id, brought.annotator, brought.origin, brought.model_version) == (
        "r000_c000",
        "ann",
        "model",
        "v7",
    )
    assert shapely.from_wkb(brought.wkb).equals(HOUSE) and first.geometry.equals(HOUSE)
    assert third.removed == (brought.uuid,) and third.brought == ()
    assert (second.action, second.state, second.geometry) == ("set state", TileState.SKIPPED, None)
    assert first.uuid != second.uuid


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET annotator = 'eve'",
        "DELETE FROM log",
        "REPLACE INTO log SELECT * FROM log",
        "REPLACE INTO log (uuid, time, tile_id, action, state) SELECT uuid, time, '', '', '' FROM log",
        "UPDATE log_footprints SET origin = 'human'",
        "DELETE FROM log_footprints",
        "REPLACE INTO log_footprints SELECT * FROM log_footprints",
        "INSERT INTO log_footprints (entry, change, uuid) SELECT uuid, 'removed', 'x' FROM log WHERE fid = 1",
    ],
)
def test_the_log_refuses_to_be_changed(store, campaign, statement):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
    store.finish(NORTH_EAST, [], "ann", NOON)
    before = store.log()
    refused = pytest.raises(sqlite3.IntegrityError, match="append-only")
    with closing(sqlite3.connect(campaign)) as connection, refused:
        connection.execute(statement)
    assert store.log() == before


def test_a_tile_outside_the_campaign_is_refused_and_nothing_is_stored(store):
    with pytest.raises(LabelError, match="no tile r009_c000"):
        store.finish(Tile(9, 0), [HOUSE], "ann", NOON)
    assert store.log() == [] and len(store.all_footprints()) == 0


def test_priorities_replace_those_before(store):
    store.write_priorities(
        [
            TilePriority(NORTH_EAST, 0.5, 2, 0.9, 0.1, 0.0, "known"),
            TilePriority(SOUTH_WEST, 1.0, 1, None, np.float32(0.25), np.float64(0.5), "new"),
        ],
        "v1",
    )
    assert [record.tile for record in store.tiles()] == [SOUTH_WEST, NORTH_EAST, NORTH_WEST, SOUTH_EAST]
    store.write_priorities([TilePriority(SOUTH_WEST, 1.0, np.int64(1), 0.3, 0.25, 0.5, "newer")], "v2")
    best, other = store.tiles()[:2]
    assert (best.tile, best.rank, best.predicted_iou, best.reason, best.version) == (
        SOUTH_WEST,
        1,
        0.3,
        "newer",
        "v2",
    )
    assert (other.rank, other.priority, other.reason, other.version) == (None, None, None, None)


def test_tiles_are_filtered_by_split_and_state(tmp_path, grid):
    create(tmp_path / "a.gpkg", grid, {NORTH_WEST: "exam", NORTH_EAST: "training", SOUTH_WEST: "training"})
    with LabelStore(tmp_path / "a.gpkg") as store:
        store.set_state(SOUTH_WEST, TileState.ASSIGNED, "ann", NOON)
        assert [record.tile for record in store.tiles(split="training", states=[TileState.POOL])] == [NORTH_EAST]
        assert [record.tile for record in store.tiles(split="exam")] == [NORTH_WEST]
        assert store.tiles(states=[]) == []


def test_the_head_of_the_queue_is_read_alone(store):
    ranks = {NORTH_WEST: 3, NORTH_EAST: 1, SOUTH_WEST: 2}
    store.write_priorities([TilePriority(tile, 1, rank, 0, 0, 0, "") for tile, rank in ranks.items()], "v1")
    assert [record.tile for record in store.tiles(count=2)] == [NORTH_EAST, SOUTH_WEST]
    assert store.tile(NORTH_WEST.id).rank == 3
    with pytest.raises(LabelError, match="no tile r009_c000"):
        store.tile("r009_c000")


def test_tiles_are_counted_by_split_and_state(tmp_path, grid):
    create(tmp_path / "a.gpkg", grid, {**dict.fromkeys(grid.tiles(), "training"), NORTH_WEST: "exam"})
    with LabelStore(tmp_path / "a.gpkg") as store:
        store.finish(NORTH_WEST, [HOUSE, BORDER_HOUSE], "ann", NOON)
        counts = {("exam", TileState.DONE): 1, ("training", TileState.POOL): 3}
        assert store.tile_counts() == counts
        assert store.footprint_count() == 2


def test_bad_imagery_leaves_the_pool_but_never_overrules_an_annotator(store):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
    store.mark_bad_imagery([NORTH_WEST, NORTH_EAST], NOON)
    assert [record.tile for record in store.tiles(states=[TileState.BAD_IMAGERY])] == [NORTH_EAST]
    assert [record.tile for record in store.tiles(states=[TileState.DONE])] == [NORTH_WEST]


def test_a_crs_of_its_own_is_kept(tmp_path):
    local = "+proj=tmerc +lat_0=1 +lon_0=2 +ellps=GRS80 +units=m"
    create(tmp_path / "a.gpkg", TileGrid(local, 0, 100, 1, 1, 100, 1, 1), {NORTH_WEST: "training"})
    with LabelStore(tmp_path / "a.gpkg") as store:
        store.finish(NORTH_WEST, [box(1, 1, 2, 2)], "ann", NOON)
        crs = store.all_footprints().crs
    assert [parameter.value for parameter in crs.coordinate_operation.params[:2]] == [1, 2]


def test_a_committed_footprint_survives_kill_9_right_after(campaign):
    def finish_and_die():
        LabelStore(campaign).finish(NORTH_WEST, [HOUSE], "ann", NOON)
        os.kill(os.getpid(), signal.SIGKILL)

    child = process(finish_and_die)
    child.join()
    assert child.exitcode == -signal.SIGKILL
    with LabelStore(campaign) as store:
        assert store.footprints_in(NORTH_WEST) == [HOUSE]


def test_kill_9_at_any_moment_keeps_all_that_was_committed_and_a_sound_file(campaign):
    def finish_for_ever(report):
        with LabelStore(campaign) as store:
            for number in range(len(store.log()), 10_000):
                store.finish(NORTH_WEST, [house(i / 9) for i in range(number % 50)], "ann", NOON)
                os.write(report, b".")

    finished = 0
    for pause in (0.013, 0.029, 0.007, 0.041, 0.019):
        read, write = os.pipe()
        child = process(finish_for_ever, write)
        os.close(write)
        finished += len(os.read(read, 1))  # until it is in full swing
        time.sleep(pause)
        child.kill()
        child.join()
        while reported := os.read(read, 4096):
            finished += len(reported)
        os.close(read)
        with LabelStore(campaign) as store:
            log, live = store.log(), store.footprints_in(NORTH_WEST)
        assert finished <= len(log) <= finished + 1  # the last may have been cut off before it could report
        finished = len(log)
        assert len(live) == shapely.get_num_geometries(log[-1].geometry)
        with closing(sqlite3.connect(campaign)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("SELECT rtreecheck('rtree_footprints_geom')").fetchall() == [("ok",)]


def test_two_writers_take_turns(campaign):
    def finish_some(tile, left):
        with LabelStore(campaign) as store:
            for number in range(8):
                store.finish(tile, [box(left + i, 105, left + i + 0.5, 106) for i in range(number + 1)], "ann", NOON)

    writers = [process(finish_some, NORTH_WEST, 500_010), process(finish_some, NORTH_EAST, 500_110)]
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    with LabelStore(campaign) as store:
        assert len(store.log()) == 16
        assert [len(store.footprints_in(tile)) for tile in (NORTH_WEST, NORTH_EAST)] == [8, 8]


@pytest.mark.parametrize("journal", ["delete", "wal"])  # QGIS turns the second on while it has a layer open
def test_a_reader_that_is_slow_is_waited_for(campaign, store, journal):
    with closing(sqlite3.connect(campaign, check_same_thread=False)) as reader:
        reader.execute(f"PRAGMA journal_mode = {journal}")
        rows = reader.execute("SELECT * FROM tiles")
        rows.fetchone()
        slow = threading.Timer(0.05, rows.fetchall)
        slow.start()
        store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
        slow.join()
    assert store.footprints_in(NORTH_WEST) == [HOUSE]


def test_a_reader_that_never_ends_gets_an_error_with_the_cure_and_changes_nothing(campaign):
    with closing(sqlite3.connect(campaign)) as reader, LabelStore(campaign, busy_seconds=0.01) as store:
        rows = reader.execute("SELECT * FROM tiles")
        rows.fetchone()
        with pytest.raises(WorkspaceError, match=r"in use by another program.*nothing was changed"):
            store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
        rows.fetchall()
        assert store.log() == []


def test_on_a_full_disk_a_tile_that_cannot_be_finished_leaves_all_as_it_was(campaign, little_room):
    with LabelStore(campaign) as store:
        store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
        before = store.log()
        with little_room(), pytest.raises(WorkspaceError, match="nothing was changed"):
            store.finish(NORTH_WEST, [HOUSE, house(50)], "ann", NOON, instead_of=[HOUSE])
        assert store.log() == before
        assert store.footprints_in(NORTH_WEST) == [HOUSE]
    with closing(sqlite3.connect(campaign)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_footprint_of_no_time_is_told_as_damaged(store):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
    store._connection.execute("UPDATE footprints SET created_at = 'never'")
    with pytest.raises(WorkspaceError, match=r"a row of its table footprints cannot be read.*Restore it"):
        store.all_footprints()


def test_footprints_keep_their_classes_and_of_one_class_all_are_that_one(store):
    lake = box(500_040, 110, 500_050, 120)
    store.finish(NORTH_WEST, [HOUSE, lake], "ann", NOON, classes=["building", "water"])
    store.finish(SOUTH_WEST, [box(500_010, 10, 500_020, 20)], "ann", NOON)
    assert [of_class for _, of_class in store.classed_footprints_in(NORTH_WEST)] == ["building", "water"]
    assert store.labels_in(NORTH_WEST, ["building", "water"]).classes.tolist() == [1, 2]
    assert store.labels_in(NORTH_WEST, ["house"]).classes.tolist() == [1, 1]  # there is but one class
    with pytest.raises(
        LabelError, match=r"class 'water', and this campaign maps building, field\. Set its field class to one"
    ):
        store.labels_in(NORTH_WEST, ["building", "field"])
    assert store.labels_in(SOUTH_WEST, ["building"]).classes.tolist() == [1]
    with pytest.raises(LabelError, match="is of the class ''"):
        store.labels_in(SOUTH_WEST, ["building", "water"])
    assert store.all_footprints()["class"].tolist() == ["building", "water", None]
    replayed = replay(store.log()).footprints.values()
    assert sorted(str(record.of_class) for record in replayed) == ["None", "building", "water"]


def test_the_same_outline_of_another_class_replaces_it(store):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON, classes=["building"])
    store.finish(NORTH_WEST, [HOUSE], "bob", NOON, classes=["water"])
    assert [of_class for _, of_class in store.classed_footprints_in(NORTH_WEST)] == ["water"]
    store.finish(NORTH_WEST, [BORDER_HOUSE], "ann", NOON, classes=["building"])
    store.finish(NORTH_EAST, [BORDER_HOUSE], "ann", NOON, classes=["water"])  # the neighbour's, of another class
    assert [of_class for _, of_class in store.classed_footprints_in(NORTH_WEST)] == ["water"]


def test_a_class_that_somebody_wrote_in_a_campaign_of_one_does_not_double_the_footprint(store):
    store.finish(NORTH_WEST, [BORDER_HOUSE], "ann", NOON)
    store._connection.execute("UPDATE footprints SET class = 'building'")
    store.finish(NORTH_EAST, [BORDER_HOUSE], "ann", NOON)
    assert store.footprint_count() == 1


def test_two_classes_on_the_same_ground_are_refused_with_nothing_changed_also_on_the_same_outline(store):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON, classes=["water"])
    for drawn in ([HOUSE, HOUSE], [HOUSE, HOUSE.buffer(1)]):
        with pytest.raises(LabelError, match="lie on the same ground"):
            store.finish(NORTH_WEST, drawn, "ann", NOON, classes=["water", "field"], instead_of=[HOUSE], may_share=0.0)
    assert store.classed_footprints_in(NORTH_WEST) == [(HOUSE, "water")]


def test_to_keep_both_keeps_the_same_outline_of_another_class_from_being_replaced(store):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON, classes=["water"])
    with pytest.raises(LabelError, match="lie on the same ground"):
        store.finish(NORTH_WEST, [HOUSE], "bob", NOON, classes=["field"], after=None, keep_both=True, may_share=0.0)
    assert store.classed_footprints_in(NORTH_WEST) == [(HOUSE, "water")]


def test_what_lies_wholly_beside_its_tile_stays_when_the_tile_is_finished_again(store):
    piece = box(500_110, 150, 500_120, 160)  # in the north-eastern tile, what a cut has left
    store.finish(NORTH_WEST, [piece], "ann", NOON, classes=["water"])
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON, classes=["field"])
    assert store.classed_footprints_in(NORTH_EAST) == [(piece, "water")]


def test_labels_near_by_that_overlap_or_cross_themselves_are_no_obstacle(store):
    bow_tie = Polygon([(500_120, 110), (500_130, 120), (500_130, 110), (500_120, 120)])
    there = [box(500_105, 110, 500_130, 130), box(500_110, 110, 500_140, 130), bow_tie]
    store.finish(NORTH_EAST, there, "ann", NOON, classes=["water", "field", "field"])
    reaching = box(500_090, 110, 500_105, 130)  # it touches the first of them
    store.finish(NORTH_WEST, [reaching], "bob", NOON, classes=["field"], may_share=0.0)
    assert (reaching, "field") in store.classed_footprints_in(NORTH_WEST)


def test_a_footprint_on_one_that_has_no_class_is_refused_in_words(store):
    store.finish(NORTH_EAST, [BORDER_HOUSE], "ann", NOON)
    with pytest.raises(LabelError, match="Footprints of field and of no class"):
        store.finish(NORTH_WEST, [BORDER_HOUSE.buffer(2)], "bob", NOON, classes=["field"], may_share=0.0)


def test_of_drafts_alike_the_last_of_the_class_that_was_accepted_counts(store):
    offered = [Draft(HOUSE, "v001", "water"), Draft(HOUSE, "v001", "field"), Draft(HOUSE, "v002", "field")]
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON, classes=["field"], offered=offered)
    assert store.all_footprints()[["origin", "model_version"]].values.tolist() == [["model", "v002"]]
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON, classes=["building"], offered=offered)
    assert store.all_footprints().origin.tolist() == ["human"]
