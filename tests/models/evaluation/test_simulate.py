import json

import pytest

from tiletriage.models.errors import NothingToDo, ResultsError
from tiletriage.models.evaluation import oracle
from tiletriage.models.evaluation import simulate as simulation
from tiletriage.models.evaluation.region import open_region
from tiletriage.models.evaluation.results_file import DEFAULT, FULL, read_lines
from tiletriage.models.evaluation.simulate import simulate
from tiletriage.models.training.fine_tune import FineTuning

ONE_EPOCH = FineTuning(epochs=1)
HOUSE_PIXELS = 16 * 16


def finish(job):
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


@pytest.fixture
def region(tmp_path, tiny_scene, tiny_labels, tiny_start):
    precision = tmp_path / "precision.json"
    job = open_region(tiny_scene, tiny_labels, tiny_start, tile_size_px=64, exam_tiles=4, precision=precision)
    return finish(job)


def run(region, out, strategies=("random",), budgets=(0, 2, 4), seeds=(0,), **settings):
    return finish(simulate(region, strategies, budgets, seeds, out, ONE_EPOCH, **settings))


def results(out):
    """The lines without what no two runs share: the seconds that they took."""
    return [{key: value for key, value in line.items() if key != "seconds"} for line in read_lines(out)]


def test_the_pool_and_the_exam_share_no_tile(region):
    assert len(region.pool) and len(region.exam)
    assert not set(region.samples(region.pool).tiles) & set(region.samples(region.exam).tiles)


def test_every_tile_has_the_mask_of_its_house(region):
    built = [(tile.row + tile.column) % 3 < 2 for tile in region.area.tiles]
    assert region.has_foreground.tolist() == built
    assert [(mask == 1).sum().item() for mask in region.area.masks] == [HOUSE_PIXELS * house for house in built]


def test_every_budget_of_every_run_is_a_line(region, tmp_path):
    out = tmp_path / "results.jsonl"
    assert run(region, out, ("random", "entropy"), seeds=(0, 1)) == 12
    lines = list(read_lines(out))
    assert [(line["strategy"], line["seed"], line["tiles"]) for line in lines] == [
        (strategy, seed, tiles) for strategy in ("random", "entropy") for seed in (0, 1) for tiles in (0, 2, 4)
    ]
    assert {"region", "minutes", "iou", "f1", "footprint_f1", "matched_iou", "predicted_iou_rho", "seconds"} <= lines[
        0
    ].keys()
    assert len({line["iou"] for line in lines if line["tiles"] == 0}) == 1  # all begin at the same model


def test_labels_make_the_map_better_even_where_no_version_passes_the_gate(region, tmp_path):
    out = tmp_path / "results.jsonl"
    run(region, out, (FULL, "random"), budgets=(0, 2))
    everything, before, after = read_lines(out)
    assert after["accepted"] == 0
    assert (after["iou"], after["f1"]) == (before["iou"], before["f1"])
    assert before["map_iou"] < after["map_iou"] < everything["map_iou"] < 1  # exam tiles are not drawn
    assert before["map_f1"] <= after["map_f1"] <= everything["map_f1"]


def test_an_interrupted_simulation_goes_on_to_the_same_results(region, tmp_path):
    whole, interrupted = tmp_path / "whole.jsonl", tmp_path / "interrupted.jsonl"
    run(region, whole, seeds=(0, 1))
    job = simulate(region, ["random"], [0, 2, 4], [0, 1], interrupted, ONE_EPOCH)
    next(job), next(job)
    job.close()
    with interrupted.open("a") as file:
        file.write('{"region": "a line that the power cut')
    assert run(region, interrupted, seeds=(0, 1)) == 4
    assert results(interrupted) == results(whole)
    assert run(region, interrupted, seeds=(0, 1)) == 0


def test_no_run_depends_on_the_others(region, tmp_path):
    alone, together = tmp_path / "alone.jsonl", tmp_path / "together.jsonl"
    run(region, alone, ("p2",), seeds=(1,))
    run(region, together, ("random", "p2"), seeds=(0, 1))
    assert results(alone) == [line for line in results(together) if line["strategy"] == "p2" and line["seed"] == 1]


def test_other_settings_are_other_results(region, tmp_path):
    out = tmp_path / "results.jsonl"
    run(region, out, budgets=(0, 2))
    assert finish(simulate(region, ["random"], [0, 2], [0], out, FineTuning(epochs=2))) == 2


