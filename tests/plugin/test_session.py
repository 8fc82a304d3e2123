"""The session in QGIS, with real layers, real tasks and a campaign that is tiny but real."""

import json
import shutil
import sqlite3
import time
from contextlib import closing

from qgis.core import Qgis, QgsFeature, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtWidgets import QApplication
from shapely import box

from tiletriage.models.annotation.draft import Draft
from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.use_cases.annotate_tile import claim_tile, finish_tile, footprints_of, release_tile, tile_of
from tiletriage.plugin.annotation import autosave
from tiletriage.plugin.annotation.footprint import Footprint
from tiletriage.plugin.campaign.campaign_work import now
from tiletriage.plugin.messages import why
from tiletriage.plugin.session import Session
from tiletriage.tests.plugin.hands import draw, house_on, layer_named, state_of


def test_a_campaign_is_opened_shown_and_closed(session, tiny_workspace, wait):
    session.open(tiny_workspace)
    assert session.work.kind == "open" and not session.is_open
    wait()
    assert (session.name, session.folder) == ("campaign", tiny_workspace)
    assert layer_named("Tiles").featureCount() == 24
    assert session.counts().pool > 0
    session.close()
    assert not session.is_open and session.counts() is None and session.folder is None
    assert [layer.name() for layer in QgsProject.instance().mapLayers().values()] == ["scene"]
    assert session.ears.signals.count("workspace_changed") == 2


def test_the_imagery_of_an_opened_campaign_lies_below_it_once(session, tiny_workspace, wait):
    for _ in range(2):
        session.open(tiny_workspace)
        wait()
        tree = QgsProject.instance().layerTreeRoot()
        assert [child.name() for child in tree.children()] == ["Tile Triage: campaign", "scene"]
        session.close()


def test_a_folder_without_a_campaign_is_told(session, tmp_path, wait):
    session.open(tmp_path)
    wait()
    assert not session.is_open
    assert "holds no campaign" in session.ears.texts[-1]


def test_from_imagery_to_the_first_tile(session, imagery, tmp_path, wait):
    assert session.suggestion(imagery).tiles > 0
    session.create(tmp_path / "new", imagery, tile_size_px=64, and_score=True)
    assert not session.work.can_cancel
    wait()
    assert session.is_open and not session.ears.texts
    assert len(session.ears.values("scored")) == 1
    session.next_tile()
    assert session.tile.rank == 1 and session.tile.reason
    assert layer_named("Drawing").isEditable()


def test_the_default_folder_lies_beside_the_imagery_and_is_free(session, imagery, tiny_scene):
    free = session.default_folder(imagery)
    assert free == tiny_scene.parent / "scene_campaign"
    free.mkdir()
    try:
        assert session.default_folder(imagery) == tiny_scene.parent / "scene_campaign_2"
    finally:
        free.rmdir()


def test_an_area_of_interest_of_the_project_limits_the_campaign(session, imagery, tmp_path, wait):
    area = QgsVectorLayer("Polygon?crs=EPSG:32737", "area", "memory")
    feature = QgsFeature(area.fields())
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(500_010, 9_299_910, 500_250, 9_299_999)))
    area.dataProvider().addFeature(feature)
    session.create(tmp_path / "new", imagery, aoi_layer=area, tile_size_px=32)
    wait()
    assert session.is_open, session.ears.texts
    assert session.counts().pool < 6 * 16


def test_what_the_engine_refuses_is_told_and_leaves_nothing(session, imagery, tmp_path, wait):
    session.create(tmp_path / "new", imagery, tile_size_px=256, exam_tiles=4)
    wait()
    assert not session.is_open and not (tmp_path / "new").exists()
    assert "none is left to train on" in session.ears.texts[-1] and "--" not in session.ears.texts[-1]


