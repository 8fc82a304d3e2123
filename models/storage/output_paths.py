"""Where a file may be written: never over a campaign's own files or what a command reads, and over a file only on the
user's word.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from itertools import chain, count
from pathlib import Path

from ..errors import OutputError
from .own_folder import MARK, sweep

CAMPAIGN, VERSIONS, HEATMAP, CACHE, LOCK = "campaign.gpkg", "versions", "heatmap.tif", "cache", ".lock"
OWN = {
    *(f"{CAMPAIGN}{end}" for end in ("", "-wal", "-shm", "-journal")),
    *(VERSIONS, HEATMAP, f"{HEATMAP}.aux.xml", CACHE, LOCK),
}
WRITTEN = (f"{CAMPAIGN}*", f"{HEATMAP}*", LOCK, f"{MARK}*", VERSIONS, CACHE)  # all of a campaign, as patterns


def check_output(
    path: Path,
    formats: Collection[str],
    is_ours: Callable[[Path], bool],
    *,
    overwrite: bool = False,
    inputs: Iterable[Path | None] = (),
) -> None:
    """OutputError, before the work begins, where a file must not or cannot be written.

    ``formats`` are the endings that may be written. A file that is there already gives way only where the user says so
    (``overwrite``) and it ``is_ours``, which is asked of such files alone. What the command reads, ``inputs``, never
    does.
    """
    check_place(path, inputs)
    if path.suffix.lower() not in formats:
        raise OutputError(
            "output-format",
            "'{path}' names no format that can be written. Use one of: {formats}.",
            path=path,
            formats=", ".join(formats),
        )
    if not path.absolute().parent.is_dir():
        raise OutputError(
            "output-folder-missing",
            "'{path}' cannot be written: there is no folder {folder}. Choose a folder that is yours and has room.",
            path=path,
            folder=path.parent,
        )
    if not os.path.lexists(path):
        return
    if not path.is_file():
        raise OutputError(
            "output-no-file", "'{path}' is there already, and it is no file. Choose another name.", path=path
        )
    if not is_ours(path):
        raise OutputError(
            "output-foreign",
            "'{path}' is there already and was not written by this step, so it is never replaced. Choose another name.",
            path=path,
        )
    if not overwrite:
        raise OutputError(
            "output-exists",
            "'{path}' is there already. Choose another name, or have it replaced with the option overwrite.",
            path=path,
        )


def check_place(path: Path, inputs: Iterable[Path | None] = ()) -> None:
    """OutputError where a path, or what it links to, belongs to a campaign or is one of the ``inputs``.

    What a killed command has left beside the path goes now: later, the command may find that there is nothing to write.
    """
    sweep(path.absolute().parent)
    for real in {path.absolute(), path.resolve()}:
        for folder in real.parents:
            if real.relative_to(folder).parts[0].casefold() in OWN and (folder / CAMPAIGN).exists():
                raise OutputError(
                    "output-of-campaign",
                    "'{path}' belongs to the campaign in {folder}: labels and models live there, and nothing else is "
                    "written over them. Choose another name.",
                    path=path,
                    folder=folder,
                )
    for read in inputs:
        if read is not None and path.exists() and read.exists() and path.samefile(read):
            raise OutputError(
                "output-is-input",
                "'{path}' is read by this very step, so nothing is written over it. Choose another name.",
                path=path,
            )


def unused(path: Path) -> Path:
    """The path itself where nothing is there, else the first of name_2, name_3, ... that is free."""
    names = chain([path], (path.with_name(f"{path.stem}_{number}{path.suffix}") for number in count(2)))
    return next(name for name in names if not os.path.lexists(name))
