"""The command line: each command is one use case of ``loop``, its result in words or as JSON.

The engine is imported inside the commands: help must come at once, and torch alone takes seconds.
"""

from __future__ import annotations

import getpass
import shlex
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from . import wording
from .command_group import CommandGroup
from .jobs import Job, drive

if TYPE_CHECKING:
    from rich.table import Table

    from .training.fine_tune import Epoch
    from .workspace import Workspace

STRATEGIES = ("random", "entropy", "margin", "k-centre", "k-means", "active-ft", "active-ft-paper", "p1", "p2")
METHODS = ("decoder", "full")
FILE_WIDTH = 120  # characters of a table that does not go to a terminal

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")


def _say_version(context: click.Context, option: click.Parameter, is_wanted: bool) -> None:
    from .version import version

    if is_wanted:
        click.echo(version())
        context.exit()


FILE = click.Path(path_type=Path)  # whether it is there is for the engine to say, with the cure


def _workspace_and_json(command: Command) -> Command:
    """What every command takes."""
    json_flag = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for machines.")
    return click.argument("folder", metavar="WORKSPACE", type=FILE)(json_flag(command))


def _numbers(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    try:
        return tuple(int(number) for number in value.split(",")) if value else None
    except ValueError as error:
        raise click.BadParameter("give numbers with commas between them, for example 1,2,3") from error


def _multiple_of_32(context: click.Context, option: click.Parameter, value: int) -> int:
    if value % 32:
        raise click.BadParameter(f"{value} is no multiple of 32: take 128, 256 or 512")
    return value


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version, help="Print the version."
)
def main() -> None:
    """Map buildings with few labels: Tile Triage says which tiles of an image to annotate next, and fine-tunes a model
    on them, round by round.

    A campaign is one area being mapped; everything about it lies in one folder, its WORKSPACE. It begins with a few
    exam tiles, which measure every model and are never trained on:

    \b
      tiletriage new village --imagery village.tif
      tiletriage next village --exam
      tiletriage annotate village --footprints drawn.gpkg --exam

    Then come the rounds. Rank all tiles and see the heatmap, look up the ten that are worth most, hand in what was
    drawn on them, and let the model learn. What it learnt is kept where the exam says that it is better:

    \b
      tiletriage score village --png village.png
      tiletriage next village --count 10
      tiletriage annotate village --footprints drawn.gpkg --next 10
      tiletriage fine-tune village --minutes 5

    When 'evaluate' shows that it is good enough, have the whole area drawn:

    \b
      tiletriage predict village -o buildings.gpkg

    Footprints are drawn in QGIS or any other program: GeoPackage, GeoJSON or Shapefile, in any CRS. Whatever is
    interrupted goes on when the same command is run again.

    Exit codes: 0 done, 1 not possible as it is (the message says what to do), 2 wrong usage, 130 cancelled.
    """


