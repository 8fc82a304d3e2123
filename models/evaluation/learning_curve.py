"""What simulated campaigns show: learning curves with intervals over seeds, and every strategy beside random.

Intervals are of 95 %: of a mean over seeds by Student's t, of a ratio by bootstrap over seeds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import trapezoid
from scipy.stats import t as student

from ..errors import ResultsError
from .results_file import FULL, NUMBERS_OR_NULL, RANDOM

EVERYWHERE = "mean of regions"
METRICS = ["map_iou", "map_f1", "iou", "f1", "footprint_f1"]
OBJECTIVE = METRICS[0]  # what a campaign is for: strategies are compared by it
DIFFERENCE = "map_iou_difference"  # to random with the same seed
MEANS = ["minutes", "built_tiles", "seconds", *(name for name in NUMBERS_OR_NULL if name not in METRICS)]
DRAWS = 2000  # of the bootstrap
ROUNDING = 1e-9


@dataclass(frozen=True)
class Interval:
    """A value and the bounds of its 95 % interval, which are NaN where one seed alone was measured."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Standing:
    """How a strategy does in a region, over the numbers of tiles that all of its strategies were measured with."""

    region: str
    strategy: str
    seeds: int
    area: Interval  # under the curve of the finished map's IoU, as a mean IoU
    difference: Interval  # of that area to random's with the same seed
    verdict: str
    at: float  # tiles that random has for the ratios; over regions their mean
    ratio: Interval  # tiles to reach what random reaches with `at`, as a share of `at`; inf: more than `at`
    minutes_ratio: Interval  # minutes to reach it, as a share of random's
    unreached: int  # regions in which so many tiles do not reach it; a mean over regions counts them as 1


@dataclass(frozen=True)
class Halves:
    """The area under the map's IoU curve of random in the first and in the second half of its seeds."""

    region: str
    first: Interval
    second: Interval

    @property
    def agree(self) -> bool:
        """Whether the mean of each half lies in the interval of the other one."""
        pairs = (self.first, self.second), (self.second, self.first)
        return all(one.low - ROUNDING <= other.value <= one.high + ROUNDING for one, other in pairs)


def interval(values: ArrayLike) -> Interval:
    """The mean of at least one value with its interval by Student's t, for values that differ by chance alone."""
    sample = np.asarray(values, float)
    mean, count = float(sample.mean()), len(sample)
    if count < 2:
        return Interval(mean, np.nan, np.nan)
    half = float(student.ppf(0.975, count - 1) * sample.std(ddof=1) / np.sqrt(count))
    return Interval(mean, mean - half, mean + half)


def with_mean_of_regions(results: pd.DataFrame) -> pd.DataFrame:
    """The results (see ``results_table``) and, of several regions, their mean as the region EVERYWHERE.

    It has what all regions have: a line for each strategy, seed and number of tiles. Where that gives no curve the
    results stay as they are.
    """
    regions = results.region.nunique()
    pool = round(results.groupby("region").pool_tiles.first().mean())  # each has its own number of tiles in all
    lines = results.assign(tiles=results.tiles.where(results.strategy != FULL, pool))
    groups = lines.groupby(["strategy", "seed", "tiles"], sort=False)
    shared = groups[[*METRICS, *MEANS]].mean()[groups.region.nunique() == regions].reset_index()
    if regions < 2 or RANDOM not in set(shared.strategy) or len(_shared_budgets(shared)) < 2:
        return results
    return pd.concat([results, shared.assign(region=EVERYWHERE)], ignore_index=True)


