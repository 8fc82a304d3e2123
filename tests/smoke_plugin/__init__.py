"""A plugin for tests: an algorithm, and in the desktop two tasks, use the compiled libraries inside QGIS."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from threading import Thread

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingParameterString,
    QgsProcessingProvider,
    QgsProject,
    QgsTask,
)
from qgis.PyQt.QtCore import QTimer

from .libraries import write_results


def classFactory(iface):
    return SmokePlugin(iface)


class SmokePlugin:
    """In the desktop it runs by itself and closes QGIS, where the environment names a scene."""

    def __init__(self, iface):
        self._iface = iface
        self._provider = None
        self._tasks = UseLibraries("first"), UseLibraries("second")  # a task that nobody holds is lost
        self._waiting = list(self._tasks)

    def initProcessing(self):
        self._provider = SmokeProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self):
        self._iface.initializationCompleted.connect(self._next_task)

    def unload(self):
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)

    def _next_task(self):
        if self._waiting:
            task = self._waiting.pop(0)
            task.taskCompleted.connect(self._next_task)
            QgsApplication.taskManager().addTask(task)
        else:
            QTimer.singleShot(0, self._close)

    def _close(self):
        QgsProject.instance().clear()
        self._iface.actionExit().trigger()


class UseLibraries(QgsTask):
    """Uses the libraries on a thread of its own inside the task's, as the plugin's tasks do."""

    def __init__(self, name):
        super().__init__(name, QgsTask.Flag.CanCancel)
        self._name = name

    def run(self):
        thread = Thread(target=self._use_libraries)
        thread.start()
        thread.join()
        return True

    def _use_libraries(self):
        result = Path(os.environ["SMOKE_RESULTS"], self._name)
        try:
            write_results(os.environ["SMOKE_SCENE"], str(result))
        except Exception:
            result.write_text(traceback.format_exc(), encoding="utf-8")


class SmokeProvider(QgsProcessingProvider):
    def id(self):
        return "smoke"

    def name(self):
        return "Smoke"

    def loadAlgorithms(self):
        self.addAlgorithm(UseLibrariesAlgorithm())


class UseLibrariesAlgorithm(QgsProcessingAlgorithm):
    def name(self):
        return "libraries"

    def displayName(self):
        return "Use the libraries"

    def createInstance(self):
        return UseLibrariesAlgorithm()

    def initAlgorithm(self, configuration=None):
        self.addParameter(QgsProcessingParameterString("SCENE", "Scene"))
        self.addParameter(QgsProcessingParameterString("RESULT", "Result"))

    def processAlgorithm(self, parameters, context, feedback):
        write_results(parameters["SCENE"], parameters["RESULT"])
        return {}
