from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest
import torch

from tiletriage.models.segmentation.device import prepare_device

pytestmark = pytest.mark.skipif(
    torch.cuda.is_available() or torch.backends.mps.is_available(), reason="there is an accelerator"
)


@pytest.fixture(autouse=True)
def _same_threads_afterwards():
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def test_omp_num_threads_has_the_last_word(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    torch.set_num_threads(3)
    assert prepare_device() == torch.device("cpu")
    assert torch.get_num_threads() == 3


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux lends a process some of the cores")
def test_one_of_the_cores_that_the_process_may_use_is_left_free(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    cores = os.sched_getaffinity(0)
    prepare_device()
    assert torch.get_num_threads() == max(1, len(cores) - 1)
    try:
        os.sched_setaffinity(0, {min(cores)})
        prepare_device()
        assert torch.get_num_threads() == 1
    finally:
        os.sched_setaffinity(0, cores)


KEEPS = """
import resource, torch
from tiletriage.models.segmentation.device import prepare_device
prepare_device()
faults = []
for _ in range(30):  # the first few find their places
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    torch.ones(16 * 2**20)  # 64 MiB: 16384 pages
    faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
print(min(faults))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc is told to")
def test_what_tensors_free_is_kept_for_the_next_ones():
    told = subprocess.run([sys.executable, "-c", KEEPS], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 1000
