"""Hands and eyes on the real desktop: clicks where a hand could, waits, takes pictures, says what went wrong."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QCursor
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QDockWidget, QScrollArea, QToolBar, QToolTip, QWidget

POLL_MS, HIDING_MS = 20, 400
ROLE = "tiletriage/role"
WIDTH, HEIGHT = 1280, 900


class WentWrong(Exception):
    """What a newcomer would have stumbled over."""


@dataclass(frozen=True)
class Until:
    """A story waits until something is so; it went wrong where that takes longer."""

    is_so: Callable[[], bool]
    what: str
    seconds: float


Story = Generator[Until, None, None]


class Desk:
    """The desktop of one tour. A story is a generator that yields what it waits for."""

    def __init__(self, iface, output: Path):
        self.iface = iface
        self.canvas = iface.mapCanvas()
        self.clicks = 0
        self.figures: dict[str, object] = {}
        self.refreshed: list[float] = []  # when the map was last painted whole
        self.output = output
        self._faults: list[str] = []
        self._missed: list[str] = []
        self._shots: list[str] = []
        self._story: Story | None = None
        self._waiting: Until | None = None
        self._since = 0.0
        self._is_busy = False
        self._timer = QTimer()
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._tick)
        self.canvas.mapCanvasRefreshed.connect(lambda: self.refreshed.append(time.perf_counter()))
        iface.messageBar().widgetAdded.connect(self._read_message)
        sys.excepthook = self._on_exception

    def perform(self, story: Story) -> None:
        window = self.iface.mainWindow()
        window.showNormal()
        window.setGeometry(0, 0, WIDTH, HEIGHT)
        window.activateWindow()
        self._story = story
        self._timer.start()

    # eyes

    def find(self, kind: type, name: str) -> QWidget:
        """The widget of an object name; WentWrong where there is none."""
        found = self.iface.mainWindow().findChild(kind, name)
        if found is None:
            raise WentWrong(f"there is no {kind.__name__} called {name}")
        return found

    @property
    def dock(self) -> QDockWidget:
        return self.find(QDockWidget, "TileTriageDock")

    @property
    def session(self):
        """What the dock knows; to be looked at, never to be called."""
        return self.dock._session

    def layer(self, role: str):
        """The layer of the campaign that has this role, or None: its name depends on the language."""
        layers = QgsProject.instance().mapLayers().values()
        return next((layer for layer in layers if layer.customProperty(ROLE) == role), None)

    def judge(self, what: str, figure: float, goal: float) -> None:
        """Note a figure; where it is above its goal the tour goes on, and is a failure all the same."""
        self.figures[what] = figure
        if figure > goal:
            self._missed.append(f"{what}: {figure}, and {goal} is the goal")

    def shot(self, name: str) -> None:
        """Keep a picture of the whole screen, numbered in the order of the tour; the mouse is out of the way."""
        window = self.iface.mainWindow()
        QCursor.setPos(window.mapToGlobal(QPoint(window.width() * 3 // 4, 10)))
        QToolTip.hideText()
        QTest.qWait(HIDING_MS)
        path = self.output / f"{len(self._shots) + 1:02d}_{name}.png"
        window.screen().grabWindow(0).save(str(path))
        self._shots.append(path.name)

    def painted_after(self, moment: float) -> Callable[[], bool]:
        return lambda: bool(self.refreshed) and self.refreshed[-1] > moment

    # hands

    def click(self, target: QWidget, at: QPoint | None = None) -> float:
        """Click where a hand could click, counting; gives the seconds until QGIS answered."""
        if not target.isEnabled():
            raise WentWrong(f"'{name_of(target)}' cannot be clicked; its tooltip says: {target.toolTip()!r}")
        at = at or target.rect().center()
        self._scroll_to(target)
        if not target.isVisible() or not target.visibleRegion().contains(at):
            raise WentWrong(f"'{name_of(target)}' cannot be seen")
        self.clicks += 1
        QCursor.setPos(target.mapToGlobal(at))
        began = time.perf_counter()
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        return time.perf_counter() - began

    def click_in_toolbar(self, name: str) -> None:
        """Click the toolbar button of the action that has this object name."""
        for toolbar in self.iface.mainWindow().findChildren(QToolBar):
            for action in toolbar.actions():
                button = toolbar.widgetForAction(action)
                if action.objectName() == name and button is not None and button.isVisible():
                    self.click(button)
                    return
        raise WentWrong(f"no toolbar shows a button for {name}")

    def press(self, key: str) -> float:
        """Press a key or a combination such as Ctrl+Z in the main window; gives the seconds until QGIS answered."""
        began = time.perf_counter()
        QTest.keySequence(self.iface.mainWindow(), key)
        return time.perf_counter() - began

    def enter(self, field: QWidget, text: str) -> None:
        """Click into a field and write over what is there."""
        self.click(field)
        for key in ("Ctrl+A", *text, "Tab"):
            QTest.keySequence(field, key)

    def scroll_down(self) -> None:
        """Show the lower end of the dock's page."""
        for area in self.dock.findChildren(QScrollArea):
            if area.isVisible():
                area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())

    def point_at(self, x: float, y: float) -> None:
        """Rest the mouse on a place of the map, in the map's CRS."""
        place = self.canvas.getCoordinateTransform().transform(x, y)
        at = QPoint(round(place.x()), round(place.y()))
        QCursor.setPos(self.canvas.viewport().mapToGlobal(at))
        QTest.mouseMove(self.canvas.viewport(), at)

    def _scroll_to(self, target: QWidget) -> None:
        parent = target.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(target)
            parent = parent.parentWidget()
        QApplication.processEvents()

    # the story

    def _tick(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            self._fail(f"a dialog stands in the way: {texts_of(dialog)}")
            dialog.close()
        elif not self._is_busy:
            self._is_busy = True
            try:
                self._go_on()
            except StopIteration:
                self._end()
            except Exception as error:
                told = str(error) if isinstance(error, WentWrong) else traceback.format_exc()
                self._fail(told)
            finally:
                self._is_busy = False

    def _go_on(self) -> None:
        if self._faults:
            raise WentWrong(self._faults[0])
        if self._waiting is not None and not self._waiting.is_so():
            if time.perf_counter() - self._since > self._waiting.seconds:
                raise WentWrong(f"after {self._waiting.seconds:.0f} s it is not so that {self._waiting.what}")
            return
        self._waiting = next(self._story)
        self._since = time.perf_counter()

    def _read_message(self, _) -> None:
        item = self.iface.messageBar().currentItem()
        text = f"{item.title()} {item.text()}".strip()
        messages = self.figures.setdefault("messages", [])
        if text not in messages and item.level() != Qgis.MessageLevel.Success:
            messages.append(text)
        if item.level() == Qgis.MessageLevel.Critical:
            self._faults.append(f"QGIS says: {text}")

    def _on_exception(self, kind, error, trace) -> None:
        self._faults.append("".join(traceback.format_exception(kind, error, trace)))

    def _fail(self, what: str) -> None:
        if self._timer.isActive():
            self.shot("failed")
            self._faults.insert(0, what)
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        faults = list(dict.fromkeys(self._faults + self._missed))
        told = {"faults": faults, "figures": self.figures, "shots": self._shots}
        (self.output / "told.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
        QTimer.singleShot(500, self._close)

    def _close(self) -> None:
        QgsProject.instance().clear()
        self.iface.actionExit().trigger()


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return text or widget.objectName() or type(widget).__name__


def texts_of(dialog: QWidget) -> str:
    """What a dialog says, for the report."""
    texts = [child.text() for child in dialog.findChildren(QWidget) if hasattr(child, "text") and callable(child.text)]
    return " | ".join([dialog.windowTitle(), *filter(None, texts)])[:600]
