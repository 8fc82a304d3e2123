"""Adapters: one small file from campaign to campaign, and several of them side by side, or as one."""

from __future__ import annotations

import math
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..campaign.adapter_file import is_adapter_file, unpack_adapter_file, write_adapter_file
from ..campaign.campaign_file import ACTIVE_VERSION
from ..campaign.card_format import A_NAME, is_id
from ..campaign.label_store import LabelStore
from ..campaign.model_store import (
    VersionCard,
    check_bands,
    check_weights,
    has_base,
    load_network,
    save_adapter,
    save_version,
    write_card,
)
from ..campaign.records import ANNOTATED
from ..campaign.workspace import CAMPAIGN_ID, Workspace
from ..choices import ADAPTER_SUFFIX
from ..errors import ModelError, NothingToDo
from ..imagery.grid import Tile
from ..jobs import Job, share
from ..storage.atomic_files import appearing_whole
from ..storage.output_paths import check_output
from ..training.split import EXAM, TRAINING
from .new import has_seen

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from ..evaluation.exam import ExamResult
    from ..training.gate import Difference

AVERAGE = "average"  # the method of a version that was made so


@dataclass(frozen=True)
class Comparison:
    """Versions on the same tiles, which none of them has learnt from: the exam's, or others that are annotated."""

    results: tuple[ExamResult, ...]
    is_exam: bool

    def difference(self, version: int) -> Difference:
        """How one, by its place, differs from the first."""
        from ..training.gate import measure_difference

        first, other = self.results[0], self.results[version]
        return measure_difference(first.tiles, first.pixels, other.pixels)


@dataclass(frozen=True)
class Averaged:
    """The mean of adapters as a version, and how it differs from the active one; None where no tile could tell."""

    version: str
    parent: str
    shares: dict[str, float]
    difference: Difference | None
    is_exam: bool
    is_active: bool


def export_adapter(workspace: Workspace, version: str, path: Path, *, overwrite: bool = False) -> int:
    """Write a version that is an adapter into a file, and return its bytes."""
    card = workspace.card(version)
    if not card.is_adapter:
        raise ModelError(
            "version-no-adapter",
            "Version '{version}' is no adapter: it has weights of its own. Fine-tune with the method 'lora' to get an "
            "adapter, or export the version as a folder.",
            version=version,
        )
    check_output(path, (ADAPTER_SUFFIX,), is_adapter_file, overwrite=overwrite)
    check_weights(workspace.version_folder(version), card)
    write_adapter_file(workspace.version_folder(version), path)
    return path.stat().st_size


def import_adapter(workspace: Workspace, path: Path, *, name: str | None = None, now: datetime) -> VersionCard:
    """Take the adapter of a file as a version of a campaign, parked. It is called as is said, else after the file where
    nothing is called so, else by the next number.

    Raises ModelError, and keeps nothing, where the file is damaged, its base is not here, or it sees other bands or
    maps other classes.
    """
    with workspace.lock(), workspace.store() as store:
        is_named = name is not None or (is_id(path.stem) and not workspace.version_folder(path.stem).exists())
        version = _free_name(workspace, name or path.stem) if is_named else workspace.next_version()
        folder, active = workspace.version_folder(version), workspace.active_card(store)
        with appearing_whole(folder) as beside:
            card = unpack_adapter_file(path, beside)
            check_bands(card, workspace.imagery)
            _check_classes(card, active)
            own = {name: known for name, known in card.settings.items() if name != AVERAGE}  # its parts are not here
            card = replace(
                card, id=version, parent=None, created=now.isoformat(timespec="seconds"), settings=own, metrics={}
            )
            write_card(beside, card)
            network, _ = load_network(beside, folder.parent)
            if not has_base(card, folder.parent):  # only the plugin has it, and a later one may not
                shutil.rmtree(beside)
                card = save_version(beside, network, replace(card, base={}))
    return card


def compare_versions(workspace: Workspace, versions: Sequence[str]) -> Job[Comparison]:
    """How good versions are on the same tiles: the annotated ones of the exam, else those that none has learnt from."""
    from ..evaluation.exam_paper import read_paper

    cards = [workspace.card(version) for version in versions]
    with workspace.store() as store:
        tiles, is_exam = _judges(workspace, store, cards)
        if not tiles:
            raise NothingToDo(
                "nothing-unseen",
                "There is no annotated tile that none of these versions has learnt from. Annotate some more, then "
                "compare.",
            )
        paper = yield from share(read_paper(workspace, store, cards[0].classes, tiles), 0.0, 0.2)
    results, part = [], 0.8 / len(cards)
    for place, card in enumerate(cards):
        sitting = paper.sit(card.id, workspace.predictor(card.id, len(tiles)))
        result = yield from share(sitting, 0.2 + place * part, 0.2 + (place + 1) * part)
        results += [result] if result else []
    return Comparison(tuple(results), is_exam)


