"""What the user is told: a line in QGIS's message bar, never a dialog that wants an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from html import escape
from inspect import signature
from string import Formatter

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTimer
from qgis.PyQt.QtWidgets import QPushButton

from ..models.choices import BACKGROUND_WORD, ENOUGH_TRAINING, TRIFLE
from ..models.errors import EngineError
from ..models.segmentation.classes import BUILDING
from .layers.layer_problem import LayerProblem

TAG = "Tile Triage"
BY_LEVEL = -1  # seconds: news goes away by itself, what the user has to mend stays until it is closed


@dataclass(frozen=True)
class Message:
    """A line for the message bar; with a ``button`` it offers to do something about it."""

    level: Qgis.MessageLevel
    text: str
    details: str = ""
    button: str = ""
    on_click: Callable[[], None] | None = None


def tells_mistakes(method):
    """For methods of what has ``said``: what the user can mend is said and ends the method, all else is raised."""
    most = len(signature(method).parameters) - 1  # Qt's signals may bring more than the method takes

    @wraps(method)
    def careful(self, *arguments, **named):
        try:
            return method(self, *arguments[:most], **named)
        except (EngineError, LayerProblem) as problem:
            self.said.emit(Message(Qgis.MessageLevel.Warning, in_words(problem)))
        return None

    return careful


def in_words(problem: Exception) -> str:
    """What the user can mend, in the user's language; layers tell theirs translated already."""
    if not isinstance(problem, EngineError):
        return str(problem)
    return filled(QCoreApplication.translate("engine", problem.template), **problem.values)


def filled(template: str, **values: object) -> str:
    """A sentence with its values; a number with decimals is written as in the user's country: 0.46, or 0,46."""
    return _InLocale().vformat(template, (), values)


class _InLocale(Formatter):
    def format_field(self, value, format_spec):
        decimals = re.fullmatch(r"(?:\.(\d+))?([fg])", format_spec)
        if decimals is None:
            return super().format_field(value, format_spec)
        return QLocale().toString(float(value), decimals[2], int(decimals[1] or 6))


def why(tile) -> str:
    """Why a tile (queue_layer.QueuedTile) stands where it does, or why it is not ranked."""
    if tile.rank is None:
        return _unranked(tile)
    if tile.reason is None:
        return _tr("ranked by an earlier Tile Triage: score again to see why")
    value = "" if tile.reason.value is None else QLocale().toString(tile.reason.value, "f", 2)
    reasons = {
        "entropy": _tr("the model is unsure here (entropy {n})"),
        "margin": _tr("the model is unsure here (margin {n})"),
        "predicted-iou": _tr("expected IoU {n}"),
        "map-gain": _tr("{n} % of what is probably wrong on the map lies here"),
        "coverage": _tr("it helps to cover every kind of tile"),
        "chance": _tr("drawn by chance"),
    }
    likeness = {
        "nothing-yet": _tr("nothing is labelled yet"),
        "none": _tr("nothing like it is labelled yet"),
        "little": _tr("little like it is labelled yet"),
        "much": _tr("much like it is labelled already"),
    }
    reason = reasons[tile.reason.code].format(n=value)
    if tile.reason.mapped:
        reason += ", " + _tr("mostly {what}").format(what=tile.reason.mapped)
    return _tr("{reason}, and {likeness}").format(reason=reason, likeness=likeness[tile.reason.likeness])


def map_quality_in_words(found, enough) -> str:
    """How good the finished map is (use_cases.map_quality.MapQuality), what ten more minutes are worth, and whether
    that is less than ``enough``, in percent."""
    if found.iou is None:
        text = _tr(
            "How good the map is cannot be told yet: {n} of the annotated tiles were drawn by lot, and it takes 5 or "
            "more. Annotate all ten tiles of a round before you score again."
        )
        lines = [filled(text, n=found.drawn)]
    else:
        text = _tr(
            "The finished map is right for {iou:.0f} % of the ground with {what} ({low:.0f} to {high:.0f} %), judged "
            "by {n} tiles drawn by lot. That ground is {mapped:.2f} ha ({least:.2f} to {most:.2f}); people have "
            "checked {checked:.0f} % of it."
        )
        iou, mapped = found.iou.times(100), found.mapped_m2.times(1e-4)
        area = {"mapped": mapped.value, "least": mapped.low, "most": mapped.high, "checked": 100 * found.checked}
        area["what"] = what_is_mapped(found.classes)
        lines = [filled(text, iou=iou.value, low=iou.low, high=iou.high, n=found.drawn, **area)]
    if found.footprint_f1 is not None:
        text = _tr(
            "Its footprints and the real ones match with an F1 of {match:.2f} ({low:.2f} to {high:.2f}). There "
            "are {n:.0f} ({least:.0f} to {most:.0f}); people have drawn or checked {checked:.0f}."
        )
        match, number = found.footprint_f1, found.footprints
        bounds = {"match": match.value, "low": match.low, "high": match.high, "least": number.low, "most": number.high}
        lines.append(filled(text, n=number.value, checked=found.checked_footprints, **bounds))
    if found.next_minutes:
        text = _tr("The next {n} tiles should mend {mends:.0f} % of what is still wrong, in about {minutes:.0f} min.")
        worth = found.next_minutes
        lines.append(filled(text, n=worth.tiles, mends=100 * worth.mends, minutes=max(1, worth.minutes)))
    if found.is_enough(enough):
        text = _tr("That is {gain:.1f} % of that ground, less than {enough:g} %: enough. Draw the finished map.")
        lines.append(filled(text, gain=100 * found.next_gain, enough=enough))
    return "\n".join(lines)


