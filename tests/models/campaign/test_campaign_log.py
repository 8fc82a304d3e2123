"""The log is the truth: played from its beginning it gives the footprints and the tile states."""

import random
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone

import numpy as np
import pyogrio
import pytest
import shapely
from shapely import box

from tiletriage.models.annotation.draft import Draft
from tiletriage.models.annotation.labels import Labels
from tiletriage.models.annotation.outline_checks import checked_labels
from tiletriage.models.campaign.campaign_log import replay
from tiletriage.models.campaign.geopackage import decode
from tiletriage.models.campaign.label_store import LabelStore
from tiletriage.models.campaign.records import FootprintRecord, TileState
from tiletriage.models.campaign.schema import connect, create
from tiletriage.models.errors import LabelError
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.training.split import TRAINING

NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
NORTH_WEST, NORTH_EAST = Tile(0, 0), Tile(0, 1)
HOUSE = box(500_010, 110, 500_020, 120)  # in the north-western tile
BORDER_HOUSE = box(500_090, 150, 500_110, 160)  # in both northern tiles
FOOTPRINT_COLUMNS = "uuid, tile_id, annotator, created_at, origin, model_version, geom"


def table(campaign):
    """The layer of footprints by uuid."""
    with closing(sqlite3.connect(campaign)) as connection:
        rows = connection.execute(f"SELECT {FOOTPRINT_COLUMNS} FROM footprints WHERE geom NOT NULL").fetchall()
    return {uuid: FootprintRecord(uuid, *source, decode(blob)) for uuid, *source, blob in rows}


def states(store):
    return {record.tile.id: record.state for record in store.tiles()}


def check(store, campaign):
    """What the log leads to is what there is."""
    replayed = replay(store.log())
    assert replayed.footprints == table(campaign)
    assert {**dict.fromkeys(states(store), TileState.POOL), **replayed.states} == states(store)


def execute(campaign, statement):
    """As another program does it."""
    with closing(connect(campaign)) as connection:
        connection.execute(statement)


def draw_in_qgis(campaign, outline, **fields):
    """Append a row to the layer of footprints as GDAL, and so QGIS, does it."""
    pyogrio.raw.write(
        campaign,
        np.array([shapely.MultiPolygon([outline]).wkb], dtype=object),
        field_data=[np.array([value], dtype=object) for value in fields.values()],
        fields=list(fields),
        layer="footprints",
        driver="GPKG",
        geometry_type="MultiPolygon",
        crs="EPSG:32637",
        append=True,
    )


def test_two_histories_that_differ_in_what_was_taken_away_have_two_logs(store, campaign):
    store.finish(NORTH_WEST, [HOUSE, BORDER_HOUSE], "ann", NOON)
    store.finish(NORTH_EAST, [], "bob", NOON)
    check(store, campaign)
    assert len(replay(store.log()).footprints) == 2
    store.finish(NORTH_EAST, [], "bob", NOON, instead_of=[BORDER_HOUSE])
    check(store, campaign)
    assert len(replay(store.log()).footprints) == 1


@pytest.mark.parametrize("seed", range(6))
def test_after_every_random_edit_the_log_leads_to_what_there_is(store, campaign, grid, seed):
    rng = random.Random(seed)
    for step in range(40):
        edit(rng, store, campaign, grid, NOON + timedelta(minutes=step))
        check(store, campaign)


def edit(rng, store, campaign, grid, now):
    tile = rng.choice(list(grid.tiles()))
    annotator, shown = rng.choice(["ann", "bob"]), store.footprints_in(tile)
    kind = rng.choice(["finish", "finish", "correct", "empty", "skip", "claim", "release", "keep both", "bow tie"])
    if kind == "skip":
        store.set_state(tile, TileState.SKIPPED, annotator, now)
    elif kind == "claim":
        with suppress(LabelError):  # the other one has it
            store.claim(tile, annotator, annotator, now)
    elif kind == "release":
        store.release(tile, annotator, annotator, now)
    elif kind == "empty":
        store.finish(tile, [], annotator, now, instead_of=shown)
    elif kind == "bow tie":
        left, bottom, _, _ = grid.tile_bounds(tile)
        broken = shapely.Polygon(
            [(left + 2, bottom + 2), (left + 8, bottom + 8), (left + 8, bottom + 2), (left + 2, bottom + 8)]
        )
        mended = checked_labels(Labels.of_one_class([broken]), grid.tile_bounds(tile), repair=True)
        store.finish(tile, list(mended.outlines), annotator, now)
    else:
        drawn = [any_house(rng, grid.tile_bounds(tile)) for _ in range(rng.randint(1, 4))]
        kept = rng.sample(shown, rng.randint(0, len(shown)))
        offered = [Draft(outline, rng.choice(["v001", "v002"])) for outline in drawn[::2]]
        instead_of = shown if kind == "correct" else ()
        both = kind == "keep both"
        store.finish(tile, drawn + kept, annotator, now, offered=offered, instead_of=instead_of, keep_both=both)


