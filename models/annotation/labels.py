"""Footprints with their classes, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Labels:
    """Outlines in the grid's CRS, (footprint,), and the number of each one's class from 1, uint8 (footprint,)."""

    outlines: NDArray[np.object_]
    classes: NDArray[np.uint8]

    @staticmethod
    def of_one_class(outlines: Sequence[BaseGeometry] | NDArray[np.object_]) -> Labels:
        """Those of a campaign that maps one class."""
        return Labels(np.asarray(outlines, dtype=object), np.ones(len(outlines), np.uint8))

    @staticmethod
    def of(pairs: Iterable[tuple[BaseGeometry, int]]) -> Labels:
        """Those of pairs of an outline and the number of its class."""
        outlines, classes = zip(*found) if (found := list(pairs)) else ((), ())
        return Labels(np.array(outlines, dtype=object), np.array(classes, np.uint8))

    def __len__(self) -> int:
        return len(self.outlines)

    def joined(self, others: Labels) -> Labels:
        """These and then some others."""
        return Labels(np.concatenate([self.outlines, others.outlines]), np.concatenate([self.classes, others.classes]))

    def part(self, chosen: NDArray[np.bool_] | Sequence[int]) -> Labels:
        """Some of them, by whether each is chosen or by their places."""
        return Labels(self.outlines[chosen], self.classes[chosen])

    def of_class(self, number: int) -> NDArray[np.object_]:
        """The outlines of one class."""
        found: NDArray[np.object_] = self.outlines[self.classes == number]
        return found


NO_LABELS = Labels.of(())


@dataclass(frozen=True)
class TileLabels:
    """What is known of one tile: the labels on it, and the pixels, (row, column), that somebody has looked at."""

    labels: Labels
    is_known: NDArray[np.bool_]
