"""Gathers the strings of the plugin into resources/i18n/*.ts, and compiles them to .qm (``make translations``).

What is translated already stays. Qt's pylupdate loses every string whose call ends with a comma, so the sources are
read with ast.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from tiletriage.models import errors
from tiletriage.models.errors import EngineError
from tiletriage.tests.real_qgis import ROOT

I18N = ROOT / "resources" / "i18n"
LANGUAGES = ("es", "fr")
CODE = re.compile(r"[a-z]+(-[a-z]+)+")
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, EngineError)}
Strings = dict[str, list[str]]


def strings(root: Path) -> Strings:
    """Every string to translate, by context: the class for ``self.tr``, else what stands in the call.

    The templates of the engine's errors have the context ``engine``.
    """
    templates = sorted({template for _, template in engine_errors(root / "models")})
    found: Strings = {"engine": templates} if templates else {}
    parents: dict[str, list[str]] = {}
    for file in sorted((root / "plugin").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        shortcuts = _shortcuts(tree)
        for scope, node in _calls(tree, ""):
            for context, text in _translated(node, scope, shortcuts):
                found.setdefault(context, []).append(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                parents[node.name] = [base.id for base in node.bases if isinstance(base, ast.Name)]
    for name in list(parents):  # self.tr asks for the class of the object, not for the one where it is written
        inherited = [text for parent in _ancestors(name, parents) for text in found.get(parent, [])]
        if inherited:
            found[name] = found.get(name, []) + inherited
    return {context: list(dict.fromkeys(texts)) for context, texts in sorted(found.items())}


def engine_errors(folder: Path) -> Iterator[tuple[str, str]]:
    """Code and template of every error that the engine raises for the user to mend."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            texts = [part.value for part in _parts(node) if isinstance(part, ast.Constant)]
            if len(texts) == 2 and all(isinstance(text, str) and text for text in texts) and CODE.fullmatch(texts[0]):
                yield texts[0], texts[1]


def _parts(node: ast.AST) -> list[ast.expr]:
    """What may be a code and a template: the first words of an error, or a pair in a table."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ERRORS:
        return node.args
    return node.elts if isinstance(node, ast.Tuple) else []


def translations(path: Path) -> dict[tuple[str, str], str]:
    """What a .ts file holds: (context, string) -> translation, empty where it is unfinished."""
    return {
        (context.findtext("name"), message.findtext("source")): (
            "" if message.find("translation").get("type") else message.findtext("translation") or ""
        )
        for context in ET.parse(path).iter("context")
        for message in context.iter("message")
    }


def write(path: Path, language: str, wanted: Strings, known: dict[tuple[str, str], str]) -> None:
    """A .ts file as Qt Linguist reads it; a string that left the sources leaves it too."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", f'<TS version="2.1" language="{language}">']
    for context, texts in wanted.items():
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for text in texts:
            translation = known.get((context, text), "")
            mark = "" if translation else ' type="unfinished"'
            lines += [
                "    <message>",
                f"        <source>{escape(text)}</source>",
                f"        <translation{mark}>{escape(translation)}</translation>",
                "    </message>",
            ]
        lines.append("</context>")
    path.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8")


def _calls(node: ast.AST, scope: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call below a node, with the class that it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield scope, child
        yield from _calls(child, child.name if isinstance(child, ast.ClassDef) else scope)


def _translated(call: ast.Call, scope: str, shortcuts: dict[str, str]) -> Iterator[tuple[str, str]]:
    function = ast.unparse(call.func)
    texts = [word.value for word in call.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
    if function == "self.tr" and texts:
        yield scope, texts[0]
    elif function.endswith(("translate", "QT_TRANSLATE_NOOP")) and len(texts) >= 2:
        yield texts[0], texts[1]
    elif function in shortcuts and texts:
        yield shortcuts[function], texts[0]


def _shortcuts(tree: ast.Module) -> dict[str, str]:
    """The file's own functions of one text that translate it in a fixed context: their name -> the context."""
    found = {}
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and len(function.args.args) == 1:
            for _, call in _calls(function, ""):
                names = [word.id for word in call.args if isinstance(word, ast.Name)]
                if ast.unparse(call.func).endswith("translate") and names == [function.args.args[0].arg]:
                    found[function.name] = call.args[0].value
    return found


def _ancestors(name: str, parents: dict[str, list[str]]) -> list[str]:
    above = parents.get(name, [])
    return above + [ancestor for parent in above for ancestor in _ancestors(parent, parents)]


def main() -> int:
    I18N.mkdir(exist_ok=True)
    wanted, unfinished = strings(ROOT), 0
    for language in LANGUAGES:
        path = I18N / f"tiletriage_{language}.ts"
        known = translations(path) if path.exists() else {}
        write(path, language, wanted, known)
        subprocess.run(["lrelease", "-silent", path], check=True)
        missing = [key for key, text in translations(path).items() if not text]
        print(f"{path.name}: {len(missing)} strings to translate")
        unfinished += len(missing)
    return 1 if unfinished else 0


if __name__ == "__main__":
    sys.exit(main())
