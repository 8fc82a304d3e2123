"""A campaign of forty tiles in the dock of the real QGIS, with a file of labels in the place of the people who draw."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click
from demo import console, run, true_iou, unseen_start

from tiletriage.tests.desktop_story import Told, make_zip, play
from tiletriage.tests.real_qgis import ROOT

LONGEST_SECONDS = 3600


@click.command()
@click.option("--imagery", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--labels", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--output", type=click.Path(path_type=Path), default=ROOT / "build" / "dock", show_default=True)
@click.option("--gsd", default=0.15, show_default=True, help="Metres a pixel.")
@click.option("--tile-size", default=128, show_default=True, help="Pixels.")
@click.option("--minutes", default=2.0, show_default=True, help="Of fine-tuning in each round.")
@click.option("--working-tree", is_flag=True, help="The plugin as it lies here, instead of the last commit.")
def main(
    imagery: Path, labels: Path, output: Path, gsd: float, tile_size: int, minutes: float, working_tree: bool
) -> None:
    """Play a campaign whose model has never seen the imagery, and compare what it tells with the truth."""
    output, imagery, labels = output.resolve(), imagery.resolve(), labels.resolve()
    folder = output.with_name(f"{output.name}_campaign")
    shutil.rmtree(folder, ignore_errors=True)
    run("new", folder, "--imagery", imagery, "--gsd", gsd, "--tile-size", tile_size, "--start", unseen_start(imagery))
    plugin = make_zip(ROOT / "build" / "dock.zip", working_tree)
    files = {"imagery": str(imagery), "labels": str(labels), "campaign": str(folder)}
    told = play("campaign", plugin, output, LONGEST_SECONDS, minutes=str(minutes), **files)
    say(told, output)
    if not told.faults:
        console.print(f"True IoU of the finished map: {true_iou(folder, Path(told.figures['file']), labels):.3f}")
    sys.exit(1 if told.faults else 0)


def say(told: Told, output: Path) -> None:
    """What came of a story."""
    for name, figure in told.figures.items():
        console.print(f"{name}: {figure}", soft_wrap=True)
    for fault in told.faults:
        console.print(f"[bold red]Fault:[/bold red] {fault}", soft_wrap=True)
    console.print(f"{len(told.shots)} pictures in {output}, {told.seconds / 60:.0f} min")


if __name__ == "__main__":
    main()
