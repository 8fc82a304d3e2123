"""Fine-tuning on annotated tiles: decoder alone or the full network, in a budget of minutes or epochs, resumable."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ..imagery.grid import Tile
from ..jobs import Job, share
from ..segmentation.adapter import LowRankUpdates, sum_of_updates
from ..segmentation.likeliest_class import likeliest_class
from ..segmentation.metrics import ConfusionCounts, confusion_matrix
from ..segmentation.precision import mixed_precision
from ..segmentation.unet import UNet, probabilities
from .augmentation import Augmentation, augment
from .checkpoint import checkpoint_progress, load_checkpoint, save_checkpoint
from .cross_validation import (
    HALF_WAY,
    MIXINGS,
    NOT_HELD_OUT,
    HeldOut,
    confusion_on_held_out,
    folds_of,
    measured_on_held_out,
    mixing_of,
)
from .gate import Difference
from .interpolation import interpolate
from .lora import LowRank, learnt_updates, merged
from .loss import training_loss
from .methods import LORA, METHODS
from .samples import Samples
from .schedule import cosine_schedule

BLANK_STEPS, BLANK_FOLDS = 240, 2  # of a training from a blank start
DICE_SMOOTHING = 0.01  # of a batch's pixels: a batch without buildings would swamp the others
EXAM_EVERY_SECONDS, EXAM_SHARE = 15.0, 0.1  # during a run: not more often, nor a larger share of its time


@dataclass(frozen=True)
class FineTuning:
    """How to fine-tune: until the minutes or the steps are over, whichever comes first. A step is one batch.

    Without a number of epochs there are ``steps`` and one more for each tile: longer training learns few tiles by
    heart, and the minutes saved are the annotators'. Before that there is a shorter training for each fold, without its
    tiles, and the minutes are shared out in proportion. What was tried is in fine_tuning_trials.csv.
    """

    method: str = "full"
    minutes: float | None = None
    epochs: int | None = None
    steps: int = 80
    batch_size: int = 8
    decoder_rate: float = 1e-3
    encoder_rate: float = 5e-4
    full_rate_tiles: int = 40  # with fewer the encoder's rate shrinks in proportion: ten tiles at full rate spoil it
    lora_rate: float = 1e-3
    low_rank: LowRank = field(default_factory=LowRank)
    weight_decay: float = 1e-2
    ema_decay: float = 0.95
    folds: int = 4
    fold_share: float = 0.5  # of the steps or epochs
    mixing: float | None = None  # how far from the start to what was learnt; found by cross-validation if not given
    is_from_blank: bool = False
    checkpoint_seconds: float = 10
    augmentation: Augmentation = field(default_factory=Augmentation)

    def from_blank(self) -> FineTuning:
        """The same for a start that has learnt nothing: nothing of it is to be kept, and more to be learnt.

        A fold learns as long as the whole: cut short it would look worse than an active version that was not, and two
        of them take no longer than four halves.
        """
        fair = replace(self, folds=min(self.folds, BLANK_FOLDS), fold_share=1.0)
        return replace(fair, steps=BLANK_STEPS, full_rate_tiles=1, mixing=1.0, is_from_blank=True)

    def steps_an_epoch(self, tiles: int) -> int:
        """As many as all tiles that are trained on fill, whatever share of them is new."""
        return math.ceil(tiles / self.batch_size)

    def steps_of(self, tiles: int) -> int:
        """The most steps with so many tiles."""
        return self.epochs * self.steps_an_epoch(tiles) if self.epochs else self.steps + tiles


@dataclass(frozen=True)
class Epoch:
    """What one epoch showed; of a fold, or of the training on all tiles, which has none.

    The exam's IoU is for showing only: it neither stops the run nor chooses anything.
    """

    number: int
    fold: int | None
    steps: int
    loss: float
    seconds: float
    exam_iou: float | None = None  # of what the run would give now, where it was measured


def fine_tune(
    run: Run,
    checkpoint: Path,
    on_epoch: Callable[[Epoch], None] | None = None,
    exam: Callable[[UNet], Job[float]] | None = None,
) -> Job[tuple[UNet, list[Epoch]]]:
    """Train to the end of the budget and return the network with what each epoch showed, now and then with an exam.

    Goes on from the checkpoint where it belongs to the same start, tiles and settings. It stays there: who has put the
    result into safety removes it.
    """
    run.resume(checkpoint)
    saved = examined = time.monotonic()
    pause = EXAM_EVERY_SECONDS
    while not run.is_finished:
        yield from run.train_epoch()
        if exam and run.epochs[-1].fold is None and time.monotonic() - examined > pause:
            seconds = yield from run.measure(exam)
            examined, pause = time.monotonic(), max(EXAM_EVERY_SECONDS, seconds / EXAM_SHARE)
        if on_epoch:
            on_epoch(run.epochs[-1])
        if time.monotonic() - saved > run.settings.checkpoint_seconds:
            run.save(checkpoint)
            saved = time.monotonic()
    return run.interpolated(), run.epochs


class Run:
    """One fine-tuning under way: a short training for each fold, then the one on all tiles.

    ``is_new`` (tile,) marks the samples annotated since the last fine-tuning: earlier ones are replayed beside them, so
    that what was learnt from them stays. A strip beside ``exam_tiles`` is not learnt from. All batch-norm statistics
    stay frozen, because a few tiles cannot estimate them: with their own statistics the loss starts at twice its value.
    What is learnt is the moving average of the weights, which a few tiles shake less.

    With a ``rival``, the active version, learning begins anew at ``network``, which has seen no sample: none is
    replayed, and ``is_new`` are those that the rival has not seen either. They judge between the two.
    """

    epochs: list[Epoch]

    def __init__(
        self,
        network: UNet,
        samples: Samples,
        is_new: NDArray[np.bool_],
        settings: FineTuning,
        seed: int,
        device: torch.device,
        is_mixed: bool,
        exam_tiles: AbstractSet[Tile] = frozenset(),
        rival: UNet | None = None,
    ) -> None:
        self.settings, self.epochs = settings, []
        self._exam_tiles = exam_tiles
        self._samples, self._is_new, self._seed = samples, is_new, seed
        self._device, self._is_mixed = device, is_mixed
        self._key = _key((network, rival or network), samples, is_new, settings, seed, exam_tiles)
        self._start = network.to(device).eval()
        self._rival = rival.to(device).eval() if rival else self._start
        self._is_replayed = ~is_new if rival is None else np.zeros_like(is_new)
        self._has_foreground = samples.has_foreground
        self._fold_of = folds_of(samples.tiles, is_new, self._has_foreground, settings.folds, seed)
        self._steps = self._planned()
        self._held_out: list[HeldOut] = []  # what the folds that are over show on the tiles that they have not seen
        self._begin(0)

    def _planned(self) -> list[int]:
        """The steps of each training: of the folds, and of the last one on all tiles."""
        steps_of, tiles = self.settings.steps_of, len(self._is_new)
        held_out = np.bincount(self._fold_of[self._fold_of != NOT_HELD_OUT])
        folds = (math.ceil(self.settings.fold_share * steps_of(tiles - count)) for count in held_out.tolist())
        return [*folds, steps_of(tiles)]

    def _begin(self, training: int) -> None:
        self._training = training
        self._tiles = np.flatnonzero(self._fold_of != training)
        held_out = {self._samples.tiles[place] for place in np.flatnonzero(self._fold_of == training)}
        self._targets = self._samples.apart_from(held_out | self._exam_tiles).targets
        self._steps_an_epoch = self.settings.steps_an_epoch(len(self._tiles))
        self._network = deepcopy(self._start)
        self._optimizer = torch.optim.AdamW(
            METHODS[self.settings.method](self._network, self.settings, len(self._is_new)),
            weight_decay=self.settings.weight_decay,
        )
        self._rates = [group["lr"] for group in self._optimizer.param_groups]
        average = get_ema_multi_avg_fn(self.settings.ema_decay)
        self._averaged = AveragedModel(self._network, multi_avg_fn=average, use_buffers=True)

    @property
    def _fold(self) -> int | None:
        return self._training if self._training + 1 < len(self._steps) else None

    @property
    def is_finished(self) -> bool:
        return any(epoch.fold is None for epoch in self.epochs) and self._spent() >= 1

    @property
    def learning_weights(self) -> int:
        """How many weights learn."""
        return sum(weights.numel() for group in self._optimizer.param_groups for weights in group["params"])

    @property
    def share(self) -> float:
        """The share done of the steps that were planned: less than all where the minutes ended them."""
        return min(1.0, sum(epoch.steps for epoch in self.epochs) / sum(self._steps))

    @property
    def learnt(self) -> UNet:
        """The averaged network of the training under way, and in the end that of all tiles."""
        averaged = cast(UNet, self._averaged.module).eval()
        return merged(averaged) if self.settings.method == LORA else averaged

    @property
    def updates(self) -> LowRankUpdates:
        """What the adapters of the result add to the weights of its start."""
        return sum_of_updates([learnt_updates(cast(UNet, self._averaged.module))], [self.mixing])

    @property
    def mixing(self) -> float:
        """How far from the start, 0, to what was learnt, 1, the result lies: see ``mixing_of``."""
        if self.settings.mixing is not None:
            return self.settings.mixing
        return mixing_of(self._samples.tiles, self._held_out, int(self._is_new.sum()))

    @property
    def difference(self) -> Difference | None:
        """How the result differs from the start, or from the rival, on tiles that neither it nor its folds have seen;
        None where none was held out."""
        asked = HALF_WAY if self.settings.mixing is None else self.settings.mixing
        return measured_on_held_out(self._samples.tiles, self._held_out, self.mixing, asked)

    def on_held_out(self) -> dict[Tile, ConfusionCounts]:
        """How right the result is on each tile that was held out: what the fold has learnt that had not seen it."""
        tiles = self._samples.tiles
        return {tiles[each.place]: each.counts(self.mixing) for each in self._held_out}

    @property
    def confusion(self) -> NDArray[np.int64]:
        """The confusion matrices of the start and of the result on tiles held out, of which there must be some."""
        return confusion_on_held_out(self._held_out, self.mixing)

    def interpolated(self) -> UNet:
        """Weight interpolation: the network between the start and what was learnt, weight by weight.

        It keeps more of what the start knew than either end (WiSE-FT, Wortsman et al. 2022, arXiv 2109.01903).
        """
        return interpolate(self._start, self.learnt, self.mixing)

    def train_epoch(self) -> Job[None]:
        """Pass after pass over the new samples and as many earlier ones; ends early where the budget does."""
        start, losses, spent = time.monotonic(), [], self._spent()
        rng = np.random.default_rng((self._seed, len(self.epochs)))
        for batch in self._batches(rng):
            losses.append(self._step(batch, rng, rate=cosine_schedule(spent)))
            spent = self._spent(time.monotonic() - start, len(losses))
            yield self._done(spent)
            if spent >= 1:
                break
        seconds = time.monotonic() - start
        self.epochs.append(Epoch(len(self.epochs) + 1, self._fold, len(losses), float(np.mean(losses)), seconds))
        if self._fold is not None and self._spent() >= 1:
            self._held_out += yield from self._examine(np.flatnonzero(self._fold_of == self._fold))
            self.epochs[-1] = replace(self.epochs[-1], seconds=time.monotonic() - start)
            self._begin(self._training + 1)

    def measure(self, exam: Callable[[UNet], Job[float]]) -> Job[float]:
        """Note in the last epoch how good the run is by now; returns the seconds that took, which count as spent."""
        start, done = time.monotonic(), self._done(self._spent())
        iou = yield from share(exam(self.interpolated()), done, done)
        seconds = time.monotonic() - start
        self.epochs[-1] = replace(self.epochs[-1], exam_iou=iou, seconds=self.epochs[-1].seconds + seconds)
        return seconds

    def save(self, checkpoint: Path) -> None:
        progress = {
            "key": self._key,
            "training": self._training,
            "epochs": [asdict(epoch) for epoch in self.epochs],
            "held_out": [asdict(each) for each in self._held_out],
        }
        save_checkpoint(checkpoint, self._everything(), self._optimizer, progress)

    def resume(self, checkpoint: Path) -> None:
        """Take up the checkpoint of the very same run; any other, or a damaged one, is left behind."""
        progress = checkpoint_progress(checkpoint)
        if progress.get("key") == self._key:
            self._begin(progress["training"])
            load_checkpoint(checkpoint, self._everything(), self._optimizer)
            self.epochs = [Epoch(**epoch) for epoch in progress["epochs"]]
            self._held_out = [HeldOut(**each) for each in progress["held_out"]]

    def _everything(self) -> torch.nn.Module:
        return torch.nn.ModuleList([self._network, self._averaged])

    def _batches(self, rng: np.random.Generator) -> list[NDArray[np.intp]]:
        """The batches of an epoch, pass after pass until there are enough of them."""
        batches: list[NDArray[np.intp]] = []
        while len(batches) < self._steps_an_epoch:
            batches += self._one_pass(rng)
        return batches[: self._steps_an_epoch]

    def _one_pass(self, rng: np.random.Generator) -> list[NDArray[np.intp]]:
        """New and as many earlier samples, half of each batch with buildings and half without, where there are both:
        the model would forget what the many empty tiles do not show."""
        new = self._tiles[~self._is_replayed[self._tiles]]
        earlier = rng.permutation(self._tiles[self._is_replayed[self._tiles]])
        chosen = rng.permutation(np.concatenate([new, earlier[: len(new) or None]]))
        batches, half = -(-len(chosen) // self.settings.batch_size), self.settings.batch_size // 2
        built, empty = chosen[self._has_foreground[chosen]], chosen[~self._has_foreground[chosen]]
        if not len(built) or not len(empty):
            return np.array_split(chosen, batches)
        halves = (np.resize(kind, (batches, half)) for kind in (built, empty))
        return list(np.concatenate([*halves], axis=1))

    def _step(self, batch: NDArray[np.intp], rng: np.random.Generator, rate: float) -> float:
        for group, full_rate in zip(self._optimizer.param_groups, self._rates):
            group["lr"] = rate * full_rate
        generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
        pixels, targets = self._samples.pixels[batch].float(), self._targets[batch]
        pixels, targets = augment(pixels, targets, self.settings.augmentation, generator)
        loss = self._loss(self._network, pixels, targets)
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._averaged.update_parameters(self._network)
        return float(loss.detach())

    def _loss(self, network: UNet, pixels: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        pixels = pixels.to(self._device, memory_format=torch.channels_last)
        with mixed_precision(self._device, self._is_mixed, is_training=True):
            logits = network(pixels).logits
        smoothing = DICE_SMOOTHING * targets[:, 0].numel()
        return training_loss(logits.float(), targets.to(self._device), network.classes, smoothing)

    def _examine(self, held_out: NDArray[np.intp]) -> Job[list[HeldOut]]:
        """What each mixing with what the fold has learnt shows on tiles that it has not seen."""
        found, learnt = [HeldOut(place, []) for place in held_out.tolist()], self.learnt
        for mixing in MIXINGS:
            network = interpolate(self._start, learnt, mixing) if mixing else self._rival
            for of_tile in found:
                place = of_tile.place
                with torch.inference_mode(), mixed_precision(self._device, self._is_mixed):
                    logits = network(self._samples.pixels[[place]].float().to(self._device)).logits.float()
                    (layers,) = probabilities(logits, network.classes).cpu().numpy()
                shown, true = likeliest_class(layers, network.classes), self._samples.masks[place].numpy()
                of_tile.confusion.append(confusion_matrix(shown, true, network.classes).tolist())
                yield self._done(1.0)
        return found

    def _spent(self, seconds: float = 0.0, steps: int = 0) -> float:
        """The share used up of the budget of the training under way, with what its present epoch has taken.

        Time that an earlier training has left, or has taken too much, is that of the others.
        """
        seconds += sum(epoch.seconds for epoch in self.epochs)
        steps += sum(epoch.steps for epoch in self.epochs if epoch.fold == self._fold)
        of_minutes = seconds / (60 * self.settings.minutes) if self.settings.minutes else 0.0
        before, mine = sum(self._steps[: self._training]), self._steps[self._training]
        return max(0.0, steps / mine, (of_minutes * sum(self._steps) - before) / mine)

    def _done(self, spent: float) -> float:
        """The share done of all trainings, with so much spent of the one under way."""
        before, mine = sum(self._steps[: self._training]), self._steps[self._training]
        return (before + min(1.0, spent) * mine) / sum(self._steps)


def _key(
    networks: Sequence[UNet],
    samples: Samples,
    is_new: NDArray[np.bool_],
    settings: FineTuning,
    seed: int,
    exam_tiles: AbstractSet[Tile],
) -> str:
    """What a checkpoint must agree in to be taken up."""
    kept = [each.name for each in fields(HeldOut)]
    digest = hashlib.sha256(repr((samples.tiles, is_new.tobytes(), settings, seed, sorted(exam_tiles), kept)).encode())
    digest.update(samples.targets.numpy().tobytes())
    for value in (value for network in networks for value in network.state_dict().values()):
        digest.update(value.cpu().numpy().tobytes())
    return digest.hexdigest()
