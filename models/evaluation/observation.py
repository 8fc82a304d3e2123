"""How right a version was on tiles before it was trained on them: what the predicted IoU is learnt from."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from ..campaign.label_store import LabelStore
from ..campaign.records import ANNOTATED, TileState
from ..imagery.grid import TileGrid
from ..imagery.raster import Imagery, read_tiles
from ..jobs import Job
from ..priority.predicted_iou import smoothed_iou
from ..priority.queue import Observations
from ..priority.scoring import score_batch
from ..segmentation.metrics import pixel_counts
from ..segmentation.outlines import THRESHOLD
from ..segmentation.prediction import Predictor
from ..training.samples import Samples

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
    known = {seen.tile.id for seen in store.tile_quality() if seen.version == version and seen.pixels}
    new = [index for index, tile in enumerate(samples.tiles) if tile.id not in known and tile.id not in learnt]
    done = 0
    for pixels in read_tiles(imagery, grid, [samples.tiles[index] for index in new]):
        batch = new[done : done + len(pixels.values)]
        scores, prediction = score_batch(predictor, [samples.tiles[index] for index in batch], pixels)
        for index, probability in zip(batch, prediction.probability):
            tile, mask = samples.tiles[index], samples.masks[index].numpy()
            shown = probability >= THRESHOLD
            store.add_tile_quality(tile, version, smoothed_iou(mask, shown), scores[tile], pixel_counts(shown, mask))
        done += len(batch)
        yield done / len(new)


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
