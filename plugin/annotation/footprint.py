"""A footprint on the map while its tile is annotated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Footprint:
    """An outline as WKB in the grid's CRS, its class, and the version that proposes it, where it is a draft.

    The class is None in a campaign that maps one.
    """

    wkb: bytes
    of_class: str | None = None
    version: str | None = None
