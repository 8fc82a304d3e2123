"""A campaign over imagery in a new folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..campaign.layout import lay_out
from ..campaign.model_store import BASE_MODEL, VersionCard, check_bands, read_card
from ..campaign.workspace import Workspace, create_workspace
from ..imagery.fingerprint import is_fingerprint_of
from ..imagery.raster import Imagery, open_imagery


def new(
    folder: Path,
    imagery: Path,
    *,
    area: Path | None = None,
    gsd_metres: float | None = None,
    tile_size_px: int = 256,
    bands: Sequence[int] | None = None,
    start: Path | None = None,
    exam_tiles: int = 0,
    seed: int = 0,
) -> Workspace:
    """Open a campaign over imagery in a new folder: lay the grid, and set exam tiles aside, if any are wanted."""
    start = start or BASE_MODEL
    opened = open_imagery(imagery, bands)
    check_bands(read_card(start), opened)
    layout = lay_out(opened, area, gsd_metres, tile_size_px, exam_tiles, seed)
    return create_workspace(folder, opened, layout, start)


def has_seen(card: VersionCard, imagery: Imagery) -> bool:
    """Whether a version was trained on this very imagery: then all its figures there flatter."""
    return any(is_fingerprint_of(known, imagery) for known in card.trained_on.values())
