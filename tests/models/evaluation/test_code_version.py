from __future__ import annotations

import shutil

import pytest

from tiletriage.models.evaluation.code_version import MODELS, code_version


@pytest.fixture
def engine(tmp_path):
    return shutil.copytree(MODELS, tmp_path / "models", ignore=shutil.ignore_patterns("__pycache__"))


def test_the_same_source_has_the_same_digits_wherever_it_lies(engine):
    assert code_version(engine) == code_version() != ""


@pytest.mark.parametrize(
    "module",
    ["priority/strategies.py", "training/fine_tune.py", "training/gate.py", "training/loss.py", "evaluation/oracle.py"],
)
def test_a_changed_rule_has_other_digits(engine, module):
    with (engine / module).open("a") as file:
        file.write("ANOTHER = 1\n")
    assert code_version(engine) != code_version()


def test_what_only_shows_results_changes_no_digits(engine):
    for module in ("evaluation/report.py", "priority/heatmap.py", "cli/evaluation.py"):
        with (engine / module).open("a") as file:
            file.write("ANOTHER = 1\n")
    assert code_version(engine) == code_version()


def test_line_ends_of_another_system_change_no_digits(engine):
    for path in engine.rglob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert code_version(engine) == code_version()
