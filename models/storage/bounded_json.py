"""JSON that may come from a stranger: nothing too deep, and no number that is none."""

from __future__ import annotations

import json
import math
from typing import Any

from .limits import DEEPEST_JSON


class FieldError(ValueError):
    """A field of a file is missing or cannot be used; the message names it."""


def read_json(text: str, name: str) -> Any:
    """What the JSON of a field says; FieldError with its ``name``, or with that of the field of an object in it."""
    try:
        known = json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise FieldError(f"'{name}' has too many levels, at most {DEEPEST_JSON} are read") from error
    except json.JSONDecodeError as error:
        raise FieldError(f"'{name}' is no JSON: {error}") from error
    _check_values(known, name, 1)
    return known


def is_number(value: object, low: float = -1e9, high: float = 1e9) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high


def is_count(value: object, most: int) -> bool:
    """Whether it is a whole number from 1."""
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _no_number(constant: str) -> float:
    raise FieldError(f"{constant} is no number")


def _check_values(value: object, name: str, level: int) -> None:
    """FieldError where JSON lies too deep in itself, or a number is too large to be one."""
    if level > DEEPEST_JSON:
        raise FieldError(f"'{name}' has too many levels, at most {DEEPEST_JSON} are read")
    if isinstance(value, dict):
        for key, held in value.items():
            _check_values(held, key if level == 1 else name, level + 1)
    elif isinstance(value, list):
        for held in value:
            _check_values(held, name, level + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise FieldError(f"'{name}' holds no finite number")
