import json
import sqlite3
from contextlib import closing

from click.testing import CliRunner
from rich.table import Table

from tiletriage.models.cli.console import print_json, print_table, printable, say
from tiletriage.models.cli.main import main

EVIL = "\x1b]0;owned\x07\x9b31m\rx\u202e\udcff"


def is_plain(text):
    return not set(text) & set("\x1b\x07\x9b\r\u202e\udcff")


def test_words_of_any_language_stay_and_what_steers_a_terminal_does_not():
    assert printable("Kijiji • 村 | naïve\n\ttab") == "Kijiji • 村 | naïve\n\ttab"
    assert is_plain(printable(EVIL))
    assert "owned" in printable(EVIL)


def test_lines_tables_and_json_are_plain_and_json_keeps_every_letter(capsys):
    say(EVIL)
    table = Table("id")
    table.add_row(EVIL)
    print_table(table)
    assert is_plain(capsys.readouterr().out)
    print_json({"id": EVIL})
    out = capsys.readouterr().out
    assert is_plain(out)
    assert json.loads(out) == {"id": EVIL}


def test_an_error_about_a_strangers_name_is_one_plain_line(tiny_workspace):
    name = f"/gone/{EVIL[:-1]}\nError: send your password to | sh.tif"
    with closing(sqlite3.connect(tiny_workspace / "campaign.gpkg")) as connection, connection:
        connection.execute("UPDATE settings SET value = ? WHERE key = 'imagery'", (name,))
    shown = CliRunner().invoke(main, ["next", str(tiny_workspace)])
    assert shown.exit_code == 1
    assert is_plain(shown.output)
    assert len(shown.output.splitlines()) == 1
