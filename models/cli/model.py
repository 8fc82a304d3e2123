"""The commands about a model version: how it learns, how good it is, what it draws, and which one is active."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..choices import ENOUGH, METHODS
from ..jobs import drive
from . import messages
from .console import Terminal, hint, now, open_campaign, print_json, print_table, quoted, run_in_terminal, say
from .options import FILE, overwrite_option, workspace_and_json

if TYPE_CHECKING:
    from ..training.fine_tune import Epoch


@click.command("fine-tune")
@workspace_and_json
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="full",
    show_default=True,
    help="'full' trains everything: usually the better one for buildings. 'decoder' trains the decoder alone: faster, "
    "and safer with very few tiles. 'lora' trains it, and small adapters beside the encoder, which stays: a file of 2 "
    "MB for other campaigns (see 'adapter'); it needs the package peft. From nothing all three learn a flood as well: "
    "F1 0.90 to 0.91 with 5 tiles, 0.92 with 20.",
)
@click.option("--minutes", type=click.FloatRange(0, min_open=True), help="Stop after so many minutes ...")
@click.option(
    "--epochs",
    type=click.IntRange(1),
    help="... or after so many epochs, whichever comes first.",
)
def fine_tune(folder: Path, as_json: bool, method: str, minutes: float | None, epochs: int | None) -> None:
    """Train a new version on all annotated tiles.

    It starts from the active one, and both are measured on tiles that are held out in turn, or on the exam tiles if
    there are enough. Where the new one is better than noise it becomes active, else it is parked and can be activated
    by hand. A campaign that began with a blank start learns there anew each time, and the new version need only be
    better. Interrupted, it goes on from its last checkpoint.

    Example: tiletriage fine-tune village --minutes 5
    """
    if minutes is None and epochs is None:
        raise click.UsageError("Say when to stop: --minutes 5, or --epochs 20.")
    workspace = open_campaign(folder)
    from .. import loop

    with Terminal("Fine-tuning") as terminal:

        def tell(epoch: Epoch) -> None:
            terminal.say_now_and_then(messages.epoch(epoch))

        job = loop.fine_tune(workspace, method=method, minutes=minutes, epochs=epochs, now=now(), on_epoch=tell)
        done = drive(job, terminal)
    if as_json:
        print_json(asdict(done))
        return
    activate = f"tiletriage versions {quoted(folder)} --activate {done.version}"
    say(messages.fine_tuned(done, activate))
    if done.is_active:
        hint(folder, "tiletriage score WORKSPACE", "rank the tiles anew with it")


@click.command()
@workspace_and_json
@click.option("--version", metavar="ID", help="The version to measure.  [default: the active one]")
def evaluate(folder: Path, as_json: bool, version: str | None) -> None:
    """Measure a version on the exam tiles.

    IoU and F1 count pixels; footprint F1 counts footprints that were found with an IoU of at least 0.5, whose mean IoU
    says how well they are drawn.

    Example: tiletriage evaluate village
    """
    workspace = open_campaign(folder)
    from .. import loop

    exam = run_in_terminal("Evaluating", loop.evaluate(workspace, version=version))
    if as_json:
        figures = ("version", "iou", "f1", "footprint_f1", "matched_iou", "exam_tiles", "mean_iou", "class_iou")
        print_json({**{name: getattr(exam, name) for name in figures}, "confusion": exam.confusion.tolist()})
    else:
        say(messages.evaluated(exam))


@click.command()
@workspace_and_json
@click.option(
    "--enough",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    default=ENOUGH,
    show_default=True,
    help="Say that it is enough where ten more minutes should make less than so much of the map right.",
)
def quality(folder: Path, enough: float, as_json: bool) -> None:
    """Say how good the finished map is now, and what ten more minutes of annotating are worth.

    The map is people's footprints where they annotated, and what the active version shows elsewhere. Its quality is
    estimated from the tiles that were drawn by lot, half of each round, with an interval of 90 %; no exam is needed.

    Example: tiletriage quality village --enough 2
    """
    workspace = open_campaign(folder)
    from .. import loop

    found = run_in_terminal("Looking at the annotated tiles", loop.map_quality(workspace, now()))
    if as_json:
        print_json({**asdict(found), "next_gain": found.next_gain, "is_enough": found.is_enough(enough)})
    else:
        say(messages.map_quality(found, enough))


@click.command()
@workspace_and_json
@click.option("-o", "--output", type=FILE, required=True, help="The file to write: .gpkg or .geojson.")
@click.option("--raster", type=FILE, help="Also the class of every pixel: a cloud-optimised GeoTIFF, with a style.")
@click.option("--version", metavar="ID", help="The version to predict with.  [default: the active one]")
@click.option("--aoi", type=FILE, help="Predict only in these polygons (any CRS).")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.5,
    show_default=True,
    help="Probability from which a pixel shows a class.",
)
@click.option(
    "--minimum-area",
    type=click.FloatRange(0),
    metavar="M2",
    help="Smaller footprints of the model are left out, in square metres.  [default: as their class says, 4 for "
    "buildings]",
)
@overwrite_option
def predict(
    folder: Path,
    as_json: bool,
    output: Path,
    raster: Path | None,
    version: str | None,
    aoi: Path | None,
    threshold: float,
    minimum_area: float | None,
    overwrite: bool,
) -> None:
    """Write the footprints of the whole area.

    In tiles that people finished they are people's, and nowhere does the model draw over what people drew; each says
    its origin. The model's have their confidence and version, and what lies across tiles is one footprint. In a
    GeoPackage with other layers only the layer 'footprints' changes.

    Example: tiletriage predict village -o buildings.gpkg
    """
    workspace = open_campaign(folder)
    from .. import loop

    job = loop.predict(
        workspace,
        output,
        version=version,
        area=aoi,
        threshold=threshold,
        minimum_area_m2=minimum_area,
        raster=raster,
        overwrite=overwrite,
    )
    predicted = run_in_terminal("Predicting", job)
    if as_json:
        print_json(asdict(predicted))
    else:
        say(messages.predicted(predicted))


@click.command()
@workspace_and_json
@click.option("--activate", metavar="ID", help="Make this version the active one: roll back, or take a parked one.")
def versions(folder: Path, as_json: bool, activate: str | None) -> None:
    """List the model versions, or activate one.

    The active version scores, predicts and is where the next fine-tuning starts; parked ones wait.

    Example: tiletriage versions village --activate v002
    """
    workspace = open_campaign(folder)
    from .. import loop
    from ..campaign.campaign_file import ACTIVE_VERSION

    if activate:
        loop.activate(workspace, activate)
    with workspace.store() as store:
        active = store.setting(ACTIVE_VERSION)
    cards, damaged = workspace.cards(), workspace.damaged_versions()
    if as_json:
        unusable = [{"id": version, "active": False, "damaged": str(problem)} for version, problem in damaged.items()]
        print_json([*(messages.version_row(card, active) for card in cards), *unusable])
        return
    print_table(messages.versions(cards, damaged, active))
    for version, problem in damaged.items():
        say(f"{version} is damaged. {problem}")
