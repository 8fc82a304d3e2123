"""How right a version was on tiles before it was trained on them: what the predicted IoU is learnt from."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import torch

from ..campaign.label_store import LabelStore
from ..campaign.records import ANNOTATED, TileState
from ..campaign.workspace import Workspace
from ..imagery.raster import read_tiles
from ..jobs import Job
from ..priority.predicted_iou import smoothed
from ..priority.queue import Observations
from ..priority.scoring import score_batch
from ..segmentation.metrics import TileCounts
from ..segmentation.mosaic import as_stored
from ..segmentation.prediction import Predictor
from ..training.samples import Samples
from .exam import count_pixels
from .footprint_match import match_on_tile

STATISTICS = 4  # of each tile


def observe(
    workspace: Workspace,
    predictor: Predictor,
    version: str,
    samples: Samples,
    learnt: Collection[str],
    store: LabelStore,
) -> Job[None]:
    """Keep how right a version is on annotated tiles that it has not learnt from, and what it predicted there.

    ``learnt`` are the ids of those that it has. What was observed before is not looked at again.
    """
    known = {
        seen.tile.id
        for seen in store.tile_quality()
        if seen.version == version and seen.counts and seen.counts.footprints
    }
    new = [index for index, tile in enumerate(samples.tiles) if tile.id not in known and tile.id not in learnt]
    if not new:
        return
    unlearnt, done = samples.part(torch.tensor(new)), 0
    names = [each.name for each in predictor.classes]
    for pixels in read_tiles(workspace.imagery, workspace.grid, unlearnt.tiles):
        batch = unlearnt.part(torch.arange(done, done + len(pixels.values)))
        scores, prediction = score_batch(predictor, batch.tiles, pixels)
        seen = as_stored(prediction.layers)
        for tile, counts in zip(batch.tiles, count_pixels(batch, seen, len(predictor.classes))):
            found = match_on_tile(predictor, workspace.imagery, workspace.grid, tile, store.labels_in(tile, names))
            iou = smoothed(counts, batch.masks[0].numel())
            store.add_tile_quality(tile, version, iou, scores[tile], TileCounts(counts, found))
            done += 1
            yield done / len(new)


def observations(store: LabelStore) -> Observations:
    """What was seen of the annotated tiles on which a version was measured before it was trained on them.

    Of several versions on a tile the last one counts. Those of which only the IoU is known, from before schema 2, are
    left out, as are those of which a sibling was looked at.
    """
    has_foreground = {record.tile: record.state is TileState.DONE for record in store.tiles(states=ANNOTATED)}
    last = {known.tile: known for known in store.tile_quality() if known.embedding is not None}
    seen = [known for tile, known in last.items() if tile in has_foreground]
    embeddings = [known.embedding for known in seen if known.embedding is not None]
    return Observations(
        statistics=np.array([known.statistics for known in seen]).reshape(-1, STATISTICS),
        iou=np.array([known.iou for known in seen]),
        has_foreground=np.array([has_foreground[known.tile] for known in seen], bool),
        tiles=tuple(known.tile for known in seen),
        embedding=np.stack(embeddings) if embeddings else np.empty((0, 0), np.float32),
    )
