"""Start: a new campaign, an earlier one, or what to do next in the open one."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QVBoxLayout

from ..messages import as_tooltip
from ..settings import recent_folders
from .formatting import counted
from .new_campaign import NewCampaign
from .preconditions import busy
from .this_computer import ThisComputer
from .widgets import Group, NameButton, NameLabel, Page, Text, allow, button


class StartPage(Page):
    """Either the ways into a campaign, or the campaign that is open; below, what this computer can do."""

    def __init__(self, session, parent=None):
        super().__init__(parent)
        self._session = session
        self._story = Text(
            self.tr(
                "You have imagery, and something to map on it: buildings, water, land cover. Tile Triage finds the "
                "tiles where your work teaches the model most, then lets the model draw the rest."
            ),
            self,
        )
        self.new_campaign = NewCampaign(session, self)
        self._earlier, self._recent = self._make_earlier()
        self._open_one = self._make_open_one()
        for part in (self._story, self.new_campaign, self._earlier, self._open_one, ThisComputer(session, self)):
            self.column.addWidget(part)
        self.column.addStretch(1)
        session.workspace_changed.connect(self.refresh)
        session.queue_changed.connect(self._tell_counts)
        session.work_changed.connect(self._allow_buttons)
        self.refresh()

    def refresh(self):
        """Show the ways in, or the open campaign."""
        is_open = self._session.is_open
        for part in (self._story, self.new_campaign, self._earlier):
            part.setVisible(not is_open)
        self._open_one.setVisible(is_open)
        self._fill_recent()
        self._tell_counts()
        self._allow_buttons()
        if not is_open:
            self.new_campaign.suggest()

    def _tell_counts(self):
        if self._session.is_open:
            self._open_one.setTitle(self._session.name)
            folder = str(self._session.folder)
            self._folder.setText(folder)
            self._folder.setToolTip(as_tooltip(folder))
            self._counts.setText(counted(self._session.counts()))

    def _allow_buttons(self):
        unmet = busy(self._session)
        allow(self._close, self.tr("Take the campaign off the map; nothing is lost, open it again at any time"), unmet)
        allow(
            self._open,
            self.tr("Choose the folder of a campaign that was made earlier, here or by somebody else"),
            unmet,
        )

    def _make_earlier(self):
        group = Group(self.tr("Earlier campaign"), self)
        recent = QVBoxLayout()
        group.column.addLayout(recent)
        self._open = button("openCampaign", self.tr("Open a folder…"), "mActionFileOpen", self._choose_folder, group)
        group.column.addWidget(self._open)
        return group, recent

    def _make_open_one(self):
        group = Group("", self)
        self._folder, self._counts = NameLabel(group), Text(parent=group)
        show = button("showFolder", self.tr("Show the folder"), "mIconFolderOpen", self._show_folder, group)
        show.setToolTip(self.tr("Open the campaign's folder in the file manager, for example to back it up"))
        self._close = button(
            "closeCampaign", self.tr("Close the campaign"), "mActionRemove", self._session.close, group
        )
        for part in (self._folder, self._counts, show, self._close):
            group.column.addWidget(part)
        return group

    def _fill_recent(self):
        while self._recent.count():
            self._recent.takeAt(0).widget().deleteLater()
        for folder in recent_folders():
            made = NameButton(folder.name, "mIconFolderProject", self._earlier)
            made.setObjectName("recentCampaign")
            made.clicked.connect(lambda _, folder=folder: self._session.open(folder))
            made.setToolTip(as_tooltip(self.tr("Open the campaign in {folder}").format(folder=folder)))
            self._recent.addWidget(made)

    def _choose_folder(self):
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder of a campaign"), str(Path.home()))
        if folder:
            self._session.open(Path(folder))

    def _show_folder(self):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._session.folder)))
