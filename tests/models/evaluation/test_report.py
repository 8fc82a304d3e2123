import errno
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from tiletriage.models.errors import OutputError, ResultsError
from tiletriage.models.evaluation.report import report

from .results import line, straight, write

FILES = {"report.md", "report.html", "curves_tiles.png", "curves_minutes.png", "curves.csv", "summary.csv"}
STRANGE = '<b>a|b</b> & "c"'


class Page(HTMLParser):
    """Which elements a page has, what they refer to, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.references, self.text = set(), [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.references += [value for name, value in attributes if name in ("src", "href", "data", "action")]

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The report on two regions, in one of which a strategy needs half the tiles and in the other too many."""
    made = tmp_path_factory.mktemp("report")
    village = [*straight("random", 0.001, (0,) * 4), *straight("p2", 0.002), line("all", 400, 0.6)]
    strange = [*straight("random", 0.001, region=STRANGE), *straight("p2", 0.0005, region=STRANGE)]
    paths = [write(made / "a.jsonl", village), write(made / "b.jsonl", strange)]
    report(paths, made / "new" / "report")
    return made / "new" / "report"


def test_all_files_are_there_and_nothing_else(folder):
    assert {path.name for path in folder.iterdir()} == FILES
    assert (folder / "curves_tiles.png").read_bytes().startswith(b"\x89PNG")


def test_the_page_needs_no_network_and_runs_nothing(folder):
    page = Page((folder / "report.html").read_text(encoding="utf-8"))
    assert len(page.references) == 2
    assert all(reference.startswith("data:image/png;base64,") for reference in page.references)
    assert not page.tags & {"script", "link", "iframe", "a", "b"}
    assert STRANGE in page.text


def test_the_markdown_shows_the_pictures_beside_it_and_its_tables_keep_their_columns(folder):
    text = (folder / "report.md").read_text(encoding="utf-8")
    assert "](curves_tiles.png)" in text
    assert "](curves_minutes.png)" in text
    assert "<b>" not in text
    rows = [row.replace("\\|", "") for row in text.splitlines() if row.startswith("| ")]
    assert {row.count("|") for row in rows} == {10, 7}  # of the overview, of the tables by tiles


def test_the_verdict_stands_in_the_overview(folder):
    text = (folder / "report.md").read_text(encoding="utf-8")
    ends = {row.split(" | ")[1]: row for row in text.splitlines() if row.startswith("| village | ")}
    assert ends["p2"].endswith("| better than random | 80 | 0.50 (0.50 to 0.50) | 0.50 (0.50 to 0.50) |")
    assert "0.75 (0.75 to 0.75) (not reached in 1 of the regions)" in text
    assert "each lies in the other's interval" in text


def test_the_summary_has_a_row_a_region_and_strategy(folder):
    summary = pd.read_csv(folder / "summary.csv").set_index(["region", "strategy"])
    assert len(summary) == 6
    assert summary.ratio[STRANGE, "p2"] == "not reached"
    assert float(summary.ratio["village", "p2"]) == pytest.approx(0.5)
    assert summary.area["village", "p2"] == pytest.approx(0.58)


def test_a_report_on_one_strategy_and_one_seed_says_what_it_does_not_know(tmp_path):
    summary = report([write(tmp_path / "a.jsonl", straight("random", 0.001, (0,)))], tmp_path / "report")
    assert summary.area_low.tolist() == [None]
    assert "at least four seeds" in (tmp_path / "report" / "report.md").read_text(encoding="utf-8")


def test_a_report_is_replaced_on_the_users_word(tmp_path):
    results = [write(tmp_path / "a.jsonl", straight("random", 0.001, (0,)))]
    report(results, tmp_path / "report")
    with pytest.raises(OutputError, match="option overwrite"):
        report(results, tmp_path / "report")
    report(results, tmp_path / "report", overwrite=True)


def test_a_report_in_a_new_folder_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    results = [write(tmp_path / "a.jsonl", straight("random", 0.001, (0,)))]
    write_bytes, written = Path.write_bytes, []

    def no_room_for_the_third(path, content):
        written.append(path)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_bytes(path, content)

    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "new", tmp_path / "empty"):
        written.clear()
        with monkeypatch.context() as full:
            full.setattr(Path, "write_bytes", no_room_for_the_third)
            with pytest.raises(OSError, match="No space"):
                report(results, folder)
        assert not list(folder.glob("*"))
        report(results, folder)
        assert {path.name for path in folder.iterdir()} == FILES


def test_a_report_among_other_files_that_was_interrupted_can_be_written_again(tmp_path, monkeypatch):
    results = [write(tmp_path / "a.jsonl", straight("random", 0.001, (0,)))]
    replace, replaced = Path.replace, []

    def killed_after_the_first(beside, path):
        replaced.append(path)
        if len(replaced) > 1:
            raise KeyboardInterrupt
        return replace(beside, path)

    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(Path, "replace", killed_after_the_first)
        report(results, tmp_path)
    report(results, tmp_path, overwrite=True)
    assert {path.name for path in tmp_path.iterdir()} == {*FILES, "a.jsonl"}


