"""A campaign of several classes, from one image to the finished map, as somebody would click it."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtWidgets import QAbstractButton, QDoubleSpinBox, QLineEdit, QTableWidget

from .desk import Desk, Story, Until
from .oracle import DRAWING, Oracle
from .tour import (
    PREDICT,
    SCORE,
    TRAIN,
    annotate_a_round,
    first_tile,
    open_imagery,
    painted,
    start_and_score,
    work,
)


def classes(desk: Desk, settings: dict) -> Story:
    """The form, the palette, a round of tiles, the table of the classes, and the map."""
    yield from open_imagery(desk, settings["imagery"])
    if not desk.dock.isVisible():
        desk.click_in_toolbar("showTileTriage")
        yield Until(lambda: desk.dock.isVisible(), "the dock is there", 5)
    desk.enter(desk.find(QLineEdit, "classes"), settings["classes"])
    yield from start_and_score(desk)
    yield from first_tile(desk)
    oracle = Oracle(desk, Path(settings["labels"]))
    desk.press("3")
    yield from painted(desk)
    desk.shot("palette")
    oracle.draw(desk.session.tile.bounds)
    desk.layer(DRAWING).removeSelection()  # QGIS selects what was pasted, in yellow
    yield from painted(desk)
    desk.shot("drawn")
    desk.press("Shift+D")
    for number in range(int(settings["rounds"])):
        yield from annotate_a_round(desk, oracle, by_keyboard=True)
        desk.click(desk.find(QAbstractButton, TRAIN))
        desk.enter(desk.find(QDoubleSpinBox, "minutes"), settings["minutes"])
        yield from work(desk, "fineTuneButton")
        desk.figures[f"round {number + 1}"] = figures_of(desk)
        desk.click(desk.find(QAbstractButton, SCORE))
        yield from work(desk, "scoreButton")
        desk.shot(f"scored_{number + 1}")
    desk.click(desk.find(QAbstractButton, TRAIN))
    desk.shot("trained")
    desk.scroll_down()
    desk.shot("class_table")
    desk.click(desk.find(QAbstractButton, PREDICT))
    yield from work(desk, "predictButton")
    desk.click(desk.find(QAbstractButton, "showCampaign"))
    yield from painted(desk)
    desk.shot("finished_map")


def figures_of(desk: Desk) -> list[str]:
    """The rows of the table of the classes."""
    table = desk.find(QTableWidget, "classTable")
    columns = range(table.columnCount())
    return [" ".join(table.item(row, column).text() for column in columns) for row in range(table.rowCount())]
