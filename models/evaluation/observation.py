"""How right a version was on tiles before it was trained on them: what the predicted IoU is learnt from."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import torch
from numpy.typing import NDArray

from ..annotation.mask import IGNORE
from ..campaign.label_store import LabelStore
from ..campaign.records import ANNOTATED, TileState
from ..imagery.grid import Tile, TileGrid
from ..imagery.raster import Imagery, read_tiles
from ..jobs import Job
from ..priority.predicted_iou import smoothed
from ..priority.queue import Observations
from ..priority.scoring import score_batch
from ..segmentation.metrics import FootprintCounts, TileCounts
from ..segmentation.mosaic import as_stored
from ..segmentation.prediction import Predictor
from ..training.samples import FootprintsIn, Samples
from .exam import count_pixels
from .footprint_match import match_footprints

STATISTICS = 4  # of each tile


def observe(
    predictor: Predictor,
    version: str,
    imagery: Imagery,
    grid: TileGrid,
    samples: Samples,
    learnt: Collection[str],
    store: LabelStore,
) -> Job[None]:
    """Keep how right a version is on annotated tiles that it has not learnt from, and what it predicted there.

    ``learnt`` are the ids of those that it has. What was observed before is not looked at again.
    """
    known = {seen.tile.id for seen in store.tile_quality() if seen.version == version and seen.counts}
    new = [index for index, tile in enumerate(samples.tiles) if tile.id not in known and tile.id not in learnt]
    if not new:
        return
    unlearnt, done = samples.part(torch.tensor(new)), 0
    match = matching(unlearnt, store.footprints_in, grid)
    for pixels in read_tiles(imagery, grid, unlearnt.tiles):
        batch = unlearnt.part(torch.arange(done, done + len(pixels.values)))
        scores, prediction = score_batch(predictor, batch.tiles, pixels)
        seen = as_stored(prediction.layers)
        for tile, layers, counts in zip(batch.tiles, seen, count_pixels(batch, seen)):
            iou = smoothed(counts, layers[0].size)
            store.add_tile_quality(tile, version, iou, scores[tile], TileCounts(counts, match(tile, layers)))
        done += len(batch.tiles)
        yield done / len(new)


def matching(
    samples: Samples, footprints_in: FootprintsIn, grid: TileGrid
) -> Callable[[Tile, NDArray[np.uint8]], FootprintCounts]:
    """What counts the footprints found on an annotated tile, from what a version sees there, (layer, row, column).

    The labels are those of this moment, whatever is drawn meanwhile.
    """
    known = {tile: mask.numpy() != IGNORE for tile, mask in zip(samples.tiles, samples.masks)}
    true = {tile: footprints_in(tile) for tile in samples.tiles}

    def match(tile: Tile, layers: NDArray[np.uint8]) -> FootprintCounts:
        return match_footprints([tile], layers[None], known[tile][None], true[tile], grid)

    return match


def observations(store: LabelStore) -> Observations:
    """What was seen of the annotated tiles on which a version was measured before it was trained on them.

    Of several versions on a tile the last one counts. Those of which only the IoU is known, from before schema 2, are
    left out, as are those of which a sibling was looked at.
    """
    has_buildings = {record.tile: record.state is TileState.DONE for record in store.tiles(states=ANNOTATED)}
    last = {known.tile: known for known in store.tile_quality() if known.embedding is not None}
    seen = [known for tile, known in last.items() if tile in has_buildings]
    embeddings = [known.embedding for known in seen if known.embedding is not None]
    return Observations(
        statistics=np.array([known.statistics for known in seen]).reshape(-1, STATISTICS),
        iou=np.array([known.iou for known in seen]),
        has_buildings=np.array([has_buildings[known.tile] for known in seen], bool),
        tiles=tuple(known.tile for known in seen),
        embedding=np.stack(embeddings) if embeddings else np.empty((0, 0), np.float32),
    )
