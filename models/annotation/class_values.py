"""What the values in a file of labels mean: numbers of a raster, or texts of a field, as classes of the campaign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..choices import BACKGROUND_WORD, UNLABELLED_WORD
from ..errors import LabelError
from .mask import BACKGROUND, IGNORE

NAMED_AT_MOST = 8


@dataclass(frozen=True)
class ClassValues:
    """The classes of a campaign in their order, and what is said of the values of a file: value -> class.

    A value may also mean 'background' or 'unlabelled', which nobody has looked at. What is not said speaks for itself:
    the name of a class, 0 for background, and the number of a class, counted from 1.
    """

    classes: tuple[str, ...]
    meaning: Mapping[str, str] = field(default_factory=dict)

    def numbers(self, values: Iterable[object], path: Path) -> dict[object, int]:
        """What each value stands for in a mask; LabelError where one means no class that there is."""
        known = {name.casefold(): number for number, name in enumerate(self.classes, 1)}
        words = known | {BACKGROUND_WORD: BACKGROUND, UNLABELLED_WORD: IGNORE}
        for value, name in self.meaning.items():
            if name.casefold() not in words:
                raise LabelError(
                    "class-not-mapped",
                    "'{name}', which {value} shall mean, is no class of this campaign. Name one of {classes}, or "
                    "{background} or {unlabelled}.",
                    name=name,
                    value=value,
                    classes=", ".join(self.classes),
                    background=BACKGROUND_WORD,
                    unlabelled=UNLABELLED_WORD,
                )
        by_itself = known | {str(number): number for number in range(len(self.classes) + 1)}
        said = {value: words[name.casefold()] for value, name in self.meaning.items()}
        texts = {value: plain_text(value) for value in values}
        unknown = [text for text in texts.values() if text not in said and text.casefold() not in by_itself]
        if unknown:
            raise self._unknown(sorted(set(unknown)), path)
        return {value: said.get(text, by_itself.get(text.casefold(), IGNORE)) for value, text in texts.items()}

    def _unknown(self, values: Sequence[str], path: Path) -> LabelError:
        more = ", ..." if len(values) > NAMED_AT_MOST else ""
        return LabelError(
            "class-unknown",
            "'{path}' has values that are no class of this campaign ({classes}): {values}. Say what they mean, with "
            "the option class-values, for example {example}.",
            path=path,
            classes=", ".join(self.classes),
            values=", ".join(values[:NAMED_AT_MOST]) + more,
            example=",".join(f"{value}={self.classes[0]}" for value in values[:2]),
        )


def translated(values: NDArray[np.generic], numbers: Mapping[object, int]) -> NDArray[np.uint8]:
    """A picture of values as a mask of the same shape."""
    found, place = np.unique(values, return_inverse=True)
    mask: NDArray[np.uint8] = np.array([numbers[value.item()] for value in found], np.uint8)[
        place.reshape(values.shape)
    ]
    return mask


def plain_text(value: object) -> str:
    """A value as a user would write it: 1 also where the file has 1.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
