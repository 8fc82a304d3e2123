"""A campaign of several classes in the dock of the real QGIS, with a raster of labels in the place of the people."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import base_model
import click
import geopandas
import numpy as np
import rasterio
from dock_campaign import say
from rasterio.features import shapes
from rasterio.windows import Window
from shapely.geometry import shape

from tiletriage.tests.desktop_story import make_zip, play
from tiletriage.tests.real_qgis import ROOT

DUBAI = base_model.DATA / "landcover-dubai"
CLASSES = "building,land,road,vegetation,water"
TILE_PX = 256  # what the dock suggests there
LONGEST_SECONDS = 5400


@click.command()
@click.option("--imagery", type=click.Path(path_type=Path, exists=True), default=DUBAI / "scene_tile1.tif")
@click.option("--labels", type=click.Path(path_type=Path, exists=True), default=DUBAI / "scene_tile1_labels.tif")
@click.option("--classes", default=CLASSES, show_default=True, help="In the order of the values of the labels, from 1.")
@click.option("--output", type=click.Path(path_type=Path), default=ROOT / "build" / "dock_classes", show_default=True)
@click.option("--rounds", default=2, show_default=True)
@click.option("--minutes", default=3.0, show_default=True, help="Of fine-tuning in each round.")
@click.option("--working-tree", is_flag=True, help="The plugin as it lies here, instead of the last commit.")
def main(
    imagery: Path, labels: Path, classes: str, output: Path, rounds: int, minutes: float, working_tree: bool
) -> None:
    """Play the story 'classes' and tell what it saw."""
    output = output.resolve()
    beside = output.with_name(f"{output.name}_imagery")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    scene = shutil.copy(imagery, beside / "scene.tif")
    polygons = outlines_of(labels, classes.split(","))
    polygons.to_file(beside / "labels.gpkg")
    plugin = make_zip(ROOT / "build" / "dock.zip", working_tree)
    wishes = {"classes": classes, "rounds": str(rounds), "minutes": str(minutes)}
    files = {"imagery": str(scene), "labels": str(beside / "labels.gpkg")}
    told = play("classes", plugin, output, LONGEST_SECONDS, **wishes, **files)
    say(told, output)
    sys.exit(1 if told.faults else 0)


def outlines_of(labels: Path, classes: list[str]) -> geopandas.GeoDataFrame:
    """The polygons that people would draw, tile by tile, each with its class; no other value is drawn."""
    outlines, names = [], []
    with rasterio.open(labels) as raster:
        for top in range(0, raster.height, TILE_PX):
            for left in range(0, raster.width, TILE_PX):
                window = Window(left, top, TILE_PX, TILE_PX).intersection(Window(0, 0, raster.width, raster.height))
                values = raster.read(1, window=window)
                mask = np.where((values > 0) & (values <= len(classes)), values, 0).astype(np.uint8)
                for outline, value in shapes(mask, mask > 0, transform=raster.window_transform(window)):
                    outlines.append(shape(outline))
                    names.append(classes[int(value) - 1])
        return geopandas.GeoDataFrame({"class": names}, geometry=outlines, crs=raster.crs)


if __name__ == "__main__":
    main()
