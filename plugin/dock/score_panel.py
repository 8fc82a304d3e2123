"""Score: have every tile looked at, and read the heatmap."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider

from ..settings import Setting
from .choices import strategies
from .formatting import counted, duration
from .legend import Legend
from .preconditions import no_campaign, no_long_work
from .widgets import Group, Notice, Page, Text, allow, button, let_shrink, primary


class ScorePanel(Page):
    """Strategy, the button, what came out, and how the heatmap is shown."""

    first_tile_wanted = pyqtSignal()

    def __init__(self, session, parent=None):
        super().__init__(parent)
        self._session = session
        self._result_button = primary(
            button(
                "annotateFirst", self.tr("Annotate the first tile"), "mActionArrowRight", self._want_first_tile, self
            )
        )
        self._result_button.setToolTip(self.tr("Zoom to the tile that is worth most, and draw there"))
        self._result = Notice("mIconSuccess", "", self._result_button, self)
        self._result.setObjectName("scoreResult")
        self._counts = Text(parent=self)
        for part in (self._form(), self._result, self._heatmap(), self._counts):
            self.column.addWidget(part)
        self.column.addStretch(1)
        session.workspace_changed.connect(self._begin)
        session.work_changed.connect(self.refresh)
        session.queue_changed.connect(self.refresh)
        session.scored.connect(self._tell)
        self._begin()

    def refresh(self):
        allow(
            self._score,
            self.tr("Look at every tile, those on the map first, and paint where to annotate next"),
            no_long_work(self._session),
        )
        allow(self._opacity, self.tr("How strongly the heatmap covers the imagery"), no_campaign(self._session))
        self._counts.setText(counted(self._session.counts()) if self._session.is_open else no_campaign(self._session))

    def _begin(self):
        """Another campaign, or none."""
        self._result.say("mIconSuccess", "")
        self.refresh()

    def _tell(self, scored):
        text = self.tr("{tiles} tiles scored with {version} in {time}.")
        text = text.format(tiles=scored.tiles, version=scored.version, time=duration(scored.seconds))
        if scored.bad_tiles:
            text += " " + self.tr("{bad} have no picture and are left out.").format(bad=scored.bad_tiles)
        self._result.say("mIconSuccess", text + " " + self.tr("Bright tiles are worth most."))

    def _want_first_tile(self):
        self.first_tile_wanted.emit()

    def _form(self):
        group = Group(self.tr("What to annotate next"), self)
        self._strategy = QComboBox(group)
        self._strategy.setObjectName("strategy")
        self._strategy.setToolTip(self.tr("The rule by which tiles are ranked"))
        let_shrink(self._strategy)
        for name, sentence in strategies():
            self._strategy.addItem(name or self.tr("automatic"), (name, sentence))
        sentence = Text(parent=group)
        self._strategy.currentIndexChanged.connect(lambda: sentence.setText(self._strategy.currentData()[1]))
        sentence.setText(self._strategy.currentData()[1])
        self._score = primary(button("scoreButton", self.tr("Score"), "mActionPlay", self._start, group))
        for part in (QLabel(self.tr("Strategy"), group), self._strategy, sentence, self._score):
            group.column.addWidget(part)
        return group

    def _heatmap(self):
        group = Group(self.tr("Heatmap"), self)
        self._opacity = QSlider(Qt.Orientation.Horizontal, group)
        self._opacity.setObjectName("opacity")
        self._opacity.setRange(0, 100)
        self._opacity.setValue(round(100 * Setting.OPACITY.get()))
        self._opacity.valueChanged.connect(self._set_opacity)
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("Opacity"), group))
        row.addWidget(self._opacity, 1)
        group.column.addLayout(row)
        group.column.addWidget(Legend(group))
        return group

    def _start(self):
        self._session.score(self._strategy.currentData()[0] or None)

    def _set_opacity(self, percent):
        Setting.OPACITY.set(percent / 100)
        self._session.set_opacity(percent / 100)
