"""The engine works on a Python thread of its own while another thread waits, passes on what it tells, and cancels.

Some versions of pyproj end the process on the second pool thread of QGIS that uses them, but bear a thread of Python.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")
LOOK_EVERY_SECONDS = 0.1
NICENESS = 10


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
