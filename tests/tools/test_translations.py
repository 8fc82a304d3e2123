"""French and Spanish are whole: what the plugin says is in the files, translated, and compiled."""

from __future__ import annotations

import re

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from tiletriage.tests.real_qgis import ROOT
from tiletriage.tests.tools.translations import I18N, LANGUAGES, engine_errors, strings, translations

WANTED = {(context, text) for context, texts in strings(ROOT).items() for text in texts}


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def translated(language):
    return translations(I18N / f"tiletriage_{language}.ts")


def test_every_string_of_the_plugin_is_to_be_translated_and_no_other(translated):
    assert sorted(WANTED ^ translated.keys()) == [], "run make translations"


def test_every_string_is_translated(translated):
    assert [key for key, text in translated.items() if not text] == []


def test_a_translation_fills_in_the_same_values(translated):
    assert [text for (_, text), said in translated.items() if said and placeholders(said) != placeholders(text)] == []


def test_what_is_compiled_is_what_is_translated(qgis_app, language, translated):
    translator = QTranslator()
    assert translator.load(str(I18N / f"tiletriage_{language}.qm"))
    QCoreApplication.installTranslator(translator)
    try:
        said = {key: QCoreApplication.translate(*key) for key in translated}
    finally:
        QCoreApplication.removeTranslator(translator)
    assert said == translated, "run make translations"


def test_a_string_is_found_however_it_is_written(tmp_path):
    (tmp_path / "plugin").mkdir()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "grid.py").write_text(
        "raise ImageryError('no-' 'crs', '{name} has no CRS.', name=name)\n", encoding="utf-8"
    )
    (tmp_path / "plugin" / "panel.py").write_text(
        "def _tr(text):\n    return QCoreApplication.translate('words', text)\n"
        "class Panel(QWidget):\n    def title(self):\n        return self.tr('a ' 'title',)\n"
        "class ScorePanel(Panel):\n    pass\n"
        "said = _tr('in words'), QCoreApplication.translate('bar', 'at once')\n"
        "LATER = QT_TRANSLATE_NOOP('styles', 'later')\n",
        encoding="utf-8",
    )
    assert strings(tmp_path) == {
        "Panel": ["a title"],
        "ScorePanel": ["a title"],  # Qt asks for the class of the object
        "bar": ["at once"],
        "engine": ["{name} has no CRS."],
        "styles": ["later"],
        "words": ["in words"],
    }


def test_an_error_of_the_engine_has_a_code_of_its_own():
    templates = {}
    for code, template in engine_errors(ROOT / "models"):
        assert templates.setdefault(code, template) == template, code


def placeholders(text):
    return sorted(re.findall(r"\{.*?\}", text))
