"""One piece of the engine's work as a task of QGIS."""

from __future__ import annotations

import traceback
from threading import Event

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ...models.errors import EngineError
from ...models.jobs import Cancelled
from ...models.native_libraries import prefer_wheels
from ..engine_thread import run_apart

UNASKED = QgsTask.Flag.CanCancel | QgsTask.Flag.CancelWithoutPrompt  # closing QGIS loses nothing: jobs go on later


class EngineTask(QgsTask):
    """Does work of the engine on a thread, then says on the main thread how it ended.

    First comes ``ended``, then ``succeeded``, ``failed`` or ``cancelled``. What the work tells meanwhile arrives as
    ``told``. The work is a function of its feedback (see ``engine_thread.Relay``) that knows plain
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
            self._error = (str(error), "")
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
