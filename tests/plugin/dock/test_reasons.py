"""A reason is the same thing in another language, and none of the engine's is forgotten."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from tiletriage.models.priority.strategies import STRATEGIES
from tiletriage.plugin.dock.reasons import NUMBER, PHRASES, in_words
from tiletriage.tests.real_qgis import ROOT


@pytest.fixture
def french(qgis_app):
    translator = QTranslator()
    assert translator.load(str(ROOT / "resources" / "i18n" / "tiletriage_fr.qm"))
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_a_reason_without_a_translation_stays_as_it_is():
    assert in_words("expected IoU 0.31, and nothing like it is labelled yet") == (
        "expected IoU 0.31, and nothing like it is labelled yet"
    )
    assert in_words("skipped") == "skipped"


def test_every_phrase_of_a_reason_is_translated_and_its_number_kept(french):
    assert in_words("expected IoU 0.31, and nothing is labelled yet") == "IoU attendu 0.31, et rien n’est encore annoté"


def test_every_reason_of_the_strategies_can_be_translated():
    values = {"predicted_iou": 0.5, "entropy": 0.5, "margin": 0.5}
    becauses = {NUMBER.sub("{n}", each.because.format(**values)) for each in STRATEGIES.values()}
    assert becauses <= set(PHRASES)
