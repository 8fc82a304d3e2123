"""How often rules for the gate activate a version that is no better, and one that is: makes ``gate_trials.csv``.

Exams are drawn: blocks of four tiles or single ones, half of the tiles without a building, footprints of very unequal
size, false alarms also on empty tiles. Both versions of an exam err alike, but for a part of their errors that differs
from version to version and is correlated inside a block. Run it with ``python -m tiletriage.tests.tools.gate_trials``.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import norm, t

from tiletriage.models.segmentation.metrics import iou_of

TABLE = Path(__file__).parents[2] / "models" / "training" / "gate_trials.csv"
TILE_PIXELS, DRAWS, CHANCE = 256**2, 1000, 0.05


def draw_exams(rng, trials, blocks, correlation, gain=0.0, tiles_a_block=4, built=(0.75, 0.65)):
    """Counts of pixels (trial, version, block, tile, count); ``gain`` is that of the second version in logits.

    ``built`` are the shares of blocks with buildings, and of tiles with buildings in these.
    """
    shape = (trials, blocks, tiles_a_block)

    def alike(share):
        """Standard normal values, correlated inside each block."""
        common = rng.standard_normal((trials, blocks, 1))
        return np.sqrt(share) * common + np.sqrt(1 - share) * rng.standard_normal(shape)

    has_foreground = (rng.random((trials, blocks, 1)) < built[0]) & (rng.random(shape) < built[1])
    size = TILE_PIXELS * has_foreground * np.minimum(0.6, 0.06 * np.exp(alike(0.36)))
    recall, alarm = 1.4 + 0.7 * alike(0.3), -1.4 + 0.7 * alike(0.3)
    stray = np.where(rng.random(shape) < 0.4, np.exp(5 + 1.2 * rng.standard_normal(shape)), 0)
    versions = []
    for better in (0, gain):
        found = size / (1 + np.exp(-recall - 0.5 * alike(correlation) - better))
        own = np.exp(0.5 * alike(correlation) - better)
        versions.append(np.stack([found, size * np.exp(alarm) * own + stray * own**2, size - found], axis=-1))
    return np.rint(np.stack(versions, axis=1)).astype(np.int64)


def percentile(counts, rng):
    """Whether the lower end of a 90 % bootstrap over blocks lies above 0, (trial,)."""
    return np.quantile(_resampled(counts, rng), CHANCE, axis=1) > 0


def percentile_of_tiles(counts, rng):
    """The same over tiles, as the gate was before."""
    return percentile(counts.reshape(*counts.shape[:2], -1, 1, 3), rng)


def bca(counts, rng):
    """The same with the bias-corrected and accelerated interval (Efron 1987)."""
    change, blocks = _resampled(counts, rng), counts.sum(axis=3)
    without, seen = _without_each(blocks), _gain(blocks.sum(axis=2))[:, None]
    apart = without.mean(axis=1, keepdims=True) - without
    acceleration = (apart**3).sum(axis=1) / np.maximum(1e-30, 6 * (apart**2).sum(axis=1) ** 1.5)
    below = ((change < seen).mean(axis=1) + (change <= seen).mean(axis=1)) / 2
    bias = norm.ppf(np.clip(below, 1e-4, 1 - 1e-4))
    z = bias + norm.ppf(CHANCE)
    level = norm.cdf(bias + z / (1 - acceleration * z))
    return np.array([np.quantile(row, share) for row, share in zip(change, level)]) > 0


def jackknife_t(counts, rng):
    """Whether the lower end of the 90 % t-interval of the jackknife over blocks lies above 0."""
    blocks = counts.sum(axis=3)
    number = blocks.shape[2]
    error = np.sqrt(number - 1) * _without_each(blocks).std(axis=1)
    return _gain(blocks.sum(axis=2)) - t.ppf(1 - CHANCE, number - 1) * error > 0


def sign_flip(counts, rng):
    """Whether at most 5 % of all swaps of the versions, block by block, give the gain that was seen."""
    blocks = counts.sum(axis=3)
    swaps = np.array(list(product([0, 1], repeat=blocks.shape[2])))  # the first one swaps nothing
    found = []
    for part in np.array_split(blocks, max(1, len(blocks) // 200)):
        kept, swapped = np.einsum("sb,tvbc->tsvc", 1 - swaps, part), np.einsum("sb,tvbc->tsvc", swaps, part)
        gain = np.diff(iou_of(kept + swapped[:, :, ::-1]), axis=-1)[..., 0]
        found.append((gain >= gain[:, :1]).mean(axis=1) <= CHANCE)
    return np.concatenate(found)


RULES = (percentile_of_tiles, percentile, bca, jackknife_t, sign_flip)


def _gain(counts):
    return np.diff(iou_of(counts), axis=-1)[..., 0]


def _without_each(blocks):
    return _gain(np.moveaxis(blocks.sum(axis=2, keepdims=True) - blocks, 2, 1))


def _resampled(counts, rng):
    blocks = counts.sum(axis=3)
    number = blocks.shape[2]
    drawn = rng.multinomial(number, np.full(number, 1 / number), size=DRAWS)
    return _gain(np.einsum("db,tvbc->tdvc", drawn, blocks))


def main(trials: int = 3000) -> None:
    kinds = {"no better": 0.0, "better": 0.6}
    forms = [(blocks, 4) for blocks in (2, 3, 4, 5, 6, 8, 10, 12)] + [(blocks, 1) for blocks in (5, 6, 7, 8)]
    rows = []
    for (kind, gain), (blocks, size) in product(kinds.items(), forms):
        for correlation in (0.0, 0.3, 0.6) if size > 1 else (0.0,):
            rng = np.random.default_rng((blocks, size, int(10 * correlation), int(10 * gain)))
            exams = draw_exams(rng, trials, blocks, correlation, gain, size)
            mean_gain = _gain(exams.sum(axis=(0, 2, 3)))
            for rule in RULES:
                percent = 100 * rule(exams, rng).mean()
                row = [kind, f"{mean_gain:.3f}", blocks, blocks * size, correlation, rule.__name__, f"{percent:.1f}"]
                rows.append(row)
    columns = ["version", "gain_in_iou", "blocks", "exam_tiles", "correlation", "rule", "activated_percent"]
    pd.DataFrame(rows, columns=columns).to_csv(TABLE, index=False)


if __name__ == "__main__":
    main()
