"""Folders of our own for what is not finished: nobody can foresee their names, and they go with the process."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

MARK, END = ".tiletriage-", ".part"
ALIVE = ".alive"  # a file in each, locked as long as the process lives that made it
OF_VERSION_0_2 = "tmp*"  # so its folders were called in a cache, and others may call theirs elsewhere
LEFT_BEHIND_SECONDS = 86400.0  # what knows no locks and is older belongs to a process that was killed


@contextmanager
def own_folder(parent: Path) -> Iterator[Path]:
    """An empty folder in another one, deleted at the end, or by the next ``sweep`` after the process was killed."""
    own, alive = _make_locked(parent)
    try:
        with alive:
            yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Away with what killed processes have left in a folder; what cannot be deleted stays."""
    with suppress(OSError):
        for left in folder.glob(f"{MARK}*{END}"):
            with suppress(OSError):
                if left.is_dir() and not left.is_symlink():
                    _delete_left(left)


def sweep_after_0_2(cache: Path) -> None:
    """Away with what killed processes of version 0.2.0 have left in a cache, after a day: they locked nothing."""
    with suppress(OSError):
        for left in cache.glob(OF_VERSION_0_2):
            if left.is_dir() and not left.is_symlink() and _is_old(left):
                shutil.rmtree(left, ignore_errors=True)


def _make_locked(parent: Path) -> tuple[Path, BinaryIO]:
    """A new folder with its locked file. One that a sweep has come upon before it was locked is left to the sweep."""
    while True:
        own = parent / f"{MARK}{token_hex(8)}{END}"  # not by tempfile, whose folders only their owner may read
        own.mkdir()
        try:
            alive = (own / ALIVE).open("xb")
        except (FileNotFoundError, FileExistsError):
            continue
        except OSError:
            own.rmdir()
            raise
        if _lock(alive.fileno()) is not False and _is_there(own / ALIVE, alive):
            return own, alive
        alive.close()


def _delete_left(folder: Path) -> None:
    """Delete a folder that no process has locked; while it is deleted nobody else can lock it."""
    with _open_or_make(folder / ALIVE) as alive:
        is_left = _lock(alive.fileno())
        if is_left is None:
            is_left = _is_old(folder)
        if not is_left:
            return
        shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)  # Windows deletes no file that is open


def _open_or_make(alive: Path) -> BinaryIO:
    """The file to lock; it is missing where the process was killed before it, or while it deleted the folder."""
    try:
        return alive.open("r+b")
    except FileNotFoundError:
        return alive.open("xb")


def _is_there(path: Path, opened: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(opened.fileno()))
    except FileNotFoundError:
        return False


def _is_old(folder: Path) -> bool:
    return abs(time.time() - folder.lstat().st_mtime) > LEFT_BEHIND_SECONDS  # a clock may have been wrong


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
