from datetime import datetime, timezone

import pytest
from qgis.PyQt.QtCore import QMimeData, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDropEvent
from qgis.PyQt.QtWidgets import QAbstractButton, QPushButton, QStackedWidget

from tiletriage.models import loop
from tiletriage.models.jobs import drive
from tiletriage.plugin.dock.dock import ANNOTATE, PREDICT, SCORE, START, TRAIN, TileTriageDock
from tiletriage.plugin.dock.work_bar import WorkBar
from tiletriage.plugin.settings import recent_folders

from ...models.campaigns import Feedback

NARROW_PX = 320


@pytest.fixture
def dock(session):
    return TileTriageDock(session)


def page(dock):
    return dock.findChild(QStackedWidget, "pages").currentIndex()


def test_without_a_campaign_the_dock_begins_at_the_start(dock):
    assert page(dock) == START


def test_a_campaign_that_opens_leads_on_to_scoring_and_is_remembered(dock, campaign, tiny_workspace):
    assert page(dock) == SCORE
    assert recent_folders() == [tiny_workspace]
    campaign.close()
    assert page(dock) == START


def test_a_click_on_a_step_shows_its_page(dock):
    for step in (PREDICT, TRAIN, ANNOTATE, SCORE, START):
        dock.findChild(QAbstractButton, f"step{step}").click()
        assert page(dock) == step


def test_two_clicks_lead_from_a_project_with_imagery_to_the_first_tile(
    session, imagery, press, until, tiny_scene, tmp_path, monkeypatch
):
    monkeypatch.setattr(session, "default_folder", lambda layer: tmp_path / "campaign")
    dock = TileTriageDock(session)
    scored = []
    session.scored.connect(scored.append)
    press(dock, "startAndScore")
    until(lambda: scored and session.work is None, seconds=120)
    press(dock, "annotateFirst")
    assert page(dock) == ANNOTATE
    assert session.tile.rank == 1


def test_what_is_running_is_shown_with_a_way_to_stop_it(dock, campaign, press, until):
    bar = dock.findChild(WorkBar)
    assert bar.isHidden()
    campaign.score()
    assert not bar.isHidden()
    press(bar, "cancelButton")
    until(lambda: campaign.work is None)
    assert bar.isHidden()


def test_a_narrow_dock_cuts_nothing(dock, campaign):
    dock.resize(NARROW_PX, 800)
    dock.show()
    pages = dock.findChild(QStackedWidget, "pages")
    for number in range(pages.count()):
        dock.show_page(number)
        content = pages.widget(number).widget()
        assert content.minimumSizeHint().width() <= pages.widget(number).viewport().width()


def test_every_button_says_what_it_does_or_why_it_cannot(dock, campaign):
    silent = [
        button.objectName() or button.text()
        for button in dock.findChildren(QPushButton)
        if not button.toolTip() and button.objectName()
    ]
    assert not silent


def test_a_button_shows_the_whole_campaign_again(dock, campaign, qgis_iface):
    campaign.annotate_exam(True)
    campaign.next_tile()
    canvas = qgis_iface.mapCanvas()
    tile = canvas.extent()
    dock.findChild(QAbstractButton, "showCampaign").click()
    assert canvas.extent().contains(tile) and canvas.extent().width() > tile.width()
    campaign.close()
    assert not dock.findChild(QAbstractButton, "showCampaign").isEnabled()


def drop(dock, *paths):
    """Drag files onto the dock and let them go where it takes them; says whether it did."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, dragged, buttons, keys)
    event.ignore()
    dock.dragEnterEvent(event)
    if event.isAccepted():
        dock.dropEvent(event)
    return event.isAccepted()


def test_an_adapter_that_is_dropped_becomes_a_version_that_one_click_activates(dock, annotated, wait, tmp_path):
    annotated.fine_tune("lora", minutes=0.05)
    wait()
    annotated.export_version("v001", tmp_path / "river.ttadapter")
    wait()
    assert drop(dock, tmp_path / "river.ttadapter")
    wait()
    row = next(row for row in annotated.versions() if row.id == "river")
    assert (row.base, row.is_active) == ("tiny", False)
    assert row.text == "An adapter of the base tiny.\nIt comes from another campaign."
    told = annotated.ears.messages[-1]
    assert told.button == "Activate" and "parked" in told.text
    told.on_click()
    wait()
    assert [row.id for row in annotated.versions() if row.is_active] == ["river"]


def test_only_adapters_may_be_dropped_and_a_damaged_one_is_told(dock, campaign, wait, tmp_path):
    for name in ("letter.odt", "torn.ttadapter"):
        (tmp_path / name).write_text("no zip")
    assert not drop(dock, tmp_path / "letter.odt")
    assert drop(dock, tmp_path / "torn.ttadapter")
    wait()
    assert "no adapter that can be read" in campaign.ears.texts[-1]


@pytest.fixture
def roofs(tmp_path, tiny_scene, tiny_labels):
    """The file of an adapter that another campaign has made beside the model that ships."""
    other = loop.new(tmp_path / "other", tiny_scene, tile_size_px=64)
    now = datetime.now(timezone.utc)
    tiles = ["r000_c000", "r001_c001"]
    drive(loop.annotate(other, tiny_labels, tiles=tiles, annotator="A", may_be_empty=True, now=now), Feedback())
    drive(loop.fine_tune(other, method="lora", epochs=1, now=now), Feedback())
    loop.export_adapter(other, "v001", tmp_path / "roofs.ttadapter")
    return tmp_path / "roofs.ttadapter"


def test_dropped_where_no_campaign_is_open_an_adapter_is_what_the_next_one_begins_with(
    session, imagery, roofs, press, until, tmp_path, monkeypatch
):
    monkeypatch.setattr(session, "default_folder", lambda layer: tmp_path / "campaign")
    dock = TileTriageDock(session)
    dock.show_page(TRAIN)
    assert drop(dock, roofs)
    assert page(dock) == START
    opened = []
    session.workspace_changed.connect(lambda: opened.append(True))
    press(dock, "startAndScore")
    until(lambda: opened and session.work is None, seconds=120)
    assert session.is_open, session.ears.texts
    (row,) = session.versions()
    assert (row.id, row.is_active) == ("v001", True)


def test_an_adapter_that_cannot_begin_a_campaign_says_why_before(dock, session, imagery, tmp_path):
    (tmp_path / "torn.ttadapter").write_text("no zip")
    drop(dock, tmp_path / "torn.ttadapter")
    start = dock.findChild(QAbstractButton, "startAndScore")
    assert not start.isEnabled() and "no adapter that can be read" in start.toolTip()
