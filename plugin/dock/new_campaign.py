"""The form for a new campaign: imagery, where to look, where to keep it, and one button."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayerProxyModel, QgsRasterLayer
from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtWidgets import QDoubleSpinBox, QFormLayout, QLabel, QSpinBox

from ..messages import filled
from ..requirements import missing_packages
from .preconditions import busy
from .what_to_map import WhatToMap
from .widgets import Group, Text, allow, button, let_shrink, primary

WHAT_AFTER = 2  # the imagery and its label


class NewCampaign(Group):
    """Everything is filled in as far as it can be guessed: with one imagery layer the button is all it takes."""

    def __init__(self, session, parent=None):
        super().__init__("", parent)
        self.setTitle(self.tr("New campaign"))
        self._session = session
        self._suggestion = None
        self._imagery = self._layer_combo("imageryLayer", QgsMapLayerProxyModel.Filter.RasterLayer)
        self._imagery.setToolTip(self.tr("The aerial or satellite image that is to be mapped"))
        self._what = WhatToMap(self)
        self._area = self._layer_combo("areaLayer", QgsMapLayerProxyModel.Filter.PolygonLayer)
        self._area.setAllowEmptyLayer(True, self.tr("the whole image"))
        self._area.setCurrentIndex(0)
        self._area.setToolTip(self.tr("Polygons that limit the campaign; without them the whole image is taken"))
        self._folder = QgsFileWidget(self)
        self._folder.setObjectName("campaignFolder")
        self._folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self._folder.setToolTip(self.tr("A new folder: labels, model versions and scores of the campaign go there"))
        self._about = Text(parent=self)
        self._start = primary(button("startAndScore", "", "mActionPlay", self._create, self))
        self._lay_out()
        self._imagery.layerChanged.connect(self.suggest)
        self._area.layerChanged.connect(self.suggest)
        self._what.changed.connect(self.refresh)
        self._folder.fileChanged.connect(self.refresh)
        session.work_changed.connect(self.refresh)
        self.suggest()

    def prefer_imagery(self, layer):
        """Take a raster layer that the user has clicked on; any other layer changes nothing."""
        if isinstance(layer, QgsRasterLayer) and not self._session.is_open:
            self._imagery.setLayer(layer)

    def begin_with(self, adapter):
        """Take the adapter in a file for the model to begin with."""
        self._what.begin_with(adapter)

    def suggest(self, *_):
        """Fill in what fits the imagery layer."""
        layer = self._imagery.currentLayer()
        self._suggestion = self._session.suggestion(layer, self._area.currentLayer()) if layer else None
        self._what.offer_bands(None if self._suggestion and self._suggestion.is_online else layer)
        if self._suggestion and not self._suggestion.problem:
            self._gsd.setValue(self._suggestion.gsd_metres)
            self._tile_size.setValue(self._suggestion.tile_size_px)
            self._folder.setFilePath(str(self._session.default_folder(layer)))
        self.refresh()

    def refresh(self, *_):
        unmet = self._unmet()
        missing = missing_packages()
        self._start.setText(self.tr("Start without scores") if missing else self.tr("Start and score"))
        allow(self._start, self.tr("Make the campaign and find out which tiles to annotate first"), unmet)
        self._about.setText(unmet or self._in_words())

    def _unmet(self):
        suggestion = self._suggestion
        if suggestion is None:
            return self.tr("Add your imagery to the map first: Layer > Add Layer > Add Raster Layer.")
        if suggestion.problem:
            return suggestion.problem
        if suggestion.is_online and self._area.currentLayer() is None:
            return self.tr("This imagery is online and has no end: choose an area of interest.")
        if not self._folder.filePath().strip():
            return self.tr("Choose a folder for the campaign.")
        return self._what.unmet() or busy(self._session)

    def _in_words(self):
        metres = self._gsd.value() * self._tile_size.value()
        tiles = max(1, round(self._suggestion.tiles * (self._suggestion.tile_metres / metres) ** 2))
        return filled(self.tr("About {tiles} tiles of {metres:.0f} m on a side."), tiles=tiles, metres=metres)

    def _create(self):
        is_native = self._gsd.value() == round(self._suggestion.gsd_metres, self._gsd.decimals())
        is_usual = self._tile_size.value() == self._suggestion.tile_size_px
        self._session.create(
            Path(self._folder.filePath().strip()).expanduser(),
            self._imagery.currentLayer(),
            aoi_layer=self._area.currentLayer(),
            gsd_metres=None if is_native else self._gsd.value(),
            tile_size_px=None if is_usual else self._tile_size.value(),
            exam_tiles=self._exam_tiles.value(),
            classes=self._what.classes(),
            bands=self._what.bands(),
            start=self._what.start(),
            and_score=not missing_packages(),
        )

    def _layer_combo(self, name, filters):
        combo = QgsMapLayerComboBox(self)
        combo.setObjectName(name)
        combo.setFilters(filters)
        let_shrink(combo)
        return combo

    def _lay_out(self):
        for label, widget in (
            (self.tr("Imagery"), self._imagery),
            (self.tr("Area of interest"), self._area),
            (self.tr("Folder of the campaign"), self._folder),
        ):
            self.column.addWidget(QLabel(label, self))
            self.column.addWidget(widget)
        self.column.insertWidget(WHAT_AFTER, self._what)
        self.column.addWidget(self._about)
        self.column.addWidget(self._start)
        self.column.addWidget(self._fine_print())

    def _fine_print(self):
        box = QgsCollapsibleGroupBox(self.tr("Tiles and exam"), self)
        self._gsd = QDoubleSpinBox(box)
        self._gsd.setObjectName("gsd")
        self._gsd.setRange(0.01, 100)
        self._gsd.setDecimals(3)
        self._gsd.setSuffix(self.tr(" m"))
        self._gsd.setToolTip(self.tr("Ground metres a pixel at which the model looks; as in the imagery, or coarser"))
        self._tile_size = QSpinBox(box)
        self._tile_size.setObjectName("tileSize")
        self._tile_size.setRange(64, 1024)
        self._tile_size.setSingleStep(32)
        self._tile_size.setSuffix(self.tr(" px"))
        self._tile_size.setToolTip(self.tr("Pixels on a side of a tile: what one person annotates in a few minutes"))
        self._exam_tiles = QSpinBox(box)
        self._exam_tiles.setObjectName("examTileCount")
        self._exam_tiles.setRange(0, 1000)
        self._exam_tiles.setSpecialValueText(self.tr("none"))
        self._exam_tiles.setToolTip(
            self.tr(
                "Tiles set aside to measure every version of the model, 20 or more to decide. Without them those "
                "measure it that fine-tuning holds out in turn."
            )
        )
        form = QFormLayout(box)
        form.addRow(self.tr("Pixel"), self._gsd)
        form.addRow(self.tr("Tile"), self._tile_size)
        form.addRow(self.tr("Exam tiles"), self._exam_tiles)
        for spin_box in (self._gsd, self._tile_size):
            spin_box.valueChanged.connect(self.refresh)
        box.setCollapsed(True)
        return box
