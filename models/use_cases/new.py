"""A campaign over imagery in a new folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..campaign.layout import lay_out
from ..campaign.model_store import BASE_MODEL, VersionCard, read_card
from ..campaign.workspace import Workspace, create_workspace
from ..errors import ModelError
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
    exam_tiles: int | None = None,
    seed: int = 0,
) -> Workspace:
    """Open a campaign over imagery in a new folder: lay the grid, and set the exam tiles aside before anything else."""
    start = start or BASE_MODEL
    opened = open_imagery(imagery, bands)
    _check_bands(opened, read_card(start))
    layout = lay_out(opened, area, gsd_metres, tile_size_px, exam_tiles, seed)
    return create_workspace(folder, opened, layout, start)


def _check_bands(imagery: Imagery, card: VersionCard) -> None:
    if len(imagery.bands) != card.bands:
        example = ",".join(["1"] * card.bands if len(imagery.bands) == 1 else map(str, range(1, card.bands + 1)))
        raise ModelError(
            "bands-do-not-fit",
            "{name} has {bands} bands, the model '{version}' takes {wanted}: red, green, blue. Name the ones "
            "to use, in that order, with the option bands, for example {example}.",
            name=imagery.path.name,
            bands=len(imagery.bands),
            version=card.id,
            wanted=card.bands,
            example=example,
        )
