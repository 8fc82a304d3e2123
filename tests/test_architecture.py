"""The walls of the house: who may import whom, and what shipped code never contains."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGINE = sorted((ROOT / "models").rglob("*.py"))
PLUGIN = sorted((ROOT / "plugin").rglob("*.py"))
SHIPPED = [ROOT / "__init__.py", *ENGINE, *PLUGIN]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

EVERYBODY_MAY = {"choices", "errors", "jobs", "native_libraries", "version"}
BELOW = {"storage": set(), "imagery": {"storage"}}
BELOW["annotation"] = BELOW["segmentation"] = {"storage", "imagery"}
BELOW["priority"] = BELOW["training"] = {*BELOW["annotation"], "annotation", "segmentation"}
BELOW["pretraining"] = {*BELOW["training"], "training"}
BELOW["campaign"] = {*BELOW["priority"], "priority", "training"}
BELOW["evaluation"] = {*BELOW["campaign"], "campaign"}
BELOW["use_cases"] = {*BELOW["evaluation"], "evaluation", "pretraining"}
BELOW["cli"] = {*BELOW["use_cases"], "use_cases", "loop"}
AT_THE_ROOT = {"__init__": set(), "__main__": {"cli"}, "loop": {"campaign", "use_cases"}}
DOORS = {"plugin.session", "plugin.dock", "plugin.processing"}
PLUGIN_ROOMS_MAY_NOT = {
    "plugin/processing": {"plugin.session", "plugin.dock", "plugin.campaign", "plugin.annotation"},
    "plugin/dock": {"models.loop", "models.use_cases", "plugin.tasks", "plugin.processing", "plugin.annotation"},
    "plugin/layers": {
        *(f"models.{room}" for room in BELOW if room != "storage"),  # files appear whole there too
        "models.loop",
        "plugin.session",
        "plugin.dock",
        "plugin.processing",
        "plugin.campaign",
        "plugin.tasks",
    },
    "plugin/tasks": {"models.loop", "models.use_cases", "plugin.session", "plugin.dock", "plugin.processing"},
    "plugin/campaign": {"plugin.session", "plugin.dock", "plugin.processing"},
    "plugin/annotation": {"plugin.session", "plugin.dock", "plugin.processing"},
}


@cache
def nodes(file: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions; relative ones as seen from the repository."""
    package = file.relative_to(ROOT).parent.parts
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{name.name}" for name in node.names)


def absolute_imports(files: list[Path]) -> set[str]:
    """The top-level packages that the files import by an absolute name."""
    found = set()
    for node in (node for file in files for node in nodes(file)):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").partition(".")[0])
    return found


def is_inside(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def offences(files: list[Path], *forbidden: str) -> list[str]:
    return [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files
        for module in imports(file)
        if any(is_inside(module, package) for package in forbidden)
    ]


def below(folder: str) -> list[Path]:
    return [file for file in SHIPPED if (ROOT / folder) in file.parents]


def test_the_engine_knows_neither_qgis_nor_the_plugin():
    assert not offences(ENGINE, "qgis", "processing", "osgeo", "plugin")


def test_qt_is_only_reached_through_qgis():
    assert not offences(SHIPPED + TESTS, "PyQt5", "PyQt6", "sip")


def climbing(files: list[Path], allowed: set[str]) -> list[str]:
    """The imports within the engine that are not allowed to these files."""
    return [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in files
        for module in imports(file)
        if is_inside(module, "models")
        and not any(is_inside(module, f"models.{name}") for name in allowed | EVERYBODY_MAY)
    ]


def test_every_room_of_the_engine_has_its_border():
    assert {file.parent.name for file in ENGINE} - {"models"} == set(BELOW)
    assert {file.stem for file in ENGINE if file.parent.name == "models"} == EVERYBODY_MAY | set(AT_THE_ROOT)


@pytest.mark.parametrize("room", BELOW)
def test_a_room_of_the_engine_imports_only_the_rooms_below_it(room):
    assert not climbing(below(f"models/{room}"), BELOW[room] | {room})


@pytest.mark.parametrize("file", sorted(EVERYBODY_MAY | set(AT_THE_ROOT)))
def test_a_file_at_the_root_of_the_engine_knows_only_what_it_must(file):
    assert not climbing([ROOT / "models" / f"{file}.py"], AT_THE_ROOT.get(file, set()))


@pytest.mark.parametrize("room", PLUGIN_ROOMS_MAY_NOT)
def test_a_room_of_the_plugin_leaves_its_neighbours_alone(room):
    assert not offences(below(room), *PLUGIN_ROOMS_MAY_NOT[room])


def test_the_package_imports_itself_relatively_because_qgis_names_it_after_its_folder():
    assert not absolute_imports(SHIPPED) & {"tiletriage", "models", "plugin"}


def test_tests_import_the_package_by_its_name():
    assert not absolute_imports(TESTS) & {"models", "plugin"}


def test_shipped_code_never_unpickles():
    assert not offences(SHIPPED, "pickle", "dill", "joblib", "cloudpickle", "shelve", "marshal")
    assert not [
        f"{file.relative_to(ROOT)}:{node.lineno} {ast.unparse(node)}"
        for file in SHIPPED
        for node in nodes(file)
        if isinstance(node, ast.Call)
        and (ast.unparse(node.func) in ("torch.load", "torch.save") or allows_pickle(node))
    ]


def allows_pickle(call: ast.Call) -> bool:
    return any(word.arg == "allow_pickle" and ast.unparse(word.value) != "False" for word in call.keywords)


def test_shipped_code_has_no_assert_and_hides_no_error():
    assert not [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in SHIPPED
        for node in nodes(file)
        if isinstance(node, ast.Assert) or (isinstance(node, ast.ExceptHandler) and node.type is None)
    ]


def test_every_dependency_is_used_and_every_import_is_a_dependency():
    tomllib = pytest.importorskip("tomllib", reason="tomllib comes with Python 3.11")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["lora"]]
    named = {requirement.partition(">")[0].replace("-", "_") for requirement in wanted}
    dependencies = named - {"scikit_learn"} | {"sklearn"}
    imported_by_name = {"segmentation_models_pytorch"}  # in native_libraries
    used = absolute_imports(ENGINE) | imported_by_name
    assert used - set(sys.stdlib_module_names) == dependencies
