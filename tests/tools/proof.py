"""Does the order pay? The benchmark of all strategies on regions that were left out of training (``make proof``).

Results are appended to build/proof/REGION.jsonl; run it again after an interruption, and it goes on. The report over
the regions is in build/proof/report. Nairobi, whose labels are off by 1 to 2 m, has a report of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import base_model
import click
import rasterio
import shapely
from rasterio.transform import from_origin
from rasterio.windows import from_bounds

from tiletriage.models.campaign.model_store import BASE_MODEL
from tiletriage.models.choices import STRATEGIES
from tiletriage.models.cli.main import main as tiletriage
from tiletriage.models.evaluation.region import Region, open_region
from tiletriage.models.evaluation.results_file import DEFAULT, FULL
from tiletriage.models.jobs import run as run_quietly
from tiletriage.models.priority.strategies import DEFAULT_STRATEGY

BUILD = base_model.ROOT / "build" / "proof"
SAMPLE = base_model.ROOT / "resources" / "sample"
QUICK = ("random,default", "0,10,20", 2)
COMPARED = (*(name for name in STRATEGIES if name != DEFAULT_STRATEGY), "active-ft+p2", DEFAULT)


@dataclass(frozen=True)
class Place:
    """A labelled region, of one scene or several. Tiles are so small that at least 200 are left to choose from."""

    name: str
    scenes: tuple[Path, ...]
    labels: Path
    area: Path | None = None
    gsd_metres: float = 0.15
    tile_size_px: int = 128
    is_left_out: bool = True  # the start version is the one that was trained without it, not the one that ships


@dataclass(frozen=True)
class Wanted:
    """What is compared, as the command line takes it."""

    strategies: str
    budgets: str
    seeds: int
    full_seeds: int = 0  # of the model of all labels: each takes as long as all budgets of a strategy together


def _place(name: str, *scenes: str, **settings) -> Place:
    folder = base_model.DATA / f"buildings-{name}"
    area = folder / "aoi.geojson" if len(scenes) > 1 else None
    return Place(name, tuple(folder / scene for scene in scenes), folder / "labels.geojson", area, **settings)


PLACES = (
    _place("zanzibar-north", "scene.tif"),
    _place("banepa-oam", "scene_labelled.tif"),
    _place("banepa-z21", "scene_a.tif", "scene_b.tif", gsd_metres=0.1, tile_size_px=96),
)
NOISY = _place("nairobi", "scene_a.tif", "scene_b.tif", is_left_out=False)
SYNTHETIC = Place("sample", (SAMPLE / "scene.tif",), SAMPLE / "labels.geojson", is_left_out=False)


def run(*words: object) -> None:
    """One command of tiletriage, shown as it would be typed; where it is cancelled everything ends."""
    click.secho(f"$ tiletriage {' '.join(map(str, words))}", bold=True)
    if code := tiletriage([str(word) for word in words], standalone_mode=False):
        raise SystemExit(code)


def imagery_of(place: Place) -> Path:
    """The scene, or one file of all scenes: sparse, and invalid where none of them is."""
    if len(place.scenes) == 1:
        return place.scenes[0]
    merged = BUILD / f"{place.name}.tif"
    if not merged.exists():
        merged.parent.mkdir(parents=True, exist_ok=True)
        beside = merged.with_suffix(".part.tif")
        merge(place.scenes, beside)
        beside.replace(merged)
    return merged


def merge(scenes: Sequence[Path], output: Path) -> None:
    """Scenes of one pixel grid in one file; the ground between them, a gigabyte to rasterio.merge, stays sparse."""
    opened = [rasterio.open(scene) for scene in scenes]
    left, bottom, right, top = shapely.union_all([shapely.box(*scene.bounds) for scene in opened]).bounds
    (across, down), kind = opened[0].res, {name: opened[0].profile[name] for name in ("crs", "dtype", "count")}
    size = {"width": round((right - left) / across), "height": round((top - bottom) / down)}
    layout = {"tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate", "sparse_ok": True}
    place = from_origin(left, top, across, down)
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(output, "w", driver="GTiff", transform=place, **kind, **size, **layout) as merged,
    ):
        for scene in opened:
            window = from_bounds(*scene.bounds, place).round_offsets().round_lengths()
            merged.write(scene.read(), window=window)
            merged.write_mask(scene.dataset_mask(), window=window)


def start_of(place: Place) -> Path:
    if place.is_left_out:
        return base_model.train_without(place.name, base_model.BaseTraining())
    return BASE_MODEL


def opened(place: Place, exam_tiles: int | None = None) -> Region:
    """A place in memory, with the model that was trained without it; nobody asks a gate."""
    job = open_region(
        imagery_of(place),
        place.labels,
        start_of(place),
        area=place.area,
        gsd_metres=place.gsd_metres,
        tile_size_px=place.tile_size_px,
        exam_tiles=exam_tiles,
        name=place.name,
        has_gate=False,
        precision=base_model.BUILD / "precision.json",
    )
    return run_quietly(job)


def quick_place() -> Place:
    """The first region where its data and its start version are there: to train one takes an hour. Else the sample."""
    place = PLACES[0]
    return place if place.labels.exists() and (base_model.BUILD / f"without-{place.name}").exists() else SYNTHETIC


def simulate(place: Place, wanted: Wanted, folder: Path) -> Path | None:
    """The results of a place, or None where its data is absent."""
    if not all(path.exists() for path in (*place.scenes, place.labels)):
        click.echo(f"{place.name} is left out: there is no {place.labels.parent}.")
        return None
    results, area = folder / f"{place.name}.jsonl", ("--aoi", place.area) if place.area else ()
    data = ("--imagery", imagery_of(place), "--labels", place.labels, *area, "--start", start_of(place))
    size = ("--gsd", place.gsd_metres, "--tile-size", place.tile_size_px, "--region", place.name)
    for names, seeds in ((wanted.strategies, wanted.seeds), (FULL, wanted.full_seeds)):
        if seeds:
            chosen = ("--strategies", names, "--budgets", wanted.budgets, "--seeds", seeds)
            run("simulate", *data, *size, *chosen, "--out", results)
    return results


def report(places: Sequence[Place], wanted: Wanted, folder: Path, name: str = "report") -> None:
    results = [path for place in places if (path := simulate(place, wanted, folder))]
    if results:
        run("report", *results, "-o", folder / name, "--overwrite")


@click.command()
@click.option("--strategies", metavar="A,B", default=",".join(COMPARED), show_default=True)
@click.option("--budgets", metavar="0,10", default="0,10,20,40,80", show_default=True, help="Annotated tiles.")
@click.option("--seeds", default=5, show_default=True, help="Runs of each strategy.")
@click.option("--full-seeds", default=2, show_default=True, help="Runs with all labels, the yardstick; they are long.")
@click.option("--quick", is_flag=True, help="Under ten minutes: one region, random and default, 2 seeds, 20 tiles.")
def main(strategies: str, budgets: str, seeds: int, full_seeds: int, quick: bool) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    if quick:
        report([quick_place()], Wanted(*QUICK), BUILD / "quick")
        return
    wanted = Wanted(strategies, budgets, seeds, full_seeds)
    report(PLACES, wanted, BUILD)
    report([NOISY], wanted, BUILD, "report-nairobi")


if __name__ == "__main__":
    main()
