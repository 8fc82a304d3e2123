"""What all commands share: their order in the help, and how errors end as a message and an exit code."""

from __future__ import annotations

import errno
import sqlite3
import sys
import warnings
from typing import Any

import click

from ..errors import EngineError, on_a_line, shortened
from ..jobs import Cancelled
from .console import printable

CANCELLED = 130  # the exit code of a program that Ctrl-C has ended
LONGEST_USAGE = 500  # letters of a message about an option, which lists what can be chosen
WITHOUT_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class CommandGroup(click.Group):
    """Lists its commands in the order of the loop; what the user can mend ends as a message, without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with warnings.catch_warnings():
                if not sys.warnoptions:  # what libraries think of a file tells nobody what to do, and hides our message
                    warnings.simplefilter("ignore")
                return super().invoke(ctx)
        except EngineError as error:
            raise click.ClickException(_on_one_line(str(error))) from error
        except click.UsageError as error:
            raise click.UsageError(shortened(error.format_message(), LONGEST_USAGE), error.ctx) from error
        except (Cancelled, KeyboardInterrupt):
            click.echo("Cancelled; run the same command again to go on.", err=True)
            ctx.exit(CANCELLED)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever reads stdout has gone: click ends quietly then
                raise
            raise click.ClickException(_on_one_line(_cure_of(error))) from error
        except sqlite3.OperationalError as error:
            if "full" not in str(error):
                raise
            raise click.ClickException(_cure_of(OSError(errno.ENOSPC, str(error)))) from error


def _on_one_line(text: str) -> str:
    """So that no name in a message looks like a message of ours."""
    return printable(" ".join(text.splitlines()))


def _cure_of(error: OSError) -> str:
    where = f" ({on_a_line(error.filename)})" if error.filename else ""
    if error.errno in WITHOUT_ROOM:
        return f"The disk is full{where}. Free some space and run the same command again: it goes on where it stopped."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"No right to read or write there{where}. Make it yours to write, or work in another folder."
    what = error.strerror or str(error)
    return f"{what}{where}. Check that the file and its disk are there, then run the same command again."
