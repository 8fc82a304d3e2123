"""What the card of a model version may say, checked field by field: a version may come from a stranger."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from ..segmentation.classes import BUILDING, MOST_CLASSES, are_classes, classes_of
from ..storage.bounded_json import FieldError, is_count, is_number, read_json
from ..storage.limits import MOST_BANDS

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
ENCODER = re.compile(r"[A-Za-z0-9_.-]{1,64}")  # tu-hf-hub:... would reach the network, tu-local-dir:... a path
OF_WINDOWS = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}
MOST_PIXELS = 1e15
MOST_CHANNELS, MOST_DECODER_STEPS = 1024, 8
FIGURES = (
    *(
        "exam_tiles",
        "mapped_px",
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


def read_fields(text: str) -> dict[str, Any]:
    """The fields of a card from its JSON; raises FieldError. Fields that are not known are left out."""
    known = read_json(text, "card")
    if not isinstance(known, dict):
        raise FieldError("no JSON object")
    known = {**OPTIONAL, **known}
    for name, (is_right, wanted) in FIELDS.items():
        if name not in known:
            raise FieldError(f"'{name}' is missing")
        if not is_right(known[name]):
            raise FieldError(f"'{name}' must be {wanted}")
    return {name: TO_VALUES[name](known[name]) if name in TO_VALUES else known[name] for name in FIELDS}


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


def _are_channels(value: object) -> bool:
    return (
        isinstance(value, list)
        and 1 <= len(value) <= MOST_DECODER_STEPS
        and all(is_count(each, MOST_CHANNELS >> step) for step, each in enumerate(value))
    )


def _is_scaling(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    slope, intercept = value
    return is_number(slope, 0, 100) and is_number(intercept, -100, 100)


def _is_range(value: object) -> bool:
    return isinstance(value, list) and (
        not value or (len(value) == 2 and all(is_number(each, 0) for each in value) and 0 < value[0] <= value[1])
    )


def _are_settings(value: object) -> bool:
    tiles = value.get("tiles", []) if isinstance(value, dict) else None
    return isinstance(tiles, list) and all(isinstance(tile, str) for tile in tiles)


def _are_metrics(value: object) -> bool:
    return (
        isinstance(value, dict)
        and all(value[name] is None or is_number(value[name], high=MOST_PIXELS) for name in FIGURES if name in value)
        and _are_figures_of_classes(value.get("class_iou", {}))
        and _is_square(value.get("confusion", []))
    )


def _are_figures_of_classes(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(pair, list) and len(pair) == 2 and all(map(is_number, pair)) for pair in value.values()
    )


def _is_square(value: object) -> bool:
    def is_row(row: object, length: int) -> bool:
        return isinstance(row, list) and len(row) == length and all(is_number(each, 0, MOST_PIXELS) for each in row)

    return isinstance(value, list) and all(is_row(row, len(value)) for row in value)


def _are_names(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_BANDS and all(_is_text(name) for name in value)


TO_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "decoder_channels": tuple,
    "confidence": tuple,
    "band_names": tuple,
    "gsd_metres": tuple,
    "classes": classes_of,
}
OPTIONAL = {  # what cards up to version 0.3 do not say
    "has_border": False,
    "confidence": [1.0, 0.0],
    "classes": [asdict(BUILDING)],
    "band_names": ["red", "green", "blue"],
    "gsd_metres": [],
}
A_NAME = "a plain name: letters, digits, '.', '_' and '-', at most 64, a letter or digit first"
FIELDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "id": (is_id, A_NAME),
    "parent": (lambda value: value is None or is_id(value), f"null or {A_NAME}"),
    "created": (_is_text, "a short text"),
    "method": (_is_text, "a short text"),
    "encoder": (_is_encoder, "the plain name of an encoder"),
    "decoder_channels": (
        _are_channels,
        f"a list of 1 to {MOST_DECODER_STEPS} whole numbers: at most {MOST_CHANNELS}, and half as many each step",
    ),
    "bands": (lambda value: is_count(value, MOST_BANDS), f"a whole number from 1 to {MOST_BANDS}"),
    "has_border": (lambda value: isinstance(value, bool), "true or false"),
    "confidence": (_is_scaling, "a list of two numbers: a slope from 0 to 100, and an intercept from -100 to 100"),
    "classes": (are_classes, f"a list of 1 to {MOST_CLASSES} classes with names, colours and rules of their own"),
    "band_names": (_are_names, f"a list of at most {MOST_BANDS} short texts"),
    "gsd_metres": (_is_range, "an empty list, or one of the finest and the coarsest GSD in metres"),
    "settings": (_are_settings, "an object, with a list of ids as its 'tiles'"),
    "metrics": (_are_metrics, "an object, whose figures are numbers"),
}