@pytest.mark.parametrize("name", ["report.md", "curves.csv", "curves_tiles.png"])
def test_what_somebody_else_wrote_under_a_name_of_the_report_is_never_replaced(tmp_path, name):
    (tmp_path / name).write_text("# My thesis")
    with pytest.raises(OutputError, match="never replaced"):
        report([write(tmp_path / "a.jsonl", straight("random", 0.001, (0,)))], tmp_path, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "a.jsonl"])
    assert (tmp_path / name).read_text() == "# My thesis"


def test_the_results_themselves_are_never_replaced_by_the_report(tmp_path):
    report([write(tmp_path / "a.jsonl", straight("random", 0.001, (0,)))], tmp_path)
    results = write(tmp_path / "summary.csv", straight("random", 0.001, (0,)))
    with pytest.raises(OutputError, match="read by this very step"):
        report([results], tmp_path, overwrite=True)


@pytest.mark.parametrize(("protocol", "words"), [("loop", "what the product does"), ("from-start", "not what the")])
def test_the_report_says_by_which_protocol_its_results_came_about(tmp_path, protocol, words):
    path = write(tmp_path / "results.jsonl", straight("random", 0.001, protocol=protocol))
    report([path], tmp_path / "report")
    text = (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    assert f"Protocol '{protocol}', {words}" in text
    assert "code '0123abcd'" in text


def test_figures_that_the_gate_chose_by_are_called_so(tmp_path):
    path = write(tmp_path / "results.jsonl", straight("random", 0.001, measured_on="exam"))
    report([path], tmp_path / "report")
    assert "the figures are too good for that" in (tmp_path / "report" / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("value", [1e308, -1e308, 10**400], ids=["large", "negative", "whole"])
def test_a_number_that_no_simulation_gives_is_refused_by_its_field(tmp_path, value):
    lines = [line("random", tiles) for tiles in (0, 10)]
    for field in ("iou", "minutes", "tiles", "predicted_iou_mae"):
        path = write(tmp_path / "results.jsonl", [*lines, {**line("p2", 10), field: value}])
        with pytest.raises(ResultsError, match=f"line 3 has no usable '{field}'"):
            report([path], tmp_path / "report")


def test_names_of_any_letters_are_drawn_and_those_that_are_none_refused(tmp_path):
    named = [line("random", tiles, region=r"a|b $\frac{ $ <b>") for tiles in (0, 10)]
    report([write(tmp_path / "a.jsonl", named)], tmp_path / "report")
    assert r"a\|b $\frac{ $ &lt;b&gt;" in (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    for name in ("a\nb", "a\x1b[2J", "\ud800", "a" * 2_000):
        path = write(tmp_path / "b.jsonl", [line("random", 0, region=name)])
        with pytest.raises(ResultsError, match="no usable 'region'"):
            report([path], tmp_path / "report_b")


def test_a_line_that_is_nested_too_deeply_is_no_result(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"region": ' + "[" * 100_000 + "\n")
    with pytest.raises(ResultsError, match="is no JSON"):
        report([tmp_path / "a.jsonl"], tmp_path / "report")


@pytest.mark.parametrize("place", ["own.md", "own.md/report"])
def test_a_report_is_not_written_to_a_file_or_below_one(tmp_path, place):
    path = write(tmp_path / "a.jsonl", straight("random", 0.001))
    (tmp_path / "own.md").write_text("mine")
    with pytest.raises(OutputError, match=r"a report is a folder.*own\.md' is none. Choose another name"):
        report([path], tmp_path / place, overwrite=True)
    assert (tmp_path / "own.md").read_text() == "mine"


def test_a_report_makes_no_folder_that_is_only_on_the_way(tmp_path):
    path = write(tmp_path / "a.jsonl", straight("random", 0.001))
    report([path], tmp_path / "none" / ".." / "report")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.jsonl", "report"]


def test_results_from_before_the_map_was_measured_are_simulated_anew(tmp_path):
    older = [{name: value for name, value in one.items() if name != "map_iou"} for one in straight("random", 0.001)]
    path = write(tmp_path / "a.jsonl", older)
    with pytest.raises(ResultsError, match=r"no result is in there yet\. Make them with: tiletriage simulate"):
        report([path], tmp_path / "report")
    write(path, [*older, *straight("random", 0.001)])
    report([path], tmp_path / "report")


def test_of_several_classes_each_has_its_iou(tmp_path):
    """A class that is nowhere has no figure; one class alone needs no table, its IoU is told already."""
    lines = [
        line(
            tiles=tiles,
            seed=seed,
            class_iou={"water": 0.5 + seed / 10, "tiles": 0.25} | ({} if tiles else {"road": 0.125}),
        )
        for tiles in (0, 10)
        for seed in (0, 1)
    ]
    report([write(tmp_path / "land.jsonl", lines)], tmp_path / "land")
    text = (tmp_path / "land" / "report.md").read_text(encoding="utf-8")
    assert "IoU of each class" in text
    assert all(row in text for row in ("| random | water | 0.550 | 0.550 |", "| random | road | 0.125 | – |"))
    report([write(tmp_path / "one.jsonl", straight("random", 0.001, class_iou={"water": 0.5}))], tmp_path / "one")
    assert "each class" not in (tmp_path / "one" / "report.md").read_text(encoding="utf-8")