@main.command()
@_workspace_and_json
@click.option(
    "--imagery", type=FILE, required=True, help="The georeferenced raster to map: GeoTIFF, VRT, JPEG2000, ..."
)
@click.option("--aoi", type=FILE, help="Area of interest: a file of polygons, in any CRS, that limits the tile grid.")
@click.option(
    "--gsd",
    type=click.FloatRange(0, min_open=True),
    metavar="METRES",
    help="Ground sampling distance to work at. By default that of the imagery, but not finer than 0.07.",
)
@click.option(
    "--tile-size",
    type=click.IntRange(32, 2048),
    metavar="PX",
    callback=_multiple_of_32,
    default=256,
    show_default=True,
    help="Side of a tile in pixels, a multiple of 32.",
)
@click.option("--bands", metavar="1,2,3", callback=_numbers, help="Bands for red, green and blue, in that order.")
@click.option("--start", type=FILE, metavar="VERSION_FOLDER", help="Version to start from instead of the base model.")
@click.option(
    "--exam-tiles",
    type=click.IntRange(1),
    help="Tiles set aside to measure every version.  [default: 10 %, at most 48]",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Chooses other exam tiles.")
def new(
    folder: Path,
    as_json: bool,
    imagery: Path,
    aoi: Path | None,
    gsd: float | None,
    tile_size: int,
    bands: tuple[int, ...] | None,
    start: Path | None,
    exam_tiles: int | None,
    seed: int,
) -> None:
    """Open a campaign over imagery, in a new folder.

    The tile grid is laid, and the exam tiles are set aside: chosen at random, never trained on. The imagery stays
    where it is and is only read.

    Example: tiletriage new village --imagery village.tif --aoi boundary.geojson
    """
    _prepare()
    from . import loop
    from .training.split import EXAM

    workspace = loop.new(
        folder,
        imagery,
        area=aoi,
        gsd_metres=gsd,
        tile_size_px=tile_size,
        bands=bands,
        start=start,
        exam_tiles=exam_tiles,
        seed=seed,
    )
    with workspace.store() as store:
        card, splits = workspace.active_card(store), [record.split for record in store.tiles()]
    if workspace.imagery.fingerprint in card.trained_on.values():
        click.echo(wording.seen_before(card), err=True)
    grid, exam = workspace.grid, splits.count(EXAM)
    if as_json:
        layout = {key: getattr(grid, key) for key in ("rows", "columns", "tile_size_px", "gsd_metres", "crs")}
        _print_json({"workspace": folder, "version": card.id, "tiles": len(splits), "exam_tiles": exam, **layout})
        return
    click.echo(wording.opened(workspace, len(splits), exam, card.id))
    _hint(folder, "tiletriage next WORKSPACE --exam", "the tiles to label first, so that every model can be measured")
    _hint(folder, "tiletriage score WORKSPACE", "rank all other tiles")


@main.command()
@_workspace_and_json
@click.option(
    "--strategy", type=click.Choice(STRATEGIES), help="Rule for the order.  [default: what fits the campaign]"
)
@click.option(
    "--count", type=click.IntRange(1), default=10, show_default=True, help="Tiles of the next round, chosen as a set."
)
@click.option("--png", type=FILE, help="Also draw the heatmap over the imagery, with a legend.")
def score(folder: Path, as_json: bool, strategy: str | None, count: int, png: Path | None) -> None:
    """Rank the tiles by what annotating them is worth.

    Every tile gets its predicted IoU; those that wait for labels get priority, rank and a reason in words. They go into
    the layer 'tiles' of campaign.gpkg and into heatmap.tif, both made for QGIS. What has been scored with a version
    is not computed again.

    Strategies: p2 takes tiles with a low expected IoU that are least like the labelled ones, p1 the lowest expected
    IoU in each group of similar tiles; active-ft (and active-ft-paper) a set that looks like the whole area; k-centre
    and k-means cover every kind of tile; entropy and margin go by how unsure the model is; random is the yardstick.

    Example: tiletriage score village --png village.png
    """
    workspace = _open(folder)
    from . import loop

    scored = _drive("Scoring", loop.score(workspace, strategy=strategy, count=count, now=_now()))
    if png:
        loop.draw_heatmap(workspace, png)
    if as_json:
        _print_json({**asdict(scored), "png": png})
        return
    click.echo(wording.scored(scored))
    click.echo(f"Heatmap: {scored.heatmap}" + (f" and {png}" if png else ""))
    _hint(folder, f"tiletriage next WORKSPACE --count {count}", "the tiles to annotate")


@main.command("next")
@_workspace_and_json
@click.option("--count", type=click.IntRange(1), help="How many tiles.  [default: 10, or all exam tiles]")
@click.option("--exam", is_flag=True, help="The exam tiles that are not annotated yet.")
def next_(folder: Path, as_json: bool, count: int | None, exam: bool) -> None:
    """List the tiles to annotate next.

    The best come first, each with its reason. With --json each also has its bounds, in map coordinates of the tile
    grid. In QGIS the same tiles are in the layer 'tiles' of campaign.gpkg.

    Example: tiletriage next village --count 10
    """
    workspace = _open(folder)
    from . import loop

    tiles = loop.next_tiles(workspace, count or (None if exam else loop.ROUND), exam=exam)
    if as_json:
        _print_json([asdict(tile) for tile in tiles])
    elif tiles:
        _print_table(wording.queue(tiles))
        handed_in = "--exam" if exam else f"--next {len(tiles)}"
        _hint(folder, f"tiletriage annotate WORKSPACE --footprints FILE {handed_in}", "when their buildings are drawn")
    else:
        click.echo("No tile waits for labels.")


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise click.UsageError("This account has no name. Say who annotates with --annotator NAME.") from error


@main.command()
@_workspace_and_json
@click.option(
    "--footprints", type=FILE, required=True, help="GeoPackage, GeoJSON or Shapefile of polygons, in any CRS."
)
@click.option("--next", "count", type=click.IntRange(1), metavar="N", help="Finish the next N tiles of the queue ...")
@click.option("--tiles", metavar="ID,...", help="... or these tiles, done before or not ...")
@click.option("--exam", is_flag=True, help="... or all exam tiles that are not annotated yet.")
@click.option("--repair", is_flag=True, help="Mend outlines that cross themselves, leave out what is no polygon.")
@click.option("--annotator", metavar="NAME", default=_login_name, show_default="your login name", help="Who drew them.")
def annotate(
    folder: Path,
    as_json: bool,
    footprints: Path,
    count: int | None,
    tiles: str | None,
    exam: bool,
    repair: bool,
    annotator: str,
) -> None:
    """Hand in footprints, which finish their tiles.

    A tile on which the file has no footprint counts as looked at and empty, so name only tiles that were really
    looked at. What a tile had before is replaced; the log keeps everything.

    \b
    Examples: tiletriage annotate village --footprints drawn.gpkg --next 10
              tiletriage annotate village --footprints drawn.gpkg --tiles r003_c012,r004_c001
    """
    if [count is not None, tiles is not None, exam].count(True) != 1:
        raise click.UsageError("Say which tiles the footprints finish: one of --next N, --tiles ID,... or --exam.")
    workspace = _open(folder)
    from . import loop

    job = loop.annotate(
        workspace,
        footprints,
        tiles=None if tiles is None else [tile.strip() for tile in tiles.split(",") if tile.strip()],
        count=count,
        exam=exam,
        repair=repair,
        annotator=annotator,
        now=_now(),
    )
    annotated = _drive("Annotating", job)
    if as_json:
        _print_json(asdict(annotated))
        return
    click.echo(wording.annotated(annotated))
    if not exam:
        _hint(folder, "tiletriage fine-tune WORKSPACE --minutes 5", "learn from them")


@main.command("fine-tune")
@_workspace_and_json
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="full",
    show_default=True,
    help="'decoder' trains the decoder alone: faster, and safer with very few tiles. 'full' trains everything.",
)
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="Stop after so many minutes ...")
@click.option(
    "--epochs",
    type=click.IntRange(1),
    help="... or after so many epochs, whichever comes first; 40 at most if not given.",
)
def fine_tune(folder: Path, as_json: bool, method: str, minutes: float | None, epochs: int | None) -> None:
    """Train a new version on all annotated tiles.

    It starts from the active one, and both are measured on the exam tiles. Where the new one is better than noise it
    becomes active, else it is parked and can be activated by hand. Interrupted, it goes on from its last checkpoint.

    Example: tiletriage fine-tune village --minutes 5
    """
    if minutes is None and epochs is None:
        raise click.UsageError("Say when to stop: --minutes 5, or --epochs 20.")
    workspace = _open(folder)
    from . import loop
    from .terminal import Terminal

    with Terminal("Fine-tuning") as terminal:

        def say(epoch: Epoch) -> None:
            terminal.say_now_and_then(wording.epoch(epoch))

        job = loop.fine_tune(workspace, method=method, minutes=minutes, epochs=epochs, now=_now(), on_epoch=say)
        done = drive(job, terminal)
    if as_json:
        _print_json(asdict(done))
        return
    activate = f"tiletriage versions {_quoted(folder)} --activate {done.version}"
    click.echo(wording.fine_tuned(done, workspace.card(done.version).metrics.get("exam_tiles", 0), activate))
    if done.is_active:
        _hint(folder, "tiletriage score WORKSPACE", "rank the tiles anew with it")


