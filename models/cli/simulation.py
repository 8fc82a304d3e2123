"""The commands that compare strategies where all labels are known: simulated campaigns, and the report on them."""

from __future__ import annotations

from pathlib import Path

import click

from ..choices import PROTOCOLS, STRATEGIES
from . import messages
from .console import hint, prepare, print_json, print_table, quoted, run_in_terminal, say
from .options import (
    FILE,
    SEEN_BANDS,
    as_json_option,
    bands_option,
    class_reading_options,
    gsd_option,
    numbers,
    overwrite_option,
    tile_size_option,
)

NO_ORDERS = ("default", "all")  # what a campaign takes by itself, round by round; every tile at once
THEN = "+"  # between the strategy of the first round and that of the later ones


def _strategies(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    if not names:
        raise click.BadParameter(f"name at least one strategy. Choose from {', '.join((*STRATEGIES, *NO_ORDERS))}")
    for name in names:
        parts = name.split(THEN, 1)
        known, where = (STRATEGIES, f" for '{name}'") if len(parts) == 2 else ((*STRATEGIES, *NO_ORDERS), "")
        unknown = [part for part in parts if part not in known]
        if unknown:
            raise click.BadParameter(f"there is no strategy '{unknown[0]}'{where}. Choose from {', '.join(known)}")
    return names


def _budgets(context: click.Context, option: click.Parameter, value: str) -> tuple[int, ...]:
    budgets = numbers(context, option, value) or ()
    if not budgets or min(budgets) < 0:
        raise click.BadParameter("give numbers of tiles from 0 up with commas between them, for example 0,10,20,40")
    return tuple(sorted(set(budgets)))


@click.command("simulate")
@click.option("--imagery", type=FILE, required=True, help="The georeferenced raster, with buildings labelled on it.")
@click.option("--labels", type=FILE, required=True, help="Footprints of all its buildings, in any CRS: the oracle.")
@click.option("--aoi", type=FILE, help="Where the labels are complete: a file of polygons, in any CRS.")
@gsd_option
@tile_size_option
@bands_option("--bands", SEEN_BANDS)
@class_reading_options
@click.option(
    "--start",
    type=FILE,
    metavar="VERSION_FOLDER",
    required=True,
    help="Version that every run starts from. It must never have seen this imagery.",
)
@click.option(
    "--exam-tiles",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Exam tiles; where these are 20 or more, as many others measure every run. Without them tiles that are held "
    "out in turn judge versions, as in a campaign.",
)
@click.option(
    "--protocol",
    type=click.Choice(PROTOCOLS),
    default=PROTOCOLS[0],
    show_default=True,
    help="'loop' trains as a campaign does, round after round, and asks the gate; 'from-start' trains the start "
    "version anew with all tiles each time.",
)
@click.option(
    "--strategies",
    metavar="A,B",
    callback=_strategies,
    required=True,
    help="Strategies to compare. A+B has A choose the first round and B the later ones.",
)
@click.option(
    "--budgets",
    metavar="0,10,20",
    callback=_budgets,
    default="0,10,20,40",
    show_default=True,
    help="Numbers of annotated tiles at which the model is measured.",
)
@click.option("--seeds", type=click.IntRange(1), default=5, show_default=True, help="Runs of each strategy.")
@click.option("--first-seed", type=click.IntRange(0), default=0, show_default=True, help="Others give other runs.")
@click.option("--region", metavar="NAME", help="What the report calls this place.  [default: the imagery's name]")
@click.option("--out", type=FILE, metavar="RESULTS", required=True, help="File of results, one JSON object a line.")
@as_json_option
def simulate_(
    imagery: Path,
    labels: Path,
    aoi: Path | None,
    gsd: float | None,
    tile_size: int,
    bands: tuple[int | str, ...] | None,
    class_field: str | None,
    class_values: str | None,
    class_order: str | None,
    start: Path,
    exam_tiles: int,
    protocol: str,
    strategies: tuple[str, ...],
    budgets: tuple[int, ...],
    seeds: int,
    first_seed: int,
    region: str | None,
    out: Path,
    as_json: bool,
) -> None:
    """Replay campaigns with known labels, to compare strategies.

    An oracle hands in the true footprints, tile by tile, in the order of each strategy. All runs start from the same
    version and are measured on the same tiles, where there are enough on others than the exam of the gate. Each
    measurement is a line in the file of results; what is there already, by the same code and protocol and with the same
    budgets, is not computed again.

    \b
    Example: tiletriage simulate --imagery village.tif --labels buildings.gpkg --start base_model \\
               --strategies random,p2,all --seeds 5 --out results.jsonl
    """
    prepare()
    from ..annotation.label_source import ClassReading
    from ..evaluation.region import open_region
    from ..evaluation.simulate import simulate
    from ..storage.output_paths import check_place

    check_place(out, [imagery, labels, aoi])
    reading = open_region(
        imagery,
        labels,
        start,
        area=aoi,
        gsd_metres=gsd,
        tile_size_px=tile_size,
        bands=bands,
        exam_tiles=exam_tiles,
        name=region,
        has_gate=protocol == PROTOCOLS[0],
        reading=ClassReading.of_texts(class_field, class_values, class_order),
        precision=out.with_name(f".{out.stem}.precision.json"),
    )
    opened = run_in_terminal("Reading", reading)
    chosen = range(first_seed, first_seed + seeds)
    new_lines = run_in_terminal("Simulating", simulate(opened, strategies, budgets, chosen, out, protocol=protocol))
    if as_json:
        print_json({"results": out, "new_lines": new_lines})
        return
    say(f"{messages.count(new_lines, 'new line')} in {out}.")
    hint(out, f"tiletriage report {quoted(out)} -o report", "tables and curves")


@click.command("report")
@click.argument("results", type=FILE, nargs=-1, required=True)
@click.option("-o", "--output", type=FILE, metavar="FOLDER", required=True, help="Where the report goes.")
@click.option(
    "--at",
    type=click.IntRange(1),
    metavar="TILES",
    help="Compare with what random reaches with so many.  [default: the most that random has]",
)
@overwrite_option
@as_json_option
def report_(results: tuple[Path, ...], output: Path, at: int | None, overwrite: bool, as_json: bool) -> None:
    """Say which strategy needs the fewest tiles.

    From results of 'simulate' it writes report.md, report.html, the learning curves as PNG and their figures as CSV
    into a folder: each strategy against random, by tiles and by minutes of annotation, with intervals over seeds.

    Example: tiletriage report results.jsonl -o report
    """
    from ..evaluation.report import report

    summary = report(results, output, at, overwrite=overwrite).to_dict("records")
    if as_json:
        print_json(summary)
        return
    print_table(messages.standings(summary))
    say(f"Read {output / 'report.md'} or {output / 'report.html'}.")
