"""A campaign of two classes in two bands, from a blank start to the finished map."""

from __future__ import annotations

import geopandas
import numpy as np
import pytest
import rasterio
import torch
from shapely import box

from tiletriage.models import loop
from tiletriage.models.annotation.label_source import ClassReading
from tiletriage.models.campaign.model_store import load_network
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.errors import ImageryError, LabelError, ModelError
from tiletriage.models.imagery.grid import Tile
from tiletriage.models.segmentation.classes import named_classes
from tiletriage.models.use_cases.annotate_tile import (
    classed_footprints_of,
    classes_mapped,
    drafts,
    finish_tile,
    is_finished_with,
    last_finish,
)

from ..campaigns import NOW, run

PLACE = {"crs": "EPSG:32637", "transform": rasterio.Affine(10, 0, 500_000, 0, -10, 9_000_000)}


def begin(two_classes, folder, **wishes):
    wishes = {"classes": named_classes(["water", "field"]), "tile_size_px": 64, "bands": ["vv", "VH"], **wishes}
    return loop.new(folder, two_classes / "sar.tif", now=NOW, **wishes)


def annotate(workspace, two_classes, **which):
    return run(loop.annotate(workspace, two_classes / "labels.tif", annotator="Amina", now=NOW, **which))


def test_the_loop_goes_round_for_two_classes_in_decibels(two_classes, tmp_path):
    workspace = begin(two_classes, tmp_path / "campaign", exam_tiles=8)
    (card,) = workspace.cards()
    assert (card.method, card.bands, card.band_names, card.has_border) == ("blank", 2, ("VV", "VH"), False)
    scored = run(loop.score(workspace, now=NOW))
    assert (scored.version, scored.strategy, scored.bad_tiles) == ("blank", "active-ft", 0)
    assert annotate(workspace, two_classes, count=6).done > 0
    annotate(workspace, two_classes, exam=True, may_be_empty=True)
    done = run(loop.fine_tune(workspace, epochs=30, now=NOW))
    assert (done.parent, done.is_active, done.start, done.mixing) == ("blank", True, "blank", None)
    assert set(done.class_iou) == set(done.taken_for) == {"field"}  # the exam has no water
    exam = run(loop.evaluate(workspace))
    assert exam.taken_for == done.taken_for  # the exam has judged it already
    assert set(exam.class_iou) == {"field"} and exam.class_iou["field"] > 0.6
    predicted = run(loop.predict(workspace, tmp_path / "map.gpkg", raster=tmp_path / "map.tif"))
    footprints = geopandas.read_file(predicted.path)
    assert set(footprints["class"]) == {"water", "field"}
    with rasterio.open(predicted.raster) as found, rasterio.open(two_classes / "labels.tif") as true:
        assert (found.read(1) == true.read(1)).mean() > 0.8
    assert run(loop.score(workspace, now=NOW)).version == done.version


def test_a_later_version_from_a_blank_start_is_learnt_there_anew(two_classes, tmp_path):
    """What the one before has learnt plays no part in it, but judges it."""
    workspace = begin(two_classes, tmp_path / "campaign")
    annotate(workspace, two_classes, tiles=["r000_c000", "r001_c003"])
    first = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    annotate(workspace, two_classes, tiles=["r001_c000"])
    later = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    assert (first.start, later.start, later.parent) == ("blank", "blank", first.version)
    assert not later.is_active and later.difference is None  # one new tile is too few to be judged by
    loop.activate(workspace, "blank")
    again = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    weights = [load_network(workspace.version_folder(each.version))[0].state_dict() for each in (later, again)]
    assert all(torch.equal(value, weights[1][name]) for name, value in weights[0].items())


def test_where_nothing_measures_it_the_first_version_after_a_blank_one_is_taken(two_classes, tmp_path):
    workspace = begin(two_classes, tmp_path / "campaign")
    run(loop.score(workspace, now=NOW))
    annotate(workspace, two_classes, count=3)
    done = run(loop.fine_tune(workspace, epochs=1, now=NOW))
    assert done.difference is None and done.is_active