@main.command()
@_workspace_and_json
@click.option("--version", metavar="ID", help="The version to measure.  [default: the active one]")
def evaluate(folder: Path, as_json: bool, version: str | None) -> None:
    """Measure a version on the exam tiles.

    IoU and F1 count pixels; footprint F1 counts buildings that were found with an IoU of at least 0.5.

    Example: tiletriage evaluate village
    """
    workspace = _open(folder)
    from . import loop

    exam = _drive("Evaluating", loop.evaluate(workspace, version=version))
    if as_json:
        figures = ("version", "iou", "f1", "footprint_f1", "exam_tiles")
        _print_json({name: getattr(exam, name) for name in figures})
    else:
        click.echo(wording.evaluated(exam))


@main.command()
@_workspace_and_json
@click.option("-o", "--output", type=FILE, required=True, help="The file to write: .gpkg or .geojson.")
@click.option("--version", metavar="ID", help="The version to predict with.  [default: the active one]")
@click.option("--aoi", type=FILE, help="Predict only in these polygons (any CRS).")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.5,
    show_default=True,
    help="Probability from which a pixel is building.",
)
@click.option(
    "--minimum-area",
    type=click.FloatRange(0),
    metavar="M2",
    default=4.0,
    show_default=True,
    help="Smaller footprints are left out, in square metres.",
)
def predict(
    folder: Path,
    as_json: bool,
    output: Path,
    version: str | None,
    aoi: Path | None,
    threshold: float,
    minimum_area: float,
) -> None:
    """Write the footprints of the whole area.

    Each has its confidence and the version that drew it, and a building across tiles is one footprint.

    Example: tiletriage predict village -o buildings.gpkg
    """
    workspace = _open(folder)
    from . import loop

    job = loop.predict(workspace, output, version=version, area=aoi, threshold=threshold, minimum_area_m2=minimum_area)
    predicted = _drive("Predicting", job)
    if as_json:
        _print_json(asdict(predicted))
    else:
        click.echo(wording.predicted(predicted))


