"""The work queue: pieces of the engine's work one after the other, each with its progress and how it ended in words."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..messages import Message
from ..requirements import how_to_install, missing_packages
from .engine_task import EngineTask

FOR_THE_MODEL = {"torch", "segmentation-models-pytorch"}  # without these labels can still be collected
ESTIMATE_FROM = 0.02  # of the work: before that nothing can be said about the time left


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


class WorkQueue(QObject):
    """Runs the engine's use cases as tasks, one at a time. ``work`` says what is going on, None when nothing is."""

    work_changed = pyqtSignal()
    progressed = pyqtSignal(object)
    said = pyqtSignal(object)

    def __init__(self, parent=None):
        super().__init__(parent)
        self.work: Work | None = None
        self._task = None  # QGIS alone would forget it
        self._cancel = None
        self._waiting: deque[Callable[[], None]] = deque()
        self._start = 0.0
        self._percent = 0.0
        self._text = ""

    def is_free(self, needs_model=True):
        """Whether new work may begin; says why not."""
        lacking = [name for name in missing_packages() if needs_model or name not in FOR_THE_MODEL]
        if self.work:
            text = self.tr("{work} is running: wait for it or cancel it.").format(work=self.work.title)
        elif lacking:
            text = how_to_install(lacking)
        else:
            return True
        self.said.emit(Message(Qgis.MessageLevel.Warning, text))
        return False

    def run(self, work, function, on_success, on_report=None, on_cancel=None):
        """Do work of the engine, a function of its feedback (see ``EngineTask``), once all before it has ended."""
        task = EngineTask(work.title, function)
        task.progressChanged.connect(self.progress)
        task.ended.connect(self.end)
        task.succeeded.connect(on_success)
        task.failed.connect(self._tell_failure)
        if on_report:
            task.reported.connect(on_report)
        if on_cancel:
            task.cancelled.connect(on_cancel)
        self.when_free(partial(self._begin_task, work, task))

    def when_free(self, begin):
        """Call a function as soon as no work is going on."""
        if self.work:
            self._waiting.append(begin)
        else:
            begin()

    def begin(self, work, cancel):
        """Work begins that may be ended by calling ``cancel``; whoever does it calls ``progress`` and ``end``."""
        self.work, self._cancel = work, cancel
        self._start, self._percent, self._text = time.monotonic(), 0.0, ""
        self.work_changed.emit()

    def progress(self, percent):
        self._percent = percent
        self._tell_progress()

    def describe(self, text):
        """What to say beside the progress bar."""
        self._text = text
        self._tell_progress()

    def end(self):
        self.work = self._cancel = self._task = None
        self.work_changed.emit()
        while self._waiting and not self.work:
            self._waiting.popleft()()

    def cancel(self):
        """End the present work after its present step; what waits goes on."""
        if self.work and self.work.can_cancel:
            self._cancel()

    def clear(self):
        """Forget what waits, and cancel the present work."""
        self._waiting.clear()
        self.cancel()

    def stop(self, seconds):
        """Cancel whatever it is and wait so long for the engine to leave; says whether it has."""
        self._waiting.clear()
        if self._task:
            return self._task.stop(seconds)
        if self._cancel:
            self._cancel()
        return True

    @property
    def seconds(self):
        """How long the present work has been going on."""
        return time.monotonic() - self._start

    def _begin_task(self, work, task):
        self._task = task
        self.begin(work, task.cancel_work)
        QgsApplication.taskManager().addTask(task)

    def _tell_progress(self):
        done = self._percent / 100
        left = self.seconds * (1 - done) / done if done > ESTIMATE_FROM else None
        self.progressed.emit(Progress(self._percent, left, self._text))

    def _tell_failure(self, text, details):
        level = Qgis.MessageLevel.Critical if details else Qgis.MessageLevel.Warning
        if details:
            text = self.tr("Something went wrong that should not: {error}").format(error=text)
        self.said.emit(Message(level, text, details))
