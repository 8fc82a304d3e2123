"""What the card of a model version may say, checked field by field: a version may come from a stranger."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
ENCODER = re.compile(r"[A-Za-z0-9_.-]{1,64}")  # tu-hf-hub:... would reach the network, tu-local-dir:... a path
OF_WINDOWS = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}
MOST_CHANNELS, MOST_BANDS, MOST_DECODER_STEPS = 1024, 64, 8
DEEPEST = 8  # levels of lists and objects within each other
FIGURES = (
    *(
        "exam_tiles",
        "iou_before",
        "iou_after",
        "low",
        "high",
        "p_value",
        "tiles",
        "blocks",
        "better_tiles",
        "worse_tiles",
    ),
    "share_better",  # of versions up to 0.2.0
)


class CardError(ValueError):
    """A field of a card is missing or cannot be used; the message names it."""


def read_fields(text: str) -> dict[str, Any]:
    """The fields of a card from its JSON; raises CardError. Fields that are not known are left out."""
    try:
        known = json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise CardError("too many levels") from error
    if not isinstance(known, dict):
        raise CardError("no JSON object")
    _check_values(known, "card", 1)
    for name, (is_right, wanted) in FIELDS.items():
        if name not in known:
            raise CardError(f"'{name}' is missing")
        if not is_right(known[name]):
            raise CardError(f"'{name}' must be {wanted}")
    return {name: tuple(known[name]) if name == "decoder_channels" else known[name] for name in FIELDS}


def is_id(value: object) -> bool:
    """Whether a version may be called so: a plain name, which no system takes for a path, a device or a hidden file."""
    return (
        isinstance(value, str)
        and ID.fullmatch(value) is not None
        and not value.endswith(".")
        and value.partition(".")[0].upper() not in OF_WINDOWS
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 64


def _is_encoder(value: object) -> bool:
    return isinstance(value, str) and ENCODER.fullmatch(value) is not None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9


def _is_count(most: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def _are_channels(value: object) -> bool:
    return (
        isinstance(value, list) and 1 <= len(value) <= MOST_DECODER_STEPS and all(map(_is_count(MOST_CHANNELS), value))
    )


def _are_settings(value: object) -> bool:
    tiles = value.get("tiles", []) if isinstance(value, dict) else None
    return isinstance(tiles, list) and all(isinstance(tile, str) for tile in tiles)


def _are_metrics(value: object) -> bool:
    return isinstance(value, dict) and all(
        value[name] is None or _is_number(value[name]) for name in FIGURES if name in value
    )


A_NAME = "a plain name: letters, digits, '.', '_' and '-', at most 64, a letter or digit first"
FIELDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "id": (is_id, A_NAME),
    "parent": (lambda value: value is None or is_id(value), f"null or {A_NAME}"),
    "created": (_is_text, "a short text"),
    "method": (_is_text, "a short text"),
    "encoder": (_is_encoder, "the plain name of an encoder"),
    "decoder_channels": (_are_channels, f"a list of whole numbers from 1 to {MOST_CHANNELS}"),
    "bands": (_is_count(MOST_BANDS), f"a whole number from 1 to {MOST_BANDS}"),
    "settings": (_are_settings, "an object, with a list of ids as its 'tiles'"),
    "metrics": (_are_metrics, "an object, whose figures are numbers"),
}


def _no_number(constant: str) -> float:
    raise CardError(f"{constant} is no number")


def _check_values(value: object, name: str, level: int) -> None:
    """CardError where JSON lies too deep in itself, or a number is too large to be one."""
    if level > DEEPEST:
        raise CardError(f"'{name}' has too many levels")
    if isinstance(value, dict):
        for key, held in value.items():
            _check_values(held, key if level == 1 else name, level + 1)
    elif isinstance(value, list):
        for held in value:
            _check_values(held, name, level + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise CardError(f"'{name}' holds no finite number")
