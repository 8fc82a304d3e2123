"""Tiles through the network: the statistics of its probabilities and the embedding of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..imagery.grid import Bounds, Tile, TileGrid
from ..imagery.raster import Pixels
from ..segmentation.prediction import Prediction, Predictor
from .uncertainty import TileScore, doubts, tile_statistics

FLAT = 0.02  # standard deviations of the imagery: a tile that varies less is blank


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
    doubt = doubts(prediction.probability)
    scores = {tile: TileScore(*score) for tile, *score in zip(tiles, statistics, prediction.embedding, doubt)}
    return scores, prediction


def score_where_seen(predictor: Predictor, tiles: Sequence[Tile], pixels: Pixels) -> dict[Tile, TileScore | None]:
    """As ``score_batch``, but None for a tile without a picture: all no-data, or one flat colour."""
    has_picture = _has_picture(predictor, pixels)
    scores: dict[Tile, TileScore | None] = dict.fromkeys(tiles)
    if has_picture.any():
        seen = [tile for tile, is_seen in zip(tiles, has_picture) if is_seen]
        scores |= score_batch(predictor, seen, Pixels(pixels.values[has_picture], pixels.valid[has_picture]))[0]
    return scores


def _has_picture(predictor: Predictor, pixels: Pixels) -> NDArray[np.bool_]:
    """Whether there is anything to see on each tile, (tile,)."""
    spread = np.ptp(pixels.values, axis=(2, 3)) / np.asarray(predictor.normalization.std)  # (tile, band)
    result: NDArray[np.bool_] = pixels.valid.any(axis=(1, 2)) & (spread > FLAT).any(axis=1)
    return result