def test_a_class_without_a_single_label_is_trained_without(two_classes, tmp_path):
    workspace = begin(two_classes, tmp_path / "campaign", classes=named_classes(["water", "field", "snow"]))
    annotate(workspace, two_classes, tiles=["r000_c000", "r001_c003"])
    assert run(loop.fine_tune(workspace, epochs=1, now=NOW)).is_active


def test_a_tile_of_which_the_raster_knows_only_a_part_is_refused_and_nothing_is_changed(two_classes, tmp_path):
    workspace = begin(two_classes, tmp_path / "campaign")
    with rasterio.open(two_classes / "labels.tif") as file:
        values, profile = file.read(1), file.profile
    values[:10] = 7
    with rasterio.open(tmp_path / "part.tif", "w", **profile) as file:
        file.write(values, 1)
    reading = ClassReading(meaning={"7": "unlabelled"})
    job = loop.annotate(workspace, tmp_path / "part.tif", tiles=["r000_c000", "r001_c000"], reading=reading,
                        annotator="Amina", now=NOW)  # fmt: skip
    with pytest.raises(LabelError, match=r"part of 1 of the 2 chosen tiles: r000_c000\. Leave them out"):
        run(job)
    with workspace.store() as store:
        assert store.footprint_count() == 0 and not store.log()


def test_what_a_blank_start_cannot_know_is_asked_for(two_classes, tmp_path):
    with pytest.raises(ModelError, match="has to know what it maps"):
        begin(two_classes, tmp_path / "a", classes=(), start="blank")
    with pytest.raises(ModelError, match=r"maps building, not water, field\. Take 'blank' to start from"):
        begin(two_classes, tmp_path / "b", start="building", bands=[1, 2, 1])
    with pytest.raises(ImageryError, match=r"no band HH: its bands are 1 \(VV\), 2 \(VH\)"):
        begin(two_classes, tmp_path / "c", bands=["HH"])
    with pytest.raises(ModelError, match=r"2 bands, the model 'base' takes 3 \(red, green, blue\)"):
        begin(two_classes, tmp_path / "d", classes=(), bands=None)
    assert not list(tmp_path.iterdir())


def test_a_raster_of_many_bands_wants_a_choice(tmp_path):
    profile = {"driver": "GTiff", "width": 128, "height": 128, "dtype": "int16", "count": 13, **PLACE}
    with rasterio.open(tmp_path / "many.tif", "w", **profile) as file:
        file.write(np.random.default_rng(0).integers(0, 9999, (13, 128, 128), dtype=np.int16))
    with pytest.raises(ImageryError, match=r"13 bands: band 1, .*option bands.*1,2,3"):
        loop.new(tmp_path / "campaign", tmp_path / "many.tif", classes=named_classes(["water"]), tile_size_px=32)


LAKE, ACRE = box(500_020, 8_999_800, 500_100, 8_999_900), box(500_080, 8_999_850, 500_200, 8_999_950)
DRY = box(500_120, 8_999_700, 500_200, 8_999_780)


@pytest.fixture
def of_two(two_classes, tmp_path):
    return open_workspace(begin(two_classes, tmp_path / "campaign").folder)


def finish(workspace, drawn, classes, **how):
    finish_tile(workspace, "r000_c000", drawn, classes=classes, annotator="Amina", now=NOW, **how)


def test_what_is_drawn_by_hand_keeps_its_class_and_a_new_class_takes_the_place_of_the_old(of_two):
    finish(of_two, [LAKE, DRY], ["water", "field"])
    assert classed_footprints_of(of_two, "r000_c000") == [(LAKE, "water"), (DRY, "field")]
    after, shown = last_finish(of_two, "r000_c000"), [LAKE, DRY]
    assert is_finished_with(of_two, "r000_c000", [LAKE.wkb, DRY.wkb], None, ["water", "field"])
    assert not is_finished_with(of_two, "r000_c000", [LAKE.wkb, DRY.wkb], None, ["field", "field"])
    finish(of_two, [LAKE, DRY], ["field", "field"], instead_of=shown, after=after)
    assert sorted(of_class for _, of_class in classed_footprints_of(of_two, "r000_c000")) == ["field", "field"]


def test_a_footprint_without_one_of_the_classes_is_refused(of_two):
    for classes in (None, ["water", None], ["water", "sea"]):
        with pytest.raises(LabelError, match="Choose one of water, field"):
            finish(of_two, [LAKE, DRY], classes)
    assert classed_footprints_of(of_two, "r000_c000") == []


