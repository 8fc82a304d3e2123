from __future__ import annotations

import copy

import torch

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
