"""Links where there should be files: what comes from a stranger is never read or written through one."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from ..errors import WorkspaceError

JUNCTION = 0xA0000003  # of Windows: a link to a folder, which is no link to lstat


def check_plain(path: Path | str, may_have_names: bool = False) -> None:
    """WorkspaceError where there is something that is neither a file nor a folder of its own.

    A file with other names, hard links, is none either: what is written to it reaches whoever has those. It passes
    where it is only read (``may_have_names``).
    """
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    is_file = stat.S_ISREG(found.st_mode)
    if not (is_file or stat.S_ISDIR(found.st_mode)) or getattr(found, "st_reparse_tag", 0) == JUNCTION:
        raise WorkspaceError(
            "workspace-of-links",
            "'{path}' is a link or no file, and inside a campaign none is followed. Nothing was opened. Put the file "
            "or folder itself there, or delete it.",
            path=path,
        )
    if is_file and found.st_nlink > 1 and not may_have_names and not counts_short_names(found.st_dev):
        raise WorkspaceError(
            "workspace-of-hard-links",
            "'{path}' is a file with {count} names (hard links): what is written to it would change the others too. "
            "Nothing was opened. Copy the campaign's folder, and open the copy.",
            path=path,
            count=found.st_nlink,
        )


def counts_short_names(device: int, mounts: Path = Path("/proc/self/mountinfo")) -> bool:
    """Whether a disk is NTFS read by Linux through FUSE, where the name in 8.3 letters counts as another one."""
    ours = f"{os.major(device)}:{os.minor(device)}" if hasattr(os, "major") else ""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    of_device = (line.partition(" - ")[2].split() for line in lines if line.split()[2:3] == [ours])
    return any(kind[:1] == ["fuseblk"] for kind in of_device)


def check_all_plain(folder: Path, names: Collection[str], only_read: Collection[str] = ()) -> None:
    """The same for all in a folder whose name fits one of these patterns, and for everything inside it.

    What is inside of ``only_read`` may have other names.
    """
    fits = _fitting(tuple(names))
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as inside:
        for top in inside:
            if fits(top.name):
                _check_within(top, top.name.casefold() in only_read)


def _check_within(entry: os.DirEntry[str], may_have_names: bool) -> None:
    check_plain(entry.path, may_have_names)
    if entry.is_dir(follow_symlinks=False):
        with os.scandir(entry.path) as inside:
            for each in inside:
                _check_within(each, may_have_names)


@lru_cache(10)
def _fitting(names: tuple[str, ...]) -> Callable[[str], object]:
    return re.compile("|".join(map(fnmatch.translate, names)), re.IGNORECASE).match
