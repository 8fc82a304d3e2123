"""How long the user interface stands still while the engine works and the map is panned."""

from __future__ import annotations

import faulthandler
import time
from pathlib import Path

from qgis.core import QgsPointXY
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QAbstractButton, QDoubleSpinBox

from .desk import Desk, Story, Until
from .oracle import Oracle
from .tour import ANNOTATE, ROUND, SCORE, SCORING, TRAIN, annotate, end_of_work, open_imagery, wait

TICK_MS, PAN_MS, LONG_MS = 10, 400, 100


class Watch:
    """Milliseconds between the ticks of a 10 ms timer, while the map is panned to and fro.

    What all threads were doing when a gap grew long is written to stacks.txt: faulthandler needs no lock for that.
    """

    def __init__(self, desk: Desk, what: str):
        self._desk = desk
        self._stacks = (desk.output / "stacks.txt").open("a", encoding="utf-8")
        self._stacks.write(f"\n==== {what}\n")
        self._stacks.flush()
        self._last = 0.0
        self._pans = 0
        self.gaps_ms: list[float] = []
        self._tick = self._timer(TICK_MS, self._note)
        self._pan = self._timer(PAN_MS, self._move_map)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._tick.start()
        self._pan.start()

    def stop(self) -> list[float]:
        self._tick.stop()
        self._pan.stop()
        faulthandler.cancel_dump_traceback_later()
        self._stacks.close()
        return self.gaps_ms

    def _timer(self, interval_ms: int, do) -> QTimer:
        timer = QTimer(self._desk.canvas)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(interval_ms)
        timer.timeout.connect(do)
        return timer

    def _note(self) -> None:
        now = time.perf_counter()
        self.gaps_ms.append(1000 * (now - self._last))
        self._last = now
        faulthandler.dump_traceback_later(LONG_MS / 1000, file=self._stacks)

    def _move_map(self) -> None:
        canvas = self._desk.canvas
        self._pans += 1
        step = canvas.extent().width() / 10 * (1 if self._pans % 8 < 4 else -1)
        canvas.setCenter(QgsPointXY(canvas.center().x() + step, canvas.center().y()))
        canvas.refresh()


def stalls(desk: Desk, settings: dict) -> Story:
    """Panning alone, panning while every tile is scored, panning while a version is trained."""
    yield from open_imagery(desk, settings["imagery"])
    yield from watched(desk, "panning alone", wait(10))
    yield from watched(desk, "torch being loaded", begin(desk, "startAndScore", SCORING))
    yield from watched(desk, "scoring", end(desk))
    desk.click(desk.find(QAbstractButton, ANNOTATE))
    desk.click(desk.find(QAbstractButton, "nextTile"))
    yield Until(lambda: desk.session.tile is not None, "a tile is framed", 10)
    yield from annotate(desk, Oracle(desk, Path(settings["labels"])), ROUND, by_keyboard=False)
    desk.click(desk.find(QAbstractButton, TRAIN))
    desk.enter(desk.find(QDoubleSpinBox, "minutes"), "1")
    yield from watched(desk, "fine-tuning", work(desk, "fineTuneButton"))
    desk.click(desk.find(QAbstractButton, SCORE))
    yield from watched(desk, "scoring again", work(desk, "scoreButton"))


def watched(desk: Desk, what: str, part: Story) -> Story:
    watch = Watch(desk, what)
    watch.start()
    yield from part
    desk.figures.setdefault("gaps_ms", {})[what] = [round(gap, 1) for gap in watch.stop()]


def work(desk: Desk, button: str) -> Story:
    yield from begin(desk, button)
    yield from end(desk)


def begin(desk: Desk, button: str, layer: str = "") -> Story:
    """From the click until the work runs, or until it has brought a layer."""
    desk.click(desk.find(QAbstractButton, button))
    yield Until(lambda: desk.session.work is not None, "the work runs", 20)
    yield Until(lambda: not layer or desk.layer(layer) is not None, f"there is a layer for {layer}", 120)


def end(desk: Desk) -> Story:
    """Until a while after the end, with what the end brings onto the screen."""
    yield from end_of_work(desk, 300)
    yield from wait(2)
