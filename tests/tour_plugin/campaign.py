"""A campaign of forty tiles in all, as a team would click it: round after round, and the finished map."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtWidgets import QAbstractButton, QDoubleSpinBox, QWidget

from .desk import Desk, Story, Until
from .oracle import Oracle
from .tour import ANNOTATE, PREDICT, ROUND, SCORE, TRAIN, annotate, open_imagery, painted, wait, work

ROUNDS = 4


def campaign(desk: Desk, settings: dict) -> Story:
    """Goes on with a campaign that was made before: the model of a dock's own campaign may know the place already."""
    yield from open_imagery(desk, settings["imagery"])
    if not desk.dock.isVisible():
        desk.click_in_toolbar("showTileTriage")
        yield Until(lambda: desk.dock.isVisible(), "the dock is there", 5)
    desk.session.open(Path(settings["campaign"]))  # the dialog that asks for the folder is the system's
    yield Until(lambda: desk.session.is_open, "the campaign is open", 120)
    oracle = Oracle(desk, Path(settings["labels"]))
    for number in range(1, ROUNDS + 1):
        desk.click(desk.find(QAbstractButton, SCORE))
        yield from work(desk, "scoreButton")
        desk.click(desk.find(QAbstractButton, ANNOTATE))
        desk.press("Shift+N")
        yield Until(lambda: desk.session.tile is not None, "Shift+N brings a tile", 10)
        yield from annotate(desk, oracle, ROUND, by_keyboard=True)
        desk.click(desk.find(QAbstractButton, TRAIN))
        desk.enter(desk.find(QDoubleSpinBox, "minutes"), settings["minutes"])
        yield from work(desk, "fineTuneButton")
        _tell(desk, f"round {number}", "trainResult")
    desk.click(desk.find(QAbstractButton, SCORE))
    yield from work(desk, "scoreButton")
    desk.click(desk.find(QAbstractButton, TRAIN))
    yield from wait(1)
    desk.scroll_down()
    _tell(desk, "the map", "mapQuality")
    desk.shot("map_quality")
    desk.click(desk.find(QAbstractButton, PREDICT))
    desk.figures["file"] = str(desk.session.footprint_file())
    yield from work(desk, "predictButton")
    desk.click(desk.find(QAbstractButton, "showCampaign"))
    yield from painted(desk)
    desk.shot("finished_map")


def _tell(desk: Desk, what: str, name: str) -> None:
    """Note what a line of the dock says."""
    desk.figures[what] = desk.find(QWidget, name).text()
