from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from tiletriage.models.evaluation import oracle as oracle_module
from tiletriage.models.evaluation.oracle import FROM_START, LOOP, Oracle, look
from tiletriage.models.evaluation.region import open_region
from tiletriage.models.priority.annotation_cost import AnnotationCost
from tiletriage.models.segmentation.unet import Output
from tiletriage.models.training.fine_tune import FineTuning, Run
from tiletriage.models.training.gate import Difference

FINE_TUNING = FineTuning(steps=1)


def finish(job):
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


@pytest.fixture
def region(tmp_path, tiny_scene, tiny_labels, tiny_start):
    precision = tmp_path / "precision.json"
    job = open_region(tiny_scene, tiny_labels, tiny_start, tile_size_px=64, exam_tiles=4, precision=precision)
    return finish(job)


@pytest.fixture
def runs(monkeypatch):
    """Every fine-tuning of the oracle: its start, and which of its tiles are new."""
    seen = []

    class Noted(Run):
        def __init__(self, network, samples, is_new, *others):
            seen.append((network.head[0].bias.detach().clone(), is_new.tolist()))
            super().__init__(network, samples, is_new, *others)

    monkeypatch.setattr(oracle_module, "Run", Noted)
    return seen


def rounds(region, protocol, *budgets):
    oracle = Oracle(region, "random", 0, protocol, FINE_TUNING, AnnotationCost(), look(region.predictor, region.area))
    for budget in budgets:
        oracle.annotate_to(budget)
    return oracle


def gate(monkeypatch, answer):
    """A gate that lets all versions pass, or none."""
    difference = oracle_module.measure_difference

    def measure(tiles, before, after):
        better = replace(difference(tiles, before, after), iou_before=0, iou_after=1, blocks=9)
        return replace(better, p_value=0.01 if answer else 1)

    monkeypatch.setattr(oracle_module, "measure_difference", measure)


def test_in_the_loop_a_round_goes_on_from_the_version_that_passed_the_gate(region, runs, monkeypatch):
    gate(monkeypatch, True)
    oracle = rounds(region, LOOP, 2, 4, 6)
    assert [is_new for _, is_new in runs] == [[True] * 2, [False] * 2 + [True] * 2, [False] * 4 + [True] * 2]
    starts = [bias for bias, _ in runs]
    assert not torch.equal(starts[0], starts[1]) and not torch.equal(starts[1], starts[2])
    assert oracle.accepted == 3


def test_in_the_loop_a_version_that_did_not_pass_leaves_all_tiles_new(region, runs, monkeypatch):
    gate(monkeypatch, False)
    oracle = rounds(region, LOOP, 2, 4)
    assert [is_new for _, is_new in runs] == [[True] * 2, [True] * 4]
    assert torch.equal(runs[0][0], runs[1][0])
    assert oracle.accepted == 0
    start = rounds(region, LOOP)
    assert oracle.measure().pixels == start.measure().pixels


def test_the_gate_of_the_loop_is_that_of_the_product(region):
    assert rounds(region, LOOP, 2).accepted == 0  # one block of exam tiles is too few


@pytest.mark.parametrize(
    ("difference", "accepted"), [(Difference(0.5, 0.6, 0.0, 0.2, 0.01, 12, 6, 9, 3), 2), (None, 0)]
)
def test_without_an_exam_the_tiles_held_out_in_turn_are_the_gate(
    tmp_path, tiny_scene, tiny_labels, tiny_start, monkeypatch, difference, accepted
):
    precision = tmp_path / "precision.json"
    job = open_region(tiny_scene, tiny_labels, tiny_start, tile_size_px=64, exam_tiles=0, precision=precision)
    region = finish(job)
    assert (len(region.exam), len(region.measured)) == (0, 4)
    monkeypatch.setattr(oracle_module.Run, "difference", difference)
    assert rounds(region, LOOP, 2, 4).accepted == accepted


def test_from_the_start_every_round_begins_anew_without_a_gate(region, runs, monkeypatch):
    gate(monkeypatch, False)
    oracle = rounds(region, FROM_START, 2, 4)
    assert [is_new for _, is_new in runs] == [[True] * 2, [True] * 4]
    assert torch.equal(runs[0][0], runs[1][0])
    assert oracle.measure().pixels != rounds(region, FROM_START).measure().pixels


def test_a_perfect_model_is_measured_as_perfect(region):
    seen = look(replace(region.predictor, network=Truth(region.area.masks)), region.area)
    np.testing.assert_array_equal(seen.iou, 1)
    oracle = Oracle(region, "random", 0, LOOP, FINE_TUNING, AnnotationCost(), seen)
    for measured in (oracle.measure(), oracle.measure_map()):
        assert (measured.iou, measured.f1, measured.footprint_f1) == (1, 1, 1)


class Truth(torch.nn.Module):
    """Knows the masks of the tiles that it is shown one batch after the other."""

    classes, has_border = 1, False

    def __init__(self, masks):
        super().__init__()
        self._masks = list(masks)

    def forward(self, pixels):
        batch = torch.stack([self._masks.pop(0) for _ in pixels]).float()
        return Output(40 * (batch[:, None] - 0.5), pixels.mean(dim=(2, 3)))
