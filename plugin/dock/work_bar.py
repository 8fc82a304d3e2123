"""What is running now, how far it is and how long it still takes, with a button to stop it."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout

from .formatting import time_left
from .widgets import Text, allow, button


class WorkBar(QFrame):
    """Visible only while long work is running."""

    def __init__(self, session, parent=None):
        super().__init__(parent)
        self._session = session
        self.setObjectName("workBar")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._title = Text(parent=self)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("progress")
        self._bar.setRange(0, 100)
        self._text = Text(parent=self)
        self._cancel = button("cancelButton", self.tr("Cancel"), "mTaskCancel", self._stop, self)
        self._cancel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.addWidget(self._title)
        column.addLayout(row)
        column.addWidget(self._text)
        session.work_changed.connect(self.refresh)
        session.progressed.connect(self._show_progress)
        self.refresh()

    def refresh(self):
        work = self._session.work
        self.setVisible(work is not None)
        if work is None:
            return
        self._title.setText(work.title)
        self._bar.setValue(0)
        self._text.setText("")
        unmet = "" if work.can_cancel else self.tr("This ends by itself in a moment.")
        allow(self._cancel, self.tr("Stop; what is finished is kept, and the next time it goes on from there"), unmet)

    def _stop(self):
        allow(self._cancel, "", self.tr("It stops after the step that it is at."))
        self._session.cancel()

    def _show_progress(self, progress):
        self._bar.setValue(round(progress.percent))
        self._text.setText(" · ".join(filter(None, [progress.text, time_left(progress.seconds_left)])))
