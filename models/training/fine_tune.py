"""Fine-tuning on annotated tiles: decoder alone or the full network, in a budget of minutes or epochs, resumable."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from ..annotation.mask import BUILDING
from ..jobs import Job, share
from ..segmentation.precision import mixed_precision
from ..segmentation.unet import UNet
from .augmentation import Augmentation, augment
from .checkpoint import checkpoint_progress, load_checkpoint, save_checkpoint
from .loss import training_loss
from .samples import Samples
from .schedule import cosine_schedule

DICE_SMOOTHING = 0.01  # of a batch's pixels: a batch without buildings would swamp the others
EXAM_EVERY_SECONDS, EXAM_SHARE = 15.0, 0.1  # during a run: not more often, nor a larger share of its time


@dataclass(frozen=True)
class FineTuning:
    """How to fine-tune: until the minutes or the steps are over, whichever comes first. A step is one batch.

    Without a number of epochs there are ``steps`` and one more for each tile: longer training learns few tiles by
    heart, and the minutes saved are the annotators'. What was tried is in fine_tuning_trials.csv.
    """

    method: str = "full"
    minutes: float | None = None
    epochs: int | None = None
    steps: int = 80
    batch_size: int = 8
    decoder_rate: float = 1e-3
    encoder_rate: float = 5e-4
    full_rate_tiles: int = 40  # with fewer the encoder's rate shrinks in proportion: ten tiles at full rate spoil it
    most_interpolation: float = 2 / 3  # the weight of what was learnt, from 20 tiles on; see ``interpolated``
    half_interpolation_tiles: int = 10  # with so many what was learnt weighs as much as the start
    weight_decay: float = 1e-2
    ema_decay: float = 0.95
    validation_share: float = 0.2
    validate_from: int = 100  # labelled tiles; with fewer every one is trained on and nothing stops early
    patience: int = 8  # epochs without a lower validation loss
    checkpoint_seconds: float = 10
    augmentation: Augmentation = field(default_factory=Augmentation)

    def held_out_of(self, tiles: int) -> int:
        """How many of so many annotated tiles are kept for validation: none where there are too few to spare any."""
        return round(self.validation_share * tiles) if tiles >= self.validate_from else 0

    def steps_an_epoch(self, tiles: int) -> int:
        """As many as all tiles that are trained on fill, whatever share of them is new."""
        return math.ceil((tiles - self.held_out_of(tiles)) / self.batch_size)

    def steps_of(self, tiles: int) -> int:
        """The most steps with so many annotated tiles."""
        return self.epochs * self.steps_an_epoch(tiles) if self.epochs else self.steps + tiles


@dataclass(frozen=True)
class Epoch:
    """What one epoch showed; the validation loss only where tiles were held out for it.

    The exam's IoU is for showing only: it neither stops the run nor chooses anything.
    """

    number: int
    loss: float
    validation_loss: float | None
    seconds: float
    exam_iou: float | None = None  # of what the run would give now, where it was measured


ParameterGroups = list[dict[str, Any]]


def _decoder(network: UNet, settings: FineTuning, tiles: int) -> ParameterGroups:
    network.encoder.requires_grad_(False)
    return [{"params": [*network.decoder.parameters(), *network.head.parameters()], "lr": settings.decoder_rate}]


def _full(network: UNet, settings: FineTuning, tiles: int) -> ParameterGroups:
    everything = _decoder(network, settings, tiles)
    network.encoder.requires_grad_(True)
    caution = min(1.0, tiles / settings.full_rate_tiles)
    return [*everything, {"params": [*network.encoder.parameters()], "lr": caution * settings.encoder_rate}]


METHODS: Mapping[str, Callable[[UNet, FineTuning, int], ParameterGroups]] = {"decoder": _decoder, "full": _full}


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
        if exam and time.monotonic() - examined > pause:
            seconds = yield from run.measure(exam)
            examined, pause = time.monotonic(), max(EXAM_EVERY_SECONDS, seconds / EXAM_SHARE)
        if on_epoch:
            on_epoch(run.epochs[-1])
        if time.monotonic() - saved > run.settings.checkpoint_seconds:
            run.save(checkpoint)
            saved = time.monotonic()
    return run.interpolated(), run.epochs


class Run:
    """One fine-tuning under way.

    ``is_new`` (tile,) marks the samples annotated since the last fine-tuning: earlier ones are replayed beside them, so
    that what was learnt from them stays. All batch-norm statistics stay frozen, because a few tiles cannot estimate
    them: with their own statistics the loss starts at twice its value. What is learnt is the moving average of the
    weights, which a few tiles shake less.
    """

    def __init__(
        self,
        network: UNet,
        samples: Samples,
        is_new: NDArray[np.bool_],
        settings: FineTuning,
        seed: int,
        device: torch.device,
        is_mixed: bool,
    ) -> None:
        self.settings, self.epochs = settings, []
        self._samples, self._is_new, self._seed = samples, is_new, seed
        self._device, self._is_mixed = device, is_mixed
        self._key = _key(network, samples, is_new, settings, seed)
        self._network = network.to(device).eval()
        self._optimizer = torch.optim.AdamW(
            METHODS[settings.method](network, settings, len(is_new)), weight_decay=settings.weight_decay
        )
        self._rates = [group["lr"] for group in self._optimizer.param_groups]
        average = get_ema_multi_avg_fn(settings.ema_decay)
        self._averaged = AveragedModel(network, multi_avg_fn=average, use_buffers=True)
        self._best: UNet = deepcopy(network)
        self._start: UNet = deepcopy(network)
        self._has_buildings = (samples.masks == BUILDING).flatten(1).any(1).numpy()
        self._held_out = _held_out(len(is_new), settings, seed)
        self._steps_an_epoch = settings.steps_an_epoch(len(is_new))

    epochs: list[Epoch]

    @property
    def best(self) -> UNet:
        """The averaged network: of the epoch with the lowest validation loss, or of the last one."""
        return self._best if self._held_out.any() else cast(UNet, self._averaged.module)

    def interpolated(self) -> UNet:
        """Weight interpolation: the network between the start and what was learnt, weight by weight.

        It keeps more of what the start knew than either end (WiSE-FT, Wortsman et al. 2022, arXiv 2109.01903). With n
        tiles what was learnt weighs n / (n + 10), two thirds at most (our choice): with few tiles the start is the
        better witness. What is accepted is the start of the next fine-tuning, so rounds add up.
        """
        tiles, learnt = len(self._is_new), self.best.state_dict()
        weight = min(self.settings.most_interpolation, tiles / (tiles + self.settings.half_interpolation_tiles))
        between = {
            name: torch.lerp(value, learnt[name], weight) if value.is_floating_point() else value
            for name, value in self._start.state_dict().items()
        }
        network = deepcopy(self._start)
        network.load_state_dict(between)
        return network.eval()

    @property
    def is_finished(self) -> bool:
        return self._spent() >= 1 or self._has_stalled()

    def train_epoch(self) -> Job[None]:
        """Pass after pass over the new samples and as many earlier ones; ends early where the budget does."""
        start, losses, spent = time.monotonic(), [], self._spent()
        rng = np.random.default_rng((self._seed, len(self.epochs)))
        for batch in self._batches(rng):
            losses.append(self._step(batch, rng, rate=cosine_schedule(spent)))
            spent = self._spent(time.monotonic() - start, len(losses))
            yield min(1.0, spent)
            if spent >= 1:
                break
        validation_loss = self._validation_loss() if self._held_out.any() else None
        if validation_loss is not None and validation_loss < self._lowest():
            self._best.load_state_dict(self._averaged.module.state_dict())
        self.epochs.append(
            Epoch(len(self.epochs) + 1, float(np.mean(losses)), validation_loss, time.monotonic() - start)
        )

    def measure(self, exam: Callable[[UNet], Job[float]]) -> Job[float]:
        """Note in the last epoch how good the run is by now; returns the seconds that took, which count as spent."""
        start, spent = time.monotonic(), min(1.0, self._spent())
        iou = yield from share(exam(self.interpolated()), spent, spent)
        seconds = time.monotonic() - start
        self.epochs[-1] = replace(self.epochs[-1], exam_iou=iou, seconds=self.epochs[-1].seconds + seconds)
        return seconds

    def save(self, checkpoint: Path) -> None:
        progress = {"key": self._key, "epochs": [asdict(epoch) for epoch in self.epochs]}
        save_checkpoint(checkpoint, self._everything(), self._optimizer, progress)

    def resume(self, checkpoint: Path) -> None:
        """Take up the checkpoint of the very same run; any other, or a damaged one, is left behind."""
        if checkpoint_progress(checkpoint).get("key") == self._key:
            progress = load_checkpoint(checkpoint, self._everything(), self._optimizer)
            self.epochs = [Epoch(**epoch) for epoch in progress["epochs"]]

    def _everything(self) -> torch.nn.Module:
        return torch.nn.ModuleList([self._network, self._averaged, self._best])

    def _batches(self, rng: np.random.Generator) -> list[NDArray[np.intp]]:
        """The batches of an epoch, pass after pass until there are enough of them."""
        batches: list[NDArray[np.intp]] = []
        while len(batches) < self._steps_an_epoch:
            batches += self._one_pass(rng)
        return batches[: self._steps_an_epoch]

    def _one_pass(self, rng: np.random.Generator) -> list[NDArray[np.intp]]:
        """New and as many earlier samples, half of each batch with buildings and half without, where there are both:
        the model would forget what the many empty tiles do not show."""
        new = np.flatnonzero(self._is_new & ~self._held_out)
        earlier = rng.permutation(np.flatnonzero(~self._is_new & ~self._held_out))
        chosen = rng.permutation(np.concatenate([new, earlier[: len(new) or None]]))
        batches, half = -(-len(chosen) // self.settings.batch_size), self.settings.batch_size // 2
        built, empty = chosen[self._has_buildings[chosen]], chosen[~self._has_buildings[chosen]]
        if not len(built) or not len(empty):
            return np.array_split(chosen, batches)
        halves = (np.resize(kind, (batches, half)) for kind in (built, empty))
        return list(np.concatenate([*halves], axis=1))

    def _step(self, batch: NDArray[np.intp], rng: np.random.Generator, rate: float) -> float:
        for group, full_rate in zip(self._optimizer.param_groups, self._rates):
            group["lr"] = rate * full_rate
        generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
        pixels, targets = self._samples.pixels[batch].float(), self._samples.targets[batch]
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
        return training_loss(logits.float(), targets.to(self._device), DICE_SMOOTHING * targets[:, 0].numel())

    def _validation_loss(self) -> float:
        network = cast(UNet, self._averaged.module).eval()
        held_out = np.flatnonzero(self._held_out)
        parts = np.array_split(held_out, -(-len(held_out) // self.settings.batch_size))
        with torch.inference_mode():
            losses = [self._loss(network, self._samples.pixels[p].float(), self._samples.targets[p]) for p in parts]
        return float(np.average([float(loss) for loss in losses], weights=[len(part) for part in parts]))

    def _spent(self, seconds: float = 0.0, steps: int = 0) -> float:
        """The share of the budget used up, with so many seconds and steps of the present epoch."""
        seconds += sum(epoch.seconds for epoch in self.epochs)
        steps += len(self.epochs) * self._steps_an_epoch
        of_minutes = seconds / (60 * self.settings.minutes) if self.settings.minutes else 0.0
        return max(of_minutes, steps / self.settings.steps_of(len(self._is_new)))

    def _lowest(self) -> float:
        return min((e.validation_loss for e in self.epochs if e.validation_loss is not None), default=math.inf)

    def _has_stalled(self) -> bool:
        losses = [epoch.validation_loss for epoch in self.epochs if epoch.validation_loss is not None]
        return len(losses) > self.settings.patience and int(np.argmin(losses)) < len(losses) - self.settings.patience


def _held_out(samples: int, settings: FineTuning, seed: int) -> NDArray[np.bool_]:
    """The samples kept for validation, (tile,)."""
    held_out = np.zeros(samples, bool)
    held_out[np.random.default_rng((seed, samples)).permutation(samples)[: settings.held_out_of(samples)]] = True
    return held_out


def _key(network: UNet, samples: Samples, is_new: NDArray[np.bool_], settings: FineTuning, seed: int) -> str:
    """What a checkpoint must agree in to be taken up."""
    digest = hashlib.sha256(repr((samples.tiles, is_new.tobytes(), settings, seed)).encode())
    digest.update(samples.targets.numpy().tobytes())
    for value in network.state_dict().values():
        digest.update(value.cpu().numpy().tobytes())
    return digest.hexdigest()
