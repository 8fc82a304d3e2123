"""Speed and memory of the engine as a table of medians and ratios (``make bench``).

Every ratio is taken within one run, in one process, in turns: machines differ and are shared, ratios hold.
"""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import numpy as np
import rasterio
import torch
from rich.console import Console
from rich.table import Table

from tiletriage.models.campaign.model_store import BASE_MODEL, load_network
from tiletriage.models.campaign.score_cache import ScoreCache
from tiletriage.models.imagery.normalization import sampled_normalization
from tiletriage.models.imagery.raster import grid_of, open_imagery, read_tiles
from tiletriage.models.priority.active_ft import active_ft
from tiletriage.models.priority.strategies import STRATEGIES, Pool, rank_pool
from tiletriage.models.segmentation.device import prepare_device
from tiletriage.models.segmentation.prediction import Predictor, normalized_tensor
from tiletriage.models.use_cases.score import score_tiles

LARGE = Path(__file__).parents[3] / "shared" / "data" / "buildings-banepa-oam" / "scene_large.tif"
SAMPLE = Path(__file__).parents[2] / "resources" / "sample" / "scene.tif"
console = Console(width=110)


def view(path: Path) -> tuple:
    """Imagery, grid and a predictor for it."""
    imagery = open_imagery(path)
    grid = grid_of(imagery)
    network, _ = load_network(BASE_MODEL)
    normalization = sampled_normalization(imagery, grid, list(grid.tiles()))
    return imagery, grid, Predictor(network, normalization, prepare_device(), False)


def finish(job) -> None:
    for _ in job:
        pass


def scoring(path: Path, table: Table, runs: int, part: int) -> None:
    """Scoring against the bare forward pass over the same batches, part by part in turns."""
    imagery, grid, predictor = view(path)
    tiles = list(grid.tiles())
    ratios, speeds = [], []
    with tempfile.TemporaryDirectory() as folder, ScoreCache(Path(folder) / "scores.sqlite") as cache:
        for number in range(runs):
            start = number * part % max(1, len(tiles) - part)
            chosen = tiles[start : start + part]
            inputs = [normalized_tensor(p, predictor.normalization) for p in read_tiles(imagery, grid, chosen)]
            inputs = [batch.contiguous(memory_format=torch.channels_last) for batch in inputs]
            with torch.inference_mode():
                forward = seconds(lambda inputs=inputs: [predictor.network(batch) for batch in inputs])
            scored = seconds(
                lambda n=number, c=chosen: finish(score_tiles(predictor, imagery, grid, c, cache, f"run {n}"))
            )
            ratios.append(scored / forward)
            speeds.append(len(chosen) / scored)
    name = f"scoring {path.name}, {part} tiles of {len(tiles)} a run, {torch.get_num_threads()} thread(s)"
    table.add_row(name, f"{statistics.median(speeds):.1f} tiles/s", spread(ratios), "<= 1.10 x bare forward pass")


def memory(table: Table) -> None:
    """Peak memory of scoring a raster, and of one 16 times as large, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        peaks = []
        for side in (1536, 6144):
            raster = Path(folder) / f"{side}.tif"
            write_noise(raster, side)
            peaks.append(in_child(peak_megabytes, raster))
    ratio = f"{peaks[1] / peaks[0]:.3f}"
    table.add_row(
        "peak memory scoring 1536 x 1536 px, and 16 x as much", f"{peaks[0]:.0f} MB", ratio, "<= 1.10 x the smaller"
    )


def choosing(table: Table, runs: int) -> None:
    """50 of 100,000 tiles by every strategy, and ActiveFT over 2,000 tiles."""
    rng = np.random.default_rng(0)
    embedding, labelled = (rng.gamma(0.5, size=(n, 368)).astype(np.float32) for n in (100_000, 40))
    places = np.argwhere(np.ones((1000, len(embedding) // 1000), bool))
    pool = Pool(embedding, labelled, *rng.random((5, len(embedding))), places)
    for name in STRATEGIES:
        times = [seconds(lambda n=name: rank_pool(pool, n, 50, np.random.default_rng(0))) for _ in range(runs)]
        table.add_row(f"choosing 50 of 100,000 by {name}", f"{statistics.median(times):.1f} s", "", "< 10 s")
    points = rng.normal(size=(2000, 512)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    times = [seconds(lambda: active_ft(points, points[:0], 50, np.random.default_rng(0))) for _ in range(runs)]
    table.add_row("ActiveFT over 2,000 tiles x 512", f"{statistics.median(times):.1f} s", "", "< 10 s")


def help_text(table: Table, runs: int) -> None:
    command = [sys.executable, "-m", "tiletriage.models", "--help"]
    times = [seconds(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(runs + 1)][1:]
    table.add_row("tiletriage --help", f"{statistics.median(times):.2f} s", "", "< 0.5 s")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def spread(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f}, {len(ratios)} runs)"


def write_noise(path: Path, side: int) -> None:
    """A square raster of noise in blocks, on the equator, 0.15 m a pixel."""
    rng = np.random.default_rng(0)
    profile = {"driver": "GTiff", "dtype": "uint8", "count": 3, "width": side, "height": side, "crs": "EPSG:32631"}
    transform = rasterio.Affine(0.15, 0, 500000, 0, -0.15, 1000)
    with rasterio.open(
        path, "w", transform=transform, tiled=True, compress="jpeg", photometric="ycbcr", **profile
    ) as raster:
        for _, window in raster.block_windows(1):
            raster.write(rng.integers(0, 255, (3, window.height, window.width), np.uint8), window=window)


def peak_megabytes(path: Path) -> float:
    """In the child: score everything, then tell the peak."""
    imagery, grid, predictor = view(path)
    with tempfile.TemporaryDirectory() as folder, ScoreCache(Path(folder) / "scores.sqlite") as cache:
        finish(score_tiles(predictor, imagery, grid, list(grid.tiles()), cache, "bench"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_child(work: Callable[[Path], float], path: Path) -> float:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (path,))


@click.command()
@click.option("--runs", default=5, show_default=True)
def main(runs: int) -> None:
    table = Table("what", "median", "ratio (smallest to largest)", "goal", title="Tile Triage, measured")
    if LARGE.exists():
        scoring(LARGE, table, runs, part=48)
    else:
        console.print(f"{LARGE} is not here: scoring is measured on the sample scene instead.")
        scoring(SAMPLE, table, runs, part=24)
    memory(table)
    choosing(table, min(runs, 3))
    help_text(table, runs)
    console.print(table)


if __name__ == "__main__":
    main()