def test_scoring_paints_tells_and_ranks(campaign, wait):
    campaign.score()
    assert campaign.work.kind == "score" and campaign.work.can_cancel
    wait()
    (scored,) = campaign.ears.values("scored")
    assert scored.new_tiles == 24
    assert campaign.ears.values("progressed")[-1].percent == 100
    ranks = [feature["rank"] for feature in layer_named("Tiles").getFeatures() if feature["rank"]]
    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    assert not QgsProject.instance().mapLayersByName("Scoring")


def test_a_second_long_work_is_refused_while_the_first_goes_on(campaign, wait):
    campaign.score()
    campaign.predict()
    campaign.open(campaign.folder)
    assert [text.split(":")[0] for text in campaign.ears.texts] == ["Scoring the tiles is running"] * 2
    wait()


def test_cancelled_scoring_says_that_nothing_is_lost_and_clears_the_map(campaign, wait):
    campaign.score()
    campaign.cancel()
    wait()
    assert not campaign.ears.values("scored")
    assert "is kept" in campaign.ears.texts[-1]
    assert not QgsProject.instance().mapLayersByName("Scoring")


def test_without_a_campaign_nothing_fails(session):
    for method in ("score", "next_tile", "previous_tile", "fine_tune", "predict"):
        getattr(session, method)()
    assert session.ears.texts == ["Start or open a campaign first."] * 5
    session.leave_tile()
    session.accept_all()
    session.cancel()
    session.close()
    assert session.tile is None and session.versions() == [] and session.learning_curve() == []


def test_unranked_tiles_are_not_served_but_exam_tiles_are(campaign):
    campaign.next_tile()
    assert campaign.tile is None and "Score the campaign first" in campaign.ears.texts[-1]
    campaign.annotate_exam(True)
    campaign.next_tile()
    assert campaign.is_exam and "exam tile" in why(campaign.tile)


def test_a_finished_tile_is_on_disk_before_the_next_one_shows(scored):
    scored.next_tile()
    first = scored.tile
    assert state_of(scored, first.tile_id) is TileState.IN_PROGRESS
    draw(house_on(first))
    assert scored.footprint_count == 1
    scored.finish("done")
    assert state_of(scored, first.tile_id) is TileState.DONE
    (footprint,) = footprints_of(open_workspace(scored.folder), first.tile_id)
    assert footprint.bounds == house_on(first)
    assert scored.tile.rank == 2 and scored.footprint_count == 0
    assert layer_named("Footprints").featureCount() == 1
    assert scored.counts().done == 1


def test_a_drawing_that_was_handed_in_before_a_crash_does_not_come_up_as_unfinished(scored, wait):
    scored.next_tile()
    finished, house = scored.tile.tile_id, box(*house_on(scored.tile)).wkb
    draw(house_on(scored.tile))
    scored.finish("done")
    unfinished, folder = scored.tile.tile_id, scored.folder
    scored.close()
    drawing = folder / "cache" / "drawing"
    for tile_id in (finished, unfinished, "r099_c099"):
        autosave.write(drawing / f"{tile_id}.json", tile_id, autosave.Unfinished([], None, [Footprint(house)]))
    scored.open(folder)
    wait()
    assert sorted(path.stem for path in drawing.iterdir()) == sorted([unfinished, "r099_c099"])
    assert scored.ears.texts == []


def test_every_way_to_finish_a_tile(scored):
    states = {}
    for state in ("empty", "skipped", "bad imagery"):
        scored.next_tile() if scored.tile is None else None
        states[scored.tile.tile_id] = TileState(state)
        scored.finish(state)
    assert {tile_id: state_of(scored, tile_id) for tile_id in states} == states
    assert scored.seconds_a_tile() is not None


def test_a_slip_of_the_finger_is_asked_about(scored):
    scored.next_tile()
    tile = scored.tile
    scored.finish("done")
    assert "Nothing is drawn" in scored.ears.texts[-1]
    draw(house_on(tile))
    scored.finish("empty")
    assert "is not empty" in scored.ears.texts[-1]
    assert scored.tile == tile and state_of(scored, tile.tile_id) is TileState.IN_PROGRESS


