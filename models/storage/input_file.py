"""A file of the user's, before any library opens it: a regular file, under a name that can be told."""

from __future__ import annotations

import stat
from pathlib import Path

from ..errors import EngineError

# what GDAL opens beside a file, by its stem and by its whole name
SAME_STEM = (
    *(".aux", ".hdr", ".prj", ".tfw", ".wld", ".jgw", ".pgw", ".j2w", ".tab", ".rrd", ".ige", ".rpb", ".imd"),
    *(".shx", ".dbf", ".cpg", ".qpj", ".qix", ".sbn", ".sbx", ".cst", ".idm", ".ind"),
)
SAME_NAME = (".aux.xml", ".ovr", ".msk", ".aux", "-wal", "-shm", "-journal")


def check_input(path: Path, error: type[EngineError]) -> None:
    """An error of the kind given where a path, or what belongs to it beside it, must not be opened.

    A pipe, a socket or a device would keep its reader waiting for ever, a library takes a folder for a data set of many
    files, and no library takes a name that is not Unicode. GDAL opens some of what lies beside a file without being
    asked to.
    """
    if not is_unicode(path):
        raise error(
            "input-name",
            "The name of '{path}' is not written in Unicode, so the file cannot be opened. Rename it, with plain "
            "letters, and try again.",
            path=path,
        )
    if not path.exists():
        raise error("input-missing", "There is no file {path}. Check the path.", path=path)
    if path.is_dir():
        raise error("input-folder", "'{path}' is a folder. Name the file itself.", path=path)
    beside = [*(path.with_suffix(end) for end in SAME_STEM), *(path.with_name(path.name + end) for end in SAME_NAME)]
    special = next((each for each in (path, *beside) if is_special(each)), None)
    if special is not None:
        raise error(
            "input-special",
            "'{path}' is no plain file but a pipe, a socket or a device, and is not read. Copy what it gives into a "
            "file, or take it away.",
            path=special,
        )


def is_unicode(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def is_special(path: Path) -> bool:
    """Whether something is there that is neither a file nor a folder."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
