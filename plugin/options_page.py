"""The page of Tile Triage in QGIS's options."""

from __future__ import annotations

from pathlib import Path

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QFormLayout, QLabel, QLineEdit, QSpinBox

from .settings import Setting, annotator

ICON = Path(__file__).parents[1] / "resources" / "icons" / "tiletriage.svg"


class OptionsPage(QgsOptionsPageWidget):
    """What is chosen once and for all; kept when the user presses OK."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self._annotator = QLineEdit(Setting.ANNOTATOR.get(), self)
        self._annotator.setPlaceholderText(annotator())
        self._annotator.setObjectName("annotator")
        self._draft_area = self._number(QDoubleSpinBox, Setting.MINIMUM_DRAFT_AREA_M2, 0, 1000, self.tr(" m²"))
        self._threads = self._number(QSpinBox, Setting.THREADS, 0, 256, "")
        self._threads.setSpecialValueText(self.tr("automatic"))
        form = QFormLayout(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for label, widget, story in (
            (self.tr("Annotator"), self._annotator, self.tr("The name that is kept with every label that you draw.")),
            (
                self.tr("Smallest draft"),
                self._draft_area,
                self.tr("Outlines that the model proposes are left out where they are smaller."),
            ),
            (
                self.tr("Processor threads"),
                self._threads,
                self.tr("For the model. Automatic leaves one core free, so that QGIS stays quick."),
            ),
        ):
            widget.setToolTip(story)
            form.addRow(label, widget)
            explanation = QLabel(story, self)
            explanation.setWordWrap(True)
            form.addRow("", explanation)

    def apply(self):
        Setting.ANNOTATOR.set(self._annotator.text().strip())
        Setting.MINIMUM_DRAFT_AREA_M2.set(self._draft_area.value())
        Setting.THREADS.set(self._threads.value())

    def _number(self, kind, setting, lowest, highest, unit):
        box = kind(self)
        box.setObjectName(setting.value[0])
        box.setRange(lowest, highest)
        box.setSuffix(unit)
        box.setValue(setting.get())
        return box


class OptionsPageFactory(QgsOptionsWidgetFactory):
    """Makes the page whenever the options are opened."""

    def __init__(self):
        super().__init__("Tile Triage", QIcon(str(ICON)))

    def createWidget(self, parent):
        return OptionsPage(parent)