def test_a_tile_that_is_left_waits_with_what_was_drawn_on_it(scored):
    scored.next_tile()
    tile = scored.tile
    draw(house_on(tile))
    scored.leave_tile()
    assert scored.tile is None and state_of(scored, tile.tile_id) is TileState.POOL
    scored.next_tile()
    assert scored.tile.tile_id == tile.tile_id and scored.footprint_count == 1


def test_next_passes_over_and_previous_comes_back(scored):
    scored.next_tile()
    first = scored.tile.tile_id
    scored.next_tile()
    second = scored.tile.tile_id
    scored.finish("empty")
    assert scored.tile.tile_id not in (first, second)
    scored.previous_tile()
    assert scored.tile.tile_id == second
    draw(house_on(scored.tile))
    scored.finish("done")
    assert state_of(scored, second) is TileState.DONE
    scored.previous_tile()
    scored.previous_tile()
    assert scored.tile.tile_id != second


def test_the_queue_begins_again_when_every_tile_was_passed_over(scored):
    waiting = scored.counts().pool
    seen = []
    for _ in range(waiting + 1):
        scored.next_tile()
        seen.append(scored.tile.tile_id)
    assert len(set(seen)) == waiting and seen[-1] == seen[0]


def test_when_all_is_annotated_it_says_so(scored):
    scored.annotate_exam(True)
    scored.next_tile()
    while scored.tile:
        scored.finish("empty")
    assert "All exam tiles are annotated" in scored.ears.texts[-1] and not scored.is_exam
    scored.next_tile()
    while scored.tile:
        scored.finish("empty")
    assert "nothing is left to annotate" in scored.ears.texts[-1]
    assert scored.counts().pool == 0


def test_a_building_deleted_on_a_tile_is_gone_although_the_neighbour_brought_it(scored):
    scored.next_tile()
    tile, (left, bottom, right, top) = scored.tile, scored.tile.bounds
    middle = (bottom + top) / 2
    draw((left - 4, middle, left + 4, middle + 4), (right - 4, middle, right + 4, middle + 4))
    scored.finish("done")
    workspace = open_workspace(scored.folder)
    beside = next(
        record.tile.id
        for record in workspace.store().tiles()
        if record.tile.id != tile.tile_id and footprints_of(workspace, record.tile.id)
    )
    scored._tile_editor._show(beside)
    assert scored.footprint_count == 1
    layer_named("Drawing").selectAll()
    layer_named("Drawing").deleteSelectedFeatures()
    scored.finish("empty")
    assert footprints_of(workspace, beside) == []
    assert len(footprints_of(workspace, tile.tile_id)) == 1


def test_tiles_are_finished_while_the_model_learns(annotated, wait, until):
    annotated.fine_tune(minutes=0.1)
    until(lambda: annotated.ears.values("epoch_done"))
    annotated.next_tile()
    first = annotated.tile.tile_id
    draw(house_on(annotated.tile))
    start = time.monotonic()
    annotated.finish("done")
    seconds = time.monotonic() - start
    assert annotated.work.kind == "fine-tune"
    assert state_of(annotated, first) is TileState.DONE and annotated.tile.tile_id != first
    assert seconds < 1  # on one busy core
    wait()
    (done,) = annotated.ears.values("fine_tuned")
    assert done.tiles == 2 and not done.is_active
    assert [row.version for row in annotated.learning_curve()] == [done.version]


def test_without_labels_there_is_nothing_to_learn_and_this_is_said(campaign, wait):
    campaign.fine_tune()
    wait()
    assert "No tile is annotated yet" in campaign.ears.texts[-1]


def test_a_cancelled_fine_tuning_leaves_the_model_as_it_was(annotated, wait, until):
    annotated.fine_tune(minutes=5)
    until(lambda: annotated.ears.values("epoch_done"))
    annotated.cancel()
    wait()
    assert "model is as before" in annotated.ears.texts[-1]
    assert [row.id for row in annotated.versions()] == ["tiny"]