def any_house(rng, bounds):
    """One of few, so that the same is drawn again, also by a neighbour across the border."""
    left, bottom, _, _ = bounds
    x, y = (rng.choice([-6, 20, 50, 94]) for _ in range(2))
    return box(left + x, bottom + y, left + x + 12, bottom + y + 12)


def test_what_was_drawn_with_the_tools_of_qgis_is_adopted_by_the_tile_that_is_finished_over_it(store, campaign):
    draw_in_qgis(campaign, HOUSE)
    draw_in_qgis(campaign, box(500_150, 150, 500_160, 160))  # on a tile that nobody finishes
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
    adopted, finished = store.log()
    assert (adopted.action, adopted.state) == ("adopt", TileState.POOL)
    (record,) = adopted.brought
    assert (record.tile_id, record.annotator, record.origin) == (None, None, None)
    assert finished.brought == finished.removed == ()
    known = table(campaign)
    assert known.pop(None).wkb  # the other one waits
    assert replay(store.log()).footprints == known


def test_both_halves_of_a_footprint_that_was_split_in_qgis_are_adopted(store, campaign):
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
    (uuid,) = table(campaign)
    draw_in_qgis(campaign, box(500_015, 110, 500_020, 120), uuid=uuid, tile_id="r000_c000")
    store.finish(NORTH_EAST, [BORDER_HOUSE], "bob", NOON)
    assert [entry.action for entry in store.log()] == ["finish", "finish"]  # not touched
    store.finish(NORTH_WEST, store.footprints_in(NORTH_WEST), "bob", NOON)
    adopted = store.log()[2]
    assert adopted.removed == (uuid,) and len(adopted.brought) == 2
    assert len(table(campaign)) == 3
    check(store, campaign)


def test_what_was_changed_or_deleted_in_qgis_is_known_to_the_log_once_the_tile_is_finished(store, campaign):
    store.finish(NORTH_WEST, [HOUSE, BORDER_HOUSE], "ann", NOON)
    execute(campaign, "UPDATE footprints SET annotator = 'eve' WHERE fid = 1")
    execute(campaign, "DELETE FROM footprints WHERE fid = 2")
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
    adopted = store.log()[1]
    assert [record.annotator for record in adopted.brought] == ["eve"] and len(adopted.removed) == 1
    check(store, campaign)


def test_tiles_that_never_had_a_picture_are_in_the_log_from_the_start(tmp_path, grid):
    create(tmp_path / "new.gpkg", grid, {NORTH_WEST: TRAINING}, [NORTH_EAST])
    with LabelStore(tmp_path / "new.gpkg") as store:
        check(store, tmp_path / "new.gpkg")
        assert [(entry.tile_id, entry.state) for entry in store.log()] == [(NORTH_EAST.id, TileState.BAD_IMAGERY)]


def test_the_last_finish_of_a_tile_is_known(store):
    assert store.last_finish(NORTH_WEST) is None
    store.finish(NORTH_WEST, [HOUSE], "ann", NOON)
    store.set_state(NORTH_WEST, TileState.SKIPPED, "bob", NOON)
    store.finish(NORTH_EAST, [], "eve", NOON)
    assert store.last_finish(NORTH_WEST).uuid == store.log()[0].uuid
    assert store.last_finish(NORTH_WEST).annotator == "ann"


def test_a_copy_of_the_file_without_its_layers_can_be_made_again_from_the_log(store, campaign, tmp_path):
    store.finish(NORTH_WEST, [HOUSE, BORDER_HOUSE], "ann", NOON)
    store.finish(NORTH_EAST, [BORDER_HOUSE], "bob", NOON)
    with LabelStore(campaign) as again:
        footprints = replay(again.log()).footprints.values()
    assert {shapely.from_wkb(record.wkb).area for record in footprints} == {100, 200}
