"""The command line: each command is one use case of the engine, its result in words or as JSON.

The engine is imported inside the commands: help must come at once, and torch alone takes seconds.
"""

from __future__ import annotations

import click

from .adapter import adapter
from .campaign import annotate, new, next_, score
from .command_group import CommandGroup
from .model import evaluate, fine_tune, predict, quality, versions
from .simulation import report_, simulate_


def _say_version(context: click.Context, option: click.Parameter, is_wanted: bool) -> None:
    from ..version import version

    if is_wanted:
        click.echo(version())
        context.exit()


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version, help="Print the version."
)
def main() -> None:
    """Map buildings, water or land cover with few labels: Tile Triage says which tiles of an image to annotate next,
    and fine-tunes a model on them, round by round.

    A campaign is one area being mapped; everything about it lies in one folder, its WORKSPACE:

    \b
      tiletriage new village --imagery village.tif

    Then come the rounds. Rank all tiles and see the heatmap, look up the ten that come next, hand in what was drawn on
    them, and let the model learn. What it learnt is put to work where tiles that were held out say that it is better:

    \b
      tiletriage score village --png village.png --overwrite
      tiletriage next village --count 10
      tiletriage annotate village --footprints drawn.gpkg --next 10
      tiletriage fine-tune village --minutes 5

    When 'quality', or the next 'score', says that it is enough, have the whole area drawn:

    \b
      tiletriage predict village -o buildings.gpkg

    What a model has learnt goes to another campaign as one small file: see 'adapter'.

    Where all labels are known, 'simulate' replays campaigns and 'report' says which strategy needs the fewest tiles.

    Footprints are drawn in QGIS or any other program: GeoPackage, GeoJSON or Shapefile, in any CRS. Whatever is
    interrupted goes on when the same command is run again.

    Exit codes: 0 done, 1 not possible as it is (the message says what to do), 2 wrong usage, 130 cancelled.
    """


for command in (
    new,
    score,
    next_,
    annotate,
    fine_tune,
    evaluate,
    quality,
    predict,
    versions,
    adapter,
    simulate_,
    report_,
):
    main.add_command(command)
