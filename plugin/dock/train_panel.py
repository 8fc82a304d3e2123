"""Train: let the model learn from the annotated tiles, watch it, and keep the better version."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel

from ..messages import map_quality_in_words
from ..settings import Setting
from .choices import methods
from .curve import BLUE, ORANGE, Curve, Line
from .formatting import verdict
from .preconditions import no_long_work
from .versions_group import VersionsGroup
from .widgets import Group, Notice, Page, Text, allow, button, let_shrink, primary


class TrainPanel(Page):
    """Method and budget, the curve while it learns, what came out, the versions, and how good the map is by now."""

    def __init__(self, session, parent=None):
        super().__init__(parent)
        self._session = session
        self._epochs, self._found = [], None
        self._result = Notice("mIconSuccess", "", parent=self)
        self._result.setObjectName("trainResult")
        self._hint = Notice("mActionPropertiesWidget", "", parent=self)
        self._hint.setObjectName("examHint")
        self._live = Curve(self.tr("epoch"), "", self)
        self._live.setObjectName("liveCurve")
        self._progress = Curve(
            self.tr("annotated tiles"), self.tr("After each fine-tuning a point shows what your work brought."), self
        )
        self._progress.setObjectName("learningCurve")
        self._map = Curve(self.tr("minutes"), self.tr("After each scoring a point shows how good the map is."), self)
        self._map.setObjectName("mapCurve")
        for part in (
            self._form(),
            self._hint,
            self._result,
            self._live,
            VersionsGroup(session, self),
            self._curve_group(),
        ):
            self.column.addWidget(part)
        self.column.addStretch(1)
        for signal in (session.work_changed, session.queue_changed, session.versions_changed):
            signal.connect(self.refresh)
        session.workspace_changed.connect(self._begin)
        session.versions_changed.connect(self._forget_quality)
        session.epoch_done.connect(self._show_epoch)
        session.fine_tuned.connect(self._tell)
        session.map_measured.connect(self._keep_quality)
        self._begin()

    def refresh(self):
        self._allow_fine_tuning()
        tooltip = self.tr("Estimate from the tiles drawn by lot how much of the finished map is right")
        allow(self._measure, tooltip, no_long_work(self._session))
        self._tell_hint()
        self._show_map()
        self._show_progress()

    def _begin(self):
        """Another campaign, or none."""
        self._epochs = []
        self._live.show_lines()
        self._live.hide()
        self._result.say("mIconSuccess", "")
        self._forget_quality()
        self.refresh()

    def _allow_fine_tuning(self):
        tooltip = self.tr(
            "Make a new version of the model from all annotated tiles; you can go on annotating meanwhile"
        )
        allow(self._fine_tune, tooltip, no_long_work(self._session) or self._nothing_annotated())

    def _tell_hint(self):
        counts = self._session.counts()
        text = self.tr("No exam tile is annotated yet: a new version is judged by tiles that are held out in turn.")
        is_missing = counts is not None and counts.exam > 0 and counts.exam_annotated == 0
        self._hint.say("mActionPropertiesWidget", text if is_missing else "")

    def _nothing_annotated(self):
        counts = self._session.counts()
        return "" if counts.done + counts.empty else self.tr("Annotate a few tiles first: the model learns from them.")

    def _show_epoch(self, epoch):
        if self._epochs and epoch.number <= self._epochs[-1].number:
            self._epochs = []  # another fine-tuning has begun
        self._epochs.append(epoch)
        loss = tuple((each.number, each.loss) for each in self._epochs)
        exam = tuple((each.number, each.exam_iou) for each in self._epochs if each.exam_iou is not None)
        self._live.show()
        self._live.show_lines(Line(self.tr("loss"), ORANGE, loss), Line(self.tr("exam IoU"), BLUE, exam, top=1.0))

    def _tell(self, fine_tuned):
        icon_name = "mIconSuccess" if fine_tuned.is_active else "mActionPropertiesWidget"
        self._result.say(icon_name, verdict(fine_tuned))

    def _forget_quality(self):
        """Another version shows another map."""
        self._found = None
        self._quality.setText("")

    def _keep_quality(self, found):
        self._found = found
        self._tell_quality()
        self._show_map()

    def _tell_quality(self):
        if self._found:
            self._quality.setText(map_quality_in_words(self._found, self._enough.value()))

    def _show_map(self):
        maps = self._session.measured_maps()
        points = tuple((each.minutes, each.iou) for each in maps)
        bounds = tuple((each.iou_low, each.iou_high) for each in maps)
        self._map.show_lines(Line(self.tr("IoU of the map"), ORANGE, points, top=1.0, bounds=bounds))

    def _show_progress(self):
        points = working_iou(self._session.learning_curve())
        self._progress.show_lines(Line(self.tr("exam IoU"), BLUE, points, top=1.0))
        self._progress.setVisible(bool(points))

    def _form(self):
        group = Group(self.tr("Let the model learn"), self)
        self._method = QComboBox(group)
        self._method.setObjectName("method")
        self._method.setToolTip(self.tr("Which part of the model learns"))
        let_shrink(self._method)
        for name, sentence in methods():
            self._method.addItem(name, sentence)
        sentence = Text(self._method.currentData() or "", group)
        self._method.currentIndexChanged.connect(lambda: sentence.setText(self._method.currentData()))
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("At most"), group))
        row.addWidget(self._make_minutes(group), 1)
        self._fine_tune = primary(button("fineTuneButton", self.tr("Fine-tune"), "mActionPlay", self._start, group))
        for part in (QLabel(self.tr("Method"), group), self._method, sentence):
            group.column.addWidget(part)
        group.column.addLayout(row)
        group.column.addWidget(self._fine_tune)
        return group

    def _make_minutes(self, group):
        self._minutes = QDoubleSpinBox(group)
        self._minutes.setObjectName("minutes")
        self._minutes.setRange(0.5, 24 * 60)
        self._minutes.setDecimals(1)
        self._minutes.setSuffix(self.tr(" min"))
        self._minutes.setToolTip(self.tr("Training ends after this time, or earlier when it brings nothing more"))
        self._minutes.setValue(Setting.MINUTES.get())
        self._minutes.valueChanged.connect(Setting.MINUTES.set)
        return self._minutes

    def _curve_group(self):
        group = Group(self.tr("What your work has brought"), self)
        self._quality = Text("", group)
        self._quality.setObjectName("mapQuality")
        measure = self._session.measure_map
        self._measure = button("measureMap", self.tr("How good is the map?"), "mActionMeasureArea", measure, group)
        for part in (self._map, self._progress, self._quality, self._measure):
            group.column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("Enough below"), group))
        row.addWidget(self._make_enough(group), 1)
        group.column.addLayout(row)
        return group

    def _make_enough(self, group):
        self._enough = QDoubleSpinBox(group)
        self._enough.setObjectName("enough")
        self._enough.setRange(0, 100)
        self._enough.setDecimals(1)
        self._enough.setSuffix(" %")
        self._enough.setToolTip(
            self.tr("Where ten more minutes should make less than so much of the map right, it is enough")
        )
        self._enough.setValue(Setting.ENOUGH.get())
        self._enough.valueChanged.connect(Setting.ENOUGH.set)
        self._enough.valueChanged.connect(self._tell_quality)
        return self._enough

    def _start(self):
        self._session.fine_tune(self._method.currentText(), self._minutes.value())


def working_iou(rounds):
    """Points (annotated tiles, exam IoU of the version that worked afterwards), one a round with an exam."""
    examined = [each for each in rounds if each.exam_iou_after is not None]
    start = [(0, examined[0].exam_iou_before)] if examined else []
    return (*start, *((r.tiles, r.exam_iou_after if r.activated else r.exam_iou_before) for r in examined))