def average_adapters(
    workspace: Workspace,
    versions: Sequence[str],
    shares: Sequence[float] = (),
    *,
    name: str | None = None,
    now: datetime,
) -> Job[Averaged]:
    """Make a version that is the mean of adapters of one base, each with its share, equal ones by default.

    It becomes active where it is better than noise, see ``training.gate``, on tiles that neither they nor the active
    version have learnt from.
    """
    from ..campaign.adapter_versions import average_of
    from ..evaluation.exam_paper import read_paper
    from ..training.gate import measure_difference, passes

    parts = _parts(versions, shares)
    cards = [workspace.card(version) for version in parts]
    with workspace.lock(), workspace.store() as store:
        version, active = _free_name(workspace, name), workspace.active_card(store)
        average = average_of([workspace.version_folder(each) for each in parts], list(parts.values()))
        learnt = set().union(*(workspace.learnt_tiles(store, card) for card in cards))
        card = replace(
            cards[0],
            id=version,
            parent=None,  # it has several, and what it has learnt of them is all in its settings
            created=now.isoformat(timespec="seconds"),
            method=AVERAGE,
            trained_on={name: known for each in cards for name, known in each.trained_on.items()},
            settings={"campaign": store.setting(CAMPAIGN_ID), "tiles": sorted(learnt), AVERAGE: parts},
            metrics={},
        )
        tiles, is_exam = _judges(workspace, store, [*cards, active])
        paper = yield from share(read_paper(workspace, store, active.classes, tiles), 0.0, 0.2)
        predictor = workspace.predictor(active.id, len(tiles))
        before = yield from share(paper.sit(active.id, predictor), 0.2, 0.6)
        network = average.network.to(predictor.device)
        after = yield from share(paper.sit(version, replace(predictor, network=network)), 0.6, 1.0)
        difference = measure_difference(before.tiles, before.pixels, after.pixels) if before and after else None
        if difference:
            card = replace(card, metrics={"exam_tiles": len(tiles) if is_exam else 0, **asdict(difference)})
        save_adapter(workspace.version_folder(version), average.adapter, card)
        is_active = passes(difference, is_from_blank=False)
        if is_active:
            store.set_setting(ACTIVE_VERSION, version)
    return Averaged(version, active.id, parts, difference, is_exam, is_active)


def _judges(workspace: Workspace, store: LabelStore, cards: Sequence[VersionCard]) -> tuple[list[Tile], bool]:
    """The tiles that may judge between versions, and whether they are the exam's."""
    here = store.settings().get(CAMPAIGN_ID)
    if any(card.settings.get("campaign") != here and has_seen(card, workspace.imagery) for card in cards):
        return [], False  # which tiles it has seen is not known
    if exam := [record.tile for record in store.tiles(EXAM, ANNOTATED)]:
        return sorted(exam), True
    learnt = set().union(*(workspace.learnt_tiles(store, card) for card in cards))
    return sorted(record.tile for record in store.tiles(TRAINING, ANNOTATED) if record.tile.id not in learnt), False


def _parts(versions: Sequence[str], shares: Sequence[float]) -> dict[str, float]:
    """The share of each version, all together 1."""
    shares = shares or [1.0] * len(versions)
    is_each_once = 1 < len(set(versions)) == len(versions) == len(shares)
    if not is_each_once or min(shares) < 0 or not 0 < sum(shares) < math.inf:
        raise ModelError(
            "shares-do-not-fit",
            "{versions} with the shares {shares} have no mean. Name two or more different versions, and for each a "
            "share from 0, for example 2,1.",
            versions=", ".join(versions),
            shares=", ".join(f"{each:g}" for each in shares),
        )
    return {version: each / sum(shares) for version, each in zip(versions, shares)}


def _free_name(workspace: Workspace, name: str | None) -> str:
    """The name for a version that is new in a campaign; ModelError where it cannot be called so."""
    if name is None:
        return workspace.next_version()
    if not is_id(name):
        raise ModelError("version-name", "'{name}' is no name for a version. Take {wanted}.", name=name, wanted=A_NAME)
    if workspace.version_folder(name).exists():
        raise ModelError(
            "version-name-taken",
            "There is a version '{name}' already, and versions never change. Choose another name.",
            name=name,
        )
    return name


def _check_classes(card: VersionCard, active: VersionCard) -> None:
    known, wanted = ([each.name for each in side.classes] for side in (card, active))
    if known != wanted:
        raise ModelError(
            "adapter-of-other-classes",
            "The adapter '{version}' maps {known}, this campaign {wanted}. Make a new campaign with the adapter to "
            "map these.",
            version=card.id,
            known=", ".join(known),
            wanted=", ".join(wanted),
        )
