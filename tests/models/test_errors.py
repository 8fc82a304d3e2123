import ast
from pathlib import Path

import pytest

from tiletriage.models import errors
from tiletriage.models.errors import EngineError
from tiletriage.tests.tools.fuzz.verdict import CURE

MODELS = Path(errors.__file__).parent
KINDS = {name for name, held in vars(errors).items() if isinstance(held, type) and issubclass(held, Exception)}


def templates():
    """Every template of an error that the engine raises, with its code."""
    for path in sorted(MODELS.rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            texts = [part.value for part in call.args[:2] if isinstance(part, ast.Constant)]
            if len(texts) == 2 and getattr(call.func, "id", "") in KINDS | {"error"}:
                yield texts


def test_a_message_is_one_line_without_orders_to_the_terminal_whatever_a_file_is_called():
    error = EngineError("code", "{name} is {size:.1f} m", name="a\x1b[2J\nb\udce9\u202e|é", size=1.25)
    assert str(error) == r"a\x1b[2J\nb\udce9\u202e|é is 1.2 m"
    assert error.template.format(**error.values) == str(error)


def test_every_message_says_what_to_do():
    found = list(templates())
    assert len(found) > 90
    assert [code for code, template in found if not CURE.search(template)] == []


@pytest.mark.parametrize("letter", ["x", "\x1b"])
def test_of_a_long_value_a_message_shows_both_ends(letter):
    told = EngineError("code", "{name}", name=f"/folder/{letter * 100_000}.gpkg").values["name"]
    assert len(told) <= 200 and told.startswith("/folder/") and told.endswith(".gpkg") and "…" in told


def test_of_the_long_sentence_of_a_library_a_message_shows_the_cause():
    error = RuntimeError(f"sqlite3_get_table(SELECT {'column, ' * 100}) failed: database disk image is malformed")
    assert EngineError("code", "{error}", error=error).values["error"] == "database disk image is malformed"
    assert EngineError("code", "{error}", error=ValueError("a: b")).values["error"] == "a: b"


def test_an_error_of_the_system_stands_in_a_message_in_its_words_alone():
    error = FileNotFoundError(2, "No such file or directory", "a.gpkg")
    assert EngineError("code", "{error}", error=error).values["error"] == "No such file or directory"
