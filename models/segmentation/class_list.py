"""The classes that a user names: as words, or in a JSON file with colours and rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

from ..errors import ModelError
from ..storage.bounded_json import FieldError, read_json
from ..storage.input_file import check_input
from .classes import MOST_CLASSES, MappedClass, are_classes, classes_of, is_class_name, named_classes

LARGEST_BYTES = 10**6
EXAMPLE = '[{"name": "water", "colour": "#0072b2"}, {"name": "building", "colour": "#e69f00", "is_squared": true}]'


def read_classes(text: str) -> tuple[MappedClass, ...]:
    """Classes from names with commas between them, or from the JSON file of that name.

    A file holds a list of objects: name, and as one likes colour, is_squared and minimum_area_m2. Raises ModelError
    where these are no classes.
    """
    if text.lower().endswith(".json"):
        return _read_file(Path(text))
    names = [name.strip() for name in text.split(",")]
    _check_names(names, text)
    found = named_classes(names)
    _check_names([each.name for each in found], text)  # building and buildings are one class
    return found


def _read_file(path: Path) -> tuple[MappedClass, ...]:
    check_input(path, ModelError)
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise FieldError(f"it has more than {LARGEST_BYTES} bytes")
        known = read_json(path.read_text(encoding="utf-8"), path.name)
        if not isinstance(known, list) or not all(isinstance(each, dict) and "name" in each for each in known):
            raise FieldError("it is no list of objects with names")
        _check_names([each["name"] for each in known], path.name)
        by_name = [asdict(each) for each in named_classes([each["name"] for each in known])]
        complete = [{**plain, **said} for plain, said in zip(by_name, known)]
        if not are_classes(complete):
            raise FieldError("a colour, or a rule, is none")
    except (OSError, ValueError) as error:
        raise ModelError(
            "classes-unreadable",
            "'{path}' does not name classes: {error}. Give a list like this: {example}",
            path=path,
            error=error,
            example=EXAMPLE,
        ) from error
    return classes_of(complete)


def _check_names(names: list[str], text: str) -> None:
    bad = [name for name in names if not is_class_name(name)]
    twice = [name for name, times in Counter(str(name).casefold() for name in names).items() if times > 1]
    if bad or twice or len(names) > MOST_CLASSES:
        raise ModelError(
            "class-names",
            "'{text}' does not name classes: {problem}. Give up to {most} different names of letters, digits, spaces "
            "and dots, with commas between them, for example water,field.",
            text=text,
            problem=f"'{bad[0]}' is no name" if bad else f"'{twice[0]}' stands twice" if twice else "they are too many",
            most=MOST_CLASSES,
        )
