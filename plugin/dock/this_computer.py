"""What the engine finds on this computer, and what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

from qgis.PyQt.QtWidgets import QApplication, QGridLayout, QLabel

from ..messages import filled
from ..requirements import how_to_install, install_command, missing_packages
from .preconditions import busy
from .widgets import ICON_PX, Group, Text, allow, button, icon

BASE_MODEL = Path(__file__).parents[2] / "resources" / "base_model" / "weights.safetensors"
ENOUGH_GB = 2
GOOD, BAD, UNKNOWN = "mIconSuccess", "mIconWarning", "mActionPropertiesWidget"


class ThisComputer(Group):
    """A line for each thing that is needed, with what to do where it is missing."""

    def __init__(self, session, parent=None):
        super().__init__("", parent)
        self.setTitle(self.tr("This computer"))
        self._session = session
        self._unknown = self.tr("not measured yet")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._lines = {}
        self._measure = button("probeSpeed", self.tr("Measure speed"), "mIconStopwatch", session.probe_speed, self)
        self._copy_install = button(
            "copyInstall", self.tr("Copy the command"), "mActionEditCopy", self._copy_command, self
        )
        self._copy = button("copyDiagnostics", self.tr("Copy diagnostics"), "mActionEditCopy", self._copy_report, self)
        self._copy.setToolTip(self.tr("Copy what is known of this computer and campaign, to ask somebody for help"))
        self._copy_install.setToolTip(self.tr("Copy the line that installs what is missing"))
        self.column.addLayout(self._grid)
        for each in (self._copy_install, self._measure, self._copy):
            self.column.addWidget(each)
        session.work_changed.connect(self.refresh)
        session.workspace_changed.connect(self.refresh)
        session.speed_changed.connect(self.refresh)
        self.refresh()

    def refresh(self):
        missing = missing_packages()
        self._say(
            "packages",
            GOOD if not missing else BAD,
            how_to_install(missing) if missing else self.tr("Python packages: all here"),
        )
        speed = self._session.speed
        self._say("speed", GOOD if speed else UNKNOWN, self.tr("Speed: {speed}").format(speed=speed or self._unknown))
        self._tell_base_model()
        self._tell_disk()
        self._copy_install.setVisible(bool(missing))
        unmet = self.tr("Python packages are missing.") if missing else busy(self._session)
        allow(self._measure, self.tr("Try the model on five tiles and see how many it manages in a second"), unmet)

    def _tell_base_model(self):
        if BASE_MODEL.exists():
            self._say("model", GOOD, self.tr("Base model: here"))
        else:
            self._say("model", BAD, self.tr("Base model: missing. Install the plugin again."))

    def _tell_disk(self):
        free = free_gb(self._session.folder or Path.home())
        text = self.tr("Disk: {free:.0f} GB free") if free >= ENOUGH_GB else self.tr("Disk: only {free:.1f} GB free")
        self._say("disk", GOOD if free >= ENOUGH_GB else BAD, filled(text, free=free))

    def _say(self, name, icon_name, text):
        if name not in self._lines:
            row, self._lines[name] = len(self._lines), (QLabel(self), Text(parent=self))
            self._grid.addWidget(self._lines[name][0], row, 0)
            self._grid.addWidget(self._lines[name][1], row, 1)
        mark, label = self._lines[name]
        mark.setPixmap(icon(icon_name).pixmap(ICON_PX, ICON_PX))
        label.setText(text)

    def _copy_command(self):
        QApplication.clipboard().setText(install_command(missing_packages()))

    def _copy_report(self):
        QApplication.clipboard().setText(self._session.diagnostics())


def free_gb(folder: Path) -> float:
    """Room on the disk of a folder, or of what is left of its path when a stick was pulled out."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(there).free / 1e9
