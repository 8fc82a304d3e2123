"""A labelled region in memory: what a simulation annotates, what its gate sees, and what measures it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import shapely
import torch
from numpy.typing import NDArray

from ..annotation.label_source import ONE_CLASS, ClassReading, open_labels
from ..annotation.labels import Labels
from ..annotation.mask import IGNORE
from ..campaign.layout import lay_out
from ..campaign.model_store import OBSERVATIONS, VersionCard, check_bands, load_network
from ..errors import on_a_line
from ..imagery.grid import Tile, TileGrid
from ..imagery.raster import Imagery, open_imagery
from ..jobs import Job
from ..priority.queue import Observations, read_observations
from ..segmentation.classes import MappedClass
from ..segmentation.device import prepare_device
from ..segmentation.precision import is_bfloat16_safe
from ..segmentation.prediction import Predictor
from ..training.samples import Samples, load_samples
from ..training.split import BLOCK, EXAM, FEWEST_BLOCKS, TRAINING, block_of


@dataclass(frozen=True)
class Region:
    """All labelled tiles of a region, what they are for, its true labels, and the start version.

    Of the area those to annotate are the pool, those of the exam are what the gate sees, and the held-out ones measure
    the model: places in the area, each (tile,). Where the region has too few exam tiles to have two sets of them, the
    exam measures; where it has none, the gate sees what fine-tuning has held out in turn.
    """

    name: str
    grid: TileGrid
    area: Samples
    pool: NDArray[np.intp]
    exam: NDArray[np.intp]
    held_out: NDArray[np.intp]
    labels: Labels
    start: VersionCard
    predictor: Predictor
    calibration_set: Observations | None
    fingerprint: str  # of all that a result depends on

    @property
    def gsd_metres(self) -> float:
        return self.grid.gsd_metres

    @property
    def tile_size_px(self) -> int:
        return self.grid.tile_size_px

    @property
    def classes(self) -> tuple[MappedClass, ...]:
        return self.start.classes

    @cached_property
    def has_foreground(self) -> NDArray[np.bool_]:
        """Whether any class is on each tile of the area, (tile,)."""
        return self.area.has_foreground

    @property
    def measured(self) -> NDArray[np.intp]:
        """The tiles that measure the model: places in the area."""
        return self.held_out if len(self.held_out) else self.exam

    def samples(self, places: Sequence[int] | NDArray[np.intp]) -> Samples:
        """The tiles in some places of the area, in that order."""
        return self.area.part(torch.as_tensor(places, dtype=torch.long))

    def labels_on(self, place: int) -> Labels:
        """The true footprints that share ground with a tile of the area."""
        tile = shapely.box(*self.grid.tile_bounds(self.area.tiles[place]))
        return self.labels.part(shapely.intersects(self.labels.outlines, tile))


def open_region(
    imagery: Path,
    labels: Path,
    start: Path,
    *,
    area: Path | None = None,
    gsd_metres: float | None = None,
    tile_size_px: int = 256,
    bands: Sequence[int | str] | None = None,
    exam_tiles: int | None = 0,
    name: str | None = None,
    has_gate: bool = True,
    reading: ClassReading = ONE_CLASS,
    precision: Path,
) -> Job[Region]:
    """Lay the region out as a campaign would, and read all its tiles; ``precision`` keeps the proof of bfloat16.

    With 0 ``exam_tiles`` there is no exam, and a tenth of the tiles measures; None is an exam of a tenth. Where there
    is a gate, as many blocks again as the exam has are set aside to measure, if that gives both enough of them for the
    gate to decide; else the exam measures too. Labels are taken to be complete. Tiles of the pool that are mostly
    no-data are left out, as nobody would draw there.
    """
    network, card = load_network(start)
    opened = open_imagery(imagery, bands)
    check_bands(card, opened)
    layout = lay_out(opened, area, gsd_metres, tile_size_px, exam_tiles or None, seed=0)
    exam, measured = layout.tiles(EXAM), list[Tile]()
    if exam_tiles == 0:
        exam, measured = measured, exam
    elif has_gate and len({block_of(tile) for tile in exam}) >= FEWEST_BLOCKS and len(exam) >= FEWEST_BLOCKS * BLOCK**2:
        layout = lay_out(opened, area, gsd_metres, tile_size_px, 2 * len(exam), seed=0)
        exam, measured = _halves(layout.tiles(EXAM))
    device = prepare_device()
    is_mixed = device.type == "cpu" and is_bfloat16_safe(card.architecture, precision)
    predictor = Predictor(network.to(device), layout.normalization, device, is_mixed, card.classes)
    parts = [exam, measured, layout.tiles(TRAINING)]
    tiles = [tile for part in parts for tile in part]
    with ExitStack() as files:
        source = yield from open_labels(labels, layout.grid, [each.name for each in card.classes], reading, files)
        known = {tile: source.on_tile(tile) for tile in tiles}
    every = yield from load_samples(  # read once: the rounds of a simulation read no file
        opened, layout.grid, layout.normalization, lambda tile: known[tile].labels, tiles, card.classes
    )
    for targets, tile in zip(every.targets, tiles):
        targets[:, torch.from_numpy(~known[tile].is_known)] = IGNORE
    ends = np.cumsum([len(part) for part in parts[:-1]])
    of_exam, of_measured, of_pool = np.split(np.arange(len(every.tiles)), ends)
    is_seen = (every.masks[of_pool] != IGNORE).float().mean(dim=(1, 2)).numpy() > 0.5
    observed = start / OBSERVATIONS
    return Region(
        name=on_a_line(name or imagery.stem),
        grid=layout.grid,
        area=every,
        pool=of_pool[is_seen],
        exam=of_exam,
        held_out=of_measured,
        labels=_distinct(found.labels for found in known.values()),
        start=card,
        predictor=predictor,
        calibration_set=read_observations(observed) if observed.exists() else None,
        fingerprint=_fingerprint(opened, layout.grid, every, len(measured), card),
    )


def _distinct(of_tiles: Iterable[Labels]) -> Labels:
    """The labels of all tiles, each once though it lies on several."""
    found = {
        outline.wkb: (outline, number) for each in of_tiles for outline, number in zip(each.outlines, each.classes)
    }
    return Labels.of(found.values())


def _halves(exam: Sequence[Tile]) -> tuple[list[Tile], list[Tile]]:
    """Every second block of the exam, and the others: both spread over the area."""
    first = set(sorted({block_of(tile) for tile in exam})[::2])
    return [tile for tile in exam if block_of(tile) in first], [tile for tile in exam if block_of(tile) not in first]


def _fingerprint(imagery: Imagery, grid: TileGrid, samples: Samples, measured: int, card: VersionCard) -> str:
    known = [imagery.fingerprint, imagery.bands, grid, samples.tiles, measured, card.sha256]
    digest = hashlib.sha256(repr(known).encode())
    digest.update(samples.targets.numpy().tobytes())
    return digest.hexdigest()[:12]
