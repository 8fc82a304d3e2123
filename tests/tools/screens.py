"""Takes a picture of every step of the tour in the real QGIS desktop (``make screens``), and says how fast it was."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from PIL import Image
from rich.console import Console

from tiletriage.tests.desktop_story import SAMPLE, ZANZIBAR, make_zip, play, scene_beside
from tiletriage.tests.real_qgis import ROOT

LONGEST_SECONDS = 900
PICTURES = ROOT / "resources" / "help" / "pictures"
SHOWN = {
    "start": "start",
    "score": "score",
    "tile": "annotate",
    "accepted": "accepted",
    "trained": "train",
    "map_quality": "quality",
    "predicted": "predict",
}
FRAME = (276, 98, 1280, 870)  # the map and the dock, without the panels that QGIS has on the left
MOST_BYTES = 140_000
console = Console()


def keep_pictures(shots: list[Path]) -> None:
    """Cut the pictures of the guide out of those of the tour, as small files."""
    PICTURES.mkdir(exist_ok=True)
    for shot in shots:
        name = SHOWN.get(shot.stem.partition("_")[2])
        if name:
            picture = Image.open(shot).convert("RGB").crop(FRAME)
            path = PICTURES / f"{name}.jpg"
            for quality in range(85, 40, -5):
                picture.save(path, quality=quality, optimize=True, subsampling=0)
                if path.stat().st_size <= MOST_BYTES:
                    break


@click.command()
@click.option("--imagery", type=click.Path(path_type=Path, exists=True), help="Default: Zanzibar in ../shared/data.")
@click.option("--labels", type=click.Path(path_type=Path, exists=True), help="The buildings of the imagery.")
@click.option("--sample", is_flag=True, help="The sample scene, whose pictures may go into README and guide.")
@click.option("--pictures", is_flag=True, help="With --sample: make the pictures of the guide anew.")
@click.option("--working-tree", is_flag=True, help="The plugin as it lies here, instead of the last commit.")
@click.option("--locale", default="en", show_default=True, help="The language of QGIS: en, fr, es.")
@click.option("--output", type=click.Path(path_type=Path), default=ROOT / "build" / "screens", show_default=True)
def main(
    imagery: Path | None,
    labels: Path | None,
    sample: bool,
    pictures: bool,
    working_tree: bool,
    locale: str,
    output: Path,
) -> None:
    place = SAMPLE if sample else ZANZIBAR
    imagery, labels = imagery or place / "scene.tif", labels or place / "labels.geojson"
    if not imagery.exists():
        raise click.ClickException(f"{imagery} is not here. Take --sample, or name --imagery and --labels.")
    plugin = make_zip(ROOT / "build" / "screens.zip", working_tree)
    output = output.resolve()
    scene = scene_beside(output, imagery)
    told = play("tour", plugin, output, LONGEST_SECONDS, locale, imagery=str(scene), labels=str(labels.resolve()))
    for name, figure in told.figures.items():
        console.print(f"{name}: {figure}", soft_wrap=True)
    if imagery.parent == ZANZIBAR:
        console.print("The base model has seen Zanzibar: good enough for a tour, its exam figures here flatter.")
    console.print(f"{len(told.shots)} pictures in {output}, {told.seconds:.0f} s")
    if pictures and sample and not told.faults:
        keep_pictures([output / shot for shot in told.shots])
    for fault in told.faults:
        console.print(f"[bold red]Fault:[/bold red] {fault}", soft_wrap=True)
    sys.exit(1 if told.faults else 0)


if __name__ == "__main__":
    main()
