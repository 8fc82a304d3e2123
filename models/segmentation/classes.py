"""The classes that a model maps. Without numpy: the dock names them also where it is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..choices import BACKGROUND_WORD, UNLABELLED_WORD
from ..storage.bounded_json import is_number

MOST_CLASSES = 32
NAME = re.compile(r"[^\W_][\w .()-]{0,39}")
COLOUR = re.compile(r"#[0-9a-f]{6}")
RESERVED = (BACKGROUND_WORD, UNLABELLED_WORD)
PALETTE = (  # Wong 2011, told apart also by who does not see red or green
    "#e69f00",
    "#56b4e9",
    "#009e73",
    "#f0e442",
    "#0072b2",
    "#d55e00",
    "#cc79a7",
    "#999999",
)


@dataclass(frozen=True)
class MappedClass:
    """What is mapped: its name, the colour that shows it, and how its outlines are drawn.

    Of a class with ``is_squared`` objects are told apart where they touch, and their corners are squared; what is
    smaller than the minimum area is dropped.
    """

    name: str
    colour: str
    is_squared: bool = False
    minimum_area_m2: float = 0.0


BUILDING = MappedClass("building", "#e69f00", is_squared=True, minimum_area_m2=4.0)
KNOWN = {"building": BUILDING, "buildings": BUILDING, "water": MappedClass("water", "#0072b2")}


def named_classes(names: Sequence[str]) -> tuple[MappedClass, ...]:
    """Classes of these names, each with a colour of its own, and drawn as what is known by that name."""
    known = [KNOWN.get(name.casefold()) for name in names]
    taken = {each.colour for each in known if each}
    free = (colour for colour in PALETTE * (1 + len(names) // len(PALETTE)) if colour not in taken)
    return tuple(each or MappedClass(name, next(free)) for name, each in zip(names, known))


def are_classes(value: object) -> bool:
    """Whether JSON says one class or more, each as a ``MappedClass`` with a name of its own."""
    return (
        isinstance(value, list)
        and 1 <= len(value) <= MOST_CLASSES
        and all(map(_is_class, value))
        and len({each["name"].casefold() for each in value}) == len(value)
    )


def classes_of(known: Sequence[Mapping[str, Any]]) -> tuple[MappedClass, ...]:
    """The classes of JSON that says some: see ``are_classes``."""
    return tuple(MappedClass(**each) for each in known)


def is_class_name(value: object) -> bool:
    """Whether a class may be called so: a plain name, and neither a number nor a word that means no class."""
    return (
        isinstance(value, str)
        and NAME.fullmatch(value) is not None
        and not value.isdigit()
        and value.casefold() not in RESERVED
    )


def _is_class(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != asdict(BUILDING).keys():
        return False
    name, colour, is_squared, minimum_area_m2 = value.values()
    return (
        all(isinstance(each, str) for each in (name, colour))
        and is_class_name(name)
        and COLOUR.fullmatch(colour) is not None
        and isinstance(is_squared, bool)
        and is_number(minimum_area_m2, 0)
    )
