from dataclasses import replace
from types import SimpleNamespace

import pytest

from tiletriage.models.training.gate import Difference
from tiletriage.models.use_cases.fine_tune import FineTuned
from tiletriage.plugin.dock.formatting import counted, duration, time_left, verdict, worst_mistakes

BETTER = Difference(0.41, 0.55, 0.02, 0.2, 0.01, tiles=9, blocks=6, better_tiles=7, worse_tiles=1)


def fine_tuned(difference, is_active):
    return FineTuned("v001", "base", "full", 10, is_active, difference, 40, 300.0, exam_tiles=9)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 s"),
        (40, "40 s"),
        (100, "100 s"),
        (150, "2 min"),
        (3540, "59 min"),
        (3600, "1 h 0 min"),
        (7500, "2 h 5 min"),
    ],
)
def test_a_time_is_as_exact_as_anybody_wants_to_know_it(seconds, words):
    assert duration(seconds) == words


def test_nothing_is_said_about_a_time_that_nobody_knows():
    assert time_left(None) == ""
    assert time_left(180) == "about 3 min left"


def test_states_without_tiles_are_left_out():
    counts = SimpleNamespace(pool=20, done=3, empty=0, skipped=0, bad_imagery=1, footprints=0)
    assert counted(counts) == "Tiles: 3 done, 1 with bad imagery, 20 waiting"
    counts.footprints = 17
    assert counted(counts).endswith("20 waiting · 17 footprints drawn or checked")


def test_a_better_version_is_praised_in_numbers():
    text = verdict(fine_tuned(BETTER, True))
    assert text.startswith("Better on 7 of 9 exam tiles: IoU 0.41 → 0.55. v001 is active now.")


@pytest.mark.parametrize(("iou_after", "words"), [(0.42, "Perhaps better"), (0.39, "Not better"), (0.41, "Not better")])
def test_a_version_that_is_not_surely_better_is_parked_and_its_parent_stays(iou_after, words):
    text = verdict(fine_tuned(replace(BETTER, iou_after=iou_after), False))
    assert text.startswith(words)
    assert "v001 is parked, base stays active" in text


def test_with_too_few_tiles_the_user_learns_what_is_missing():
    text = verdict(fine_tuned(None, False))
    assert "to hold some out" in text and "Annotate more tiles" in text


def test_without_an_exam_the_tiles_that_were_held_out_in_turn_judge():
    text = verdict(replace(fine_tuned(BETTER, True), exam_tiles=0))
    assert text.startswith("Better on 7 of 9 tiles held out in turn: IoU 0.41 → 0.55. v001 is active now.")


def test_with_too_few_exam_tiles_the_verdict_says_how_many_are_missing(qgis_app):
    text = verdict(fine_tuned(replace(BETTER, blocks=3), False))
    assert "but 9 exam tiles are too few to be sure: annotate at least 2 more" in text


def test_in_france_a_verdict_has_commas(in_france):
    assert "IoU 0,41 → 0,55." in verdict(fine_tuned(BETTER, True))


def test_the_worst_mistakes_are_told_the_worst_first():
    taken = {
        "road": [("land", 0.3), ("water", 0.2)],
        "water": [("background", 0.5)],
        "snow": [],
        "land": [("road", 0.05)],
    }
    assert worst_mistakes(taken) == "Most often mistaken: water for nothing 50%; road for land 30%"
    assert worst_mistakes({"land": [("road", 0.05)]}) == worst_mistakes({}) == ""
