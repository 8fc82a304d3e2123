import sys
import warnings
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tiletriage.models.cli.command_group import CommandGroup
from tiletriage.models.cli.main import main


def said(act):
    """What stderr says of a command that does this, and its exit code."""
    group = CommandGroup("group", commands={"act": click.Command("act", callback=act)})
    done = CliRunner().invoke(group, ["act"])
    return done.exit_code, done.stderr


def test_what_libraries_warn_of_is_not_said_beside_our_message(monkeypatch):
    def act():
        warnings.warn_explicit("Non closed ring detected", RuntimeWarning, "pyogrio/raw.py", 200)
        print("done")

    monkeypatch.setattr(sys, "warnoptions", [])
    with warnings.catch_warnings(record=True) as heard:
        assert said(act) == (0, "")
    assert heard == []


def test_an_error_of_the_system_is_told_in_words_with_a_short_name():
    def act():
        Path("x" * 5_000).read_bytes()

    code, told = said(act)
    assert code == 1 and told.startswith("Error: File name too long (xxx") and "Errno" not in told
    assert len(told) < 400 and "Check that the file" in told


def test_an_option_of_a_hundred_thousand_letters_is_not_repeated_in_full():
    done = CliRunner().invoke(main, ["score", "folder", "--strategy", "x" * 100_000])
    assert done.exit_code == 2 and "Usage: " in done.stderr and len(done.stderr) < 1_000


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\udce9", "\x1b[2J", "x" * 201])
def test_a_name_that_no_log_can_show_is_refused(tmp_path, name):
    words = ["annotate", str(tmp_path), "--footprints", "a.gpkg", "--next", "2", "--annotator", name]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2 and "printable letters" in done.stderr
