"""Predict: let the model draw the rest."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QLabel

from ...models.storage.output_paths import unused
from .preconditions import no_long_work
from .widgets import Group, Notice, Page, Text, allow, button, let_shrink, primary


class PredictPanel(Page):
    """Where to draw, into which file, and what came out."""

    def __init__(self, session, parent=None):
        super().__init__(parent)
        self._session = session
        self._path = self._name = self._proposed = None
        self._show = button(
            "showPredicted", self.tr("Show the file's folder"), "mIconFolderOpen", self._show_file, self
        )
        self._show.setToolTip(self.tr("Open the folder in the file manager, to hand the file on"))
        self._result = Notice("mIconSuccess", "", self._show, self)
        self._result.setObjectName("predictResult")
        self.column.addWidget(self._form())
        self.column.addWidget(self._result)
        self.column.addStretch(1)
        self._file.fileChanged.connect(self.refresh)
        session.workspace_changed.connect(self._begin)
        session.versions_changed.connect(self._name_after_version)
        session.work_changed.connect(self.refresh)
        session.predicted.connect(self._tell)
        self._begin()

    def refresh(self, *_):
        """Where the file is there already, the button itself says that a click replaces it."""
        file = self._chosen()
        self._replaces = file is not None and file.exists()
        if self._replaces:
            text = self.tr("Replace the file")
            tooltip = self.tr("The file is there already: its footprints are lost, also what was corrected in them")
        else:
            text = self.tr("Predict footprints")
            tooltip = self.tr("Draw all that the active version sees where people have not drawn")
        self._predict.setText(text)
        allow(self._predict, tooltip, no_long_work(self._session))

    def _begin(self):
        """Another campaign, or none."""
        self._result.say("mIconSuccess", "")
        self._propose(self._session.footprint_file() if self._session.is_open else None)
        self.refresh()

    def _name_after_version(self):
        """A file of the user's own choice keeps its name."""
        if self._session.is_open and self._chosen() == self._proposed:
            self._propose(self._session.footprint_file())

    def _propose(self, name):
        """A file of that name, or of the next one that is free."""
        self._name, self._proposed = name, name and unused(name)
        self._file.setFilePath(str(self._proposed or ""))

    def _chosen(self):
        file = self._file.filePath().strip()
        return Path(file).expanduser() if file else None

    def _tell(self, predicted):
        self._path = predicted.path
        text = self.tr(
            "{n} footprints are on the map and in {file}: {people} that people drew or accepted, {model} by version "
            "{version}."
        )
        self._result.say(
            "mIconSuccess",
            text.format(
                n=predicted.footprints,
                file=predicted.path.name,
                people=predicted.by_people,
                model=predicted.by_model,
                version=predicted.version,
            ),
        )
        self._propose(self._name if predicted.path == self._proposed else predicted.path)

    def _start(self):
        area = self._area.currentLayer()
        self._session.predict(self._chosen(), aoi_layer=area, overwrite=self._replaces)

    def _show_file(self):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def _form(self):
        group = Group(self.tr("Let the model draw"), self)
        story = Text(
            self.tr(
                "Footprints for the whole area: people's where they drew or looked, the model's elsewhere, each with "
                "its confidence. They never become labels by themselves."
            ),
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
        self._file.setToolTip(self.tr("The file of footprints; a new name is proposed each time"))
        self._predict = primary(
            button("predictButton", self.tr("Predict footprints"), "mActionPlay", self._start, group)
        )
        area, file = QLabel(self.tr("Where"), group), QLabel(self.tr("File"), group)
        for part in (story, area, self._area, file, self._file, self._predict):
            group.column.addWidget(part)
        return group