def test_another_default_is_another_result(region, tmp_path, monkeypatch):
    out = tmp_path / "results.jsonl"
    run(region, out, (DEFAULT,), budgets=(0,))
    monkeypatch.setattr(simulation, "DEFAULT_STRATEGY", "the next one")
    assert run(region, out, (DEFAULT,), budgets=(0,)) == 1


def test_a_larger_budget_keeps_the_tiles_of_the_smaller_one(region, tmp_path):
    out = tmp_path / "results.jsonl"
    run(region, out, (DEFAULT,), budgets=(2, 4))
    few, more = read_lines(out)
    assert 0 <= more["built_tiles"] - few["built_tiles"] <= 2
    assert more["minutes"] > few["minutes"]


def test_a_hybrid_begins_as_its_first_strategy_and_goes_on_as_the_other(region, tmp_path, monkeypatch):
    chosen = []
    queue_tiles = oracle.queue_tiles

    def note(scores, pool, labelled, observed, calibration_set, strategy, *others):
        chosen.append((len(labelled), strategy))
        return queue_tiles(scores, pool, labelled, observed, calibration_set, strategy, *others)

    monkeypatch.setattr(oracle, "queue_tiles", note)
    run(region, tmp_path / "results.jsonl", ("active-ft+p2",), budgets=(0, 2, 4, 6))
    assert chosen == [(0, "active-ft"), (2, "p2"), (4, "p2")]
    assert {line["strategy"] for line in read_lines(tmp_path / "results.jsonl")} == {"active-ft+p2"}


def test_all_means_every_tile_of_the_pool_whatever_the_budgets(region, tmp_path):
    out = tmp_path / "results.jsonl"
    run(region, out, (FULL,))
    (line,) = read_lines(out)
    assert line["tiles"] == len(region.pool)
    assert line["built_tiles"] == region.has_foreground[region.pool].sum()


@pytest.mark.parametrize("something", ["notes of last week\n", '{"type": "FeatureCollection", "features": []}'])
def test_a_file_of_something_else_is_refused_and_left_as_it_is(region, tmp_path, something):
    out = tmp_path / "results.jsonl"
    out.write_text(something)
    with pytest.raises(ResultsError, match=r"is no (JSON|result)"):
        run(region, out)
    assert out.read_text() == something


def test_a_hybrid_with_another_first_round_is_another_result(region, tmp_path):
    out = tmp_path / "results.jsonl"
    run(region, out, ("random+entropy",), budgets=(0, 2))
    assert run(region, out, ("random+entropy",), budgets=(0, 4)) == 2


def test_more_tiles_than_there_are_is_refused_before_anything_runs(region, tmp_path):
    with pytest.raises(NothingToDo, match="fewer than the budget of 500"):
        run(region, tmp_path / "results.jsonl", budgets=(2, 500))
    assert not (tmp_path / "results.jsonl").exists()


def test_the_quality_of_the_predicted_iou_is_told_of_the_tiles_that_were_still_to_come(region, tmp_path):
    out = tmp_path / "results.jsonl"
    run(region, out, budgets=(0, 2))
    before, after = read_lines(out)
    assert before["predicted_iou_mae"] is None
    assert 0 <= after["predicted_iou_mae"] <= 1


def test_another_code_is_another_result(region, tmp_path, monkeypatch):
    out = tmp_path / "results.jsonl"
    run(region, out, budgets=(0,))
    monkeypatch.setattr(simulation, "code_version", lambda: "a changed rule")
    assert run(region, out, budgets=(0,)) == 1
    assert [line["code"] == "a changed rule" for line in read_lines(out)] == [False, True]


def test_another_protocol_is_another_result(region, tmp_path):
    out = tmp_path / "results.jsonl"
    assert run(region, out, budgets=(0, 2)) == run(region, out, budgets=(0, 2), protocol="from-start") == 2
    assert [line["protocol"] for line in read_lines(out)] == ["loop", "loop", "from-start", "from-start"]


def test_other_rounds_of_a_loop_are_other_results(region, tmp_path):
    out = tmp_path / "results.jsonl"
    run(region, out, budgets=(0, 2, 4))
    assert run(region, out, budgets=(0, 4)) == 2


def test_a_line_is_json_that_other_programs_read(region, tmp_path):
    out = tmp_path / "results.jsonl"
    run(region, out, budgets=(0,))
    assert json.loads(out.read_text())["strategy"] == "random"
