import pytest

from tiletriage.models.segmentation.classes import named_classes
from tiletriage.plugin.dock.class_table import ClassTable


@pytest.fixture
def table(qgis_app):
    return ClassTable()


def texts(table):
    columns = range(table.columnCount())
    return [[table.item(row, column).text() for column in columns] for row in range(table.rowCount())]


def test_each_class_has_its_figures_and_last_comes_their_mean(table):
    table.show_figures(named_classes(["water", "road", "snow"]), {"water": (0.1, 0.5), "road": (0.2, 0.8)})
    assert texts(table) == [["water", "0.10", "0.50"], ["road", "0.20", "0.80"], ["Mean", "0.15", "0.65"]]
    assert not table.isHidden()


def test_where_nothing_is_known_there_is_no_table(table):
    table.show_figures(named_classes(["water", "road"]), {})
    assert table.rowCount() == 0 and table.isHidden()
