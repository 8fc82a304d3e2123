"""The engine at work inside QGIS: on a Python thread of its own, which another thread waits for, hears and cancels.

Some versions of pyproj end the process on the second pool thread of QGIS that uses them, but bear a thread of Python.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event
from typing import TypeVar

from qgis.core import QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication

from ...models.errors import EngineError
from ...models.jobs import Cancelled
from ...models.native_libraries import prefer_wheels
from ..messages import in_words

T = TypeVar("T")
LOOK_EVERY_SECONDS = 0.1
NICENESS = 10
UNASKED = QgsTask.Flag.CanCancel | QgsTask.Flag.CancelWithoutPrompt  # closing QGIS loses nothing: jobs go on later


class EngineTask(QgsTask):
    """Does work of the engine on a thread, then says on the main thread how it ended.

    First comes ``ended``, then ``succeeded``, ``failed`` or ``cancelled``. What the work reports meanwhile arrives as
    ``reported``. The work is a function of its feedback (see ``Relay``) that knows plain values only: no layers, no
    widgets, no project.
    """

    reported = pyqtSignal(object)
    ended = pyqtSignal()
    succeeded = pyqtSignal(object)
    failed = pyqtSignal(str, str)  # what is wrong, and for a bug also where
    cancelled = pyqtSignal()

    def __init__(self, title, work):
        super().__init__(title, UNASKED)
        self._work = work
        self._is_cancelled = False
        self._emit_outcome = self._emit_cancelled
        self._has_left = Event()

    def run(self):
        """On the worker thread. Nothing may be raised out of here: it would end QGIS.

        Gives False only where something went wrong: of such a task QGIS says that it failed.
        """
        try:
            self._emit_outcome = partial(self.succeeded.emit, run_apart(self._with_wheels, self))
        except Cancelled:
            return True
        except EngineError as error:
            self._emit_outcome = partial(self.failed.emit, in_words(error), "")
            return False
        except Exception as error:  # a bug
            text = f"{type(error).__name__}: {error}"
            self._emit_outcome = partial(self.failed.emit, text, traceback.format_exc())
            return False
        finally:
            self._has_left.set()
        return True

    def finished(self, _):
        """On the main thread, called by QGIS."""
        self.ended.emit()
        self._emit_outcome()

    def report(self, value):
        self.reported.emit(value)

    def isCanceled(self):
        return self._is_cancelled

    def cancel_work(self):
        """End the work after its present step, or before its first one. QGIS need not know: the task ends well."""
        self._is_cancelled = True

    def cancel(self):
        """QGIS wants the end: the user has clicked so in its list of tasks, or leaves QGIS.

        Who leaves is asked about the project only afterwards, and may stay. The work goes on until that is known:
        a project that closes ends the work of its campaign by itself.
        """
        QTimer.singleShot(0, self._cancel_unless_asked)

    def stop(self, seconds):
        """Cancel the work, and wait so long for the worker thread to leave; says whether it has."""
        self.cancel_work()
        return self.status() != QgsTask.TaskStatus.Running or self._has_left.wait(seconds)

    def _cancel_unless_asked(self):
        if QApplication.activeModalWidget() is None:
            self.cancel_work()

    def _emit_cancelled(self):
        self.setDescription(
            QCoreApplication.translate("EngineTask", "{work} (cancelled)").format(work=self.description())
        )
        self.cancelled.emit()

    def _with_wheels(self, relay):
        if self._is_cancelled:  # while it waited for a thread
            raise Cancelled
        prefer_wheels()
        return self._work(relay)


class Relay:
    """Feedback for the engine's thread: what it is called with is passed on by the thread that waits for it."""

    def __init__(self, feedback):
        self._feedback = feedback
        self._calls = SimpleQueue()
        self._is_cancelled = feedback.isCanceled()

    def isCanceled(self):
        return self._is_cancelled

    def setProgress(self, progress):
        self._calls.put(partial(self._feedback.setProgress, progress))

    def pushInfo(self, text):
        self._calls.put(partial(self._feedback.pushInfo, text))

    def report(self, value):
        """Pass on any value, for example what an epoch has shown, to a feedback that takes such."""
        self._calls.put(partial(self._feedback.report, value))

    def deliver(self):
        """On the thread that waits: pass everything on, and look whether the user wants to stop."""
        try:
            while True:
                self._calls.get_nowait()()
        except Empty:
            self._is_cancelled = self._is_cancelled or self._feedback.isCanceled()

    def cancel(self):
        self._is_cancelled = True


def run_apart(work: Callable[[Relay], T], feedback) -> T:
    """Do the work on another thread and give what it returns or raises; that thread has ended by then."""
    relay = Relay(feedback)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="tiletriage", initializer=_give_way) as threads:
        future = threads.submit(work, relay)
        try:
            while wait([future], timeout=LOOK_EVERY_SECONDS).not_done:
                relay.deliver()
        finally:
            relay.cancel()  # Ctrl-C arrives here, where the engine does not see it
    relay.deliver()
    return future.result()


def _give_way():
    """Let redraws go first: on Linux niceness belongs to a thread, so it ends with this one and those it starts."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread)))
