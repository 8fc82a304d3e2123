"""The model versions of a campaign as a table."""

from __future__ import annotations

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QFont

from ..messages import as_tooltip, filled

VERSION, TILES, EXAM_IOU, STATE = range(4)


class VersionModel(QAbstractTableModel):
    """A row for each version, the newest first; the active one is bold."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self._rows = []
        self._headers = (self.tr("Version"), self.tr("Tiles"), self.tr("IoU"), self.tr("State"))

        self._explanations = (
            self.tr("Where a version comes from is in its tooltip"),
            self.tr("Annotated tiles that it has learned from"),
            self.tr("Overlap of what it draws with what people drew on the exam tiles: 1 is perfect"),
            self.tr("The active version scores, drafts and predicts; parked ones can take its place at any time"),
        )

    def show(self, rows):
        """Take over other rows, oldest first as the session gives them."""
        self.beginResetModel()
        self._rows = list(reversed(rows))
        self.endResetModel()

    def row(self, index):
        """The version of an index, or None."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent=QModelIndex()):  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section, orientation, role=Qt.ItemDataRole.DisplayRole):
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return self._explanations[section]
        return None

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(row)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tooltip(self._story(row))
        if role == Qt.ItemDataRole.FontRole and row.is_active:
            bold = QFont()
            bold.setBold(True)
            return bold
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (TILES, EXAM_IOU):
            return Qt.AlignmentFlag.AlignCenter
        return None

    def _texts(self, row):
        exam_iou = "–" if row.exam_iou is None else filled("{iou:.2f}", iou=row.exam_iou)
        state = self.tr("active") if row.is_active else self.tr("parked")
        return row.id, str(row.tiles), exam_iou, self.tr("damaged") if row.is_damaged else state

    def _story(self, row):
        made = self.tr("made from {parent}, {created}").format(parent=row.parent, created=row.created)
        return "\n".join(filter(None, [row.id, made if row.parent else "", row.text]))
