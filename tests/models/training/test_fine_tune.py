from __future__ import annotations

import copy
import time
from dataclasses import replace

import numpy as np
import pytest
import torch

from tiletriage.models.imagery.grid import Tile
from tiletriage.models.segmentation.unet import Output
from tiletriage.models.training.fine_tune import FineTuning, Run, fine_tune
from tiletriage.models.training.methods import METHODS
from tiletriage.models.training.samples import Samples

CPU = torch.device("cpu")


@pytest.fixture
def samples():
    """Eight tiles of 32 px whose buildings are where the first band is bright, and borders where the second is."""
    pixels = torch.randn(8, 2, 32, 32, generator=torch.Generator().manual_seed(0)).half()
    tiles = tuple(Tile(0, column) for column in range(8))
    return Samples(tiles, pixels, (pixels > 0).to(torch.uint8))


def start(network, samples, seed=0, is_new=None, **settings):
    is_new = np.ones(len(samples.tiles), bool) if is_new is None else is_new
    return Run(copy.deepcopy(network), samples, is_new, FineTuning(**settings), seed, CPU, False)


def finish(job):
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


@pytest.mark.parametrize("method", ["decoder", "full", "lora"])
def test_the_loss_falls(network, samples, method, tmp_path):
    run = start(network, samples, method=method, epochs=6, decoder_rate=0.02, folds=1)
    _, epochs = finish(fine_tune(run, tmp_path / "checkpoint"))
    assert len(epochs) == 6
    assert epochs[-1].loss < epochs[0].loss


def test_the_decoder_method_leaves_the_encoder_alone_and_full_does_not(network, samples, tmp_path):
    before = network.encoder.state_dict()
    for method, is_same in (("decoder", True), ("full", False)):
        tuned, _ = finish(fine_tune(start(network, samples, method=method, epochs=2), tmp_path / method))
        after = tuned.encoder.state_dict()
        assert all(torch.equal(before[name], after[name]) for name in before) is is_same


def test_the_result_lies_between_the_start_and_what_was_learnt(network, samples, tmp_path, monkeypatch):
    monkeypatch.setattr("tiletriage.models.training.fine_tune.mixing_of", lambda *_: 0.25)
    run = start(network, samples, epochs=2)
    result, _ = finish(fine_tune(run, tmp_path / "checkpoint"))
    before, learnt, after = (each.head.state_dict()["0.bias"] for each in (network, run.learnt, result))
    assert not torch.equal(before, learnt)
    torch.testing.assert_close(after, before + (learnt - before) / 4)


def test_every_tile_is_held_out_of_one_fold_and_the_last_training_has_all(network, samples):
    run = start(network, samples, epochs=1)
    trained_on = []
    while not run.is_finished:
        trained_on.append(run._tiles.tolist())
        finish(run.train_epoch())
    held_out = [sorted(set(range(8)) - set(tiles)) for tiles in trained_on]
    assert held_out == [*(np.flatnonzero(run._fold_of == fold).tolist() for fold in range(4)), []]


def test_the_training_on_all_tiles_begins_at_the_start_again(network, samples):
    """The folds choose how far to go, and leave nothing in the weights."""
    run = start(network, samples, epochs=2, decoder_rate=0.1)
    while run._fold is not None:
        finish(run.train_epoch())
    assert len(run._held_out) == 8
    torch.testing.assert_close(run._network.state_dict(), network.state_dict(), rtol=0, atol=0)


