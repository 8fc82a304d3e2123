import json
from functools import partial

import pytest
from click.testing import CliRunner

from tiletriage.models.cli.main import main
from tiletriage.models.cli.simulation import NO_ORDERS, THEN
from tiletriage.models.evaluation import results_file
from tiletriage.models.evaluation import simulate as simulation
from tiletriage.models.training.fine_tune import FineTuning

from ..evaluation.results import line, straight, write


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def simulate(tmp_path, tiny_scene, tiny_labels, tiny_start, monkeypatch):
    """Runs a simulation on the tiny campaign, with one epoch a fine-tuning; its results go to results.jsonl."""
    monkeypatch.setattr(simulation, "FineTuning", partial(FineTuning, epochs=1))
    place = ("--imagery", tiny_scene, "--labels", tiny_labels, "--start", tiny_start, "--tile-size", 64)
    chosen = ("--exam-tiles", 4, "--strategies", "random,k-centre", "--budgets", "0,2,4", "--seeds", 1)
    return lambda *words: run("simulate", *place, *chosen, "--out", tmp_path / "results.jsonl", *words)


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        (
            ("--strategies", "random,luck"),
            "there is no strategy 'luck'. Choose from map-gain, balanced, uncertain-k-means, ",
        ),
        (("--strategies", "active-ft+luck"), "there is no strategy 'luck'"),
        (("--strategies", "all+p2"), "there is no strategy 'all' for 'all+p2'. Choose from map-gain, "),
        (("--strategies", "random+"), "there is no strategy '' for 'random+'"),
        (("--strategies", " , "), "name at least one strategy"),
        (("--budgets", "ten"), "numbers with commas between them"),
        (("--budgets", "0,-1"), "from 0 up"),
        (("--budgets", ""), "from 0 up"),
        (("--seeds", "0"), "--seeds"),
        (("--tile-size", "100"), "no multiple of 32"),
    ],
)
def test_wrong_options_of_a_simulation_end_with_2_and_say_what_is_right(simulate, words, cure):
    done = simulate(*words)
    assert done.exit_code == 2
    assert cure in done.stderr


def test_beside_the_strategies_a_simulation_takes_what_a_campaign_does_and_all_labels():
    assert (NO_ORDERS, THEN) == ((results_file.DEFAULT, results_file.FULL), results_file.THEN)


def test_a_simulation_goes_on_where_it_stopped_and_its_report_follows(simulate, tmp_path):
    results = tmp_path / "results.jsonl"
    first = simulate()
    assert first.exit_code == 0, first.output
    assert f"6 new lines in {results}" in first.stdout
    assert f"tiletriage report {results} -o report" in first.stdout
    again = simulate("--strategies", "random,k-centre,default", "--first-seed", 1, "--json")
    assert json.loads(again.stdout) == {"results": str(results), "new_lines": 9}
    assert json.loads(simulate("--json").stdout)["new_lines"] == 0
    lines = [json.loads(text) for text in results.read_text().splitlines()]
    assert {(one["strategy"], one["seed"]) for one in lines} == {
        *(("random", 0), ("k-centre", 0)),
        *(("random", 1), ("k-centre", 1), ("default", 1)),
    }
    assert {one["region"] for one in lines} == {"scene"}
    assert run("report", results, "-o", tmp_path / "report").exit_code == 0
    assert (tmp_path / "report" / "report.html").exists()


def test_results_are_never_written_over_what_the_simulation_reads_or_a_campaigns_own_files(
    simulate, tiny_labels, tiny_workspace
):
    for out, reason in ((tiny_labels, "read by this very step"), (tiny_workspace / "campaign.gpkg", "belongs to the")):
        before = out.read_bytes()
        done = simulate("--out", out)
        assert done.exit_code == 1 and reason in done.stderr
        assert out.read_bytes() == before


def test_a_region_is_called_what_the_user_says(simulate, tmp_path):
    assert simulate("--region", "village", "--budgets", "0", "--strategies", "random").exit_code == 0
    assert json.loads((tmp_path / "results.jsonl").read_text())["region"] == "village"


def test_the_report_comes_as_a_table_or_as_json(tmp_path):
    results = write(tmp_path / "results.jsonl", [*straight("random", 0.001), *straight("p2", 0.0005)])
    words = run("report", results, "-o", tmp_path / "report").stdout
    assert "worse than random" in words
    assert f"Read {tmp_path / 'report' / 'report.md'}" in words
    assert "option overwrite" in run("report", results, "-o", tmp_path / "report").stderr
    words = ("report", results, "-o", tmp_path / "report", "--at", 40, "--overwrite", "--json")
    rows = json.loads(run(*words).stdout)
    assert [(row["at"], row["ratio"]) for row in rows] == [(40, 1), (40, "not reached")]


def test_results_that_cannot_be_compared_are_refused(tmp_path):
    results = write(tmp_path / "results.jsonl", [line("p2")])
    done = run("report", results, "-o", tmp_path / "report")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no result of 'random'" in done.stderr
    assert not (tmp_path / "report").exists()