def learning_curves(results: pd.DataFrame) -> pd.DataFrame:
    """One row a region, strategy and number of tiles: ``seeds``, the means of METRICS, DIFFERENCE and MEANS over
    seeds, and the bounds of METRICS and DIFFERENCE as columns with ``_low`` and ``_high`` behind the name.
    """
    key = ["region", "seed", "tiles"]
    random = results[results.strategy == RANDOM].set_index(key)[OBJECTIVE]
    same_seed = random.reindex(pd.MultiIndex.from_frame(results[key])).to_numpy()
    lines = results.assign(**{DIFFERENCE: results[OBJECTIVE] - same_seed})
    groups = lines.groupby(["region", "strategy", "tiles"], sort=False)
    measured = [*METRICS, DIFFERENCE]
    means = groups[[*measured, *MEANS]].mean()
    half = groups[measured].sem() * student.ppf(0.975, groups[measured].count() - 1)
    bounds = [(means[measured] - half).add_suffix("_low"), (means[measured] + half).add_suffix("_high")]
    return pd.concat([groups.size().rename("seeds"), means, *bounds], axis=1).reset_index()


def compare(results: pd.DataFrame, at: int | None, rng: np.random.Generator) -> list[Standing]:
    """Every strategy of every region beside random; ``results`` may hold the region EVERYWHERE, as the last one.

    ``at`` are the tiles of random that the ratios refer to, by default the most that random was measured with; the
    strategies themselves need not have so many. Over regions a ratio is the mean of theirs. Raises ResultsError where a
    region does not have them, or gives no curve at all.
    """
    found: list[Standing] = []
    references: list[int] = []
    ratios: defaultdict[str, list[NDArray[np.float64]]] = defaultdict(list)
    for region, lines in results.groupby("region", sort=False):
        runs = _runs(region, lines)
        if region != EVERYWHERE:
            random = _table(lines[lines.strategy == RANDOM]).dropna()
            references.append(_reference(region, random, at))
            target, minutes = random[references[-1]], lines.groupby(["strategy", "tiles"]).minutes.mean()
            for strategy, run in runs.items():
                own = random if strategy == RANDOM else run
                few = own[own.columns[own.columns <= references[-1]]]
                by_tiles = _ratio(few, few.columns / references[-1], target, rng)
                by_minutes = minutes[strategy][own.columns] / minutes[RANDOM][references[-1]]
                ratios[strategy].append(np.stack([by_tiles, _ratio(own, by_minutes, target, rng)]))
        of_region = slice(None) if region == EVERYWHERE else slice(-1, None)
        for strategy in runs:
            tiles = float(np.mean(references[of_region]))
            found.append(_standing(region, strategy, runs, tiles, np.stack(ratios[strategy][of_region], axis=1)))
    return found


def noise(results: pd.DataFrame) -> list[Halves]:
    """How far random agrees with itself: its first and its second half of seeds, where each has at least two."""
    found = []
    for region, lines in results.groupby("region", sort=False):
        area = _area(_runs(region, lines)[RANDOM])
        if len(area) >= 4:
            half = len(area) // 2
            found.append(Halves(region, interval(area[:half]), interval(area[half:])))
    return found


def tiles_needed(tiles: ArrayLike, iou: ArrayLike, target: ArrayLike) -> NDArray[np.float64]:
    """The fewest tiles with which curves, straight between their points, reach a target; inf where they do not.

    Takes tiles (point,) in rising order, IoU (..., point) and target (...); gives tiles (...).
    """
    points, curve = np.asarray(tiles, float), np.asarray(iou, float)
    goal = np.asarray(target, float)[..., None]
    is_reached = curve >= goal - ROUNDING
    after = is_reached.argmax(-1)[..., None]
    before = np.maximum(after - 1, 0)
    low, high = np.take_along_axis(curve, before, -1), np.take_along_axis(curve, after, -1)
    share = np.clip((goal - low) / np.where(high > low, high - low, np.inf), 0, 1)
    needed = points[before] + share * (points[after] - points[before])
    return np.where(is_reached.any(-1), needed[..., 0], np.inf)


def _shared_budgets(lines: pd.DataFrame) -> list[int]:
    """The numbers of tiles that every strategy of a region has."""
    budgets = [set(found) for strategy, found in lines.groupby("strategy").tiles if strategy != FULL]
    return sorted(set.intersection(*budgets))


