"""A labelled region in memory: what a simulation annotates, and what it examines."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from geopandas import GeoSeries
from numpy.typing import NDArray

from ..annotation.footprint_file import read_footprints
from ..annotation.mask import BUILDING, IGNORE, mask_of
from ..campaign.layout import lay_out
from ..campaign.model_store import OBSERVATIONS, VersionCard, check_bands, load_network
from ..imagery.grid import Tile, TileGrid
from ..imagery.raster import Imagery, open_imagery, read_tiles
from ..jobs import Job
from ..priority.queue import Observations, read_observations
from ..segmentation.device import prepare_device
from ..segmentation.precision import is_bfloat16_safe
from ..segmentation.prediction import Predictor, normalized_tensor
from ..training.samples import Samples
from ..training.split import EXAM, TRAINING


@dataclass(frozen=True)
class Region:
    """All labelled tiles of a region, those to annotate (the pool) and those of the exam, and the start version."""

    name: str
    gsd_metres: float
    tile_size_px: int
    pool: Samples
    exam: Samples
    start: VersionCard
    predictor: Predictor
    elsewhere: Observations | None
    fingerprint: str  # of all that a result depends on

    @property
    def has_buildings(self) -> NDArray[np.bool_]:
        """Whether each tile of the pool has any, (tile,)."""
        built: NDArray[np.bool_] = (self.pool.masks == BUILDING).flatten(1).any(1).numpy()
        return built


def open_region(
    imagery: Path,
    labels: Path,
    start: Path,
    *,
    area: Path | None = None,
    gsd_metres: float | None = None,
    tile_size_px: int = 256,
    bands: Sequence[int] | None = None,
    exam_tiles: int | None = None,
    name: str | None = None,
    precision: Path,
) -> Job[Region]:
    """Lay the region out as a campaign would, and read all its tiles; ``precision`` keeps the proof of bfloat16.

    Labels are taken to be complete. Tiles of the pool that are mostly no-data are left out, as nobody would draw there.
    """
    network, card = load_network(start)
    opened = open_imagery(imagery, bands)
    check_bands(card, opened)
    layout = lay_out(opened, area, gsd_metres, tile_size_px, exam_tiles, seed=0)
    footprints = read_footprints(labels, layout.grid).geometry
    device = prepare_device()
    is_mixed = device.type == "cpu" and is_bfloat16_safe(card.architecture, precision)
    predictor = Predictor(network.to(device), layout.normalization, device, is_mixed)
    exam, training = layout.tiles(EXAM), layout.tiles(TRAINING)
    every = yield from _read(opened, layout.grid, predictor, footprints, [*exam, *training])
    pool = torch.arange(len(exam), len(every.tiles))
    seen = (every.masks[pool] != IGNORE).float().mean(dim=(1, 2)) > 0.5
    observed = start / OBSERVATIONS
    return Region(
        name=name or imagery.stem,
        gsd_metres=layout.grid.gsd_metres,
        tile_size_px=tile_size_px,
        pool=_those(every, pool[seen]),
        exam=_those(every, torch.arange(len(exam))),
        start=card,
        predictor=predictor,
        elsewhere=read_observations(observed) if observed.exists() else None,
        fingerprint=_fingerprint(opened, layout.grid, every, card),
    )


def _read(
    imagery: Imagery, grid: TileGrid, predictor: Predictor, footprints: GeoSeries, tiles: Sequence[Tile]
) -> Job[Samples]:
    """All tiles with their masks, read once: the rounds of a simulation read no file."""
    near = footprints.sindex
    pixels: list[torch.Tensor] = []
    masks: list[torch.Tensor] = []
    for batch in read_tiles(imagery, grid, tiles):
        for valid in batch.valid:
            tile = tiles[len(masks)]
            inside = footprints.iloc[list(near.intersection(grid.tile_bounds(tile)))]
            masks.append(torch.from_numpy(mask_of(inside, grid, tile, ignored=~valid)))
        pixels.append(normalized_tensor(batch, predictor.normalization).half())
        yield len(masks) / len(tiles)
    return Samples(tuple(tiles), torch.cat(pixels), torch.stack(masks))


def _those(samples: Samples, places: torch.Tensor) -> Samples:
    return Samples(
        tuple(samples.tiles[place] for place in places.tolist()), samples.pixels[places], samples.masks[places]
    )


def _fingerprint(imagery: Imagery, grid: TileGrid, samples: Samples, card: VersionCard) -> str:
    known = [imagery.fingerprint, imagery.bands, grid, samples.tiles, card.sha256]
    digest = hashlib.sha256(repr(known).encode())
    digest.update(samples.masks.numpy().tobytes())
    return digest.hexdigest()[:12]
