"""A file of footprints finishes the tiles that it means, and no others."""

from __future__ import annotations

import json
import shutil

import geopandas
import pytest
import shapely
from shapely import box

from tiletriage.models import loop
from tiletriage.models.campaign.records import ANNOTATED, TileState
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.errors import LabelError
from tiletriage.models.jobs import Cancelled
from tiletriage.models.training.split import TRAINING

from ...conftest import LEFT, TOP
from ..campaigns import NOW, records, run

TILE_M = 32


@pytest.fixture
def workspace(tiny_workspace):
    workspace = open_workspace(tiny_workspace)
    run(loop.score(workspace, now=NOW))
    return workspace


@pytest.fixture
def annotate(workspace, tiny_labels):
    """Hands in the labels of the tiny scene, or another file; cancelled after so many tiles."""

    def annotate(file=tiny_labels, steps=float("inf"), **which):
        job = loop.annotate(workspace, file, annotator="Amina", now=NOW, **which)
        return run(job, steps)

    return annotate


@pytest.fixture
def interrupted(workspace, annotate):
    """The six tiles of an import that was stopped after two of them."""
    wished = [tile.tile_id for tile in loop.next_tiles(workspace, 6)]
    with pytest.raises(Cancelled):
        annotate(count=6, steps=2)
    return wished


def annotated(workspace):
    with workspace.store() as store:
        return {record.tile.id for record in store.tiles(states=ANNOTATED)}


def open_requests(workspace):
    with workspace.store() as store:
        return json.loads(store.setting("import_requests"))


def queue(workspace, count):
    return [tile.tile_id for tile in loop.next_tiles(workspace, count)]


def test_an_import_of_other_tiles_does_not_end_the_one_that_was_interrupted(workspace, annotate, interrupted):
    annotate(tiles=interrupted[3:])
    assert list(annotate(count=6).tiles) == interrupted
    assert annotated(workspace) == set(interrupted)  # and nothing that nobody has looked at
    assert open_requests(workspace) == []


def test_an_import_of_which_only_empty_tiles_are_left_goes_on(workspace, annotate, tiny_labels, tmp_path):
    first, *others = queue(workspace, 4)
    square = shapely.box(*workspace.grid.tile_bounds(workspace.grid.tile(first)))
    house = shapely.box(*square.centroid.buffer(5).bounds)
    geopandas.GeoDataFrame(geometry=[house], crs=workspace.grid.crs).to_file(tmp_path / "one.gpkg")
    with pytest.raises(Cancelled):
        annotate(tmp_path / "one.gpkg", count=4, steps=2)
    assert list(annotate(tmp_path / "one.gpkg", count=4).tiles) == [first, *others]
    assert annotated(workspace) == {first, *others}


def test_the_same_footprints_in_another_file_are_the_same_import(
    workspace, annotate, interrupted, tiny_labels, tmp_path
):
    labels = geopandas.read_file(tiny_labels)
    labels.iloc[::-1].to_crs("EPSG:32737").to_file(tmp_path / "other.shp", engine="pyogrio")
    assert list(annotate(file=tmp_path / "other.shp", count=6).tiles) == interrupted


def test_other_footprints_under_the_same_path_are_another_import(workspace, annotate, tiny_labels, tmp_path):
    drawn = shutil.copy(tiny_labels, tmp_path / "drawn.gpkg")
    with pytest.raises(Cancelled):
        annotate(file=drawn, count=2, may_be_empty=True, steps=1)
    waiting = queue(workspace, 2)
    labels = geopandas.read_file(tiny_labels)
    labels.geometry = labels.geometry.buffer(0.5)
    drawn.unlink()
    labels.to_file(drawn, engine="pyogrio")
    assert list(annotate(file=drawn, count=2, may_be_empty=True).tiles) == waiting
    assert len(open_requests(workspace)) == 1  # the first one still waits to be ended


def test_two_imports_wait_beside_each_other(workspace, annotate, interrupted):
    with pytest.raises(Cancelled):
        annotate(exam=True, steps=1)
    assert len(open_requests(workspace)) == 2
    assert len(annotate(exam=True).tiles) == 4
    assert list(annotate(count=6).tiles) == interrupted
    assert open_requests(workspace) == []