@main.command()
@_workspace_and_json
@click.option("--activate", metavar="ID", help="Make this version the active one: roll back, or take a parked one.")
def versions(folder: Path, as_json: bool, activate: str | None) -> None:
    """List the model versions, or activate one.

    The active version scores, predicts and is where the next fine-tuning starts; parked ones wait.

    Example: tiletriage versions village --activate v002
    """
    workspace = _open(folder)
    from . import loop

    if activate:
        loop.activate(workspace, activate)
    with workspace.store() as store:
        active = workspace.active_card(store).id
    if as_json:
        _print_json([wording.version_row(card, active) for card in workspace.cards()])
    else:
        _print_table(wording.versions(workspace.cards(), active))


def _prepare() -> None:
    from .native_libraries import mend_proj_data

    mend_proj_data()


def _open(folder: Path) -> Workspace:
    _prepare()
    from .workspace import open_workspace

    return open_workspace(folder)


def _drive(doing: str, job: Job[T]) -> T:
    """The result of a job that shows its progress here and hears Ctrl-C."""
    from .terminal import Terminal

    with Terminal(doing) as terminal:
        return drive(job, terminal)


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _print_json(result: Any) -> None:
    click.echo(wording.as_json(result))


def _print_table(table: Table) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = FILE_WIDTH
    console.print(table)


def _hint(folder: Path, command: str, why: str) -> None:
    """What to do next, as a command to copy."""
    click.echo(f"  {command.replace('WORKSPACE', _quoted(folder))}  # {why}")


def _quoted(folder: Path) -> str:
    return shlex.quote(str(folder))
