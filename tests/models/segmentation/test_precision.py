from __future__ import annotations

import json
import signal
import subprocess
import sys

import pytest
import torch

from tiletriage.models.segmentation import precision
from tiletriage.models.segmentation.architecture import Architecture
from tiletriage.models.segmentation.precision import (
    CLOSE_ENOUGH,
    is_bfloat16_safe,
    is_crash,
    largest_error,
    mixed_precision,
)
from tiletriage.models.segmentation.unet import UNet

CPU, CUDA = torch.device("cpu"), torch.device("cuda")


@pytest.fixture
def proof(tmp_path):
    return tmp_path / "precision.json"


def subject(architecture):
    return [torch.__version__, torch.backends.cpu.get_cpu_capability(), architecture.encoder, architecture.bands]


def product(**context):
    ones = torch.ones(2, 2)
    with mixed_precision(**context):
        return (ones @ ones).dtype


def test_a_cpu_computes_in_bfloat16_only_where_that_is_safe():
    assert product(device=CPU, is_safe=True) == torch.bfloat16
    assert product(device=CPU, is_safe=False) == torch.float32
    assert product(device=CPU, is_safe=True, is_training=True) == torch.bfloat16


def test_training_on_cuda_stays_in_single_precision():
    with mixed_precision(CUDA, is_safe=False, is_training=True):
        assert not torch.is_autocast_enabled()


@pytest.mark.parametrize("is_safe", [True, False])
def test_a_proof_is_taken_from_its_file(proof, is_safe):
    architecture = Architecture()
    proof.write_text(json.dumps({"subject": subject(architecture), "is_safe": is_safe}))
    assert is_bfloat16_safe(architecture, proof, may_test=False) is is_safe


def test_a_proof_of_another_network_or_another_torch_proves_nothing(proof):
    architecture = Architecture()
    for other in (subject(Architecture(bands=4)), ["0.1", *subject(architecture)[1:]]):
        proof.write_text(json.dumps({"subject": other, "is_safe": True}))
        assert not is_bfloat16_safe(architecture, proof, may_test=False)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", "\x00\xff", "[" * 10**5, '{"subject": NaN}'])
def test_a_damaged_proof_proves_nothing(proof, content):
    proof.write_text(content, encoding="latin-1")
    assert not is_bfloat16_safe(Architecture(), proof, may_test=False)


def test_a_proof_without_an_answer_proves_nothing(proof):
    for answer in ({}, {"is_safe": []}, {"is_safe": "no"}):
        proof.write_text(json.dumps({"subject": subject(Architecture()), **answer}))
        assert not is_bfloat16_safe(Architecture(), proof, may_test=False)


def test_without_a_proof_the_answer_is_no_and_none_is_made_where_none_is_wanted(proof, monkeypatch):
    assert not is_bfloat16_safe(Architecture(), proof, may_test=False)
    monkeypatch.setitem(sys.modules, "qgis.core", precision)
    assert not is_bfloat16_safe(Architecture(), proof)
    assert not proof.exists()


def test_a_script_without_a_main_guard_runs_its_body_once_and_a_trial_that_fails_is_not_kept(proof, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\n"
        "from tiletriage.models.segmentation.architecture import Architecture\n"
        "from tiletriage.models.segmentation.precision import is_bfloat16_safe\n"
        f"Path({str(tmp_path / 'ran')!r}).open('a').write('once ')\n"
        f"print(is_bfloat16_safe(Architecture('no-such-encoder'), Path({str(proof)!r})))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120)
    assert "no-such-encoder" in done.stderr  # the trial itself was reached, and failed
    assert (done.returncode, done.stdout) == (0, "False\n")
    assert (tmp_path / "ran").read_text() == "once "
    assert not proof.exists()


@pytest.mark.parametrize("encoder", ["tu-tf_efficientnet_lite0", "tu-regnetx_002"])
def test_rounding_is_no_error_and_a_wrong_layer_is(encoder):
    torch.manual_seed(0)
    network, pixels = UNet(Architecture(encoder)).eval(), torch.randn(1, 3, 64, 64)
    assert 0 < largest_error(network, pixels) < CLOSE_ENOUGH
    layer = next(layer for layer in network.modules() if isinstance(layer, torch.nn.Conv2d))
    right = layer.forward
    layer.forward = lambda inputs: right(inputs) * (1.1 if torch.is_autocast_enabled("cpu") else 1)
    assert largest_error(network, pixels) > CLOSE_ENOUGH


def test_where_the_system_allows_no_trial_the_answer_is_no(proof):
    """Without a free descriptor no child can be started."""
    script = (
        "import os, resource\n"
        "from pathlib import Path\n"
        "from tiletriage.models.segmentation.architecture import Architecture\n"
        "from tiletriage.models.segmentation.precision import is_bfloat16_safe\n"
        "import multiprocessing.popen_spawn_posix\n"
        "for free in range(2, 8):\n"
        "    resource.setrlimit(resource.RLIMIT_NOFILE, (max(map(int, os.listdir('/proc/self/fd'))) + free, 4096))\n"
        f"    print(is_bfloat16_safe(Architecture('no-such-encoder'), Path({str(proof)!r})))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert (done.returncode, set(done.stdout.split())) == (0, {"False"}), done.stderr


def test_only_an_end_by_the_processor_is_a_crash():
    assert is_crash(-signal.SIGILL) and is_crash(-signal.SIGSEGV) and is_crash(0xC000001D)
    assert not any(is_crash(code) for code in (None, 0, 1, -signal.SIGTERM, -9))
