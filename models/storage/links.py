"""Links where there should be files: what comes from a stranger is never read or written through one."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path

from ..errors import WorkspaceError

JUNCTION = 0xA0000003  # of Windows: a link to a folder, which is no link to lstat


def check_plain(path: Path | str) -> None:
    """WorkspaceError where there is something that is neither a file nor a folder of its own."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    is_plain = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
    if not is_plain or getattr(found, "st_reparse_tag", 0) == JUNCTION:
        raise WorkspaceError(
            "workspace-of-links",
            "'{path}' is a link or no file, and inside a campaign none is followed. Nothing was opened. Put the file "
            "or folder itself there, or delete it.",
            path=path,
        )


def check_single(path: Path | str) -> None:
    """WorkspaceError where a file is one of several names of the same content: written in place, all would change."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    if stat.S_ISREG(found.st_mode) and found.st_nlink > 1:
        raise WorkspaceError(
            "file-of-several-names",
            "'{path}' is the same file as another one (a hard link), which would change with it. Nothing was opened. "
            "Copy the campaign's folder, and open the copy.",
            path=path,
        )


def check_all_plain(folder: Path, names: Iterable[str]) -> None:
    """The same for all in a folder whose name fits one of these patterns, and for everything inside it."""
    pattern = re.compile("|".join(map(fnmatch.translate, names)), re.IGNORECASE)
    for top in folder.iterdir() if folder.is_dir() else ():
        if pattern.match(top.name):
            check_plain(top)
            for within, folders, files in os.walk(top):
                for name in (*folders, *files):
                    check_plain(f"{within}{os.sep}{name}")
