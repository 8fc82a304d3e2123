"""The commands about tiles, in the order in which a campaign goes through them: each is one use case of ``loop``."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from pathlib import Path

import click

from ..choices import ENOUGH, STRATEGIES
from . import messages
from .console import hint, now, open_campaign, prepare, print_json, print_table, run_in_terminal, say
from .options import (
    FILE,
    SEEN_BANDS,
    bands_option,
    class_reading_options,
    gsd_option,
    overwrite_option,
    tile_size_option,
    workspace_and_json,
)

LONGEST_NAME = 200  # letters of whoever annotates; the log keeps it with every tile


@click.command()
@workspace_and_json
@click.option(
    "--imagery", type=FILE, required=True, help="The georeferenced raster to map: GeoTIFF, VRT, JPEG2000, ..."
)
@click.option("--aoi", type=FILE, help="Area of interest: a file of polygons, in any CRS, that limits the tile grid.")
@gsd_option
@tile_size_option
@bands_option("--bands", SEEN_BANDS)
@click.option(
    "--classes",
    metavar="NAME,...",
    help="What is mapped: names, or a JSON file with names, colours and rules.  [default: what the start version maps]",
)
@click.option(
    "--start",
    type=FILE,
    metavar="building|blank|VERSION_FOLDER|ADAPTER",
    help="Version to start from: the one for buildings that ships, one that knows no class yet, one of yours, or an "
    "adapter (.ttadapter).",
)
@click.option(
    "--exam-tiles",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="Tiles set aside to measure every version, 20 or more to decide; without them those measure it that "
    "fine-tuning holds out in turn.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Chooses other exam tiles.")
def new(
    folder: Path,
    as_json: bool,
    imagery: Path,
    aoi: Path | None,
    gsd: float | None,
    tile_size: int,
    bands: tuple[int | str, ...] | None,
    classes: str | None,
    start: Path | None,
    exam_tiles: int,
    seed: int,
) -> None:
    """Open a campaign over imagery, in a new folder.

    The tile grid is laid, and exam tiles are set aside if any are wanted: chosen at random, never trained on. The
    imagery stays where it is and is only read.

    \b
    Examples: tiletriage new village --imagery village.tif --aoi boundary.geojson
              tiletriage new flood --imagery sentinel2.tif --bands B4,B3,B2,B8 --classes water
    """
    prepare()
    from .. import loop
    from ..campaign.model_store import BLANK
    from ..segmentation.class_list import read_classes
    from ..training.split import EXAM
    from ..use_cases.new import BUILDINGS

    workspace = loop.new(
        folder,
        imagery,
        area=aoi,
        gsd_metres=gsd,
        tile_size_px=tile_size,
        bands=bands,
        classes=read_classes(classes) if classes else (),
        start=str(start) if start and str(start) in (BUILDINGS, BLANK) else start,
        exam_tiles=exam_tiles,
        seed=seed,
        now=now(),
    )
    with workspace.store() as store:
        card, counts = workspace.active_card(store), store.tile_counts()
    if loop.has_seen(card, workspace.imagery):
        say(messages.seen_before(card), err=True)
    if not card.knows_gsd(workspace.grid.gsd_metres):
        say(messages.other_gsd(card, workspace.grid), err=True)
    grid, tiles = workspace.grid, sum(counts.values())
    exam = sum(number for (split, _), number in counts.items() if split == EXAM)
    if as_json:
        layout = {key: getattr(grid, key) for key in ("rows", "columns", "tile_size_px", "gsd_metres", "crs")}
        print_json({"workspace": folder, "version": card.id, "tiles": tiles, "exam_tiles": exam, **layout})
        return
    say(messages.opened(workspace, tiles, exam, card.id))
    if exam:
        hint(
            folder, "tiletriage next WORKSPACE --exam", "the tiles to label first, so that every model can be measured"
        )
    hint(folder, "tiletriage score WORKSPACE", "rank all other tiles" if exam else "rank the tiles")


@click.command()
@workspace_and_json
@click.option("--strategy", type=click.Choice(STRATEGIES), help=f"Rule for the order.  [default: {STRATEGIES[0]}]")
@click.option(
    "--count", type=click.IntRange(1), default=10, show_default=True, help="Tiles of the next round, chosen as a set."
)
@click.option("--png", type=FILE, help="Also draw the heatmap over the imagery, with a legend.")
@bands_option("--png-bands", "Bands that the picture shows, by number or name.  [default: true colour]")
@overwrite_option
def score(
    folder: Path,
    as_json: bool,
    strategy: str | None,
    count: int,
    png: Path | None,
    png_bands: tuple[int | str, ...] | None,
    overwrite: bool,
) -> None:
    """Rank the tiles by what annotating them is worth.

    Every tile gets its predicted IoU; those that wait for labels get priority, rank and a reason in words. They go into
    the layer 'tiles' of campaign.gpkg and into heatmap.tif, both made for QGIS. What has been scored with a version
    is not computed again.

    Strategies: map-gain takes half a round from the tiles that are expected to mend and to teach most by the minute,
    and draws the other half by lot, so that the same tiles tell how good the map is. balanced takes half a round from
    what shows something unsure and half that looks like the whole area. uncertain-k-means takes every kind of tile
    among the unsure ones; entropy and margin go by how unsure the model is alone; p2 takes tiles with a low expected
    IoU that are least like the labelled ones, p1 the lowest expected IoU in each group of similar tiles; active-ft
    (and active-ft-paper) a set that looks like the whole area; k-centre and k-means cover every kind of tile; random
    is the yardstick.

    Example: tiletriage score village --png village.png
    """
    workspace = open_campaign(folder)
    from .. import loop
    from ..priority.heatmap import check_picture
    from ..use_cases.score import shown_imagery

    if png:
        check_picture(png, overwrite=overwrite, inputs=[workspace.imagery.path])
        shown_imagery(workspace, png_bands)  # or scoring would take its hours before a wrong band is told
    scored = run_in_terminal("Scoring", loop.score(workspace, strategy=strategy, count=count, now=now()))
    if png:
        loop.draw_heatmap(workspace, png, png_bands)
    if as_json:
        print_json({**asdict(scored), "png": png})
        return
    say(messages.scored(scored))
    say(f"Heatmap: {scored.heatmap}" + (f" and {png}" if png else ""))
    if scored.map:
        say(messages.map_quality(scored.map, ENOUGH))
    hint(folder, f"tiletriage next WORKSPACE --count {count}", "the tiles to annotate")


@click.command("next")
@workspace_and_json
@click.option("--count", type=click.IntRange(1), help="How many tiles.  [default: 10, or all exam tiles]")
@click.option("--exam", is_flag=True, help="The exam tiles that are not annotated yet.")
def next_(folder: Path, as_json: bool, count: int | None, exam: bool) -> None:
    """List the tiles to annotate next.

    The best come first, each with its reason. With --json each also has its bounds, in map coordinates of the tile
    grid. In QGIS the same tiles are in the layer 'tiles' of campaign.gpkg.

    Example: tiletriage next village --count 10
    """
    workspace = open_campaign(folder)
    from .. import loop
    from ..use_cases.score import ROUND

    tiles = loop.next_tiles(workspace, count or (None if exam else ROUND), exam=exam, now=now())
    if as_json:
        print_json([asdict(tile) for tile in tiles])
    elif tiles:
        print_table(messages.queue(tiles))
        handed_in = "--exam" if exam else f"--next {len(tiles)}"
        hint(folder, f"tiletriage annotate WORKSPACE --footprints FILE {handed_in}", "when they are drawn")
    else:
        say("No tile waits for labels.")


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise click.UsageError("This account has no name. Say who annotates with --annotator NAME.") from error


def _checked_name(context: click.Context, parameter: click.Parameter, name: str) -> str:
    if not (name.isprintable() and 0 < len(name.strip()) <= LONGEST_NAME):
        raise click.BadParameter(f"a name of 1 to {LONGEST_NAME} printable letters is needed.")
    return name


@click.command()
@workspace_and_json
@click.option(
    "--footprints",
    type=FILE,
    required=True,
    help="GeoPackage, GeoJSON or Shapefile of polygons, or a GeoTIFF of class values, in any CRS.",
)
@class_reading_options
@click.option("--next", "count", type=click.IntRange(1), metavar="N", help="Finish the next N tiles of the queue ...")
@click.option("--tiles", metavar="ID,...", help="... or these tiles, done before or not ...")
@click.option("--exam", is_flag=True, help="... or all exam tiles that are not annotated yet.")
@click.option("--repair", is_flag=True, help="Mend outlines that cross themselves, leave out what is no polygon.")
@click.option(
    "--complete-in",
    type=FILE,
    metavar="AOI",
    help="Polygons in which the footprints are complete: a tile that is not wholly inside is refused.",
)
@click.option("--empty", "may_be_empty", is_flag=True, help="Finish tiles as empty though none has a footprint.")
@click.option(
    "--annotator",
    metavar="NAME",
    default=_login_name,
    show_default="your login name",
    callback=_checked_name,
    help="Who drew them.",
)
def annotate(
    folder: Path,
    as_json: bool,
    footprints: Path,
    class_field: str | None,
    class_values: str | None,
    class_order: str | None,
    count: int | None,
    tiles: str | None,
    exam: bool,
    repair: bool,
    complete_in: Path | None,
    may_be_empty: bool,
    annotator: str,
) -> None:
    """Hand in footprints, which finish their tiles.

    A tile on which the file has no footprint counts as looked at and empty, so name only tiles that were really
    looked at: how many these are is said before anything is written. Say with --complete-in where the file is complete,
    and no tile beyond it becomes empty. What a tile had before is replaced; the log keeps everything.

    \b
    Examples: tiletriage annotate village --footprints drawn.gpkg --next 10
              tiletriage annotate village --footprints drawn.gpkg --tiles r003_c012,r004_c001
              tiletriage annotate land --footprints landuse.tif --class-values 1=water,2=field,9=unlabelled --next 10
    """
    if [count is not None, tiles is not None, exam].count(True) != 1:
        raise click.UsageError("Say which tiles the footprints finish: one of --next N, --tiles ID,... or --exam.")
    workspace = open_campaign(folder)
    from .. import loop
    from ..annotation.label_source import ClassReading

    job = loop.annotate(
        workspace,
        footprints,
        tiles=None if tiles is None else [tile.strip() for tile in tiles.split(",") if tile.strip()],
        count=count,
        exam=exam,
        repair=repair,
        complete_in=complete_in,
        may_be_empty=may_be_empty,
        reading=ClassReading.of_texts(class_field, class_values, class_order),
        annotator=annotator,
        now=now(),
        on_plan=lambda plan: say(messages.planned(plan), err=True),
    )
    annotated = run_in_terminal("Annotating", job)
    if as_json:
        print_json(asdict(annotated))
        return
    say(messages.annotated(annotated))
    if not exam:
        hint(folder, "tiletriage fine-tune WORKSPACE --minutes 5", "learn from them")
