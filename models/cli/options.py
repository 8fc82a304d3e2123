"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..choices import bands_of

FILE = click.Path(path_type=Path)  # whether it is there is for the engine to say, with the cure

Command = TypeVar("Command", bound=Callable[..., Any])


def as_json_option(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for machines.")(command)


def workspace_and_json(command: Command) -> Command:
    """What every command of a campaign takes."""
    return click.argument("folder", metavar="WORKSPACE", type=FILE)(as_json_option(command))


def gsd_option(command: Command) -> Command:
    return click.option(
        "--gsd",
        type=click.FloatRange(0, min_open=True),
        metavar="METRES",
        help="Ground sampling distance to work at. By default that of the imagery, but not finer than 0.07.",
    )(command)


def tile_size_option(command: Command) -> Command:
    return click.option(
        "--tile-size",
        type=click.IntRange(32, 2048),
        metavar="PX",
        callback=_multiple_of_32,
        default=256,
        show_default=True,
        help="Side of a tile in pixels, a multiple of 32.",
    )(command)


SEEN_BANDS = "Bands that the model sees, by number or name, in its order: for buildings red, green and blue."


def bands_option(name: str, words: str) -> Callable[[Command], Command]:
    return click.option(name, metavar="1,2,3", callback=lambda context, option, text: bands_of(text), help=words)


def class_reading_options(command: Command) -> Command:
    """What the classes of a file of labels are."""
    options = (
        click.option("--class-field", metavar="NAME", help="Field of the file that names the class of each footprint."),
        click.option(
            "--class-values",
            metavar="VALUE=CLASS,...",
            help="What the values of that field, or of a label raster, mean: a class, 'background' or 'unlabelled'.",
        ),
        click.option(
            "--class-order",
            metavar="CLASS,...",
            help="All classes, the first on top, for footprints of two classes on the same ground.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def overwrite_option(command: Command) -> Command:
    return click.option(
        "--overwrite", is_flag=True, help="Replace what this command has written there before; never anything else."
    )(command)


def _multiple_of_32(context: click.Context, option: click.Parameter, value: int) -> int:
    if value % 32:
        raise click.BadParameter(f"{value} is no multiple of 32: take 128, 256 or 512")
    return value


def numbers(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    """What an option such as 1,2,3 means."""
    try:
        return tuple(int(number) for number in value.split(",")) if value else None
    except ValueError as error:
        raise click.BadParameter("give numbers with commas between them, for example 1,2,3") from error
