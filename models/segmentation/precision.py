"""Whether the network may compute in bfloat16 here: only where a child process has shown that it is safe and faster."""

from __future__ import annotations

import json
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

import torch

from ..storage.atomic_files import appearing_whole
from ..storage.bounded_json import read_json
from .architecture import Architecture
from .unet import UNet

PATIENCE_SECONDS = 60
WORTH_IT = 1.2  # times as fast
CRASHES = {getattr(signal, name, 0) for name in ("SIGILL", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGABRT")} - {0}
CLOSE_ENOUGH = 0.02  # the largest relative error of a layer; numbers of eight bits come to 0.002 to 0.005


def mixed_precision(device: torch.device, is_safe: bool, is_training: bool = False) -> AbstractContextManager[object]:
    """The context in which the network runs: float16 on CUDA, bfloat16 where ``is_safe`` on a CPU, else float32.

    Training on CUDA stays in float32: most gradients are too small for float16.
    """
    if device.type == "cuda" and not is_training:
        return torch.autocast("cuda", torch.float16)
    return torch.autocast("cpu", torch.bfloat16, enabled=is_safe and device.type == "cpu")


def is_bfloat16_safe(architecture: Architecture, proof: Path, may_test: bool = True) -> bool:
    """Whether bfloat16 on this CPU has been proven; the proof is kept in a file and made again for another torch.

    Without a proof, and where a test is not wanted or the process is not a plain Python (QGIS), the answer is no: a
    crash of the child says no too, and never reaches the user. A trial that came to no end for another reason is not
    kept.
    """
    subject = [torch.__version__, torch.backends.cpu.get_cpu_capability(), architecture.encoder, architecture.bands]
    known = _kept(proof)
    if known.get("subject") == subject:
        return known.get("is_safe") is True
    if not may_test or not Path(sys.executable).name.startswith("python") or "qgis.core" in sys.modules:
        return False
    is_safe = _try_in_a_child(architecture)
    if is_safe is None:
        return False
    proof.parent.mkdir(parents=True, exist_ok=True)
    with appearing_whole(proof) as beside:
        beside.write_text(json.dumps({"subject": subject, "is_safe": is_safe}), encoding="utf-8")
    return is_safe


def _kept(proof: Path) -> dict[str, Any]:
    """What the file of the proof says: nothing where there is none, or a damaged one."""
    try:
        known = read_json(proof.read_text(encoding="utf-8"), proof.name)
    except (FileNotFoundError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _try_in_a_child(architecture: Architecture) -> bool | None:
    """What the trial says; None where it could not begin, or came to no end for another reason than a crash, which
    proves nothing."""
    spawn = multiprocessing.get_context("spawn")
    try:
        answer, question = spawn.Pipe(duplex=False)
        child = spawn.Process(target=_try, args=(architecture, question), daemon=True)
        with _no_main_module():
            child.start()
    except OSError:  # no memory, descriptor or process left for it
        return None
    question.close()
    try:
        return bool(answer.recv()) if answer.poll(PATIENCE_SECONDS) else None
    except EOFError:  # the child died
        child.join(PATIENCE_SECONDS)
        return False if is_crash(child.exitcode) else None
    finally:
        child.kill()
        child.join()


@contextmanager
def _no_main_module() -> Iterator[None]:
    """A child that is started meanwhile does not run the script again that runs here, which may have no main guard."""
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def is_crash(exit_code: int | None) -> bool:
    """Whether a process ended as by an instruction that the processor does not have, and not by a kill or an error."""
    return exit_code is not None and (-exit_code in CRASHES or exit_code >= 0xC0000000)  # the latter on Windows


def _try(architecture: Architecture, question: Connection) -> None:
    """In the child: a few steps of inference and training in both precisions."""
    torch.manual_seed(0)
    network = UNet(architecture)
    pixels = torch.randn(8, architecture.bands, 256, 256).to(memory_format=torch.channels_last)

    def infer(is_mixed: bool) -> torch.Tensor:
        with mixed_precision(torch.device("cpu"), is_mixed), torch.inference_mode():
            return torch.sigmoid(network(pixels).logits.float())

    with mixed_precision(torch.device("cpu"), True):
        network.train()(pixels).logits.float().mean().backward()
    network.eval()
    is_close = largest_error(network, pixels) < CLOSE_ENOUGH
    question.send(is_close and WORTH_IT * _seconds(infer, True) < _seconds(infer, False))


def largest_error(network: torch.nn.Module, pixels: torch.Tensor) -> float:
    """The largest relative error (in norm) of a convolution in bfloat16, each on what it gets in float32.

    Each layer by itself, because in a network of random weights small errors grow from layer to layer.
    """
    errors = []

    def compare(layer: torch.nn.Module, inputs: tuple[torch.Tensor, ...], exact: torch.Tensor) -> None:
        with mixed_precision(torch.device("cpu"), True):
            rounded = layer.forward(*inputs)
        errors.append(float((rounded.float() - exact).norm() / exact.norm()))

    layers = [layer for layer in network.modules() if isinstance(layer, torch.nn.Conv2d)]
    hooks = [layer.register_forward_hook(compare) for layer in layers]
    with torch.inference_mode():
        network(pixels)
    for hook in hooks:
        hook.remove()
    return max(errors)


def _seconds(infer: Callable[[bool], torch.Tensor], is_mixed: bool) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        infer(is_mixed)
        best = min(best, time.perf_counter() - start)
    return best
