"""Why a tile comes now, in the user's language: the engine writes its reasons in English, into the campaign."""

from __future__ import annotations

import re

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

AND, NUMBER = ", and ", re.compile(r"\d+\.\d+")

PHRASES = (
    QT_TRANSLATE_NOOP("reasons", ", and "),
    QT_TRANSLATE_NOOP("reasons", "expected IoU {n}"),
    QT_TRANSLATE_NOOP("reasons", "the doubt of the model here is {n}"),
    QT_TRANSLATE_NOOP("reasons", "the model is unsure of tiles like this (entropy {n})"),
    QT_TRANSLATE_NOOP("reasons", "the model is unsure here (entropy {n})"),
    QT_TRANSLATE_NOOP("reasons", "the model is unsure here (margin {n})"),
    QT_TRANSLATE_NOOP("reasons", "it helps to cover every kind of tile"),
    QT_TRANSLATE_NOOP("reasons", "drawn by chance"),
    QT_TRANSLATE_NOOP("reasons", "nothing is labelled yet"),
    QT_TRANSLATE_NOOP("reasons", "nothing like it is labelled yet"),
    QT_TRANSLATE_NOOP("reasons", "little like it is labelled yet"),
    QT_TRANSLATE_NOOP("reasons", "much like it is labelled already"),
    QT_TRANSLATE_NOOP("reasons", "exam tile: it measures the model and is never trained on"),
    QT_TRANSLATE_NOOP("reasons", "beside an exam tile: not trained on, so that the exam stays fair"),
)


def in_words(reason: str) -> str:
    """A reason of the engine, translated phrase by phrase; one that nobody has translated stays as it is."""
    return _translated(AND).join(map(_phrase, reason.split(AND)))


def _phrase(text):
    numbers = NUMBER.findall(text)
    phrase = _translated(NUMBER.sub("{n}", text))
    for number in numbers:
        phrase = phrase.replace("{n}", number, 1)
    return phrase


def _translated(text):
    return QCoreApplication.translate("reasons", text)
