from __future__ import annotations

import copy

import pytest
import torch
from safetensors.torch import save

from tiletriage.models.training.checkpoint import checkpoint_progress, load_checkpoint, save_checkpoint


def step(network, optimizer, seed):
    loss = network(torch.randn(8, 3, generator=torch.Generator().manual_seed(seed))).square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def test_training_goes_on_from_a_checkpoint_as_if_it_had_never_stopped(tmp_path):
    torch.manual_seed(0)
    network = torch.nn.Linear(3, 2)
    resumed = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(network.parameters(), 0.1)
    step(network, optimizer, seed=1)
    save_checkpoint(tmp_path / "checkpoint.safetensors", network, optimizer, {"step": 1})
    step(network, optimizer, seed=2)

    other = torch.optim.AdamW(resumed.parameters(), 0.1)
    assert load_checkpoint(tmp_path / "checkpoint.safetensors", resumed, other) == {"step": 1}
    step(resumed, other, seed=2)
    torch.testing.assert_close(resumed.state_dict(), network.state_dict(), rtol=0, atol=0)


def test_progress_is_read_without_a_network_and_no_part_stays_behind(tmp_path):
    network = torch.nn.Linear(1, 1)
    path = tmp_path / "new folder" / "checkpoint.safetensors"
    save_checkpoint(path, network, torch.optim.SGD(network.parameters(), 0.1), {"epochs": [1, 2]})
    assert checkpoint_progress(path) == {"epochs": [1, 2]}
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [None, b"", b"torn", b"\x10" + bytes(7) + b"{}"])
def test_a_checkpoint_that_is_missing_or_damaged_tells_of_no_progress(tmp_path, content):
    if content is not None:
        (tmp_path / "checkpoint").write_bytes(content)
    assert checkpoint_progress(tmp_path / "checkpoint") == {}


@pytest.mark.parametrize("progress", ["torn", "[]", "[" * 50_000])
def test_progress_that_is_none_is_no_progress(tmp_path, progress):
    (tmp_path / "checkpoint").write_bytes(save({"a": torch.zeros(1)}, metadata={"progress": progress}))
    assert checkpoint_progress(tmp_path / "checkpoint") == {}


def test_a_full_disk_keeps_the_checkpoint_before_and_leaves_no_part(tmp_path, little_room):
    network = torch.nn.Linear(100, 100)
    path, optimizer = tmp_path / "checkpoint", torch.optim.SGD(network.parameters(), 0.1)
    save_checkpoint(path, network, optimizer, {"step": 1})
    with little_room(), pytest.raises(OSError, match="large"):
        save_checkpoint(path, network, optimizer, {"step": 2})
    assert checkpoint_progress(path) == {"step": 1}
    assert list(tmp_path.iterdir()) == [path]