def taken_for_in_words(others) -> list[str]:
    """What a class is taken for, given (class, share) as the engine's ``taken_for`` has them, without trifles."""
    named = [(_tr("nothing") if name == BACKGROUND_WORD else name, share) for name, share in others if share >= TRIFLE]
    return [filled("{name} {share:.0%}", name=name, share=share) for name, share in named]


def cut_short(fine_tuned) -> str:
    """That the minutes ended a training early, and what to do; empty where they did not."""
    if fine_tuned.share >= ENOUGH_TRAINING:
        return ""
    text = _tr("The minutes were enough for {share:.0f} % of the training: give it more.")
    return filled(text, share=100 * fine_tuned.share)


def other_gsd(card, gsd_metres) -> str:
    """That a model (campaign.model_store.VersionCard) knows no imagery of this scale, and what to do."""
    text = _tr(
        "The model '{version}' has learnt at {finest:.2f} to {coarsest:.2f} m a pixel, and here a pixel has {gsd:.2f} "
        "m: it may see little. Begin again with another pixel size, or annotate a few rounds and see."
    )
    finest, coarsest = card.gsd_metres
    return filled(text, version=card.id, finest=finest, coarsest=coarsest, gsd=gsd_metres)


def what_is_mapped(classes) -> str:
    """In words, by the names of the classes."""
    return _tr("buildings") if tuple(classes) == (BUILDING.name,) else ", ".join(classes)


def show_message(iface, message):
    """Show a message in the message bar, with its details behind a button, and keep both in QGIS's log."""
    bar = iface.messageBar()
    text, details = as_html(message.text), as_html(message.details)
    if message.button:
        bar.pushWidget(_offer(iface, message, text), message.level, BY_LEVEL)
    elif message.details:
        bar.pushMessage(TAG, text, details, message.level, BY_LEVEL)
    else:
        bar.pushMessage(TAG, text, message.level, BY_LEVEL)
    whole = f"{message.text}\n{message.details}".strip()
    QgsMessageLog.logMessage(whole, TAG, message.level, False)


def as_html(text: str) -> str:
    """A text for what shows HTML, letter by letter: names in a campaign may come from a stranger."""
    return escape(text, quote=False).replace("\n", "<br>")


def as_tooltip(text: str) -> str:
    """The same for a tooltip, which shows HTML where a text looks like it."""
    return f"<span>{as_html(text)}</span>" if "<" in text or "&lt;" in text else text


def _offer(iface, message, text):
    """A line with a button that does something about it, and is gone then.

    The button knows no line: Python would take both for forgotten, as Qt alone holds them, and a click would end QGIS.
    """
    line = iface.messageBar().createMessage(TAG, text)
    button = QPushButton(message.button, line)
    button.setObjectName("messageButton")
    button.clicked.connect(partial(_take_up, iface, message.on_click))
    line.layout().addWidget(button)
    return line


def _take_up(iface, on_click, *_):
    """The button is on the line that shows, and goes with it once its click is over."""
    QTimer.singleShot(0, partial(_pop_and_do, iface, iface.messageBar().currentItem(), on_click))


def _pop_and_do(iface, line, on_click):
    iface.messageBar().popWidget(line)
    on_click()


def _unranked(tile):
    if tile.split == "exam":
        return _tr("exam tile: it measures the model and is never trained on")
    states = {"skipped": _tr("skipped"), "bad imagery": _tr("bad imagery"), "done": _tr("done"), "empty": _tr("empty")}
    return states.get(tile.state, _tr("not scored yet"))


def _tr(text):
    return QCoreApplication.translate("messages", text)
