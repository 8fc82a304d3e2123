"""A file of the user's, before any library opens it: a regular file, under a name that can be told."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..errors import EngineError

# what GDAL opens beside a file, by its stem and by its whole name
OF_RASTERS = (".aux", ".hdr", ".prj", ".tfw", ".wld", ".jgw", ".pgw", ".j2w", ".tab", ".rrd", ".ige", ".rpb", ".imd")
SAME_STEM = (*OF_RASTERS, ".shx", ".dbf", ".cpg", ".qpj", ".qix", ".sbn", ".sbx", ".cst", ".idm", ".ind")
SAME_NAME = (".aux.xml", ".ovr", ".msk", ".aux", "-wal", "-shm", "-journal")
Listing = Callable[[Path], Mapping[str, Sequence[str]]]  # ``names_in``, or the same for many files of one folder


def names_in(folder: Path) -> Mapping[str, Sequence[str]]:
    """The names in a folder, by the same in lower case; OSError where it cannot be listed."""
    names: dict[str, list[str]] = defaultdict(list)
    with os.scandir(folder) as inside:
        for each in inside:
            names[each.name.casefold()].append(each.name)
    return names


def check_input(path: Path, error: type[EngineError], listing: Listing = names_in) -> None:
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
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as missing:
        raise error("input-missing", "There is no file {path}. Check the path.", path=path) from missing
    if stat.S_ISDIR(mode):
        raise error("input-folder", "'{path}' is a folder. Name the file itself.", path=path)
    special = path if _is_special(mode) else next(filter(is_special, beside(path, listing=listing)), None)
    if special is not None:
        raise error(
            "input-special",
            "'{path}' is no plain file but a pipe, a socket or a device, and is not read. Copy what it gives into a "
            "file, or take it away.",
            path=special,
        )


def beside(
    path: Path,
    same_stem: Sequence[str] = SAME_STEM,
    same_name: Sequence[str] = SAME_NAME,
    listing: Listing = names_in,
) -> list[Path]:
    """What GDAL may open with a file: of these endings instead of, or after, its own, written in any case."""
    name, stem, folder = path.name, path.stem, path.parent
    wanted = [*(stem + end for end in same_stem), *(name + end for end in same_name)]
    try:
        listed = listing(folder)
    except OSError:  # a folder whose files may be opened, but not listed: so GDAL tries these
        return [folder / each for each in (*wanted, *map(str.upper, wanted)) if (folder / each).exists()]
    return [folder / found for each in wanted for found in listed.get(each.casefold(), ())]


def is_unicode(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def is_special(path: Path) -> bool:
    """Whether something is there that is neither a file nor a folder."""
    try:
        return _is_special(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _is_special(mode: int) -> bool:
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
