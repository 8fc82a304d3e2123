"""A draft: a footprint that a model version proposes."""

from __future__ import annotations

from dataclasses import dataclass

from .outline_checks import Footprint


@dataclass(frozen=True)
class Draft:
    """An outline in the grid's CRS, and the version that drew it: it keeps that one when the model changes."""

    outline: Footprint
    version: str
