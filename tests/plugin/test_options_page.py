import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QLineEdit, QWidget

from tiletriage.plugin.options_page import OptionsPageFactory
from tiletriage.plugin.settings import Setting, annotator


@pytest.fixture
def page(qgis_app):
    QgsSettings().remove("tiletriage")
    parent = QWidget()
    yield OptionsPageFactory().createWidget(parent)
    QgsSettings().remove("tiletriage")


def test_what_was_chosen_is_kept_only_after_ok(page):
    page.findChild(QDoubleSpinBox, "minimum_draft_area_m2").setValue(12)
    page.findChild(QLineEdit, "annotator").setText("Asha")
    assert Setting.MINIMUM_DRAFT_AREA_M2.get() == 4
    page.apply()
    assert Setting.MINIMUM_DRAFT_AREA_M2.get() == 12
    assert annotator() == "Asha"


def test_the_page_shows_what_was_chosen_before(page):
    Setting.MINIMUM_DRAFT_AREA_M2.set(9.5)
    again = OptionsPageFactory().createWidget(page)
    assert again.findChild(QDoubleSpinBox, "minimum_draft_area_m2").value() == 9.5


def test_every_choice_is_explained(page):
    choices = [*page.findChildren(QDoubleSpinBox), *page.findChildren(QLineEdit, "annotator")]
    assert choices and all(choice.toolTip() for choice in choices)
