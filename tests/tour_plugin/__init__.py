"""A plugin for tests: drives the real desktop through a story, as a newcomer's hands would, and closes QGIS."""

from __future__ import annotations

import json
import os
from pathlib import Path

from qgis.PyQt.QtCore import QTimer


def classFactory(iface):
    return TourPlugin(iface)


class TourPlugin:
    """Begins when the desktop is ready; the environment names a file that says what to do."""

    def __init__(self, iface):
        self._iface = iface
        self._desk = None

    def initGui(self):
        self._iface.initializationCompleted.connect(self._begin)

    def unload(self):
        pass

    def _begin(self):
        from .adapter import adapter
        from .campaign import campaign
        from .classes import classes
        from .desk import Desk
        from .stalls import stalls
        from .tour import tour

        settings = json.loads(Path(os.environ["TOUR"]).read_text(encoding="utf-8"))
        self._desk = Desk(self._iface, Path(settings["output"]))
        stories = {each.__name__: each for each in (tour, stalls, campaign, classes, adapter)}
        story = stories[settings["story"]]
        QTimer.singleShot(1000, lambda: self._desk.perform(story(self._desk, settings)))
