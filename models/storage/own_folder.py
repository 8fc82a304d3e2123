"""Folders of our own for what is not finished: nobody can foresee their names, and they go with the process."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

MARK, END = ".tiletriage-", ".part"
ALIVE = ".alive"  # a file in each, locked as long as the process lives that made it
OF_VERSION_0_2 = "tmp*"  # so its folders were called in a cache, and others may call theirs elsewhere
JUST_MADE_SECONDS = 10.0  # so new a folder may not be locked yet
LEFT_BEHIND_SECONDS = 86400.0  # where a disk knows no locks, what is older belongs to a process that was killed


@contextmanager
def own_folder(parent: Path) -> Iterator[Path]:
    """An empty folder in another one, deleted at the end, or by the next ``sweep`` after the process was killed."""
    own = parent / f"{MARK}{token_hex(8)}{END}"  # not by tempfile, whose folders only their owner may read
    own.mkdir()
    try:
        with (own / ALIVE).open("xb") as file:
            _lock(file.fileno())
            yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


def sweep(folder: Path, pattern: str = f"{MARK}*{END}") -> None:
    """Away with what killed processes have left in a folder; what cannot be deleted stays."""
    with suppress(OSError):
        for left in folder.glob(pattern):
            with suppress(OSError):
                if left.is_dir() and not left.is_symlink() and _is_left(left):
                    shutil.rmtree(left, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    age = abs(time.time() - folder.lstat().st_mtime)  # a clock may have been wrong
    if age < JUST_MADE_SECONDS:
        return False
    try:
        with (folder / ALIVE).open("r+b") as file:
            return _lock(file.fileno()) is True
    except FileNotFoundError:
        return age > LEFT_BEHIND_SECONDS


def _lock(opened: int) -> bool | None:
    """Whether the file could be locked for this process; None where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True
