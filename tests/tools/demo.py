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
import shapely
from rich.console import Console
from rich.table import Table

from tiletriage.models.annotation.footprint_file import read_footprints
from tiletriage.models.annotation.mask import mask_of
from tiletriage.models.campaign.model_store import BASE_MODEL, read_card
from tiletriage.models.campaign.records import TileState
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.cli.main import main as tiletriage
from tiletriage.models.imagery.raster import open_imagery
from tiletriage.models.segmentation.metrics import ConfusionCounts, pixel_counts

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
@click.option("--rounds", default=4, show_default=True)
@click.option("--tiles", default=10, show_default=True, help="Annotated in each round.")
@click.option("--minutes", default=2.0, show_default=True, help="Of fine-tuning in each round.")
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
    workspace, buildings = output / "campaign", output / "footprints.gpkg"
    run("new", workspace, "--imagery", imagery, "--gsd", gsd, "--tile-size", tile_size, "--start", start)
    figures = []
    for number in range(rounds + 1):
        scored = ask("score", workspace, "--count", tiles, "--png", output / f"heatmap_{number}.png")
        run("predict", workspace, "-o", buildings, "--overwrite")
        figures.append({"tiles": number * tiles, **told(scored), "true IoU": true_iou(workspace, buildings, labels)})
        if number < rounds:
            run("next", workspace, "--count", 5)
            run("annotate", workspace, "--footprints", labels, "--next", tiles, "--empty")
            run("fine-tune", workspace, "--method", method, "--minutes", minutes)
    run("quality", workspace)
    show(figures, output, time.monotonic() - began)


def told(scored: dict) -> dict:
    """What scoring says of the finished map: nothing before any tile is annotated."""
    found = scored["map"] or {"iou": None, "minutes": 0.0}
    bounds = found["iou"] or {"value": None, "low": None, "high": None}
    said = {"IoU told": bounds["value"], "from": bounds["low"], "to": bounds["high"]}
    return {"minutes": found["minutes"], "version": scored["version"], **said}


def true_iou(folder: Path, buildings: Path, labels: Path) -> float:
    """How right the finished map really is, by all labels, over all tiles of the campaign."""
    workspace, total = open_workspace(folder), ConfusionCounts()
    shown, true = (read_footprints(path, workspace.grid).geometry for path in (buildings, labels))
    with workspace.store() as store:
        tiles = [record.tile for record in store.tiles() if record.state != TileState.BAD_IMAGERY]
    for tile in tiles:
        square = shapely.box(*workspace.grid.tile_bounds(tile))
        drawn, known = (
            mask_of(each.iloc[each.sindex.query(square)].to_list(), workspace.grid, tile) for each in (shown, true)
        )
        total += pixel_counts(drawn, known)
    return total.iou


def show(figures: list[dict], output: Path, seconds: float) -> None:
    """What the map was told to be and what it was, as a table and as a file."""
    with (output / "map_quality.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(figures[0]))
        writer.writeheader()
        writer.writerows(figures)
    table = Table(*figures[0], title="The finished map, over the whole area")
    for row in figures:
        table.add_row(*(f"{each:.3f}" if isinstance(each, float) else str(each or "") for each in row.values()))
    console.print(table)
    first, last = figures[0]["true IoU"], figures[-1]["true IoU"]
    console.print(f"{figures[-1]['tiles']} tiles annotated: map IoU {last - first:+.3f} in {seconds / 60:.0f} minutes.")
    console.print(
        f"Look at {output / f'heatmap_{len(figures) - 1}.png'} and open {output / 'footprints.gpkg'} in QGIS."
    )


if __name__ == "__main__":
    main()
