"""Where the network runs, and with how many threads."""

from __future__ import annotations

import os

import torch


def prepare_device() -> torch.device:
    """CUDA where there is one, else Apple's MPS, else the CPU with one core left to the user interface.

    ``OMP_NUM_THREADS`` has the last word on threads.
    """
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(max(1, (os.cpu_count() or 1) - 1))
    return torch.device("cpu")
