"""The model versions of a campaign as rows for people."""

from __future__ import annotations

from dataclasses import dataclass, field

from qgis.PyQt.QtCore import QCoreApplication

from ...models.storage.bounded_json import is_number
from ..messages import filled, in_words


@dataclass(frozen=True)
class VersionRow:
    """A model version as people want to see it; ``tiles`` are those it was trained on in this campaign."""

    id: str
    parent: str | None
    created: str
    tiles: int
    exam_iou: float | None
    is_active: bool
    text: str
    is_damaged: bool = False
    class_iou: dict = field(default_factory=dict)  # (before, after) by the name of the class, where there are several
    base: str = ""  # what an adapter lies beside
    taken_for: dict = field(default_factory=dict)  # (class, share of the pixels) by the name, the most first


def version_rows(workspace) -> list[VersionRow]:
    """Every version, oldest first, and after them those whose card cannot be read."""
    from ...models.campaign.campaign_file import ACTIVE_VERSION

    with workspace.store() as store:
        active = store.setting(ACTIVE_VERSION)
        rounds = {each.version: each for each in store.rounds()}
    exam_iou = {each.parent: each.exam_iou_before for each in rounds.values()}
    exam_iou.update((version, each.exam_iou_after) for version, each in rounds.items())
    sound = [_row(card, rounds.get(card.id), exam_iou.get(card.id), card.id == active) for card in workspace.cards()]
    damaged = workspace.damaged_versions().items()
    return [
        *sound,
        *(
            VersionRow(version, None, "", 0, None, version == active, in_words(problem), True)
            for version, problem in damaged
        ),
    ]


def _row(card, made_in, exam_iou, is_active):
    from ...models.use_cases.fine_tune import class_iou_on, taken_for_on

    return VersionRow(
        card.id,
        card.parent,
        card.created[:10],
        len(card.settings.get("tiles", ())) if made_in else 0,
        exam_iou,
        is_active,
        _in_words(made_in, card),
        base=", ".join(card.base),
        class_iou=class_iou_on(card),
        taken_for=taken_for_on(card),
    )


def _in_words(made_in, card):
    beside = _tr("An adapter of the base {base}.").format(base=", ".join(card.base)) if card.is_adapter else ""
    return "\n".join(filter(None, [beside, _origin(made_in, card)]))


def _origin(made_in, card):
    metrics, parts = card.metrics, card.settings.get("average")
    if isinstance(parts, dict):
        return _tr("The average of {versions}.").format(versions=", ".join(parts))
    if made_in is None and (card.is_adapter or card.method == "lora"):  # some are taken in whole
        return _tr("It comes from another campaign.")
    if made_in is None:
        return _tr("The model that the campaign started with.")
    if made_in.exam_iou_after is None and is_number(metrics.get("iou_after")):
        text = _tr("Learned from {n} tiles; IoU on tiles held out in turn {before:.2f} before, {after:.2f} after.")
        return filled(text, n=made_in.tiles, before=metrics.get("iou_before", 0), after=metrics["iou_after"])
    if made_in.exam_iou_after is None:
        return _tr("Learned from {n} tiles; not measured.").format(n=made_in.tiles)
    text = _tr("Learned from {n} tiles; IoU on the exam tiles {before:.2f} before, {after:.2f} after.")
    return filled(text, n=made_in.tiles, before=made_in.exam_iou_before, after=made_in.exam_iou_after)


def _tr(text):
    return QCoreApplication.translate("version_rows", text)
