"""What annotated tiles teach a blank start, of classes and bands that no version knows: class_trials.csv.

Run it with ``python tests/tools/class_trials.py --set flood-hls --seed 0``; what is in the CSV already is not run
again. Rounds of 10, 10 and 20 tiles go as in a campaign, then come all that are left. A quarter of the tiles, in
blocks or in whole components, is annotated by nobody and measures each version.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
import geopandas
import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.features import rasterize
from scipy.ndimage import label

from tiletriage.models import loop
from tiletriage.models.annotation.label_source import ClassReading
from tiletriage.models.annotation.mask import IGNORE
from tiletriage.models.evaluation.oracle import LOOP, Oracle, look
from tiletriage.models.evaluation.region import Region, open_region
from tiletriage.models.evaluation.results_file import DEFAULT
from tiletriage.models.jobs import run
from tiletriage.models.priority.annotation_cost import AnnotationCost
from tiletriage.models.segmentation.classes import named_classes
from tiletriage.models.training.fine_tune import FineTuning
from tiletriage.models.training.split import choose_exam_tiles

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
TRIALS = ROOT / "models" / "evaluation" / "class_trials.csv"
ROUNDS = (0, 10, 20, 40)
TEST_SHARE = 0.25
SPAIN = DATA / "flood-sen1floods11-spain"
DUBAI = DATA / "landcover-dubai"
FIELDS = DATA / "landcover-flanders-fields"
CHIP = "282D_485L_3_3"


@dataclass(frozen=True)
class Trial:
    """Imagery with labels: its bands, its classes, and what the values of its label raster mean."""

    imagery: Path
    labels: Path | Callable[[Path], Path]
    classes: Sequence[str]
    tile_size_px: int
    bands: Sequence[int | str] | None = None
    meaning: Mapping[str, str] = field(default_factory=dict)
    is_split_by_component: bool = False  # of imagery in parts with gaps: the same place may lie twice within a part


def fields_in_windows(folder: Path) -> Path:
    """The fields of Flanders as a raster; beyond the windows, in which all are drawn, nobody has looked."""
    path = folder / "fields.tif"
    with rasterio.open(FIELDS / "scene_s2_nir_red_green_byte.tif") as scene:
        profile = {"dtype": "uint8", "count": 1, "crs": scene.crs, "transform": scene.transform, "nodata": 255}
        shapes = [
            (outline, value)
            for name, value in (("aoi.geojson", 0), ("labels.geojson", 1))
            for outline in geopandas.read_file(FIELDS / name).to_crs(scene.crs).geometry
        ]
        mask = rasterize(shapes, out_shape=scene.shape, transform=scene.transform, fill=255, dtype="uint8")
    with rasterio.open(path, "w", "GTiff", width=mask.shape[1], height=mask.shape[0], **profile) as file:
        file.write(mask, 1)
    return path


RIVER = Trial(
    DATA / "flood-hls-event-b" / "scene.tif",
    DATA / "flood-hls-event-b" / "scene_water.tif",
    ["water"],
    64,
    ["blue", "green", "red", "nir", "swir1", "swir2"],
)
TRIAL_SETS: Mapping[str, Trial] = {
    "flood-hls": RIVER,
    "flood-hls-by-component": replace(RIVER, is_split_by_component=True),
    "flood-s2": Trial(
        SPAIN / "Spain_7370579_S2Hand.tif",
        SPAIN / "Spain_7370579_LabelHand.tif",
        ["water"],
        32,
        range(1, 14),
        {"-1": "unlabelled"},
    ),
    "flood-s1": Trial(
        SPAIN / "Spain_7370579_S1Hand.tif",
        SPAIN / "Spain_7370579_LabelHand.tif",
        ["water"],
        32,
        None,
        {"-1": "unlabelled"},
    ),
    "dubai": Trial(
        DUBAI / "scene_tile1.tif",
        DUBAI / "scene_tile1_labels.tif",
        ["building", "land", "road", "vegetation", "water"],
        128,
        None,
        {"0": "unlabelled"},
    ),
    "terramesh": Trial(
        DATA / "landcover-terramesh" / "s2l2a" / f"{CHIP}.tif",
        DATA / "landcover-terramesh" / "lulc" / f"{CHIP}.tif",
        ["water", "trees", "flooded vegetation", "crops", "built", "bare", "snow", "clouds", "rangeland"],
        32,
        range(1, 13),
        {"0": "unlabelled"},
    ),
    "fields": Trial(FIELDS / "scene_s2_nir_red_green_byte.tif", fields_in_windows, ["field"], 32),
}


@click.command()
@click.option("--set", "names", type=click.Choice(list(TRIAL_SETS)), multiple=True, help="By default all.")
@click.option("--seed", "seeds", type=int, multiple=True, default=[0])
def main(names: tuple[str, ...], seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        for name in names or TRIAL_SETS:
            if not any((line["set"], line["seed"]) == (name, str(seed)) for line in lines()):
                append(trial(name, seed))


def trial(name: str, seed: int) -> list[dict[str, object]]:
    """The lines of one run: a version for each number of tiles."""
    with tempfile.TemporaryDirectory() as folder:
        region = region_of(TRIAL_SETS[name], Path(folder), seed)
        cost = AnnotationCost.of(region.classes, region.grid.tile_m2)
        oracle = Oracle(region, DEFAULT, seed, LOOP, FineTuning(), cost, look(region.predictor, region.area))
        found = []
        for tiles in (*ROUNDS, len(region.pool)):
            if tiles <= len(region.pool) and (tiles == 0 or tiles > len(oracle.labelled)):
                oracle.annotate_to(tiles)
                result = oracle.measure()
                found += [
                    {"set": name, "seed": seed, "tiles": tiles, "class": of, "iou": round(iou, 4)}
                    for of, iou in [("mean", result.mean_iou), *result.class_iou.items()]
                ]
                click.echo(f"{name} {seed}: {tiles} tiles, mean IoU {result.mean_iou:.3f}, {oracle.accepted} accepted")
    return found


def region_of(data: Trial, folder: Path, seed: int) -> Region:
    """The region of a trial, of which a quarter of the tiles, in blocks, measures."""
    classes = named_classes(data.classes)
    campaign = loop.new(
        folder / "campaign",
        data.imagery,
        tile_size_px=data.tile_size_px,
        bands=data.bands,
        classes=classes,
        start="blank",
        seed=seed,
    )
    labels = data.labels(folder) if callable(data.labels) else data.labels
    region = run(
        open_region(
            data.imagery,
            labels,
            campaign.version_folder("blank"),
            tile_size_px=data.tile_size_px,
            bands=data.bands,
            reading=ClassReading(meaning=data.meaning),
            precision=folder / "precision.json",
        )
    )
    known = region.area.targets[:, 0] != 255
    places = np.flatnonzero(known.float().mean(dim=(1, 2)).numpy() > 0.5)
    tiles, rng = [region.area.tiles[place] for place in places], np.random.default_rng(0)
    if data.is_split_by_component:
        component = component_of_tiles(region)[places]
        shuffled = rng.permutation(np.unique(component))
        size = np.cumsum([(component == each).sum() for each in shuffled])
        is_test = np.isin(component, shuffled[: 1 + np.searchsorted(size, TEST_SHARE * len(tiles))])
    else:
        test = set(choose_exam_tiles(tiles, round(TEST_SHARE * len(tiles)), rng))
        is_test = np.array([tile in test for tile in tiles])
    return replace(region, pool=places[~is_test], held_out=places[is_test], exam=places[:0])


def component_of_tiles(region: Region) -> NDArray[np.int64]:
    """The connected component of labelled ground that most of each tile lies in, (tile,); 0 where there is none."""
    side, masks = region.grid.tile_size_px, region.area.masks.numpy()
    is_known = np.zeros((region.grid.rows * side, region.grid.columns * side), bool)
    corners = [(tile.row * side, tile.column * side) for tile in region.area.tiles]
    windows = [np.s_[row : row + side, column : column + side] for row, column in corners]
    for window, mask in zip(windows, masks):
        is_known[window] = mask != IGNORE
    labelled, _ = label(is_known)
    return np.array([np.bincount(labelled[window][is_known[window]], minlength=1).argmax() for window in windows])


def lines() -> list[dict[str, str]]:
    return list(csv.DictReader(TRIALS.open(encoding="utf-8"))) if TRIALS.exists() else []


def append(found: Sequence[Mapping[str, object]], path: Path = TRIALS) -> None:
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, found[0], lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerows(found)


if __name__ == "__main__":
    main()
