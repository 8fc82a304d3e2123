"""The versions of the model: which one works, which are parked, and what may be done with them."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QFileDialog, QHBoxLayout, QHeaderView, QTableView

from ...models.choices import ADAPTER_SUFFIX
from ...models.storage.output_paths import unused
from .class_table import ClassTable
from .formatting import worst_mistakes
from .preconditions import busy, no_campaign, no_long_work
from .version_model import EXAM_IOU, VersionModel
from .widgets import Group, Text, allow, button

ROWS_SHOWN = 5


class VersionsGroup(Group):
    """A table, and below it the buttons for the version that is selected."""

    def __init__(self, session, parent=None):
        super().__init__("", parent)
        self.setTitle(self.tr("Model versions"))
        self._session = session
        self._model = VersionModel(self)
        self._table = self._make_table()
        self._activate = button("activateVersion", self.tr("Activate"), "mIconSuccess", self._make_active, self)
        self._export = button("exportVersion", self.tr("Export…"), "mActionSharingExport", self._save_copy, self)
        self._import = button(
            "importAdapter", self.tr("Take in an adapter…"), "mActionSharingImport", self._choose_adapter, self
        )
        row = QHBoxLayout()
        row.addWidget(self._activate)
        row.addWidget(self._export)
        self._classes, self._mistaken = ClassTable(self), Text(parent=self)
        for part in (self._table, self._classes, self._mistaken):
            self.column.addWidget(part)
        self.column.addLayout(row)
        self.column.addWidget(self._import)
        self._table.selectionModel().selectionChanged.connect(self._allow_buttons)
        self._table.selectionModel().selectionChanged.connect(self._tell_classes)
        session.work_changed.connect(self._allow_buttons)
        session.workspace_changed.connect(self.refresh)
        session.versions_changed.connect(self.refresh)
        self.refresh()

    def refresh(self):
        rows = self._session.versions() if self._session.is_open else []
        self._model.show(rows)
        self._table.setColumnHidden(EXAM_IOU, all(row.exam_iou is None for row in rows))
        lines = 1 + min(max(len(rows), 2), ROWS_SHOWN)
        self._table.setFixedHeight(lines * self._table.verticalHeader().defaultSectionSize() + 4)
        self._newest = next((row for row in reversed(rows) if not row.is_damaged), None)
        self._allow_buttons()
        self._tell_classes()

    def _tell_classes(self, *_):
        """Of the version that is selected, else of the newest."""
        version = self._selected() or self._newest
        self._classes.show_figures(self._session.classes, version.class_iou if version else {})
        self._mistaken.setText(worst_mistakes(version.taken_for) if version else "")

    def _selected(self):
        return self._model.row(self._table.currentIndex()) if self._table.selectionModel().hasSelection() else None

    def _allow_buttons(self, *_):
        version = self._selected()
        unmet = no_campaign(self._session) or self._unfit(version) or busy(self._session)
        is_active = self.tr("This version is active already.") if version and version.is_active else ""
        work_with = self.tr(
            "Let the model work with this version from now on, for example to go back to an earlier one"
        )
        allow(self._activate, work_with, unmet or is_active)
        allow(self._export, self.tr("Save a copy of this version, to take it to another computer"), unmet)
        take_in = self.tr("Take in an adapter (.ttadapter) from another campaign; you can also drop the file here")
        allow(self._import, take_in, no_long_work(self._session))

    def _unfit(self, version):
        if version is None:
            return self.tr("Click on a version in the table first.")
        return version.text if version.is_damaged else ""

    def _make_active(self):
        self._session.activate(self._selected().id)

    def _save_copy(self):
        version, title = self._selected(), self.tr("Where to save the version")
        if version.base:
            name = f"{self._session.name}_{version.id}{ADAPTER_SUFFIX}"
            chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / name), self._adapter_files())
            path = Path(chosen) if chosen else None
            if path and path.suffix != ADAPTER_SUFFIX:
                path = unused(path.with_name(path.name + ADAPTER_SUFFIX))  # of which the dialog has not asked
        else:
            folder = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
            path = Path(folder) / version.id if folder else None
        if path:
            self._session.export_version(version.id, path)

    def _choose_adapter(self):
        title = self.tr("Adapter to take in")
        path, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), self._adapter_files())
        if path:
            self._session.import_adapter(path)

    def _adapter_files(self):
        return self.tr("Adapters (*{suffix})").format(suffix=ADAPTER_SUFFIX)

    def _make_table(self):
        table = QTableView(self)
        table.setObjectName("versionTable")
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(2 * table.fontMetrics().height() - 4)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        return table