def test_versions_are_activated_and_saved_elsewhere(annotated, wait, tmp_path):
    annotated.fine_tune(minutes=0.05)
    wait()
    start, child = annotated.versions()
    assert (start.is_active, child.is_active, child.parent, child.tiles) == (True, False, "tiny", 2)
    assert child.exam_iou is None and "not measured" in child.text
    annotated.activate(child.id)
    wait()
    assert [row.is_active for row in annotated.versions()] == [False, True]
    annotated.export_version(child.id, tmp_path / "mine")
    wait()
    assert (tmp_path / "mine" / "card.json").exists()
    annotated.export_version(child.id, tmp_path / "mine")
    wait()
    assert "exists already" in annotated.ears.texts[-1]


def test_a_version_is_saved_elsewhere_by_the_rules_of_the_command_line(campaign, wait, tmp_path):
    theirs = campaign.folder / "versions" / "tiny"
    mine = tmp_path / "mine.odt"
    mine.write_text("mine")

    def save(version, target):
        campaign.export_version(version, target)
        wait()
        return campaign.ears.messages[-1] if campaign.ears.messages else None

    (theirs / "usercustomize.py").write_text("print('run')")
    save("tiny", tmp_path / "tiny")
    assert (tmp_path / "tiny" / "card.json").exists() and not (tmp_path / "tiny" / "usercustomize.py").exists()
    for target in (mine, campaign.folder / "versions" / "other", campaign.folder / "cache"):
        assert save("tiny", target).level == Qgis.MessageLevel.Warning
    assert mine.read_text() == "mine" and not (campaign.folder / "versions" / "other").exists()
    (theirs / "observations.safetensors").symlink_to(mine)
    assert "links are not followed" in save("tiny", tmp_path / "copy").text
    card = json.loads((theirs / "card.json").read_text())
    (theirs / "card.json").write_text(json.dumps({**card, "id": "../../elsewhere"}))
    for version in ("../../elsewhere", "tiny"):
        assert save(version, tmp_path / "copy").level == Qgis.MessageLevel.Warning
    assert not (tmp_path / "copy").exists() and not (tmp_path / "elsewhere").exists()


def test_predicted_footprints_are_written_and_shown(campaign, wait):
    campaign.predict()
    wait()
    (predicted,) = campaign.ears.values("predicted")
    assert predicted.path == campaign.folder / "footprints_tiny.gpkg" and predicted.path.exists()
    assert layer_named("Footprints by tiny").isValid()
    campaign.predict()
    wait()
    assert campaign.ears.values("predicted")[1].path.name == "footprints_tiny_2.gpkg"
    campaign.predict(predicted.path, overwrite=True)  # although the file is on the map
    wait()
    assert len(campaign.ears.values("predicted")) == 3, campaign.ears.texts


def test_the_speed_is_measured(session, wait):
    session.probe_speed()
    wait()
    assert "tiles a second on cpu" in session.speed == session.ears.texts[-1]
    assert "tiles a second on cpu" in session.diagnostics()


def offer(session, *drafts):
    """As though the model had drawn these on the tile: one with random weights sees nothing of use."""
    session._drafts._drafts[session.tile.tile_id] = list(drafts)
    session._tile_editor._offer_drafts(session.tile.tile_id)


def test_drafts_follow_the_tile_and_are_accepted_with_their_origin(scored, until):
    scored.next_tile()
    tile = scored.tile
    until(lambda: scored._drafts.of(tile.tile_id) is not None)
    scored._drafts._drafts[tile.tile_id] = [
        Draft(box(*house_on(tile)), "tiny")
    ]  # a model with random weights sees nothing of use
    scored._tile_editor._offer_drafts(tile.tile_id)
    assert (scored.draft_count, scored.footprint_count) == (1, 0)
    scored.accept_all()
    assert (scored.draft_count, scored.footprint_count) == (0, 1)
    scored.finish("done")
    with open_workspace(scored.folder).store() as store:
        assert list(store.all_footprints().origin) == ["model"]


