"""Training that was interrupted goes on where it stopped: weights, optimiser and progress in one safetensors file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import nn

from ..storage.atomic_files import appearing_whole
from ..storage.bounded_json import FieldError, read_json


def save_checkpoint(path: Path, network: nn.Module, optimizer: torch.optim.Optimizer, progress: dict[str, Any]) -> None:
    """Write the state whole or not at all. ``progress`` is whatever JSON can hold."""
    tensors = {f"network.{name}": value.contiguous() for name, value in network.state_dict().items()}
    for index, state in optimizer.state_dict()["state"].items():
        tensors.update({f"optimizer.{index}.{name}": value.contiguous() for name, value in state.items()})
    path.parent.mkdir(parents=True, exist_ok=True)
    with appearing_whole(path) as beside:
        beside.write_bytes(save(tensors, metadata={"progress": json.dumps(progress)}))


def checkpoint_progress(path: Path) -> dict[str, Any]:
    """The progress that was saved, without the tensors; nothing where there is no checkpoint, or a damaged one."""
    try:
        with safe_open(path, "pt") as file:
            progress = read_json((file.metadata() or {}).get("progress", "{}"), "progress")
    except (FileNotFoundError, SafetensorError, FieldError):
        return {}
    return progress if isinstance(progress, dict) else {}


def load_checkpoint(path: Path, network: nn.Module, optimizer: torch.optim.Optimizer) -> dict[str, Any]:
    """Put the saved state back into the same kind of network and optimiser and return the progress."""
    with safe_open(path, "pt") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118, it is no dict
    network.load_state_dict(
        {name.removeprefix("network."): value for name, value in tensors.items() if name.startswith("network.")}
    )
    state: dict[int, dict[str, Any]] = {}
    for name, value in tensors.items():
        if name.startswith("optimizer."):
            _, index, key = name.split(".", 2)
            state.setdefault(int(index), {})[key] = value
    optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
    return checkpoint_progress(path)
