"""A disk in memory of a size of its own, which may be full or closed to writing; it takes the right to mount one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

ROOMY_BYTES, PAGE_BYTES = 200 * 2**20, 4096


class MemoryDisk:
    """What is mounted at a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resize(self, size: int) -> None:
        """To as many whole pages as that is, but to what is used at least."""
        self._remount(f"size={max(size, self.used()) // PAGE_BYTES * PAGE_BYTES}")

    def used(self) -> int:
        known = os.statvfs(self.folder)
        return (known.f_blocks - known.f_bfree) * known.f_bsize

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Not even root may write."""
        self._remount("ro")
        try:
            yield
        finally:
            self._remount("rw")

    @contextmanager
    def watched(self) -> Iterator[list[int]]:
        """Gives a list that in the end holds the most that was used."""
        most, is_over = [self.used()], Event()

        def watch() -> None:
            while not is_over.wait(0.001):
                most[0] = max(most[0], self.used())

        watcher = Thread(target=watch)
        watcher.start()
        try:
            yield most
        finally:
            is_over.set()
            watcher.join()

    def _remount(self, option: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{option}", self.folder], check=True)


@contextmanager
def mounted(folder: Path) -> Iterator[MemoryDisk]:
    """Roomy at first; without the right to mount the test is skipped."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={ROOMY_BYTES}", "tmpfs", folder]
    mount = subprocess.run(words, capture_output=True, text=True, check=False)
    if mount.returncode:
        pytest.skip(f"no right to mount a disk: {mount.stderr.strip()}")
    (folder / "filler").write_bytes(bytes(PAGE_BYTES))  # a disk of no bytes would be one without a limit
    try:
        yield MemoryDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
