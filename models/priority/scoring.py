"""Tiles through the network, once for each model version: statistics and embedding of each go into the cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..imagery.grid import Bounds, Tile, TileGrid
from ..imagery.raster import Imagery, Pixels, read_tiles
from ..jobs import Job
from ..segmentation.prediction import Prediction, Predictor
from .score_cache import ScoreCache, TileScore
from .uncertainty import tile_statistics

OnScores = Callable[[Mapping[Tile, TileScore]], None]
FLAT = 0.02  # standard deviations of the imagery: a tile that varies less is blank


def score_tiles(
    predictor: Predictor,
    imagery: Imagery,
    grid: TileGrid,
    tiles: Sequence[Tile],
    cache: ScoreCache,
    version: str,
    batch_size: int = 8,
    on_scores: OnScores | None = None,
) -> Job[int]:
    """Score the tiles that the cache lacks for this version (the hash of its weights); returns how many these were.

    Each batch is kept as soon as it is done, then ``on_scores`` is told; first of all it is told what was known before.
    Tiles without a picture, all no-data or one flat colour, are kept as bad and never reach the network.
    """
    known = cache.scored(imagery.fingerprint, version)
    missing = [tile for tile in tiles if tile.id not in known]
    if on_scores and known:
        kept = cache.scores(imagery.fingerprint, version)
        on_scores(_seen({tile: kept[tile.id] for tile in tiles if tile.id in kept}))
    done = 0
    for pixels in read_tiles(imagery, grid, missing, batch_size):
        batch = missing[done : done + len(pixels.values)]
        scores = _score(predictor, batch, pixels)
        cache.add(imagery.fingerprint, version, scores)
        if on_scores:
            on_scores(_seen(scores))
        done += len(batch)
        yield done / len(missing)
    return len(missing)


def in_view_first(tiles: Sequence[Tile], grid: TileGrid, view: Bounds) -> list[Tile]:
    """The tiles that touch a view, bounds in the grid's CRS, before the others, each in the order given."""
    left, bottom, right, top = view

    def is_out_of_view(tile: Tile) -> bool:
        west, south, east, north = grid.tile_bounds(tile)
        return west > right or east < left or south > top or north < bottom

    return sorted(tiles, key=is_out_of_view)


def score_batch(
    predictor: Predictor, tiles: Sequence[Tile], pixels: Pixels
) -> tuple[dict[Tile, TileScore], Prediction]:
    """The scores of tiles that have a picture, and the prediction that they come from."""
    prediction = predictor.predict(pixels)
    statistics = tile_statistics(prediction.probability).features()
    scores = {tile: TileScore(*score) for tile, *score in zip(tiles, statistics, prediction.embedding)}
    return scores, prediction


def _score(predictor: Predictor, tiles: Sequence[Tile], pixels: Pixels) -> dict[Tile, TileScore | None]:
    has_picture = _has_picture(predictor, pixels)
    scores: dict[Tile, TileScore | None] = dict.fromkeys(tiles)
    if has_picture.any():
        seen = [tile for tile, is_seen in zip(tiles, has_picture) if is_seen]
        scores |= score_batch(predictor, seen, Pixels(pixels.values[has_picture], pixels.valid[has_picture]))[0]
    return scores


def _seen(scores: Mapping[Tile, TileScore | None]) -> dict[Tile, TileScore]:
    return {tile: score for tile, score in scores.items() if score}


def _has_picture(predictor: Predictor, pixels: Pixels) -> NDArray[np.bool_]:
    """Whether there is anything to see on each tile, (tile,)."""
    spread = np.ptp(pixels.values, axis=(2, 3)) / np.asarray(predictor.normalization.std)  # (tile, band)
    result: NDArray[np.bool_] = pixels.valid.any(axis=(1, 2)) & (spread > FLAT).any(axis=1)
    return result
