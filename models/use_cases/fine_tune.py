"""Fine-tuning: a new version from the active one and all annotated tiles, and the exam of both."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..campaign.label_store import LabelStore
from ..campaign.model_store import BLANK, VersionCard, load_network, save_adapter, save_version
from ..campaign.records import ANNOTATED, Round
from ..campaign.workspace import CAMPAIGN_ID, Workspace
from ..errors import ModelError, NothingToDo
from ..imagery.grid import Tile
from ..jobs import Job, share
from ..segmentation.classes import MappedClass
from ..storage.bounded_json import is_number
from ..training.split import EXAM, TRAINING

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from ..segmentation.prediction import Predictor
    from ..segmentation.unet import UNet
    from ..training.fine_tune import Epoch, FineTuning
    from ..training.gate import Difference
    from ..training.samples import Samples

PASSES_A_MINUTE = 1000  # of fine-tuning on a laptop, about


@dataclass(frozen=True)
class FineTuned:
    """A new version, how it differs from its parent, and whether it became the active one.

    Where enough exam tiles are annotated these judge it, and ``exam_tiles`` are those that both have sat: others may
    have been annotated since. Else ``exam_tiles`` is 0, and the tiles judge that fine-tuning has held out in turn;
    where these are too few nothing shows whether it is better: ``difference`` is None and it is parked.
    """

    version: str
    parent: str
    method: str
    tiles: int
    is_active: bool
    difference: Difference | None
    epochs: int
    seconds: float
    exam_tiles: int = 0
    mixing: float | None = None  # how far it went from its parent, 0, to what the tiles teach, 1
    start: str | None = None  # the blank version that it was learnt from, anew
    share: float = 1.0  # of the training that was planned: less where the minutes ended it
    class_iou: Mapping[str, tuple[float, float]] = field(default_factory=dict)  # of parent and version; of several
    taken_for: Mapping[str, list[tuple[str, float]]] = field(default_factory=dict)  # of the version: see ``taken_for``


def fine_tune(
    workspace: Workspace,
    *,
    method: str = "full",
    minutes: float | None = None,
    epochs: int | None = None,
    seed: int = 0,
    now: datetime,
    on_epoch: Callable[[Epoch], None] | None = None,
) -> Job[FineTuned]:
    """Make a new version from the active one and all annotated tiles; it becomes active where it is surely better.

    An interrupted fine-tuning goes on from its checkpoint; where it had saved its version, that is recorded now. Tiles
    may be annotated meanwhile: they count next time.
    """
    from ..training.fine_tune import FineTuning
    from ..training.lora import check_peft
    from ..training.methods import LORA

    start, checkpoint = time.monotonic(), workspace.cache / "fine-tune.safetensors"
    with workspace.lock(), workspace.store() as store:
        parent = workspace.active_card(store)
        tiles = [record.tile for record in store.tiles(TRAINING, ANNOTATED)]
        if not tiles:
            raise NothingToDo(
                "nothing-annotated",
                "No tile is annotated yet. Annotate some of the next tiles first.",
            )
        card = _unrecorded(workspace, store, parent, method, tiles)
        if card is None:
            if method == LORA:
                check_peft()
            settings = FineTuning(method, minutes, epochs)
            card = yield from _train(workspace, store, parent, tiles, settings, seed, now, checkpoint, on_epoch)
        done = _done(card, time.monotonic() - start)
        checkpoint.unlink(missing_ok=True)  # or a kill after the recording would leave it, and it be gone on with
        record(store, done, now)
    return done


def _unrecorded(
    workspace: Workspace, store: LabelStore, parent: VersionCard, method: str, tiles: Sequence[Tile]
) -> VersionCard | None:
    """The version that a process has made of the same parent and tiles, and was killed before it recorded it."""
    recorded, campaign = {each.version for each in store.rounds()}, store.setting(CAMPAIGN_ID)
    for card in workspace.cards():
        made_of = (card.parent, card.method, card.settings.get("campaign"), card.settings.get("tiles"))
        if card.id not in recorded and made_of == (parent.id, method, campaign, [tile.id for tile in tiles]):
            return card
    return None


def _train(
    workspace: Workspace,
    store: LabelStore,
    parent: VersionCard,
    tiles: Sequence[Tile],
    settings: FineTuning,
    seed: int,
    now: datetime,
    checkpoint: Path,
    on_epoch: Callable[[Epoch], None] | None,
) -> Job[VersionCard]:
    """Train a new version and save it, with its exam beside its parent's on its card.

    Versions that come from a blank start have learnt nothing but these tiles, so they are learnt there anew: a version
    that goes on from ten tiles stays behind, see blank_trials.csv.
    """
    from ..campaign.adapter_versions import learnt_beside
    from ..evaluation.exam_paper import read_exam
    from ..priority.predicted_iou import smoothed
    from ..segmentation.metrics import TileCounts
    from ..training.fine_tune import Run
    from ..training.fine_tune import fine_tune as train
    from ..training.gate import measure_difference
    from ..training.methods import LORA

    root = workspace.line(store, parent)[-1]
    blank = _blank_network(workspace, root)
    settings = settings.from_blank() if blank else settings
    passes: float = (1 + settings.folds * settings.fold_share) * settings.batch_size * settings.steps_of(len(tiles))
    passes = min(passes, PASSES_A_MINUTE * settings.minutes) if settings.minutes else passes
    predictor = workspace.predictor(parent.id, passes)
    samples = yield from share(observed_samples(workspace, store, parent, predictor, tiles), 0.0, 0.05)
    exam = yield from share(read_exam(workspace, store, parent.classes), 0.05, 0.06)
    before = yield from share(exam.sit(parent.id, predictor), 0.06, 0.08)

    learnt = workspace.learnt_tiles(store, parent)
    is_new = np.array([tile.id not in learnt for tile in tiles])
    of_exam = {record.tile for record in store.tiles(EXAM)}
    rival = predictor.network if blank and root != parent else None
    how = (settings, seed, predictor.device, predictor.is_mixed, of_exam, rival)
    run = Run(blank or predictor.network, samples, is_new, *how)
    training = train(run, checkpoint, on_epoch, exam.measure(predictor))
    network, shown = yield from share(training, 0.08, 0.97)

    card = card_of_child(
        parent, workspace, store, settings.method, tiles, sum(epoch.fold is None for epoch in shown), now
    )
    learnt_from = {"start": root.id} if blank else {"mixing": run.mixing}
    card = replace(card, settings={**card.settings, **learnt_from, "share": run.share})
    beside = None
    if settings.method == LORA:
        start = workspace.version_folder(root.id if blank else parent.id)
        beside = learnt_beside(start, network, run.updates)
        card, network = replace(card, base=beside.base), beside.network.to(predictor.device)
    after = yield from share(exam.sit(card.id, replace(predictor, network=network)), 0.97, 0.99)
    by_exam = measure_difference(after.tiles, before.pixels, after.pixels) if before and after else None
    by_exam, held_out = (each if each and each.mapped_px else None for each in (by_exam, run.difference))
    is_exam = by_exam is not None and not (by_exam.missing_blocks and held_out)  # nothing to find judges nothing
    difference, exam_tiles = (by_exam, by_exam.tiles) if by_exam and is_exam else (held_out, 0)
    if difference:
        metrics = {"exam_tiles": exam_tiles, **asdict(difference)}
        if len(parent.classes) > 1:
            matrices = [each.confusion for each in (before, after) if each]
            metrics |= _by_class(parent.classes, np.stack(matrices) if exam_tiles else run.confusion)
        card = replace(card, metrics=metrics)
    folder = workspace.version_folder(card.id)
    saved = save_adapter(folder, beside.adapter, card) if beside else save_version(folder, network, card)
    for tile, pixels in run.on_held_out().items():
        store.add_tile_quality(tile, card.id, smoothed(pixels, samples.masks[0].numel()), None, TileCounts(pixels))
    return saved


def _by_class(classes: Sequence[MappedClass], confusion: NDArray[np.int64]) -> dict[str, object]:
    """What a card says of each class, given the confusion matrices of parent and version, (version, class, class).

    A class that is nowhere has no IoU.
    """
    from ..segmentation.metrics import class_counts, iou_of

    iou = iou_of(class_counts(confusion)).T.tolist()  # (class, version)
    is_there = confusion[1, 1:].any(axis=1)
    of_class = {each.name: pair for each, pair, there in zip(classes, iou, is_there) if there}
    return {"class_iou": of_class, "confusion": confusion[1].tolist()}


def _blank_network(workspace: Workspace, root: VersionCard) -> UNet | None:
    """The network that versions are learnt from anew, given what their line began with: None where that had learnt
    something, or is damaged, so that they can only go on from one another."""
    if root.method != BLANK:
        return None
    try:
        return load_network(workspace.version_folder(root.id))[0]
    except ModelError:
        return None


def _done(card: VersionCard, seconds: float) -> FineTuned:
    """What the card of a new version says of it, and whether it becomes active."""
    from ..training.gate import passes

    difference, exam_tiles = _difference_on(card), card.metrics.get("exam_tiles")
    epochs, mixing, start = (card.settings.get(name) for name in ("epochs", "mixing", "start"))
    share = card.settings.get("share")
    return FineTuned(
        version=card.id,
        parent=str(card.parent),
        method=card.method,
        tiles=len(card.settings["tiles"]),
        is_active=passes(difference, start is not None, is_first=start == card.parent),
        difference=difference,
        epochs=epochs if isinstance(epochs, int) else 0,
        seconds=seconds,
        exam_tiles=exam_tiles if isinstance(exam_tiles, int) else 0,
        mixing=mixing if is_number(mixing) else None,
        start=start if isinstance(start, str) else None,
        share=float(share) if share is not None and is_number(share) else 1.0,
        class_iou=class_iou_on(card),
        taken_for=taken_for_on(card),
    )


def class_iou_on(card: VersionCard) -> dict[str, tuple[float, float]]:
    """The IoU of each class before and after, where the card of a version tells them."""
    known = card.metrics.get("class_iou", {})
    return {name: (before, after) for name, (before, after) in known.items()}


def taken_for_on(card: VersionCard) -> dict[str, list[tuple[str, float]]]:
    """What the pixels of each class are taken for, where the card of a version tells it: see ``taken_for``."""
    from ..segmentation.metrics import taken_for

    matrix = np.array(card.metrics.get("confusion", []))
    return taken_for(matrix, [each.name for each in card.classes]) if len(matrix) == 1 + len(card.classes) else {}


def _difference_on(card: VersionCard) -> Difference | None:
    """The exam of a version beside its parent's; None where its card does not have all of it."""
    from ..training.gate import Difference

    known = {name: figure for name, figure in card.metrics.items() if figure is not None}
    kept = (field.name for field in fields(Difference) if field.default is MISSING or field.name in known)
    figures = {name: card.metrics.get(name) for name in kept}
    return Difference(**figures) if all(map(is_number, figures.values())) else None  # type: ignore[arg-type]


