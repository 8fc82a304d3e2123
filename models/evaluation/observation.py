"""How right a version was on tiles before it was trained on them: what the predicted IoU is learnt from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..campaign.label_store import LabelStore
from ..campaign.model_store import VersionCard
from ..campaign.records import ANNOTATED, TileState
from ..campaign.score_cache import ScoreCache
from ..imagery.grid import Tile, TileGrid
from ..imagery.raster import Imagery, read_tiles
from ..jobs import Job
from ..priority.predicted_iou import smoothed_iou
from ..priority.queue import Observations
from ..priority.scoring import score_batch
from ..segmentation.prediction import Predictor
from ..training.samples import Samples
from .exam import THRESHOLD

STATISTICS = 4  # of each tile


def observe(
    predictor: Predictor,
    card: VersionCard,
    cards: Sequence[VersionCard],
    imagery: Imagery,
    grid: TileGrid,
    samples: Samples,
    store: LabelStore,
    cache: ScoreCache,
) -> Job[None]:
    """Keep the IoU of a version on annotated tiles on which none of the ``cards`` was measured yet, and its scores."""
    measured = {tile for known in cards for tile in store.tile_quality(known.id)}
    new = [index for index, tile in enumerate(samples.tiles) if tile not in measured]
    done = 0
    for pixels in read_tiles(imagery, grid, [samples.tiles[index] for index in new]):
        batch = new[done : done + len(pixels.values)]
        scores, prediction = score_batch(predictor, [samples.tiles[index] for index in batch], pixels)
        cache.add(imagery.fingerprint, card.sha256, scores)
        for index, probability in zip(batch, prediction.probability):
            mask = samples.masks[index].numpy()
            store.set_tile_quality(samples.tiles[index], card.id, smoothed_iou(mask, probability >= THRESHOLD))
        done += len(batch)
        yield done / len(new)


def observations(store: LabelStore, cache: ScoreCache, fingerprint: str, cards: Sequence[VersionCard]) -> Observations:
    """What was seen of the annotated tiles on which a version was measured before it was trained on them."""
    has_buildings = {record.tile: record.state is TileState.DONE for record in store.tiles(states=ANNOTATED)}
    tiles: list[Tile] = []
    statistics, iou = [], []
    for card in cards:
        for tile, value in store.tile_quality(card.id).items():
            if tile in has_buildings and (score := cache.score(fingerprint, card.sha256, tile)):
                tiles.append(tile)
                statistics.append(score.statistics)
                iou.append(value)
    known = np.array([has_buildings[tile] for tile in tiles], bool)
    return Observations(np.array(statistics).reshape(-1, STATISTICS), np.array(iou), known, tuple(tiles))
