"""What annotating costs in minutes: known afterwards, expected before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..segmentation.classes import MappedClass
from ..segmentation.metrics import ConfusionCounts

OBJECTS_A_TILE = 16  # that cover it, where they are no buildings


@dataclass(frozen=True)
class AnnotationCost:
    """Seconds that a tile and its footprints take.

    A look at a tile and a footprint drawn are our estimates: some six corners at three seconds each. (An outline of any
    object costs 79 s in COCO, Lin et al. 2014, arXiv 1405.0312.) One that the model has drawn and that only needs
    correcting is 4.7 times as fast (Castrejon et al. 2017, arXiv 1704.05548); a wrong one is deleted by one click.
    """

    tile: float = 15.0
    drawn: float = 18.0
    corrected: float = 3.8
    deleted: float = 1.5
    expected: float = 10.0  # a footprint of which nobody knows yet whether it has to be drawn or corrected
    footprint_m2: float = 100.0  # the usual ground of a building

    @staticmethod
    def of(classes: Sequence[MappedClass], tile_m2: float) -> AnnotationCost:
        """The cost where these are mapped: the objects of other classes than buildings are as large as a tile shows.

        That they take a sixteenth of a tile is our estimate.
        """
        if all(each.is_squared for each in classes):
            return AnnotationCost()
        return AnnotationCost(footprint_m2=max(AnnotationCost.footprint_m2, tile_m2 / OBJECTS_A_TILE))

    def minutes(self, drafts: ConfusionCounts, tiles: int) -> float:
        """Of annotating tiles, given how the drafts matched the true footprints there (IoU at least 0.5)."""
        seconds = self.corrected * drafts.tp + self.drawn * drafts.fn + self.deleted * drafts.fp
        return (self.tile * tiles + seconds) / 60

    def expected_minutes(self, mapped_m2: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of annotating each tile, (tile,), given the ground there on which something shows."""
        return (self.tile + self.expected * mapped_m2 / self.footprint_m2) / 60