def observed_samples(
    workspace: Workspace, store: LabelStore, card: VersionCard, predictor: Predictor, tiles: Sequence[Tile]
) -> Job[Samples]:
    """Annotated tiles as samples, after keeping how right the version is on those that are new."""
    from ..evaluation.observation import observe
    from ..training.samples import load_samples

    imagery, grid = workspace.imagery, workspace.grid
    names = [each.name for each in card.classes]
    loading = load_samples(
        imagery, grid, workspace.normalization, lambda tile: store.labels_in(tile, names), tiles, card.classes
    )
    samples = yield from share(loading, 0.0, 0.5)
    learnt = workspace.learnt_tiles(store, card)
    yield from share(observe(workspace, predictor, card.id, samples, learnt, store), 0.5, 1.0)
    return samples


def card_of_child(
    parent: VersionCard,
    workspace: Workspace,
    store: LabelStore,
    method: str,
    tiles: Sequence[Tile],
    epochs: int,
    now: datetime,
) -> VersionCard:
    """What will be known of a version that was made from its parent, but for how good it is."""
    imagery, here = workspace.imagery, workspace.grid.gsd_metres
    known = (*parent.gsd_metres, here) if parent.gsd_metres or parent.method == BLANK else ()
    return replace(
        parent,
        id=workspace.next_version(),
        parent=parent.id,
        created=now.isoformat(timespec="seconds"),
        method=method,
        trained_on={**parent.trained_on, imagery.path.name: imagery.fingerprint},
        gsd_metres=(min(known), max(known)) if known else (),
        base={},
        settings={"campaign": store.setting(CAMPAIGN_ID), "tiles": [tile.id for tile in tiles], "epochs": epochs},
        metrics={},
    )


def record(store: LabelStore, done: FineTuned, now: datetime) -> None:
    """Into the learning curve, and the new version to work where it is better."""
    exam = done.difference if done.exam_tiles else None
    store.add_round(
        Round(
            time=now,
            activated=done.is_active,
            version=done.version,
            parent=done.parent,
            tiles=done.tiles,
            exam_iou_before=exam.iou_before if exam else None,
            exam_iou_after=exam.iou_after if exam else None,
            seconds=done.seconds,
            exam_tiles=done.exam_tiles,
        )
    )
