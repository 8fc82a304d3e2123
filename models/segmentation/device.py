"""Where the network runs, and with how many threads."""

from __future__ import annotations

import os

import torch


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
    return torch.device("cpu")


def _cores() -> int:
    """The cores that this process may use, which on a shared machine are fewer than there are."""
    if hasattr(os, "sched_getaffinity"):  # Linux
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
