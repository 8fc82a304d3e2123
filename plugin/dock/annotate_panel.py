"""Annotate: tile by tile, by mouse or by keyboard."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QHBoxLayout, QRadioButton

from ..messages import why
from .formatting import counted, duration
from .preconditions import no_campaign, no_help
from .widgets import ActionButton, Group, Notice, Page, Text, allow, primary


class AnnotatePanel(Page):
    """Which tiles are served, the tile on the map, its drafts, and the ways to finish it."""

    def __init__(self, session, actions, parent=None):
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._counts = Text(parent=self)
        self.column.addWidget(self._kinds())
        self.column.addLayout(self._navigation())
        for part in (self._tile_group(), self._palette_group(), self._drafts_group(), self._finish_group()):
            self.column.addWidget(part)
        self.column.addWidget(self._counts)
        self.column.addStretch(1)
        session.workspace_changed.connect(self._fill_palette)
        for signal in (session.workspace_changed, session.queue_changed, session.tile_changed):
            signal.connect(self.refresh)
        session.drawing_changed.connect(self._tell_drawing)
        self.refresh()

    def refresh(self):
        counts = self._session.counts()
        unmet = no_campaign(self._session)
        allow(self._by_priority, self.tr("Serve the tiles that come next, best first"), unmet)
        allow(self._exam, self.tr("Serve the tiles on which every version of the model is tested"), unmet)
        (self._exam if self._session.is_exam else self._by_priority).setChecked(True)
        self._review.setChecked(self._session.is_review)
        self._tell_exam(counts)
        self._tell_tile()
        self._tell_drawing()
        self._tell_counts(counts)

    def _tell_exam(self, counts):
        exam, annotated = (counts.exam, counts.exam_annotated) if counts else (0, 0)
        text = self.tr("Exam tiles: {annotated} of {exam}") if exam else self.tr("Exam tiles")
        self._exam.setText(text.format(annotated=annotated, exam=exam))
        self._kind.setVisible(exam > 0)  # else there is one kind of tiles
        is_missing = exam > 0 and annotated == 0 and self._session.tile is None
        self._hint.say("mActionPropertiesWidget", self._why_exam().format(exam=exam) if is_missing else "")

    def _why_exam(self):
        return self.tr(
            "Annotate the {exam} exam tiles first. The model never learns from them: they are the test that shows "
            "whether it has become better."
        )

    def _tell_tile(self):
        tile = self._session.tile
        if tile is None:
            self._tile.setTitle(self.tr("No tile yet"))
            self._reason.setText(no_campaign(self._session) or self.tr("Press Next tile: the map goes there."))
            return
        rank = "" if tile.rank is None else self.tr(", rank {rank}").format(rank=tile.rank)
        self._tile.setTitle(self.tr("Tile {tile}").format(tile=tile.tile_id) + rank)
        self._reason.setText(why(tile))

    def _tell_drawing(self):
        session = self._session
        text = self.tr("Drafts: {drafts}, drawn: {drawn}") if session.tile else ""
        self._drawn.setText(text.format(drafts=session.draft_count, drawn=session.footprint_count))
        self._no_help.setText(no_help(session))

    def _tell_counts(self, counts):
        seconds = self._session.seconds_a_tile()
        pace = "" if seconds is None else self.tr("{time} a tile").format(time=duration(seconds))
        self._counts.setText(" · ".join(filter(None, [counted(counts) if counts else "", pace])))

    def _kinds(self):
        self._kind = group = Group(self.tr("Which tiles"), self)
        self._by_priority = QRadioButton(self.tr("The most useful ones"), group)
        self._by_priority.setObjectName("byPriority")
        self._exam = QRadioButton(group)
        self._exam.setObjectName("examTiles")
        self._hint = Notice("mActionPropertiesWidget", "", parent=group)
        kinds = QButtonGroup(group)
        for kind in (self._by_priority, self._exam):
            kinds.addButton(kind)
            group.column.addWidget(kind)
        group.column.addWidget(self._hint)
        self._exam.clicked.connect(lambda: self._session.annotate_exam(True))
        self._by_priority.clicked.connect(lambda: self._session.annotate_exam(False))
        return group

    def _navigation(self):
        before, after = (
            ActionButton(self._actions.previous_tile, self),
            primary(ActionButton(self._actions.next_tile, self)),
        )
        before.setMinimumHeight(after.minimumHeight())
        row = QHBoxLayout()
        row.addWidget(before, 2)
        row.addWidget(after, 3)
        return row

    def _tile_group(self):
        self._tile = Group("", self)
        self._reason = Text(parent=self._tile)
        self._reason.setObjectName("reason")
        self._tile.column.addWidget(self._reason)
        return self._tile

    def _palette_group(self):
        self._palette = Group(self.tr("Draw the class"), self)
        self._palette.setObjectName("palette")
        self._colours = QGridLayout()
        self._palette.column.addLayout(self._colours)
        self._fill_palette()
        return self._palette

    def _fill_palette(self):
        """A button a class, two in a row, each with the key of its number."""
        while self._colours.count():
            self._colours.takeAt(0).widget().deleteLater()
        classes = self._session.classes
        for place, action in enumerate(self._actions.classes[: len(classes)]):
            self._colours.addWidget(ActionButton(action, self._palette), place // 2, place % 2)
        self._palette.setVisible(len(classes) > 1)

    def _drafts_group(self):
        group = Group(self.tr("What the model proposes"), self)
        self._drawn = Text(parent=group)
        self._drawn.setObjectName("drawn")
        self._no_help = Text(parent=group)
        self._no_help.setObjectName("noHelp")
        self._review = QCheckBox(self.tr("Check it: begin with all of it"), group)
        self._review.setObjectName("review")
        self._review.setToolTip(
            self.tr("Tiles begin with every outline that the model proposes: correct, delete and add, then finish them")
        )
        self._review.toggled.connect(self._session.review)
        group.column.addWidget(self._review)
        group.column.addWidget(self._drawn)
        group.column.addWidget(self._no_help)
        row = QHBoxLayout()
        for action in (self._actions.accept_all, self._actions.accept_by_click):
            row.addWidget(ActionButton(action, group))
        group.column.addLayout(row)
        return group

    def _finish_group(self):
        group = Group(self.tr("Finish the tile as"), self)
        grid = QGridLayout()
        actions = self._actions
        grid.addWidget(primary(ActionButton(actions.finish_done, group)), 0, 0)
        grid.addWidget(primary(ActionButton(actions.finish_empty, group)), 0, 1)
        grid.addWidget(ActionButton(actions.finish_skip, group), 1, 0)
        grid.addWidget(ActionButton(actions.finish_bad, group), 1, 1)
        group.column.addLayout(grid)
        return group
