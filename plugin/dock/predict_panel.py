"""Predict: let the model draw the rest."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QLabel

from .preconditions import no_long_work
from .widgets import Group, Notice, Page, Text, allow, button, let_shrink, primary


class PredictPanel(Page):
    """Where to draw, into which file, and what came out."""

    def __init__(self, session, parent=None):
        super().__init__(parent)
        self._session = session
        self._path = None
        self._show = button(
            "showPredicted", self.tr("Show the file's folder"), "mIconFolderOpen", self._show_file, self
        )
        self._show.setToolTip(self.tr("Open the folder in the file manager, to hand the file on"))
        self._result = Notice("mIconSuccess", "", self._show, self)
        self._result.setObjectName("predictResult")
        self.column.addWidget(self._ways())
        self.column.addWidget(self._result)
        self.column.addStretch(1)
        session.workspace_changed.connect(self._begin)
        session.work_changed.connect(self.refresh)
        session.predicted.connect(self._tell)
        self._begin()

    def refresh(self):
        tooltip = self.tr("Draw every building that the active version of the model sees")
        allow(self._predict, tooltip, no_long_work(self._session))

    def _begin(self):
        """Another campaign, or none."""
        self._result.say("mIconSuccess", "")
        folder = self._session.folder
        self._file.setFilePath(str(folder / "footprints.gpkg") if folder else "")
        self.refresh()

    def _tell(self, predicted):
        self._path = predicted.path
        text = self.tr("{n} footprints, drawn by version {version}, are on the map and in {file}.")
        self._result.say(
            "mIconSuccess", text.format(n=predicted.footprints, version=predicted.version, file=predicted.path.name)
        )

    def _start(self):
        file = self._file.filePath().strip()
        self._session.predict(Path(file).expanduser() if file else None, aoi_layer=self._area.currentLayer())

    def _show_file(self):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def _ways(self):
        group = Group(self.tr("Let the model draw"), self)
        story = Text(
            self.tr("Proposals for the whole area, each with its confidence. They never become labels by themselves."),
            group,
        )
        self._area = QgsMapLayerComboBox(group)
        self._area.setObjectName("predictArea")
        self._area.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self._area.setAllowEmptyLayer(True, self.tr("the whole campaign"))
        self._area.setCurrentIndex(0)
        self._area.setToolTip(self.tr("Polygons in which to draw; of a layer with a selection only what is selected"))
        let_shrink(self._area)
        self._file = QgsFileWidget(group)
        self._file.setObjectName("predictFile")
        self._file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self._file.setFilter(self.tr("GeoPackage (*.gpkg);;GeoJSON (*.geojson)"))
        self._file.setToolTip(self.tr("The file of footprints; one that exists is replaced"))
        self._predict = primary(
            button("predictButton", self.tr("Predict footprints"), "mActionPlay", self._start, group)
        )
        area, file = QLabel(self.tr("Where"), group), QLabel(self.tr("File"), group)
        for part in (story, area, self._area, file, self._file, self._predict):
            group.column.addWidget(part)
        return group
