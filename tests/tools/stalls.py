"""Measures how long the user interface of the real QGIS stands still while the engine works (``make stalls``)."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from tiletriage.tests.desktop_story import SAMPLE, ZANZIBAR, make_zip, play, scene_beside
from tiletriage.tests.real_qgis import ROOT

GOAL_999_MS, GOAL_LONGEST_MS = 100, 250
EDGES_MS = (0, 12, 16, 20, 30, 50, 100, 150, 250, 500, np.inf)
LONGEST_SECONDS = 900
console = Console()


def histogram(gaps_ms: dict[str, list[float]]) -> Table:
    """How many gaps fall between the edges, a column for each kind of work."""
    table = Table("gap of a 10 ms timer, ms", *gaps_ms, title="How long the user interface stood still")
    counts = [np.histogram(gaps, EDGES_MS)[0] for gaps in gaps_ms.values()]
    for row, (low, high) in enumerate(zip(EDGES_MS, EDGES_MS[1:])):
        name = f"{low} to {high}" if np.isfinite(high) else f"over {low}"
        table.add_row(name, *(str(count[row]) for count in counts))
    table.add_row(f"99.9th percentile (goal {GOAL_999_MS})", *(f"{worst(gaps):.0f}" for gaps in gaps_ms.values()))
    table.add_row(f"longest (goal {GOAL_LONGEST_MS})", *(f"{max(gaps):.0f}" for gaps in gaps_ms.values()))
    return table


def worst(gaps: list[float]) -> float:
    return float(np.percentile(gaps, 99.9))


def missed(gaps_ms: dict[str, list[float]]) -> list[str]:
    """The goals that were not kept, in words."""
    return [
        f"{what}: {name} {figure:.0f} ms, more than {goal}"
        for what, gaps in gaps_ms.items()
        for name, figure, goal in (
            ("99.9th percentile", worst(gaps), GOAL_999_MS),
            ("longest", max(gaps), GOAL_LONGEST_MS),
        )
        if figure > goal
    ]


@click.command()
@click.option("--sample", is_flag=True, help="On the sample scene; default: Zanzibar in ../shared/data.")
@click.option("--working-tree", is_flag=True, help="The plugin as it lies here, instead of the last commit.")
@click.option("--output", type=click.Path(path_type=Path), default=ROOT / "build" / "stalls", show_default=True)
def main(sample: bool, working_tree: bool, output: Path) -> None:
    place = SAMPLE if sample or not ZANZIBAR.exists() else ZANZIBAR
    plugin = make_zip(ROOT / "build" / "stalls.zip", working_tree)
    output = output.resolve()
    scene = scene_beside(output, place / "scene.tif")
    told = play(
        "stalls", plugin, output, LONGEST_SECONDS, imagery=str(scene), labels=str((place / "labels.geojson").resolve())
    )
    gaps_ms = told.figures.get("gaps_ms", {})
    if gaps_ms:
        console.print(histogram(gaps_ms))
        console.print(f"What went on in gaps of more than {GOAL_999_MS} ms: {output / 'stacks.txt'}")
    faults = told.faults + missed(gaps_ms)
    for fault in faults:
        console.print(f"[bold red]Fault:[/bold red] {fault}", soft_wrap=True)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
