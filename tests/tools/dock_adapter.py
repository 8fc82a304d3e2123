"""A campaign in the dock of the real QGIS that begins with the adapter of another flood: the story 'adapter'."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
from class_trials import SPAIN
from dock_campaign import say
from dock_classes import outlines_of
from flood_trials import SAME_BANDS

from tiletriage.tests.desktop_story import make_zip, play
from tiletriage.tests.real_qgis import ROOT

LONGEST_SECONDS = 1800


@click.command()
@click.option("--adapter", type=click.Path(path_type=Path, exists=True), required=True, help="Of six bands, of water.")
@click.option("--output", type=click.Path(path_type=Path), default=ROOT / "build" / "dock_adapter", show_default=True)
@click.option("--minutes", default=2.0, show_default=True, help="Of fine-tuning.")
@click.option("--working-tree", is_flag=True, help="The plugin as it lies here, instead of the last commit.")
def main(adapter: Path, output: Path, minutes: float, working_tree: bool) -> None:
    output = output.resolve()
    beside = output.with_name(f"{output.name}_imagery")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    scene = shutil.copy(SPAIN / "Spain_7370579_S2Hand.tif", beside / "spain.tif")
    outlines_of(SPAIN / "Spain_7370579_LabelHand.tif", ["water"]).to_file(beside / "labels.gpkg")
    wishes = {"bands": ",".join(SAME_BANDS), "minutes": str(minutes), "adapter": str(adapter.resolve())}
    plugin = make_zip(ROOT / "build" / "dock.zip", working_tree)
    files = {"imagery": str(scene), "labels": str(beside / "labels.gpkg")}
    told = play("adapter", plugin, output, LONGEST_SECONDS, **wishes, **files)
    say(told, output)
    sys.exit(1 if told.faults else 0)


if __name__ == "__main__":
    main()
