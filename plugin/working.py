"""The long work of the session: one piece at a time, with its progress, and how it ended in words."""

from __future__ import annotations

import time

from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .requirements import how_to_install, missing_packages
from .tasks.engine_task import EngineTask
from .tasks.task_queue import TaskQueue
from .values import Message, Progress, Work

FOR_THE_MODEL = {"torch", "segmentation-models-pytorch"}  # without these labels can still be collected
FOREBODING = 0.02  # of the work: before that nothing can be said about the time left


class Working(QObject):
    """Runs the engine's use cases as tasks. ``work`` says what is going on, None when nothing is."""

    work_changed = pyqtSignal()
    progressed = pyqtSignal(object)
    said = pyqtSignal(object)

    def __init__(self, parent=None):
        super().__init__(parent)
        self.work: Work | None = None
        self._queue = TaskQueue(self)
        self._cancel = None
        self._waiting = []
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

    def run(self, work, function, on_success, on_told=None, on_cancel=None):
        """Do work of the engine, a function of its feedback (see ``EngineTask``), and pass on how it ended."""
        task = EngineTask(work.title, function)
        task.progressChanged.connect(self.progress)
        task.ended.connect(self.end)
        task.succeeded.connect(on_success)
        task.failed.connect(self._tell_failure)
        if on_told:
            task.told.connect(on_told)
        if on_cancel:
            task.cancelled.connect(on_cancel)
        self.begin(work, self._queue.cancel)
        self._queue.add(task)

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
        self.work = self._cancel = None
        self.work_changed.emit()
        while self._waiting and not self.work:
            self._waiting.pop(0)()

    def cancel(self):
        if self.work and self.work.can_cancel:
            self._cancel()

    def stop(self, seconds):
        """Cancel whatever it is and wait so long for the engine to leave; says whether it has."""
        self._waiting.clear()
        if self._cancel:
            self._cancel()
        return self._queue.stop(seconds)

    @property
    def seconds(self):
        """How long the present work has been going on."""
        return time.monotonic() - self._start

    def _tell_progress(self):
        done = self._percent / 100
        left = self.seconds * (1 - done) / done if done > FOREBODING else None
        self.progressed.emit(Progress(self._percent, left, self._text))

    def _tell_failure(self, text, details):
        level = Qgis.MessageLevel.Critical if details else Qgis.MessageLevel.Warning
        if details:
            text = self.tr("Something went wrong that should not: {error}").format(error=text)
        self.said.emit(Message(level, text, details))
