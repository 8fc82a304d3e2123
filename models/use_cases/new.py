"""A campaign over imagery in a new folder."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ..campaign.adapter_file import unpack_adapter_file
from ..campaign.layout import Layout, lay_out
from ..campaign.model_store import BASE_MODEL, BLANK, VersionCard, check_bands, load_network, read_card, save_version
from ..campaign.workspace import Workspace, create_workspace
from ..choices import ADAPTER_SUFFIX
from ..errors import ImageryError, ModelError
from ..imagery.fingerprint import is_fingerprint_of
from ..imagery.raster import Imagery, open_imagery, read_tiles
from ..segmentation.classes import BUILDING, MappedClass
from ..storage.limits import MOST_BANDS_UNASKED

BUILDINGS = "building"  # the start version that ships; the other that is always there is BLANK
SEEN_TILES = 48  # by which batch norm is fitted


def new(
    folder: Path,
    imagery: Path,
    *,
    area: Path | None = None,
    gsd_metres: float | None = None,
    tile_size_px: int = 256,
    bands: Sequence[int | str] | None = None,
    classes: Sequence[MappedClass] = (),
    start: Path | str | None = None,
    exam_tiles: int = 0,
    seed: int = 0,
    now: datetime | None = None,
) -> Workspace:
    """Open a campaign over imagery in a new folder: lay the grid, and set exam tiles aside, if any are wanted.

    It begins with the ``building`` version that ships, with the version in a folder or the adapter in a file, or with a
    ``blank`` one, which has yet to learn its ``classes``; without a word with the first where only buildings are to be
    mapped, else with the last.
    """
    start = start or (BUILDINGS if tuple(classes) in ((), (BUILDING,)) else BLANK)
    opened = open_imagery(imagery, bands)
    with tempfile.TemporaryDirectory() as scratch:
        beside = Path(scratch) / "start"
        if start == BLANK:
            _check_choice(opened, bands, classes)
            layout = lay_out(opened, area, gsd_metres, tile_size_px, exam_tiles, seed)
            _save_blank(beside, opened, layout, tuple(classes), seed, now or datetime.now().astimezone())
            return create_workspace(folder, opened, layout, beside)
        version = BASE_MODEL if start == BUILDINGS else Path(start)
        if version.suffix.lower() == ADAPTER_SUFFIX:
            unpack_adapter_file(version, beside)
            version = beside
        _check_start(read_card(version), opened, classes)
        layout = lay_out(opened, area, gsd_metres, tile_size_px, exam_tiles, seed)
        return create_workspace(folder, opened, layout, version)


def _check_start(card: VersionCard, imagery: Imagery, classes: Sequence[MappedClass]) -> None:
    """ModelError where a version sees other bands than the imagery has, or maps other classes than are wanted."""
    check_bands(card, imagery)
    if classes and tuple(each.name for each in classes) != tuple(each.name for each in card.classes):
        raise ModelError(
            "classes-of-start",
            "The start version '{version}' maps {known}, not {classes}. Take '{blank}' to start from, which can learn "
            "these.",
            version=card.id,
            known=", ".join(each.name for each in card.classes),
            classes=", ".join(each.name for each in classes),
            blank=BLANK,
        )


def _check_choice(imagery: Imagery, bands: Sequence[int | str] | None, classes: Sequence[MappedClass]) -> None:
    """Raises where a blank start does not know what it shall see, or map."""
    if not classes:
        raise ModelError(
            "classes-needed",
            "A campaign that starts blank has to know what it maps. Name its classes, for example water (option "
            "classes).",
        )
    if bands is None and len(imagery.bands) > MOST_BANDS_UNASKED:
        raise ImageryError(
            "bands-to-choose",
            "{name} has {bands} bands: {known}. Say which ones the model shall see (option bands), for example "
            "{example}.",
            name=imagery.path.name,
            bands=len(imagery.bands),
            known=", ".join(imagery.band_names),
            example=",".join(map(str, imagery.bands)),
        )


def _save_blank(
    folder: Path, imagery: Imagery, layout: Layout, classes: tuple[MappedClass, ...], seed: int, now: datetime
) -> None:
    """A version without knowledge for the bands of some imagery, in a new folder."""
    from ..pretraining.blank_start import blank_network, fit_batch_norm
    from ..segmentation.architecture import Architecture
    from ..segmentation.prediction import normalized_tensor

    known, shipped = load_network(BASE_MODEL)
    has_border = any(each.is_squared for each in classes)
    architecture = Architecture(shipped.encoder, shipped.decoder_channels, len(imagery.bands), has_border, len(classes))
    tiles = list(layout.splits)
    some = tiles[:: max(1, len(tiles) // SEEN_TILES)][:SEEN_TILES]
    batches = (normalized_tensor(batch, layout.normalization) for batch in read_tiles(imagery, layout.grid, some))
    network = fit_batch_norm(blank_network(known, architecture, imagery.band_names, seed), batches)
    card = VersionCard(
        id=BLANK,
        parent=None,
        created=now.isoformat(timespec="seconds"),
        method=BLANK,
        encoder=shipped.encoder,
        decoder_channels=shipped.decoder_channels,
        bands=len(imagery.bands),
        has_border=has_border,
        classes=classes,
        band_names=imagery.band_names,
        settings={"seed": seed, "encoder_of": shipped.id},
    )
    save_version(folder, network, card)


def has_seen(card: VersionCard, imagery: Imagery) -> bool:
    """Whether a version was trained on this very imagery: then all its figures there flatter."""
    return any(is_fingerprint_of(known, imagery) for known in card.trained_on.values())
