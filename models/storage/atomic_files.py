"""Files and folders that appear whole or not at all, and are on the disk before anything relies on them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import OutputError
from .own_folder import own_folder, sweep

PATIENCE_SECONDS = 2.0  # for another program to let go of the file that is replaced, as Windows demands


@contextmanager
def appearing_whole(path: Path) -> Iterator[Path]:
    """A path to write a file or a folder to; at the end it takes the place of ``path``, after an error it vanishes.

    It lies in a folder of its own, beside ``path`` and under a name that nobody can foresee, so that no link is
    followed and nobody else's file is touched. A folder takes only a place that is free. Raises OSError, and
    OutputError where another program keeps the old file; the old file stays then.
    """
    sweep(path.parent)
    with own_folder(path.parent) as own:
        yield own / path.name
        replace_file(own / path.name, path)


def replace_file(beside: Path, path: Path) -> None:
    """Put what is finished, a file or a folder on the same disk, into the place of ``path``.

    What it holds is on the disk before its name is, so that not even a power cut leaves half of it. Raises OutputError
    where another program keeps the old file for more than a moment.
    """
    for held in [beside, *beside.rglob("*")] if beside.is_dir() else [beside]:
        _sync(held)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            beside.replace(path)
            break
        except PermissionError as error:
            if time.monotonic() > deadline:
                raise OutputError(
                    "output-kept",
                    "'{path}' cannot be replaced ({error}): another program has it open, or it is not yours to write. "
                    "Remove its layer in QGIS, or close that program, and try again; the old file is still there.",
                    path=path,
                    error=error.strerror,
                ) from error
            time.sleep(0.1)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Wait until the disk has a file, or what a folder lists; not every system can wait for a folder."""
    if path.is_dir():
        with suppress(OSError):
            _sync_opened(path, os.O_RDONLY)
    else:
        _sync_opened(path, os.O_RDWR)


def _sync_opened(path: Path, flags: int) -> None:
    opened = os.open(path, flags)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