def test_what_was_corrected_or_skipped_meanwhile_stays_so(workspace, annotate, interrupted):
    loop.finish_tile(workspace, interrupted[0], [], annotator="Bob", now=NOW)
    loop.set_tile_state(workspace, interrupted[5], TileState.SKIPPED, "Bob", NOW)
    annotate(count=6)
    assert loop.footprints_of(workspace, interrupted[0]) == []
    assert annotated(workspace) == set(interrupted[:5])


@pytest.mark.parametrize("which", [{"count": 2}, {"tiles": ["r000_c000", "r000_c001"]}])
def test_what_somebody_draws_while_an_import_runs_is_not_replaced(workspace, tiny_labels, which):
    *_, last = which.get("tiles") or queue(workspace, 2)
    shed = box(*workspace.grid.tile_bounds(workspace.grid.tile(last))).buffer(-12)

    def draw(plan):
        loop.finish_tile(workspace, last, [shed], annotator="Bob", now=NOW)

    job = loop.annotate(workspace, tiny_labels, annotator="Amina", now=NOW, may_be_empty=True, on_plan=draw, **which)
    with pytest.raises(LabelError, match=f"Bob has finished tile {last} meanwhile"):
        run(job)
    assert loop.footprints_of(workspace, last) == [shed]
    assert len(annotated(workspace)) == 2


def test_how_many_tiles_become_empty_is_said_before_anything_is_written(workspace, annotate):
    def note(plan):
        plans.append((plan, annotated(workspace)))

    plans = []
    annotate(tiles=["r000_c000", "r000_c001", "r000_c002"], on_plan=note)
    ((plan, before),) = plans
    assert (plan.tiles, plan.empty, plan.footprints, before) == (3, 1, 2, set())


def test_a_file_that_has_nothing_on_any_of_the_tiles_needs_a_word(workspace, annotate):
    empty = ["r000_c002", "r001_c001"]
    with pytest.raises(LabelError, match=r"None of the 2 chosen tiles.*r000_c002, r001_c001"):
        annotate(tiles=empty)
    assert annotated(workspace) == set()
    assert annotate(tiles=empty, may_be_empty=True).empty == 2


@pytest.fixture
def complete_in(tmp_path):
    """A file of a polygon around the first two columns of tiles, in degrees."""
    area = box(LEFT - 1, TOP - 100, LEFT + 2 * TILE_M + 1, TOP + 1)
    path = tmp_path / "complete.geojson"
    geopandas.GeoDataFrame(geometry=[area], crs="EPSG:32737").to_crs("EPSG:4326").to_file(path, engine="pyogrio")
    return path


def test_a_tile_beyond_where_the_footprints_are_complete_is_refused_by_name(workspace, annotate, complete_in):
    with pytest.raises(LabelError, match=r"2 of the 3 chosen tiles .*complete\.geojson.*r000_c002, r000_c003"):
        annotate(tiles=["r000_c001", "r000_c002", "r000_c003"], complete_in=complete_in)
    with pytest.raises(LabelError, match="not wholly inside"):
        annotate(count=20, complete_in=complete_in)
    assert annotated(workspace) == set() and open_requests(workspace) == []


def test_inside_where_the_footprints_are_complete_tiles_without_any_are_empty(workspace, annotate, complete_in):
    with workspace.store() as store:
        training = {record.tile.id for record in store.tiles(TRAINING)}
    empty = next(tile for tile in ("r001_c001", "r002_c000") if tile in training)
    assert annotate(tiles=[empty], complete_in=complete_in).empty == 1
    assert annotated(workspace) == {empty}


def test_the_next_tiles_of_an_import_leave_out_what_somebody_is_drawing_on(workspace, annotate):
    first, second, third = queue(workspace, 3)
    loop.claim_tile(workspace, first, session="desk", annotator="Bob", now=NOW)
    assert list(annotate(count=2, may_be_empty=True).tiles) == [second, third]


def test_a_tile_without_footprints_counts_as_looked_at_and_empty(workspace, annotate):
    annotated = annotate(tiles=["r000_c000", "r000_c002"])  # a house on the first, none on the second
    assert (annotated.done, annotated.empty, annotated.footprints) == (1, 1, 1)
    states = {record.tile.id: record.state for record in records(workspace)}
    assert states["r000_c000"] is TileState.DONE and states["r000_c002"] is TileState.EMPTY


def test_after_its_end_the_same_import_means_the_next_tiles(annotate, interrupted):
    assert list(annotate(count=6).tiles) == interrupted
    assert not set(annotate(count=6, may_be_empty=True).tiles) & set(interrupted)
