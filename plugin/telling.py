"""Mistakes of the user end as a line in the message bar, never as an exception in a widget."""

from __future__ import annotations

from functools import partial, wraps
from inspect import signature

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication

from ..models.errors import BrokenOutline, EngineError
from .layers.layer_problem import LayerProblem
from .values import Message

WARNING = Qgis.MessageLevel.Warning


def tells_mistakes(method):
    """For methods of what has ``said``: what the user can mend is said and ends the method, all else is raised."""
    most = len(signature(method).parameters) - 1  # Qt's signals may bring more than the method takes

    @wraps(method)
    def careful(self, *arguments, **named):
        try:
            return method(self, *arguments[:most], **named)
        except BrokenOutline as problem:
            button = QCoreApplication.translate("telling", "Repair")
            repair = partial(self.repair_and_finish, self.tile.tile_id)
            self.said.emit(Message(WARNING, str(problem), button=button, on_click=repair))
        except (EngineError, LayerProblem) as problem:
            self.said.emit(Message(WARNING, str(problem)))
        return None

    return careful