def test_each_footprint_keeps_the_version_that_drew_it_although_another_one_works_by_now(scored, until):
    scored.next_tile()
    left, bottom, _, _ = scored.tile.bounds
    old, new, own = (box(left + x, bottom + 5, left + x + 5, bottom + 10) for x in (2, 10, 20))
    until(lambda: scored._drafts.of(scored.tile.tile_id) is not None)
    offer(scored, Draft(old, "tiny"))
    scored.accept_all()
    scored._change_version()
    until(lambda: scored._drafts.of(scored.tile.tile_id) is not None)
    offer(scored, Draft(new, "v001"))
    scored.accept_all()
    draw(own.bounds)
    scored.finish("done")
    with open_workspace(scored.folder).store() as store:
        rows = store.all_footprints()
    sources = {
        outline.bounds[0] - left: source for outline, *source in zip(rows.geometry, rows.origin, rows.model_version)
    }
    assert sources == {2: ["model", "tiny"], 10: ["model", "v001"], 20: ["human", None]}


def by_somebody_else(act, folder, tile_id, *arguments, **named):
    act(open_workspace(folder), tile_id, *arguments, annotator="Bob", now=now(), **named)


def test_a_tile_that_somebody_else_works_on_is_not_served_until_it_is_free(scored):
    scored.next_tile()
    first = scored.tile.tile_id
    scored.leave_tile()
    by_somebody_else(claim_tile, scored.folder, first, session="another")
    scored.next_tile()
    second = scored.tile.tile_id
    assert second != first
    scored._tile_editor._history.append(first)
    scored.previous_tile()
    assert "Bob is working on tile" in scored.ears.texts[-1] and scored.tile.tile_id == second
    by_somebody_else(release_tile, scored.folder, first, session="another")
    scored.leave_tile()
    scored.next_tile()
    assert scored.tile.tile_id == first


def test_a_tile_is_claimed_as_long_as_somebody_draws_on_it(scored, monkeypatch):
    def claim():
        with open_workspace(scored.folder).store() as store:
            return store.claims().get(tile.tile_id)

    monkeypatch.setattr("tiletriage.plugin.annotation.tile_claim.RENEWED_EVERY_SECONDS", 0)
    scored.next_tile()
    tile = scored.tile
    begun = claim()
    time.sleep(0.01)
    draw(house_on(tile))
    assert claim().until > begun.until
    scored.finish("done")
    assert claim() is None


def test_whoever_is_done_second_replaces_nobodys_buildings_and_may_keep_both(scored):
    scored.next_tile()
    tile, (left, bottom, _, _) = scored.tile, scored.tile.bounds
    theirs = box(left + 20, bottom + 20, left + 26, bottom + 26)
    draw(house_on(tile))
    by_somebody_else(finish_tile, scored.folder, tile.tile_id, [theirs])
    scored.finish("done")
    message = scored.ears.messages[-1]
    assert "Bob has finished tile" in message.text and message.button == "Keep both"
    assert scored.tile == tile and scored.footprint_count == 1
    assert footprints_of(open_workspace(scored.folder), tile.tile_id) == [theirs]
    scored.leave_tile()
    scored._tile_editor._show(tile.tile_id)  # later: it is still that drawing, and still not the only one
    scored.finish("done")
    scored.ears.messages[-1].on_click()
    assert len(footprints_of(open_workspace(scored.folder), tile.tile_id)) == 2
    assert state_of(scored, tile.tile_id) is TileState.DONE and scored.tile != tile


