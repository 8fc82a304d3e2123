"""How good a version is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..campaign.records import ANNOTATED
from ..campaign.workspace import Workspace
from ..errors import NothingToDo
from ..jobs import Job, share
from ..training.split import EXAM

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from ..evaluation.exam import ExamResult


def evaluate(workspace: Workspace, *, version: str | None = None) -> Job[ExamResult]:
    """How good a version, by default the active one, is on the exam tiles."""
    from ..evaluation.exam_paper import read_exam

    with workspace.store() as store:
        card = workspace.card(version) if version else workspace.active_card(store)
        if not store.tiles(EXAM):
            raise NothingToDo(
                "exam-none",
                "This campaign has no exam tiles. Ask 'quality' how good the finished map is by now.",
            )
        passes = len(store.tiles(EXAM, ANNOTATED))
        exam = yield from share(read_exam(workspace, store, card.classes), 0.0, 0.3)
    result = yield from share(exam.sit(card.id, workspace.predictor(card.id, passes)), 0.3, 1.0)
    if result is None:
        raise NothingToDo(
            "exam-empty",
            "No exam tile is annotated yet, so nothing can be measured. Annotate the exam tiles first.",
        )
    return result