def _runs(region: str, lines: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The map's IoU by each strategy, a row a seed and a column a number of tiles: those that all strategies have."""
    budgets = _shared_budgets(lines)
    tables = {
        strategy: _table(group).reindex(columns=budgets).dropna()
        for strategy, group in lines.groupby("strategy", sort=False)
        if strategy != FULL
    }
    if len(budgets) < 2 or tables[RANDOM].empty:
        raise ResultsError(
            "results-without-curve",
            "{region}: no two budgets were simulated for all strategies yet. Run 'tiletriage simulate' again "
            "with the same --budgets for all of them; it goes on where it stopped.",
            region=region,
        )
    return {strategy: table for strategy, table in tables.items() if len(table)}


def _table(lines: pd.DataFrame) -> pd.DataFrame:
    """The map's IoU by one strategy, a row a seed and a column a number of tiles."""
    return lines.pivot(index="seed", columns="tiles", values=OBJECTIVE)


def _reference(region: str, random: pd.DataFrame, at: int | None) -> int:
    budgets = [tiles for tiles in random.columns if tiles > 0]
    if at is not None and at not in budgets:
        known = ", ".join(map(str, budgets))
        raise ResultsError(
            "results-without-budget",
            "{region} was not measured with {at} tiles by random. Choose --at from {known}.",
            region=region,
            at=at,
            known=known,
        )
    return budgets[-1] if at is None else at


def _area(run: pd.DataFrame) -> NDArray[np.float64]:
    """The area under each curve by trapezoids, divided by its width: a mean IoU (seed,)."""
    tiles = run.columns.to_numpy(float)
    return np.asarray(trapezoid(run.to_numpy(), tiles, axis=1) / (tiles[-1] - tiles[0]))


def _ratio(run: pd.DataFrame, cost: ArrayLike, random: pd.Series, rng: np.random.Generator) -> NDArray[np.float64]:
    """The cost at which a run reaches the mean of random, then that of resampled seeds, (1 + DRAWS,).

    Costs are shares of random's, one a column of the run. NaN where there is but one seed.
    """
    own, target = (_resampled_means(values.to_numpy(), rng) for values in (run, random))
    ratio = tiles_needed(cost, own, target)
    if min(len(run), len(random)) < 2:
        ratio[1:] = np.nan
    return ratio


def _resampled_means(values: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """The mean over seeds (first axis), then those of seeds drawn again (1 + DRAWS, ...)."""
    drawn = rng.integers(len(values), size=(DRAWS, len(values)))
    return np.concatenate([values.mean(axis=0)[None], values[drawn].mean(axis=1)])


def _standing(
    region: str, strategy: str, runs: dict[str, pd.DataFrame], at: float, ratios: NDArray[np.float64]
) -> Standing:
    """``ratios`` (tiles or minutes, region, 1 + DRAWS) are of one region, or of all where their mean is wanted."""
    run, random = runs[strategy], runs[RANDOM]
    seeds = run.index.intersection(random.index)
    difference = _area(run.loc[seeds]) - _area(random.loc[seeds])
    compared = interval(difference) if len(seeds) else Interval(np.nan, np.nan, np.nan)
    by_tiles, by_minutes = (_ratio_interval(ratio if len(ratio) == 1 else np.minimum(ratio, 1)) for ratio in ratios)
    return Standing(
        region,
        strategy,
        len(run),
        interval(_area(run)),
        compared,
        _verdict(strategy, compared),
        at,
        by_tiles,
        by_minutes,
        int(np.isinf(ratios[0, :, 0]).sum()),
    )


def _ratio_interval(ratio: NDArray[np.float64]) -> Interval:
    means = ratio.mean(axis=0)
    low, high = np.quantile(means[1:], (0.025, 0.975), method="inverted_cdf")
    return Interval(float(means[0]), float(low), float(high))


def _verdict(strategy: str, difference: Interval) -> str:
    if strategy == RANDOM:
        return "the yardstick"
    if np.isnan(difference.low):
        return "not known from one seed"
    if difference.low > 0:
        return "better than random"
    return "worse than random" if difference.high < 0 else "within noise of random"
