"""What the user has chosen once and for all; the only place that knows the keys in QGIS's settings."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from qgis.core import QgsApplication, QgsSettings

from ..models.choices import ENOUGH

MOST_RECENT = 5


class Setting(Enum):
    """A key and its default, whose type is that of the value: ``Setting.MINUTES.get()``."""

    ANNOTATOR = ("annotator", "")
    MINUTES = ("minutes", 5.0)
    ENOUGH = ("enough_percent", ENOUGH)
    OPACITY = ("opacity", 1.0)
    MINIMUM_DRAFT_AREA_M2 = ("minimum_draft_area_m2", 4.0)
    THREADS = ("threads", 0)  # 0: one core is left to the user interface
    SESSION = ("session", "")  # by which this QGIS claims tiles
    RECENT_FOLDERS = ("recent_folders", "")  # one a line: INI files confuse a list of one with a text

    @property
    def key(self) -> str:
        return f"tiletriage/{self.value[0]}"

    def get(self):
        default = self.value[1]
        return QgsSettings().value(self.key, default, type=type(default))

    def set(self, value):
        QgsSettings().setValue(self.key, value)


def annotator() -> str:
    """The name that stands beside every label; without a choice the one that this computer knows the user by."""
    return Setting.ANNOTATOR.get().strip() or QgsApplication.userFullName() or QgsApplication.userLoginName()


def recent_folders() -> list[Path]:
    """Folders of campaigns that were open lately and are still there, the latest first."""
    folders = map(Path, filter(None, Setting.RECENT_FOLDERS.get().split("\n")))
    return [folder for folder in folders if folder.is_dir()]


def remember_folder(folder: Path) -> None:
    """Put a campaign's folder first among the recent ones."""
    others = [recent for recent in recent_folders() if recent != folder]
    Setting.RECENT_FOLDERS.set("\n".join(map(str, [folder, *others][:MOST_RECENT])))
