"""The classes of a campaign with the IoU of each, before and after a version has learnt."""

from __future__ import annotations

from statistics import fmean

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from ..messages import filled
from .widgets import swatch


class ClassTable(QTableWidget):
    """A row a class; hidden where nothing is known of them, as in a campaign that maps one."""

    def __init__(self, parent=None):
        super().__init__(0, 3, parent)
        self.setObjectName("classTable")
        self.setHorizontalHeaderLabels((self.tr("Class"), self.tr("IoU before"), self.tr("after")))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(2 * self.fontMetrics().height() - 4)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.show_figures((), {})

    def show_figures(self, classes, class_iou):
        """``class_iou`` is (before, after) by the name of a class; last comes the mean."""
        rows = [(each.name, class_iou[each.name], swatch(each.colour)) for each in classes if each.name in class_iou]
        if rows:
            means = [fmean(figures[place] for _, figures, _ in rows) for place in (0, 1)]
            rows.append((self.tr("Mean"), means, QIcon()))
        self.setRowCount(len(rows))
        for row, (name, figures, icon) in enumerate(rows):
            self.setItem(row, 0, QTableWidgetItem(icon, name))
            for column, iou in enumerate(figures, 1):
                figure = QTableWidgetItem(filled("{iou:.2f}", iou=iou))
                figure.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, figure)
        self.setFixedHeight((1 + len(rows)) * self.verticalHeader().defaultSectionSize() + 4)
        self.setVisible(bool(rows))
