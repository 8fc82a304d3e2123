"""What all algorithms share: their texts, their thread, and how errors of the engine reach the user."""

from __future__ import annotations

import traceback
from datetime import datetime, timezone
from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
)
from qgis.PyQt.QtCore import QCoreApplication

from ...models.errors import EngineError
from ...models.jobs import Cancelled
from ...models.native_libraries import prefer_wheels
from ..messages import in_words
from ..requirements import how_to_install, missing_packages
from ..tasks.engine_task import run_apart

WORKSPACE = "WORKSPACE"


class EngineAlgorithm(QgsProcessingAlgorithm):
    """One use case of the loop: ``read`` the parameters, ``work`` on the engine's thread, ``tell`` what came out.

    What needs the compiled libraries is imported in ``work``: QGIS lists the algorithms also without them.
    """

    def createInstance(self):
        return type(self)()

    def tr(self, text):
        return QCoreApplication.translate(type(self).__name__, text)

    def icon(self):
        return self.provider().icon() if self.provider() else super().icon()

    def shortHelpString(self):
        """What it does, then a line for each parameter, because the toolbox shows no other help."""
        parameters = (f"{each.description()}: {each.help()}" for each in self.parameterDefinitions())
        return "\n".join([self.story(), *parameters])

    def canExecute(self):
        missing = missing_packages()
        return not missing, how_to_install(missing) if missing else ""

    def prepareAlgorithm(self, parameters, context, feedback):
        """On the main thread: from here on there are only plain values."""
        missing = missing_packages()
        if missing:  # processing.run() does not ask canExecute()
            raise QgsProcessingException(how_to_install(missing))
        self.read(parameters, context)
        return True

    def processAlgorithm(self, parameters, context, feedback):
        try:
            result = run_apart(self._work_with_wheels, feedback)
        except EngineError as error:
            raise QgsProcessingException(in_words(error)) from error
        except Cancelled as cancelled:
            raise QgsProcessingException(
                QCoreApplication.translate(
                    "EngineAlgorithm",
                    "Stopped before the end. What was finished is kept: run it again and it goes on from there.",
                )
            ) from cancelled
        except Exception as error:  # a bug: the log gets what the developers need
            feedback.pushDebugInfo(traceback.format_exc())
            raise QgsProcessingException(f"{type(error).__name__}: {error}") from error
        return self.tell(result, parameters, context, feedback)

    def add(self, parameter, help_text, is_advanced=False):
        """Add a parameter with a sentence of help."""
        parameter.setHelp(help_text)
        if is_advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)

    def add_workspace(self):
        """Add the folder of an existing campaign as a parameter."""
        title = QCoreApplication.translate("EngineAlgorithm", "Workspace")
        self.add(
            QgsProcessingParameterFile(WORKSPACE, title, QgsProcessingParameterFile.Behavior.Folder),
            QCoreApplication.translate("EngineAlgorithm", "The folder of the campaign, as 'New campaign' has made it."),
        )

    def workspace_folder(self, parameters, context):
        return Path(self.parameterAsString(parameters, WORKSPACE, context)).expanduser()

    def text_or_none(self, parameters, name, context):
        return self.parameterAsString(parameters, name, context).strip() or None

    def path_or_none(self, parameters, name, context):
        path = self.text_or_none(parameters, name, context)
        return None if path is None else Path(path).expanduser()

    def number_or_none(self, parameters, name, context):
        return None if parameters.get(name) is None else self.parameterAsDouble(parameters, name, context)

    def whole_number_or_none(self, parameters, name, context):
        return None if parameters.get(name) is None else self.parameterAsInt(parameters, name, context)

    def story(self):
        """What the algorithm does and what for, in a few sentences."""
        raise NotImplementedError

    def read(self, parameters, context):
        """On the main thread: keep the parameters as plain values."""
        raise NotImplementedError

    def work(self, feedback):
        """On the engine's thread: run the use case and return its result."""
        raise NotImplementedError

    def tell(self, result, parameters, context, feedback):
        """Say in words what came out, and return the outputs."""
        raise NotImplementedError

    def _work_with_wheels(self, feedback):
        prefer_wheels()
        return self.work(feedback)


def polygons():
    """What a layer of areas or footprints holds."""
    return [QgsProcessing.SourceType.TypeVectorPolygon]


def now():
    return datetime.now(timezone.utc)
