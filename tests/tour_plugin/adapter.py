"""A campaign that begins with the adapter of another one, dropped on the dock, and learns from a round of tiles."""

from __future__ import annotations

from pathlib import Path

from qgis.gui import QgsCheckableComboBox
from qgis.PyQt.QtCore import QMimeData, QPoint, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QPushButton,
    QSpinBox,
    QTableView,
)

from .desk import Desk, Story, Until, WentWrong
from .oracle import Oracle
from .tour import SCORE, TRAIN, annotate_a_round, end_of_work, first_tile, open_imagery, painted, start_and_score, work

TILE_PX = 64


def adapter(desk: Desk, settings: dict) -> Story:
    """Drop, choose bands, score, draw, learn by the method lora, and drop it once more beside what was learnt."""
    yield from open_imagery(desk, settings["imagery"])
    if not desk.dock.isVisible():
        desk.click_in_toolbar("showTileTriage")
        yield Until(lambda: desk.dock.isVisible(), "the dock is there", 5)
    drop(desk, settings["adapter"])
    desk.shot("dropped")
    choose_bands(desk.find(QgsCheckableComboBox, "bands"), settings["bands"].split(","))
    desk.find(QSpinBox, "tileSize").setValue(TILE_PX)
    yield from start_and_score(desk)
    yield from first_tile(desk)
    yield from annotate_a_round(desk, Oracle(desk, Path(settings["labels"])), by_keyboard=True)
    desk.click(desk.find(QAbstractButton, TRAIN))
    desk.find(QComboBox, "method").setCurrentText("lora")
    desk.enter(desk.find(QDoubleSpinBox, "minutes"), settings["minutes"])
    desk.shot("method")
    yield from work(desk, "fineTuneButton")
    desk.shot("learnt")
    drop(desk, settings["adapter"])
    yield from end_of_work(desk, 60)
    yield from painted(desk)
    desk.shot("taken_in")
    offer = next(each for each in desk.iface.messageBar().findChildren(QPushButton) if each.text() == "Activate")
    desk.click(offer)
    yield from end_of_work(desk, 60)
    yield from painted(desk)
    desk.shot("activated")
    desk.click(desk.find(QAbstractButton, SCORE))
    yield from work(desk, "scoreButton")
    desk.shot("scored_by_it")
    desk.figures["versions"] = rows_of(desk)


def choose_bands(combo: QgsCheckableComboBox, wanted: list[str]) -> None:
    """Those of these names, which QGIS writes behind their number."""
    offered = [combo.itemText(place) for place in range(combo.count())]
    combo.setCheckedItems([text for text in offered if text.rpartition(": ")[2] in wanted])


def drop(desk: Desk, file: str) -> None:
    """Drag a file onto the dock and let go."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(file)])
    how = QPoint(40, 40), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(*how)
    QApplication.sendEvent(desk.dock, enters)
    if not enters.isAccepted():
        raise WentWrong("the dock takes no adapter")
    QApplication.sendEvent(desk.dock, QDropEvent(how[0], *how[1:]))


def rows_of(desk: Desk) -> list[str]:
    """The table of the versions, row by row."""
    model = desk.find(QTableView, "versionTable").model()
    columns = range(model.columnCount())
    return [" ".join(str(model.index(row, column).data()) for column in columns) for row in range(model.rowCount())]
