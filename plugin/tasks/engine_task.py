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
from qgis.PyQt.QtCore import pyqtSignal

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

    First comes ``ended``, then ``succeeded``, ``failed`` or ``cancelled``. What the work tells meanwhile arrives as
    ``told``. The work is a function of its feedback (see ``Relay``) that knows plain
    values only: no layers, no widgets, no project.
    """

    told = pyqtSignal(object)
    ended = pyqtSignal()
    succeeded = pyqtSignal(object)
    failed = pyqtSignal(str, str)  # what is wrong, and for a bug also where
    cancelled = pyqtSignal()

    def __init__(self, title, work):
        super().__init__(title, UNASKED)
        self._work = work
        self._result = None
        self._error = None
        self._has_left = Event()

    def run(self):
        """On the worker thread. Nothing may be raised out of here: it would end QGIS."""
        try:
            self._result = run_apart(self._with_wheels, self)
        except Cancelled:
            return False
        except EngineError as error:
            self._error = (in_words(error), "")
            return False
        except Exception as error:  # a bug
            self._error = (f"{type(error).__name__}: {error}", traceback.format_exc())
            return False
        finally:
            self._has_left.set()
        return True

    def finished(self, is_fine):
        """On the main thread, called by QGIS, also for a task that was cancelled before it began."""
        self.ended.emit()
        if is_fine:
            self.succeeded.emit(self._result)
        elif self._error:
            self.failed.emit(*self._error)
        else:
            self.cancelled.emit()

    def tell(self, news):
        self.told.emit(news)

    def stop(self, seconds):
        """Cancel, and wait so long for the worker thread to leave; says whether it has."""
        self.cancel()
        return self.status() != QgsTask.TaskStatus.Running or self._has_left.wait(seconds)

    def _with_wheels(self, relay):
        prefer_wheels()
        return self._work(relay)


class Relay:
    """Feedback for the engine's thread: what it is told waits until the thread that waits delivers it."""

    def __init__(self, feedback):
        self._feedback = feedback
        self._told = SimpleQueue()
        self._is_cancelled = feedback.isCanceled()

    def isCanceled(self):
        return self._is_cancelled

    def setProgress(self, progress):
        self._told.put(partial(self._feedback.setProgress, progress))

    def pushInfo(self, text):
        self._told.put(partial(self._feedback.pushInfo, text))

    def tell(self, news):
        """Pass on any value, for example what an epoch has shown, to a feedback that listens to such."""
        self._told.put(partial(self._feedback.tell, news))

    def deliver(self):
        """On the thread that waits: pass everything on, and look whether the user wants to stop."""
        try:
            while True:
                self._told.get_nowait()()
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