def test_two_classes_on_the_same_ground_are_refused_or_the_later_one_keeps_it(of_two):
    with pytest.raises(LabelError, match=r"water and of field lie on the same ground, at x 500090\.0"):
        finish(of_two, [LAKE, ACRE], ["water", "field"])
    finish(of_two, [LAKE, ACRE], ["water", "field"], cut=True)
    (lake, _), (acre, _) = classed_footprints_of(of_two, "r000_c000")
    assert lake.area == 80 * 100 - 20 * 50 and acre.equals(ACRE)


def test_a_footprint_that_reaches_onto_the_label_of_a_neighbour_is_refused_too(of_two):
    edge = of_two.grid.tile_bounds(Tile(0, 0))[2]
    theirs = {"classes": ["water"], "annotator": "Bilal", "now": NOW}
    finish_tile(of_two, "r000_c001", [box(edge + 20, 8_999_800, edge + 80, 8_999_900)], **theirs)
    with pytest.raises(LabelError, match="lie on the same ground"):
        finish(of_two, [box(edge - 40, 8_999_800, edge + 40, 8_999_900)], ["field"])
    assert classed_footprints_of(of_two, "r000_c000") == []


def test_cutting_leaves_the_ground_of_a_neighbours_label_to_it(of_two):
    edge = of_two.grid.tile_bounds(Tile(0, 0))[2]
    theirs = box(edge + 20, 8_999_800, edge + 80, 8_999_900)
    finish_tile(of_two, "r000_c001", [theirs], classes=["water"], annotator="Bilal", now=NOW)
    finish(of_two, [box(edge - 40, 8_999_800, edge + 40, 8_999_900)], ["field"], cut=True)
    (_, first), (mine, second) = classed_footprints_of(of_two, "r000_c001")
    assert (first, second) == ("water", "field")
    assert mine.equals(box(edge - 40, 8_999_800, edge + 20, 8_999_900))


def test_an_import_onto_a_label_of_another_class_is_refused_before_anything_is_written(of_two, tmp_path):
    edge = of_two.grid.tile_bounds(Tile(0, 0))[2]
    theirs = box(edge + 20, 8_999_800, edge + 80, 8_999_900)
    finish_tile(of_two, "r000_c001", [theirs], classes=["field"], annotator="Bilal", now=NOW)
    outlines = [DRY, box(edge - 40, 8_999_800, edge + 40, 8_999_900)]
    lake = geopandas.GeoDataFrame({"kind": ["water", "water"]}, geometry=outlines, crs="EPSG:32637")
    lake.to_file(tmp_path / "lake.gpkg")

    def annotate_with(*tiles):
        how = {"reading": ClassReading("kind"), "annotator": "Amina", "now": NOW}
        run(loop.annotate(of_two, tmp_path / "lake.gpkg", tiles=list(tiles), **how))

    with pytest.raises(LabelError, match="lie on the same ground"):
        annotate_with("r000_c000")
    assert classed_footprints_of(of_two, "r000_c000") == []
    annotate_with("r000_c000", "r000_c001")  # what lay there is replaced with it
    assert [of_class for _, of_class in classed_footprints_of(of_two, "r000_c001")] == ["water"]


def test_the_classes_are_known_though_the_active_version_is_damaged(of_two, two_classes):
    run(loop.score(of_two, now=NOW))
    annotate(of_two, two_classes, count=3)
    made = run(loop.fine_tune(of_two, epochs=1, now=NOW))
    (of_two.version_folder(made.version) / "card.json").write_text("{")
    assert [each.name for each in classes_mapped(of_two)] == ["water", "field"]


def test_drafts_know_their_class_and_a_version_that_knows_nothing_proposes_none(of_two, two_classes):
    assert run(drafts(of_two, ["r000_c000"], threshold=0.01)) == {}
    run(loop.score(of_two, now=NOW))
    annotate(of_two, two_classes, count=3)
    run(loop.fine_tune(of_two, epochs=1, now=NOW))
    found = run(drafts(of_two, ["r000_c000"], threshold=0.01))["r000_c000"]
    assert found and {draft.of_class for draft in found} <= {"water", "field"}
