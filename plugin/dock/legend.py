"""What the colours of the tiles mean, drawn with the symbols of the shipped style itself."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsSymbolLayerUtils, QgsVectorLayer
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPixmap
from qgis.PyQt.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from .widgets import Text

STYLE = Path(__file__).parents[2] / "resources" / "styles" / "tiles.qml"
RAMP = tuple(f"{{priority-{fifth}}}" for fifth in (5, 4, 3, 2, 1))  # keys of the rules in the style
SWATCH = QSize(24, 16)
GROUND = QColor(125, 132, 113)


class Legend(QWidget):
    """The ramp from first to last, then the states that a tile can be in."""

    def __init__(self, parent=None):
        super().__init__(parent)
        symbols = shipped_symbols()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._ramp(symbols))
        column.addLayout(self._states(symbols))

    def _ramp(self, symbols):
        row = QHBoxLayout()
        row.setSpacing(0)
        for key in RAMP:
            row.addWidget(self._swatch(symbols[key]))
        row.addSpacing(SWATCH.width() // 3)
        row.addWidget(Text(self.tr("bright first, dark can wait"), self), 1)
        return row

    def _states(self, symbols):
        names = (
            ("{next}", self.tr("one of the next 20")),
            ("{done}", self.tr("done")),
            ("{empty}", self.tr("empty: nothing to map")),
            ("{skipped}", self.tr("skipped")),
            ("{bad-imagery}", self.tr("bad imagery")),
            ("{exam}", self.tr("exam tile: tests the model")),
        )
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for row, (key, name) in enumerate(names):
            grid.addWidget(self._swatch(symbols[key]), row, 0)
            grid.addWidget(Text(name, self), row, 1)
        return grid

    def _swatch(self, symbol):
        """The symbol as it looks over imagery: its light and dark outlines both need a middling ground."""
        picture = QPixmap(SWATCH)
        picture.fill(GROUND)
        painter = QPainter(picture)
        painter.drawPixmap(0, 0, QgsSymbolLayerUtils.symbolPreviewPixmap(symbol, SWATCH))
        painter.end()
        label = QLabel(self)
        label.setPixmap(picture)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        return label


def shipped_symbols():
    """The symbols of the style for tiles, by the key of their rule."""
    layer = QgsVectorLayer("Polygon", "legend", "memory")
    layer.loadNamedStyle(str(STYLE))
    return {rule.ruleKey(): rule.symbol().clone() for rule in layer.renderer().rootRule().children()}
