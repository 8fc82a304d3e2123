"""The main job from end to end, with a file of labels in the place of the people who draw (``make demo``).

Starts from a model that has never seen the imagery, annotates round by round, and shows what each round brought.
"""

from __future__ import annotations

import csv
import json
import shutil
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import base_model
import click
from rich.console import Console
from rich.table import Table

from tiletriage.models.campaign.model_store import BASE_MODEL, read_card
from tiletriage.models.cli.main import main as tiletriage
from tiletriage.models.imagery.raster import open_imagery

console = Console()


def run(*words: object) -> None:
    """One command of tiletriage, shown as it would be typed."""
    console.print(f"\n[bold]$ tiletriage {' '.join(map(str, words))}[/bold]", soft_wrap=True)
    tiletriage([str(word) for word in words], standalone_mode=False)


def ask(*words: object):
    """What a command answers with --json."""
    answer = StringIO()
    with redirect_stdout(answer):
        tiletriage([str(word) for word in words] + ["--json"], standalone_mode=False)
    return json.loads(answer.getvalue())


def unseen_start(imagery: Path) -> Path:
    """The base model that ships, or, for imagery that it was trained on, its sibling that has never seen the region."""
    fingerprint = open_imagery(imagery).fingerprint
    trained_on = read_card(BASE_MODEL).trained_on
    name = next((name for name, known in trained_on.items() if known == fingerprint), None)
    if name is None:
        return BASE_MODEL
    region = base_model.region_of(name)
    console.print(f"The base model was trained on {name}. To be fair, this starts from the one that left {region} out.")
    return base_model.train_without(region, base_model.BaseTraining())


@click.command()
@click.option("--imagery", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--labels", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--output", type=click.Path(path_type=Path), required=True)
@click.option("--gsd", default=0.15, show_default=True, help="Metres a pixel.")
@click.option("--tile-size", default=128, show_default=True, help="Pixels; 128 at 0.15 m are 19 m, quickly drawn.")
@click.option("--rounds", default=6, show_default=True)
@click.option("--tiles", default=10, show_default=True, help="Annotated in each round.")
@click.option("--minutes", default=1.0, show_default=True, help="Of fine-tuning in each round.")
@click.option("--method", default="full", show_default=True)
def main(
    imagery: Path,
    labels: Path,
    output: Path,
    gsd: float,
    tile_size: int,
    rounds: int,
    tiles: int,
    minutes: float,
    method: str,
) -> None:
    start, began = unseen_start(imagery), time.monotonic()
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    workspace = output / "campaign"
    run("new", workspace, "--imagery", imagery, "--gsd", gsd, "--tile-size", tile_size, "--start", start)
    run("annotate", workspace, "--footprints", labels, "--exam")
    figures = [{"tiles": 0, **ask("evaluate", workspace)}]
    for number in range(1, rounds + 1):
        run("score", workspace, "--count", tiles, "--png", output / f"heatmap_{number}.png")
        run("next", workspace, "--count", 5)
        run("annotate", workspace, "--footprints", labels, "--next", tiles, "--empty")
        run("fine-tune", workspace, "--method", method, "--minutes", minutes)
        figures.append({"tiles": number * tiles, **ask("evaluate", workspace)})
    run("score", workspace, "--png", output / "heatmap.png")
    run("predict", workspace, "-o", output / "footprints.gpkg")
    show(figures, output, time.monotonic() - began)


def show(figures: list[dict], output: Path, seconds: float) -> None:
    """The learning curve as a table and as a file."""
    columns = ["tiles", "version", "iou", "f1", "footprint_f1", "exam_tiles"]
    with (output / "learning_curve.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(figures)
    table = Table(*columns, title="On exam tiles that no version was trained on")
    for row in figures:
        table.add_row(*(f"{row[name]:.3f}" if isinstance(row[name], float) else str(row[name]) for name in columns))
    console.print(table)
    gain = figures[-1]["iou"] - figures[0]["iou"]
    console.print(f"{figures[-1]['tiles']} tiles annotated: exam IoU {gain:+.3f} in {seconds / 60:.0f} minutes.")
    console.print(f"Look at {output / 'heatmap.png'} and open {output / 'footprints.gpkg'} in QGIS.")


if __name__ == "__main__":
    main()
