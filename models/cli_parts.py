"""What the commands share: their common options, and how a campaign is opened and a result comes out."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from . import wording
from .jobs import Job, drive

if TYPE_CHECKING:
    from rich.table import Table

    from .workspace import Workspace

STRATEGIES = (
    *("balanced", "uncertain-k-means", "random", "entropy", "margin", "k-centre", "k-means"),
    *("active-ft", "active-ft-paper", "p1", "p2"),
)
METHODS = ("decoder", "full")
FILE = click.Path(path_type=Path)  # whether it is there is for the engine to say, with the cure
FILE_WIDTH = 120  # characters of a table that does not go to a terminal

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")


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


def prepare() -> None:
    """What must be done before the engine is imported."""
    from .native_libraries import mend_proj_data

    mend_proj_data()


def open_campaign(folder: Path) -> Workspace:
    prepare()
    from .workspace import open_workspace

    return open_workspace(folder)


def run_in_terminal(doing: str, job: Job[T]) -> T:
    """The result of a job that shows its progress here and hears Ctrl-C."""
    from .terminal import Terminal

    with Terminal(doing) as terminal:
        return drive(job, terminal)


def now() -> datetime:
    return datetime.now(timezone.utc)


def print_json(result: Any) -> None:
    click.echo(wording.as_json(result))


def print_table(table: Table) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = FILE_WIDTH
    console.print(table)


def hint(folder: Path, command: str, why: str) -> None:
    """What to do next, as a command to copy."""
    click.echo(f"  {command.replace('WORKSPACE', quoted(folder))}  # {why}")


def quoted(path: Path) -> str:
    return shlex.quote(str(path))
