"""What the session tells the dock, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qgis.core import Qgis


@dataclass(frozen=True)
class Work:
    """Long work that is going on; ``kind`` is one word for programs, ``title`` is for people."""

    kind: str
    title: str
    can_cancel: bool = True


@dataclass(frozen=True)
class Progress:
    """How far the work is; the seconds left are None as long as nothing can be said about them."""

    percent: float
    seconds_left: float | None
    text: str


@dataclass(frozen=True)
class Message:
    """A line for the message bar; with a ``button`` it offers to do something about it."""

    level: Qgis.MessageLevel
    text: str
    details: str = ""
    button: str = ""
    on_click: Callable[[], None] | None = None


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
