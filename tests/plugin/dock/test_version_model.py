import pytest
from qgis.PyQt.QtCore import Qt

from tiletriage.plugin.campaign.version_rows import VersionRow
from tiletriage.plugin.dock.version_model import EXAM_IOU, STATE, TILES, VERSION, VersionModel


def version(name, parent=None, tiles=0, exam_iou=None, is_active=False, is_damaged=False):
    return VersionRow(name, parent, "2024-05-01", tiles, exam_iou, is_active, "better", is_damaged)


@pytest.fixture
def model(qgis_app):
    model = VersionModel()
    model.show([version("base"), version("v001", "base", tiles=10, exam_iou=0.551, is_active=True)])
    return model


def test_the_newest_version_comes_first(model):
    assert [model.index(row, VERSION).data() for row in range(model.rowCount())] == ["v001", "base"]


def test_a_row_says_what_the_version_has_learned_and_how_good_it_is(model):
    assert [model.index(0, column).data() for column in (TILES, EXAM_IOU, STATE)] == ["10", "0.55", "active"]


def test_a_version_without_an_exam_has_a_dash(model):
    assert model.index(1, EXAM_IOU).data() == "–"


def test_a_damaged_version_is_listed_as_such(model):
    model.show([version("base", is_active=True), version("v001", is_damaged=True)])
    assert [model.index(row, STATE).data() for row in (0, 1)] == ["damaged", "active"]


def test_the_tooltip_shows_the_name_of_a_strangers_version_letter_by_letter(model):
    model.show([version("<img src=x>", "<b>", is_damaged=True)])
    tooltip = model.index(0, VERSION).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tooltip and "<b>" not in tooltip and "&lt;img src=x&gt;" in tooltip


def test_only_the_active_version_is_bold(model):
    fonts = [model.index(row, VERSION).data(Qt.ItemDataRole.FontRole) for row in (0, 1)]
    assert fonts[0].bold() and fonts[1] is None


def test_the_tooltip_tells_where_a_version_comes_from(model):
    assert model.index(0, TILES).data(Qt.ItemDataRole.ToolTipRole) == "v001\nmade from base, 2024-05-01\nbetter"


def test_an_index_leads_to_its_version_and_no_index_to_none(model):
    assert model.row(model.index(1, STATE)).id == "base"
    assert model.row(model.index(-1, -1)) is None


def test_in_france_the_table_has_commas(model, in_france):
    assert model.index(0, EXAM_IOU).data() == "0,55"
