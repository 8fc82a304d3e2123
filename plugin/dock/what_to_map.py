"""What a new campaign maps, and in which bands of its imagery the model shall look for it."""

from __future__ import annotations

from pathlib import Path

from qgis.gui import QgsCheckableComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ...models.choices import ADAPTER_SUFFIX
from ...models.errors import ModelError
from ...models.segmentation.class_list import read_classes
from ...models.segmentation.classes import BUILDING
from ...models.storage.limits import MOST_BANDS_UNASKED
from ..messages import in_words
from .preconditions import no_packages
from .widgets import let_shrink


class WhatToMap(QWidget):
    """A line for the names of classes, and the bands where they are to be chosen: for buildings the picture that the
    layer shows is enough."""

    changed = pyqtSignal()

    def __init__(self, parent=None):
        super().__init__(parent)
        self._known, self._card = None, None  # the adapter that was read last
        self._names = QLineEdit(BUILDING.name, self)
        self._names.setObjectName("classes")
        self._names.setAcceptDrops(False)  # it would write the address of an adapter that the dock takes
        self._names.setToolTip(
            self.tr(
                "Names with commas between them, for example water, or building, road, tree; or the path of a JSON "
                "file with names, colours and rules. The model that ships knows buildings; anything else it learns "
                "from the tiles that you annotate. With the path of an adapter (.ttadapter) the campaign begins with "
                "what that knows."
            )
        )
        self._bands_label = QLabel(self.tr("Bands"), self)
        self._bands = QgsCheckableComboBox(self)
        self._bands.setObjectName("bands")
        self._bands.setToolTip(self.tr("The bands of the imagery in which the model looks"))
        let_shrink(self._bands)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (QLabel(self.tr("What to map"), self), self._names, self._bands_label, self._bands):
            column.addWidget(part)
        self._names.textChanged.connect(self._tell_change)
        self._bands.checkedItemsChanged.connect(lambda _: self.changed.emit())
        self._tell_change()

    def offer_bands(self, layer):
        """Those of a raster layer, of which all are taken where they are few; none of what is online."""
        number = layer.bandCount() if layer is not None and layer.isValid() else 0
        names = [layer.bandName(band) for band in range(1, number + 1)]
        if names == [self._bands.itemText(place) for place in range(self._bands.count())]:
            return
        self._bands.clear()
        state = Qt.CheckState.Checked if number <= MOST_BANDS_UNASKED else Qt.CheckState.Unchecked
        for name in names:
            self._bands.addItemWithCheckState(name, state)
        self._tell_change()

    def begin_with(self, adapter):
        """Take what the adapter in a file maps."""
        self._names.setText(str(adapter))

    def unmet(self) -> str:
        """Why a campaign cannot begin so; empty where it can."""
        if self.start() and no_packages():
            return no_packages()
        try:
            classes, adapter = self.classes(), self._adapter()
        except ModelError as problem:
            return in_words(problem)
        bands = self.bands()
        if adapter and bands is not None and len(bands) != adapter.bands:
            text = self.tr("The adapter looks in {n} bands ({names}): choose these, in this order.")
            return text.format(n=adapter.bands, names=", ".join(adapter.band_names))
        if classes == (BUILDING,):
            return ""
        is_chosen = bool(self.bands()) or self._bands.count() == 0
        return no_packages() or ("" if is_chosen else self.tr("Choose the bands in which the model shall look."))

    def classes(self):
        """As segmentation.classes.MappedClass; ModelError where the line names none."""
        adapter = self._adapter()
        return adapter.classes if adapter else read_classes(self._names.text().strip())

    def start(self) -> Path | None:
        """The adapter to begin with, where the line names one."""
        path = Path(self._names.text().strip())
        return path if path.suffix.lower() == ADAPTER_SUFFIX else None

    def bands(self) -> list[int] | None:
        """The chosen ones, counted from 1; None for buildings, which are seen in those that the layer shows, and where
        none are offered."""
        if self._names_buildings() or self._bands.count() == 0:
            return None
        places = range(self._bands.count())
        return [place + 1 for place in places if self._bands.itemCheckState(place) == Qt.CheckState.Checked]

    def _adapter(self):
        """What the adapter says of itself that the line names, read once as long as the file stays as it is."""
        path = self.start()
        if path is None or no_packages():
            return None
        known = path, path.stat().st_mtime_ns if path.exists() else None
        if known != self._known:
            from ...models.campaign.adapter_file import read_adapter_card

            self._card, self._known = read_adapter_card(path), known
        return self._card

    def _names_buildings(self):
        try:
            return self.classes() == (BUILDING,)
        except ModelError:
            return False

    def _tell_change(self):
        is_asked = not self._names_buildings() and self._bands.count() > 0
        self._bands_label.setVisible(is_asked)
        self._bands.setVisible(is_asked)
        self.changed.emit()
