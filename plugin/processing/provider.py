"""The provider ``tiletriage``: what the toolbox and qgis_process list."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .annotate import Annotate
from .evaluate import Evaluate
from .fine_tune import FineTune
from .new import New
from .next_tiles import NextTiles
from .predict import Predict
from .quality import Quality
from .score import Score
from .versions import Versions

ALGORITHMS = (New, Score, NextTiles, Annotate, FineTune, Evaluate, Quality, Predict, Versions)
ICON = Path(__file__).parents[2] / "resources" / "icons" / "tiletriage.svg"


class TileTriageProvider(QgsProcessingProvider):
    """Loads without the packages of the engine; the algorithms then say how to install them."""

    def id(self):
        return "tiletriage"

    def name(self):
        return "Tile Triage"

    def icon(self):
        return QIcon(str(ICON)) if ICON.exists() else super().icon()

    def loadAlgorithms(self):
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())

    def defaultVectorFileExtension(self, hasGeometry=True):
        return "gpkg"

    def supportedOutputVectorLayerExtensions(self):
        return ["gpkg", "geojson"]

    def supportsNonFileBasedOutput(self):
        """The engine writes files, so there is nothing that could go into memory or a database."""
        return False
