"""A draft: a footprint that a model version proposes."""

from __future__ import annotations

from dataclasses import dataclass

from .outline_checks import Footprint


@dataclass(frozen=True)
class Draft:
    """An outline in the grid's CRS, and the version that drew it: it keeps that one when the model changes.

    Its class is None in a campaign that maps one.
    """

    outline: Footprint
    version: str
    of_class: str | None = None
