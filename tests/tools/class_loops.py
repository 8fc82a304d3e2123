"""Whole campaigns of other classes and bands through the doors that people take: makes ``class_loops.csv``.

From a blank start, by the command line or by ``qgis_process``: new, score, annotate from labels, fine-tune, score, and
the finished map as a raster, whose classes are compared with all labels. Run it with ``python
tests/tools/class_loops.py --door qgis_process --set flood-hls``; sets and their labels are those of ``class_trials``.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import click
import geopandas
import numpy as np
import rasterio
from class_trials import FIELDS, TRIAL_SETS, TRIALS, Trial, append
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window, from_bounds

from tiletriage.models.annotation.class_values import ClassValues, translated
from tiletriage.models.cli.main import main as tiletriage
from tiletriage.models.imagery.raster_checks import band_names
from tiletriage.models.imagery.raster_file import open_raster
from tiletriage.models.segmentation.metrics import class_counts, confusion_matrix, iou_of
from tiletriage.tests.real_qgis import ROOT, make_profile, run_qgis_process

LOOPS = TRIALS.with_name("class_loops.csv")
LONGEST_SECONDS = 3600
OPTIONS = {  # of the command line, by the parameter of Processing
    "IMAGERY": "--imagery",
    "TILE_SIZE": "--tile-size",
    "BANDS": "--bands",
    "CLASSES": "--classes",
    "EXAM_TILES": "--exam-tiles",
    "LABEL_RASTER": "--footprints",
    "CLASS_VALUES": "--class-values",
    "NEXT": "--next",
    "COUNT": "--count",
    "MINUTES": "--minutes",
    "OUTPUT": "--output",
    "RASTER": "--raster",
}


def by_command_line(command: str, workspace: Path, **parameters: object) -> Mapping[str, object]:
    words = [command, str(workspace), "--json"]
    for name, value in parameters.items():
        words += ["--exam", "--empty"] if name == "EXAM" else [OPTIONS[name], str(value)]
    answer = StringIO()
    with redirect_stdout(answer):
        tiletriage(words, standalone_mode=False)
    return json.loads(answer.getvalue())


def by_qgis_process(profile: Path, command: str, workspace: Path, **parameters: object) -> Mapping[str, object]:
    if "BANDS" in parameters:
        parameters["BANDS"] = str(parameters["BANDS"]).replace(",", ";")
    words = [f"{name}={value}" for name, value in {"WORKSPACE": workspace, **parameters}.items()]
    algorithm = f"tiletriage:{command.replace('-', '')}"
    done = run_qgis_process(profile, "--json", "run", algorithm, "--", *words, longest_seconds=LONGEST_SECONDS)
    if done.returncode:
        raise click.ClickException(done.stderr[-2000:])
    return json.loads(done.stdout)["results"]


@click.command()
@click.option("--door", type=click.Choice(["command-line", "qgis_process"]), required=True)
@click.option("--set", "names", type=click.Choice(list(TRIAL_SETS)), multiple=True, help="By default all.")
@click.option("--rounds", default=1, show_default=True)
@click.option("--tiles", default=10, show_default=True, help="Annotated in each round.")
@click.option("--exam-tiles", default=8, show_default=True)
@click.option("--minutes", default=5.0, show_default=True, help="Of fine-tuning in each round, at most.")
def main(door: str, names: Sequence[str], rounds: int, tiles: int, exam_tiles: int, minutes: float) -> None:
    for name in names or TRIAL_SETS:
        with tempfile.TemporaryDirectory() as place:
            append(campaign(door, name, Path(place), rounds, tiles, exam_tiles, minutes), LOOPS)


def campaign(
    door: str, name: str, place: Path, rounds: int, tiles: int, exam_tiles: int, minutes: float
) -> list[dict[str, object]]:
    """The lines of one campaign: the IoU of the finished map by class, over all labelled ground, after each round."""
    trial, workspace, began = TRIAL_SETS[name], place / "campaign", time.monotonic()
    profile = make_profile(place / "qgis", tiletriage=ROOT) if door == "qgis_process" else None

    def do(command: str, **parameters: object) -> Mapping[str, object]:
        click.echo(f"{time.monotonic() - began:.0f} s {command}", err=True)
        if profile:
            return by_qgis_process(profile, command, workspace, **parameters)
        return by_command_line(command, workspace, **parameters)

    label_raster = trial.labels(place) if callable(trial.labels) else trial.labels
    if name == "fields":
        trial, label_raster = side_by_side(trial, label_raster, place)
    labels = {"LABEL_RASTER": label_raster}
    if trial.meaning:
        labels["CLASS_VALUES"] = ",".join(f"{value}={of}" for value, of in trial.meaning.items())
    bands = {"BANDS": ",".join(map(str, numbers_of(trial)))} if trial.bands else {}
    wishes = {"TILE_SIZE": trial.tile_size_px, "CLASSES": ",".join(trial.classes), "EXAM_TILES": exam_tiles}
    do("new", IMAGERY=trial.imagery, **wishes, **bands)
    do("annotate", EXAM="true", **labels)
    do("score", COUNT=tiles)
    found = []
    for number in range(1, rounds + 1):
        do("annotate", NEXT=tiles, **labels)
        version = do("fine-tune", MINUTES=minutes)
        do("score", COUNT=tiles)
        drawn = place / f"map_{number}.tif"
        do("predict", OUTPUT=drawn.with_suffix(".gpkg"), RASTER=drawn)
        judged = {key.casefold(): value for key, value in do("evaluate").items()}
        of_class = class_iou(drawn, label_raster, trial)
        key = {"door": door, "set": name, "tiles": number * tiles, "exam_iou": round(float(judged["iou"]), 4)}
        found += [{**key, "class": of, "map_iou": iou} for of, iou in of_class.items()]
        version_id = {key.casefold(): value for key, value in version.items()}["version"]
        click.echo(f"{door} {name}: {number * tiles} tiles, {version_id}, {of_class}, {time.monotonic() - began:.0f} s")
    shutil.rmtree(workspace)
    return found


def side_by_side(trial: Trial, labels: Path, place: Path) -> tuple[Trial, Path]:
    """The windows of imagery in which people have drawn, in a row and nothing between them: a tile of which only a part
    is labelled cannot be annotated. A window of which the labels miss a line of pixels is left out."""
    windows, paths, is_whole = geopandas.read_file(FIELDS / "aoi.geojson"), [], None
    for source in (labels, trial.imagery):
        with rasterio.open(source) as raster:
            bounds = windows.to_crs(raster.crs).bounds.to_numpy()
            shapes = (from_bounds(*each, raster.transform).flatten() for each in bounds)
            parts = [raster.read(window=Window(*map(round, shape))) for shape in shapes]
            is_whole = [(part != raster.nodata).all() for part in parts] if is_whole is None else is_whole
            row = np.concatenate([part for part, whole in zip(parts, is_whole) if whole], axis=2)
            profile = {**raster.profile, "driver": "GTiff", "height": row.shape[1], "width": row.shape[2]}
        paths.append(place / f"row_{source.name}")
        with rasterio.open(paths[-1], "w", **profile) as file:
            file.write(row)
    return replace(trial, imagery=paths[1]), paths[0]


def numbers_of(trial: Trial) -> list[int]:
    """The bands of a trial, counted from 1: Processing takes no names."""
    with open_raster(trial.imagery) as dataset:
        names = band_names(dataset)
    return [each if isinstance(each, int) else 1 + names.index(each) for each in trial.bands]


def class_iou(drawn: Path, labels: Path, trial: Trial) -> dict[str, float]:
    """The IoU of each class of a class raster with a raster of labels, and their mean, over all labelled ground."""
    with rasterio.open(drawn) as shown, rasterio.open(labels) as known:
        place = {"crs": shown.crs, "transform": shown.transform, "width": shown.width, "height": shown.height}
        with WarpedVRT(known, **place) as on_grid:
            values, is_known = on_grid.read(1), on_grid.dataset_mask() > 0
        classes, is_mapped = shown.read(1), shown.dataset_mask() > 0
    numbers = ClassValues(tuple(trial.classes), trial.meaning).numbers(
        set(np.unique(values[is_known]).tolist()), labels
    )
    truth = np.full(values.shape, 255, np.uint8)
    truth[is_known] = translated(values[is_known], numbers)
    truth[~is_mapped] = 255
    confusion = confusion_matrix(classes, truth, len(trial.classes))
    iou, is_there = iou_of(class_counts(confusion)), confusion[1:].any(axis=1)
    named = {name: round(float(each), 4) for name, each, there in zip(trial.classes, iou, is_there) if there}
    return {"mean": round(float(iou[is_there].mean()), 4), **named}


if __name__ == "__main__":
    main()
