import os

import pytest

from tiletriage.models.errors import ResultsError
from tiletriage.models.evaluation.results_file import results_table
from tiletriage.models.storage.limits import LARGEST_RESULTS_BYTES

from .results import line, straight, write


def refusal(*paths):
    with pytest.raises(ResultsError) as refused:
        results_table(paths)
    return str(refused.value)


def test_files_are_read_as_one_table_with_random_first(tmp_path):
    first = write(tmp_path / "a.jsonl", straight("p2", 0.002))
    second = write(tmp_path / "b.jsonl", straight("random", 0.001))
    table = results_table([first, second])
    assert list(dict.fromkeys(table.strategy)) == ["random", "p2"]
    assert table.tiles.tolist() == sorted([0, 10, 20, 40, 80] * 2) * 2
    assert table.predicted_iou_rho_non_empty.isna().all()


def test_a_last_line_that_was_cut_off_does_not_count(tmp_path):
    path = write(tmp_path / "results.jsonl", straight("random", 0.001))
    with path.open("a") as file:
        file.write('{"region": "village", "stra')
    assert len(results_table([path])) == 10


def test_of_two_lines_for_the_same_the_later_one_counts(tmp_path):
    path = write(tmp_path / "results.jsonl", [line(iou=0.4), line(iou=0.6)])
    assert results_table([path]).iou.tolist() == [0.6]


def test_results_of_a_former_default_do_not_count(tmp_path):
    former = [line("default", seed=seed, iou=0.4, key=f"village/default=former/{seed}/abc") for seed in (0, 1)]
    now = line("default", iou=0.6, key="village/default=balanced/0/abc")
    table = results_table([write(tmp_path / "results.jsonl", [line(), *former, now])])
    assert table[table.strategy == "default"].iou.tolist() == [0.6]


def test_missing_and_empty_files_are_refused_with_the_command_that_makes_them(tmp_path):
    (tmp_path / "empty.jsonl").touch()
    assert f"--out {tmp_path / 'none.jsonl'}" in refusal(tmp_path / "none.jsonl")
    assert "no result is in there yet" in refusal(tmp_path / "empty.jsonl")


def test_a_pipe_is_not_waited_for_and_a_huge_file_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert "cannot be read (it is a pipe or a device). Make them with" in refusal(tmp_path / "pipe.jsonl")
    with (tmp_path / "huge.jsonl").open("wb") as file:
        file.truncate(LARGEST_RESULTS_BYTES + 1)
    assert "has 256 MB; results of at most 256 MB are read" in refusal(tmp_path / "huge.jsonl")


@pytest.mark.parametrize("broken", ["no json", "[1, 2]", '{"region": "village"}', b"\xff\xfe".decode("latin1")])
def test_a_damaged_line_is_named(tmp_path, broken):
    path = write(tmp_path / "results.jsonl", [line()])
    path.write_text(f"{path.read_text()}{broken}\n", encoding="latin1")
    assert f"{path}, line 2" in refusal(path)


@pytest.mark.parametrize(
    "wrong", [{"iou": None}, {"iou": "high"}, {"tiles": True}, {"minutes": float("nan")}, {"region": 3}]
)
def test_a_value_that_cannot_be_is_refused_by_its_name(tmp_path, wrong):
    assert f"'{next(iter(wrong))}'" in refusal(write(tmp_path / "results.jsonl", [{**line(), **wrong}]))


def test_results_without_random_are_refused(tmp_path):
    lines = [*straight("random", 0.001), *straight("p2", 0.002, region="town")]
    assert "town has no result of 'random'" in refusal(write(tmp_path / "results.jsonl", lines))


OTHERS = [{"fine_tuning": "xyz"}, {"gsd_metres": 0.3}, {"key": "retrained/random/1/abc"}]


@pytest.mark.parametrize("other", OTHERS)
def test_results_of_earlier_settings_in_the_same_file_do_not_count(tmp_path, other):
    lines = [line(seed=1, **other), line(seed=2), line(seed=1, region="town", **other)]
    table = results_table([write(tmp_path / "results.jsonl", lines)])
    assert list(zip(table.region, table.seed)) == [("town", 1), ("village", 2)]


@pytest.mark.parametrize("other", OTHERS)
def test_one_region_with_other_settings_in_another_file_is_refused(tmp_path, other):
    paths = [write(tmp_path / "a.jsonl", [line()]), write(tmp_path / "b.jsonl", [line(seed=1, **other)])]
    assert "different settings" in refusal(*paths)


def older(**others):
    """A line as it was written before lines named their protocol and their code."""
    return {
        name: value
        for name, value in line(**others).items()
        if name not in ("protocol", "measured_on", "code", "accepted")
    }


def test_lines_of_before_protocols_are_those_of_the_former_one_by_one_older_code(tmp_path):
    table = results_table([write(tmp_path / "results.jsonl", [older(), older(tiles=10)])])
    assert table[["protocol", "measured_on", "code"]].to_numpy().tolist() == [["from-start", "held-out", "older"]] * 2


def test_in_one_file_the_protocol_and_the_code_of_the_last_line_count(tmp_path):
    for other in (older(iou=0.4), line(iou=0.4, protocol="from-start"), line(iou=0.4, code="another")):
        path = write(tmp_path / "results.jsonl", [other, line(iou=0.6), line(iou=0.7, tiles=10)])
        assert results_table([path]).iou.tolist() == [0.6, 0.7]


def test_one_region_by_other_code_in_another_file_is_refused(tmp_path):
    paths = [write(tmp_path / name, [line(code=name)]) for name in ("a", "b")]
    assert "code is a and b" in refusal(*paths)


def test_regions_by_different_protocols_are_refused(tmp_path):
    path = write(tmp_path / "results.jsonl", [line(), line(region="town", protocol="from-start")])
    assert "village was simulated by the protocol 'loop' and town by 'from-start'" in refusal(path)


def test_a_protocol_that_nobody_knows_is_refused(tmp_path):
    assert "'protocol'" in refusal(write(tmp_path / "results.jsonl", [line(protocol="luck")]))