def test_a_project_brings_its_campaign_back(scored, tmp_path, until):
    scored.next_tile()
    tile, folder = scored.tile, scored.folder
    draw(house_on(tile))
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "project.qgs"))
    project.clear()
    assert not scored.is_open and scored.tile is None
    assert tile_of(open_workspace(folder), tile.tile_id)[1] is TileState.POOL
    assert project.read(str(tmp_path / "project.qgs"))
    until(lambda: scored.is_open)
    assert scored.folder == folder
    assert len(project.mapLayersByName("Tiles")) == 1
    scored.next_tile()
    assert scored.tile.tile_id == tile.tile_id and scored.footprint_count == 1


def test_a_project_that_moves_with_its_campaign_finds_it(session, tiny_workspace, tmp_path, wait, until):
    home = tmp_path / "home"
    home.mkdir()
    tiny_workspace.rename(home / "campaign")
    session.open(home / "campaign")
    wait()
    QgsProject.instance().write(str(home / "project.qgs"))
    QgsProject.instance().clear()
    home.rename(tmp_path / "elsewhere")
    QgsProject.instance().read(str(tmp_path / "elsewhere" / "project.qgs"))
    until(lambda: session.is_open)
    assert session.folder == tmp_path / "elsewhere" / "campaign"


def test_no_drafts_are_made_for_a_campaign_that_closes(scored, until):
    """Tiles of two campaigns have the same ids: what is on its way for one would be offered on the other."""
    scored.next_tile()
    until(lambda: scored._drafts.of(scored.tile.tile_id) is not None and scored._drafts._queue.work is None)
    scored.close()
    assert scored._drafts._queue.work is None


def test_a_new_project_ends_the_work_of_the_one_before(annotated, wait, until):
    annotated.fine_tune(minutes=5)
    until(lambda: annotated.ears.values("epoch_done"))
    QgsProject.instance().clear()
    assert not annotated.is_open
    wait()
    assert not annotated.ears.values("fine_tuned")


def test_closing_forgets_the_campaign_in_the_project(campaign, tmp_path):
    campaign.close()
    project = QgsProject.instance()
    project.write(str(tmp_path / "project.qgs"))
    project.read(str(tmp_path / "project.qgs"))
    assert campaign.work is None and not campaign.is_open


def test_another_campaign_takes_the_place_of_the_first(scored, tiny_workspace, tmp_path, wait):
    other = shutil.copytree(tiny_workspace, tmp_path / "other")
    scored.next_tile()
    first = scored.tile.tile_id
    scored.open(other)
    wait()
    assert scored.folder == other and scored.tile is None
    assert tile_of(open_workspace(tiny_workspace), first)[1] is TileState.POOL
    assert len(QgsProject.instance().mapLayersByName("Tiles")) == 1


def test_unloading_ends_the_work_and_leaves_the_campaign_whole(desktop, tiny_workspace, until):
    session = Session(desktop)
    session.open(tiny_workspace)
    until(lambda: session.is_open and session.work is None)
    session.score()
    session.unload()
    with open_workspace(tiny_workspace).lock():  # nobody else holds it
        pass
    QgsProject.instance().clear()  # and nobody listens any more


def test_an_open_layer_of_qgis_is_no_obstacle_to_the_engine_nor_the_other_way_round(scored):
    """The main thread reads and finishes tiles while tasks write priorities: nobody fails, and nobody waits long."""
    tiles, footprints = layer_named("Tiles"), layer_named("Footprints")
    scored.next_tile()
    longest, finished = 0.0, 0
    for strategy in ("random", "entropy", "margin"):
        scored.score(strategy)
        while scored.work:
            assert len(list(tiles.getFeatures())) == 24
            list(footprints.getFeatures())
            if scored.tile:
                draw(house_on(scored.tile))
                start = time.monotonic()
                scored.finish("done")
                longest = max(longest, time.monotonic() - start)
                finished += 1
            QApplication.processEvents()
    assert finished and longest < 2
    assert layer_named("Footprints").featureCount() == finished == scored.counts().done
    assert not [text for text in scored.ears.texts if "nothing is left" not in text.lower()]
    with closing(sqlite3.connect(scored.folder / "campaign.gpkg")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
