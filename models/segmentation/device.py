"""Where the network runs, and with how many threads."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress

import torch

M_TRIM_THRESHOLD, M_MMAP_MAX = -1, -4  # of malloc.h
KEPT_BYTES = 512 * 2**20  # what a pass over a batch takes


def prepare_device(threads: int = 0) -> torch.device:
    """CUDA where there is one, else Apple's MPS, else the CPU with so many threads; 0 leaves one core to the user.

    ``OMP_NUM_THREADS`` has the last word on threads.
    """
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(threads or max(1, _cores() - 1))
    _keep_freed_memory()
    return torch.device("cpu")


def _keep_freed_memory() -> None:
    """Have glibc keep what tensors free: to ask the system for it anew, layer by layer, takes a quarter of a pass.

    Elsewhere than on Linux with glibc nothing is changed.
    """
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL("libc.so.6").mallopt
        mallopt(M_MMAP_MAX, 0)
        mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)


def _cores() -> int:
    """The cores that this process may use, which on a shared machine are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):  # Linux
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
