"""The tour: from one image in an empty project to predicted footprints, as a newcomer would click it."""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path
from statistics import median

from qgis.PyQt.QtWidgets import QAbstractButton, QDoubleSpinBox

from .desk import Desk, Story, Until
from .oracle import DRAWING, Oracle

SCORE, ANNOTATE, TRAIN, PREDICT = "step1", "step2", "step3", "step4"
DRAFTS, SCORING = "drafts", "scoring"  # roles of layers
ROUND = 10
SLOWEST_NEXT_TILE_S, SLOWEST_PAINT_S, MOST_CLICKS = 0.2, 3.0, 5
LONGEST_WORK_S = 1200


def tour(desk: Desk, settings: dict) -> Story:
    """Step after step; each is pictured once it is done."""
    yield from open_imagery(desk, settings["imagery"])
    yield from start_and_score(desk)
    yield from first_tile(desk)
    oracle = Oracle(desk, Path(settings["labels"]))
    yield from accept_drafts(desk, oracle)
    yield from annotate_a_round(desk, oracle, by_keyboard=True)
    yield from score_again(desk)
    yield from annotate_a_round(desk, oracle, by_keyboard=False)
    yield from fine_tune(desk)
    yield from measure_the_map(desk)
    yield from predict(desk)


def open_imagery(desk: Desk, imagery: str) -> Story:
    desk.iface.addRasterLayer(imagery, Path(imagery).stem)
    yield Until(lambda: bool(desk.refreshed), "the imagery is on the map", 30)
    desk.clicks = 0


def start_and_score(desk: Desk) -> Story:
    if not desk.dock.isVisible():
        desk.click_in_toolbar("showTileTriage")
        yield Until(lambda: desk.dock.isVisible(), "the dock is there", 5)
    desk.shot("start")
    pressed = time.perf_counter()
    desk.click(desk.find(QAbstractButton, "startAndScore"))
    seconds = yield from first_paint(desk, pressed)
    desk.figures["from Start and score to the first painted tile, s, torch being loaded"] = seconds
    desk.shot("first_tiles")
    yield from end_of_work(desk, 300)
    yield Until(lambda: desk.find(QAbstractButton, "annotateFirst").isVisible(), "the tiles are ranked", 20)
    desk.figures["from Start and score to the ranked tiles, s"] = round(time.perf_counter() - pressed, 1)
    yield from painted(desk)
    desk.shot("score")


def first_tile(desk: Desk) -> Story:
    answered = desk.click(desk.find(QAbstractButton, "annotateFirst"))
    yield Until(lambda: desk.session.tile is not None, "a tile is framed", 10)
    desk.figures["the first tile took, s"] = round(answered, 3)
    desk.judge("clicks from the opened project to the first tile", desk.clicks, MOST_CLICKS)
    yield from painted(desk)
    desk.shot("first_tile")


def accept_drafts(desk: Desk, oracle: Oracle) -> Story:
    """The first tile with more than one building is finished with the model's drafts, those before it without."""
    while oracle.count(desk.session.tile.bounds) < 2:
        yield from finish(desk, oracle)
    yield Until(lambda: _count(desk, DRAFTS), "there are drafts", 60)
    yield from painted(desk)
    desk.shot("tile")
    desk.click(desk.find(QAbstractButton, "acceptAll"))
    yield from painted(desk)
    desk.shot("accepted")
    desk.click(desk.find(QAbstractButton, "finishDone"))
    yield from painted(desk)


def annotate_a_round(desk: Desk, oracle: Oracle, by_keyboard: bool) -> Story:
    """Ten tiles, drawn from the labels."""
    desk.click(desk.find(QAbstractButton, ANNOTATE))
    if desk.session.tile is None:
        desk.press("Shift+N")
        yield Until(lambda: desk.session.tile is not None, "Shift+N brings a tile", 10)
    yield from painted(desk)
    yield from annotate(desk, oracle, ROUND, by_keyboard)
    desk.shot("round_done")


def fine_tune(desk: Desk) -> Story:
    """One minute, while the annotator goes on."""
    desk.click(desk.find(QAbstractButton, TRAIN))
    desk.shot("before_training")
    desk.enter(desk.find(QDoubleSpinBox, "minutes"), "1")
    desk.click(desk.find(QAbstractButton, "fineTuneButton"))
    yield Until(lambda: desk.session.work is not None, "the fine-tuning runs", 10)
    yield from wait(30)
    desk.shot("training")
    yield from end_of_work(desk, 240)
    yield from wait(1)
    desk.shot("trained")
    desk.scroll_down()
    desk.shot("trained_below")