@pytest.mark.parametrize(("tiles", "new"), [(16, 16), (80, 16), (200, 16), (200, 200)])
def test_eighty_steps_and_one_more_for_each_tile_and_half_as_many_for_each_fold(tiles, new):
    run = start(Dot(), dots(tiles), is_new=np.arange(tiles) < new)
    assert steps_of(run) == 80 + tiles + 4 * (80 + tiles - new // 4) // 2


def test_with_too_few_new_tiles_to_hold_any_out_there_is_one_training():
    run = start(Dot(), dots(20), is_new=np.arange(20) < 7)
    assert steps_of(run) == 100
    assert run.mixing == 7 / 17


def test_epochs_count_all_tiles_that_are_trained_on():
    run = start(Dot(), dots(200), is_new=np.arange(200) < 40, epochs=4)
    assert steps_of(run) == 4 * 25 + 4 * 2 * 24  # 190 tiles are 24 batches
    assert [epoch.fold for epoch in run.epochs] == [0, 0, 1, 1, 2, 2, 3, 3, None, None, None, None]


def test_a_later_round_that_was_interrupted_takes_the_steps_that_were_left(tmp_path):
    is_new = np.arange(80) < 16
    straight, interrupted, resumed = (start(Dot(), dots(80), is_new=is_new) for _ in range(3))
    steps = steps_of(straight)
    for _ in range(17):
        finish(interrupted.train_epoch())
    assert interrupted.epochs[-1].fold == 2  # two are over
    interrupted.save(tmp_path / "checkpoint")
    resumed.resume(tmp_path / "checkpoint")
    assert steps_of(resumed) == steps
    torch.testing.assert_close(resumed.interpolated().state_dict(), straight.interpolated().state_dict())
    assert resumed.mixing == straight.mixing and resumed._held_out == straight._held_out


class Dot(torch.nn.Module):
    """The smallest network: one weight in each of its parts."""

    classes, has_border = 1, False

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.encoder, self.decoder, self.head = (torch.nn.Conv2d(1, 1, 1) for _ in range(3))

    def forward(self, pixels):
        return Output(self.head(self.decoder(self.encoder(pixels))), pixels.mean(dim=(2, 3)))


def dots(tiles):
    """Tiles of 2 px with one band, every second one all building."""
    pixels = torch.randn(tiles, 1, 2, 2, generator=torch.Generator().manual_seed(0)).half()
    masks = (torch.arange(tiles) % 2).to(torch.uint8)[:, None, None, None].expand(-1, 2, 2, 2)
    return Samples(tuple(Tile(0, column) for column in range(tiles)), pixels, masks)


def steps_of(run):
    """How many steps a run takes to its end, with those before it was taken up."""
    while not run.is_finished:
        finish(run.train_epoch())
    return sum(epoch.steps for epoch in run.epochs)


def test_the_encoder_is_spared_as_long_as_tiles_are_few(network):
    decoder, encoder = METHODS["full"](network, FineTuning(decoder_rate=0.5, encoder_rate=0.1), 10)
    assert (decoder["lr"], encoder["lr"]) == (0.5, 0.025)


def test_batch_norm_statistics_stay_frozen(network, samples, tmp_path):
    tuned, _ = finish(fine_tune(start(network, samples, epochs=2), tmp_path / "checkpoint"))
    before, after = network.state_dict(), tuned.state_dict()
    statistics = [name for name in before if "running_" in name]
    assert statistics
    assert all(torch.equal(before[name], after[name]) for name in statistics)


@pytest.mark.parametrize("method", ["full", "lora"])
def test_a_run_that_was_interrupted_ends_as_if_it_had_not_been(network, samples, tmp_path, method):
    settings = {"epochs": 4, "folds": 1, "method": method}
    straight, _ = finish(fine_tune(start(network, samples, **settings), tmp_path / "none"))
    interrupted = start(network, samples, **settings)
    for _ in range(2):
        finish(interrupted.train_epoch())
    interrupted.save(tmp_path / "checkpoint")
    resumed = start(network, samples, **settings)
    result, epochs = finish(fine_tune(resumed, tmp_path / "checkpoint"))
    assert [epoch.number for epoch in epochs] == [1, 2, 3, 4]
    torch.testing.assert_close(result.state_dict(), straight.state_dict(), rtol=0, atol=1e-6)


def test_a_checkpoint_of_other_labels_is_left_alone(network, samples, tmp_path):
    first = start(network, samples, epochs=4)
    finish(first.train_epoch())
    first.save(tmp_path / "checkpoint")
    corrected = Samples(samples.tiles, samples.pixels, 1 - samples.targets)
    second = start(network, corrected, epochs=4)
    second.resume(tmp_path / "checkpoint")
    assert second.epochs == []


def test_an_epoch_goes_over_every_new_tile_and_as_many_earlier_ones_until_it_is_as_long_as_all_tiles(network, samples):
    is_new = np.array([True, True, False, False, False, False, False, False])
    run = start(network, samples, is_new=is_new, epochs=1, batch_size=2, folds=1)
    seen = np.concatenate(list(run._batches(np.random.default_rng(0))))
    assert len(seen) == 8
    for one_pass in (seen[:4], seen[4:]):
        assert sorted(one_pass)[:2] == [0, 1]
        assert len(set(one_pass)) == 4


def test_half_of_each_batch_has_foreground_however_rare_they_are(network, samples):
    targets = samples.targets.clone()
    targets[1:] = 0
    run = start(network, Samples(samples.tiles, samples.pixels, targets), epochs=1, batch_size=4, folds=1)
    for batch in run._batches(np.random.default_rng(0)):
        assert sorted(np.array(batch) == 0) == [False, False, True, True]


@pytest.mark.parametrize("folds", [1, 4])
def test_minutes_end_a_run(network, samples, folds, tmp_path):
    run = start(network, samples, minutes=1e-6, folds=folds)
    _, epochs = finish(fine_tune(run, tmp_path / "checkpoint"))
    assert [epoch.fold for epoch in epochs] == ([0, 1, 2, 3, None] if folds == 4 else [None])


def exam_of(seen, iou=0.5):
    """Takes what it examines into a list, in two steps."""

    def exam(network):
        seen.append(copy.deepcopy(network.state_dict()))
        yield 0.5
        return iou

    return exam


def test_the_exam_is_measured_now_and_then_and_changes_nothing(network, samples, tmp_path, monkeypatch):
    seen, shown = [], []
    plain, _ = finish(fine_tune(start(network, samples, epochs=3, folds=1), tmp_path / "plain"))
    monkeypatch.setattr("tiletriage.models.training.fine_tune.EXAM_EVERY_SECONDS", 0)
    monkeypatch.setattr("tiletriage.models.training.fine_tune.EXAM_SHARE", 1e9)  # as often as can be
    run = start(network, samples, epochs=3, folds=1)
    examined, epochs = finish(fine_tune(run, tmp_path / "examined", shown.append, exam_of(seen)))
    assert [epoch.exam_iou for epoch in shown] == [0.5] * 3 == [epoch.exam_iou for epoch in epochs]
    for name, value in examined.state_dict().items():
        assert torch.equal(value, plain.state_dict()[name])
        assert torch.equal(value, seen[-1][name])  # what is measured is what would come out


def test_without_time_for_it_no_exam_is_measured(network, samples, tmp_path):
    seen = []
    run = start(network, samples, epochs=2, folds=1)
    _, epochs = finish(fine_tune(run, tmp_path / "checkpoint", None, exam_of(seen)))
    assert not seen and [epoch.exam_iou for epoch in epochs] == [None, None]


def test_an_exam_uses_up_the_minutes(network, samples, tmp_path, monkeypatch):
    monkeypatch.setattr("tiletriage.models.training.fine_tune.EXAM_EVERY_SECONDS", 0)
    run = start(network, samples, epochs=50, minutes=1, folds=1)

    def slow_exam(network):
        monkeypatch.setattr("time.monotonic", lambda now=time.monotonic: now() + 60)
        yield 0
        return 0.1

    _, epochs = finish(fine_tune(run, tmp_path / "checkpoint", None, slow_exam))
    assert len(epochs) == 1


def test_nothing_is_learnt_from_a_strip_beside_an_exam_tile(network, samples, tmp_path):
    """What is drawn in the strip makes no difference, and beside it, or without an exam, it does."""
    beside, drawn, elsewhere = {Tile(1, column) for column in range(8)}, changed(samples, 24), changed(samples, 8)
    learnt = [learnt_beside(network, each, beside, tmp_path / "a") for each in (samples, drawn, elsewhere)]
    assert torch.equal(learnt[0], learnt[1])
    assert not torch.equal(learnt[0], learnt[2])
    free = [learnt_beside(network, each, set(), tmp_path / "b") for each in (samples, drawn)]
    assert not torch.equal(*free)


def changed(samples, row):
    targets = samples.targets.clone()
    targets[:, :, row:] = 1 - targets[:, :, row:]
    return replace(samples, targets=targets)


def learnt_beside(network, samples, exam_tiles, checkpoint):
    run = Run(copy.deepcopy(network), samples, np.ones(8, bool), FineTuning(epochs=1), 0, CPU, False, exam_tiles)
    finish(fine_tune(run, checkpoint))
    return run.learnt.head.state_dict()["0.weight"]


def test_beside_a_rival_no_sample_is_replayed_and_those_that_it_has_not_seen_judge(network, samples):
    class Nothing(torch.nn.Module):  # a version that shows nothing
        classes = network.classes

        def forward(self, pixels):
            return Output(torch.full_like(network(pixels).logits, -9), None)

    tiles = tuple(Tile(row, 2 * column) for row in (0, 4, 8) for column in range(8))
    both = Samples(tiles, torch.cat([samples.pixels] * 3), torch.cat([samples.targets] * 3))
    settings = FineTuning(epochs=1, mixing=1.0)
    run = Run(copy.deepcopy(network), both, np.arange(24) >= 16, settings, 0, CPU, False, rival=Nothing())
    while not run.is_finished:
        finish(run.train_epoch())
    assert run.difference.tiles == 8 and run.difference.iou_before == 0
    assert set(run.on_held_out()) == set(tiles[16:])
    assert set(np.concatenate(run._one_pass(np.random.default_rng(0)))) == set(range(24))
    assert all(torch.equal(one, other) for one, other in zip(run.interpolated().parameters(), run.learnt.parameters()))


def test_the_minutes_say_which_share_of_the_training_they_were_enough_for(network, samples):
    whole, short = start(network, samples, epochs=1, folds=1), start(network, samples, minutes=1e-9)
    for run in (whole, short):
        while not run.is_finished:
            finish(run.train_epoch())
    assert whole.share == 1 and 0 < short.share < 0.2


def test_from_a_blank_start_a_fold_learns_as_long_as_the_whole_on_as_many_tiles():
    settings = FineTuning().from_blank()
    assert (settings.folds, settings.fold_share, settings.mixing) == (2, 1.0, 1.0)
    assert FineTuning(folds=1).from_blank().folds == 1


@pytest.mark.parametrize("method", ["decoder", "lora"])
def test_from_a_blank_start_the_first_convolution_learns_by_every_method(network, samples, method, tmp_path):
    settings = {"epochs": 2, "folds": 1, "mixing": 1.0, "method": method}
    for is_from_blank in (False, True):
        run = start(network, samples, **settings, is_from_blank=is_from_blank)
        learnt, _ = finish(fine_tune(run, tmp_path / f"{method}-{is_from_blank}"))
        before, after = (next(iter(each.encoder.state_dict().values())) for each in (network, learnt))
        assert torch.equal(before, after) is not is_from_blank