def score_again(desk: Desk) -> Story:
    desk.click(desk.find(QAbstractButton, SCORE))
    desk.click(desk.find(QAbstractButton, "showCampaign"))
    yield from painted(desk)
    pressed = time.perf_counter()
    desk.click(desk.find(QAbstractButton, "scoreButton"))
    seconds = yield from first_paint(desk, pressed)
    if seconds is not None:
        desk.judge("from Score to the first painted tile, s, torch loaded", seconds, SLOWEST_PAINT_S)
    desk.shot("scoring_again")
    yield from end_of_work(desk, 300)
    yield from painted(desk)
    desk.shot("scored_again")


def measure_the_map(desk: Desk) -> Story:
    """Score again, and look how good the map is by now."""
    yield from score_again(desk)
    desk.click(desk.find(QAbstractButton, TRAIN))
    yield from wait(1)
    desk.scroll_down()
    desk.shot("map_quality")


def predict(desk: Desk) -> Story:
    desk.click(desk.find(QAbstractButton, PREDICT))
    desk.click(desk.find(QAbstractButton, "showCampaign"))
    desk.shot("before_predicting")
    desk.click(desk.find(QAbstractButton, "predictButton"))
    yield Until(lambda: desk.session.work is not None, "the prediction runs", 10)
    yield from end_of_work(desk, 300)
    yield from painted(desk)
    desk.shot("predicted")


# parts of the steps


def annotate(desk: Desk, oracle: Oracle, tiles: int, by_keyboard: bool) -> Story:
    """Finish so many tiles, and see how long QGIS took to show the next; ends early with the queue."""
    took: list[float] = []
    while desk.session.tile is not None and len(took) < tiles:
        took.append((yield from finish(desk, oracle, by_keyboard)))
    kind = "by keyboard" if by_keyboard else "by mouse"
    desk.judge(f"finish and next tile {kind}, s, median", round(median(took), 3), SLOWEST_NEXT_TILE_S)
    desk.figures[f"finish and next tile {kind}, s, longest of {len(took)}"] = round(max(took), 3)


def finish(desk: Desk, oracle: Oracle, by_keyboard: bool = False) -> Generator[Until, None, float]:
    """Draw what the oracle knows of a tile and finish it; gives the seconds until QGIS answered."""
    tile = desk.session.tile
    oracle.draw(tile.bounds)
    yield from wait(0.2)
    way, key = ("finishDone", "Shift+D") if _count(desk, DRAWING) else ("finishEmpty", "Shift+E")
    took = desk.press(key) if by_keyboard else desk.click(desk.find(QAbstractButton, way))
    yield Until(lambda: desk.session.tile != tile, f"{way} leads to the next tile", 10)
    yield from painted(desk)
    return took


def first_paint(desk: Desk, pressed: float) -> Generator[Until, None, float | None]:
    """The seconds until tiles that were scored just now are painted on the map; None where none had to be scored."""
    there: list[float] = []

    def is_painted() -> bool:
        if not there and _count(desk, SCORING):
            there.append(time.perf_counter())
        return bool(there) and desk.painted_after(there[0])()

    yield Until(lambda: desk.session.work is not None, "the scoring runs", 30)
    yield Until(lambda: is_painted() or _is_over(desk), "the first tiles are painted", 120)
    return round(desk.refreshed[-1] - pressed, 2) if there else None


def _is_over(desk: Desk) -> bool:
    """Whether the tiles are ranked: making the campaign comes before scoring, and is work of its own."""
    return desk.session.work is None and desk.find(QAbstractButton, "annotateFirst").isVisible()


def work(desk: Desk, button: str) -> Story:
    """Click a button that takes minutes, and wait for the end of what it does."""
    desk.click(desk.find(QAbstractButton, button))
    yield Until(lambda: desk.session.work is not None, "the work runs", 20)
    yield from end_of_work(desk, LONGEST_WORK_S)
    yield from wait(2)


def end_of_work(desk: Desk, seconds: float) -> Story:
    yield Until(lambda: desk.session.work is None, "the work has ended", seconds)


def painted(desk: Desk) -> Story:
    """Until the map has been still for a moment."""
    yield from wait(0.3)
    yield Until(lambda: not desk.canvas.isDrawing(), "the map is painted", 30)


def wait(seconds: float) -> Story:
    end = time.perf_counter() + seconds
    yield Until(lambda: time.perf_counter() >= end, "time goes by", seconds + 60)


def _count(desk: Desk, role: str) -> int | None:
    """How many features a layer shows, edits included; None where it is not there."""
    layer = desk.layer(role)
    return None if layer is None else layer.featureCount()
