"""The campaign that belongs to a QGIS project: its folder, kept in the project file."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

SCOPE, KEY = "tiletriage", "workspace"


def remember(folder: Path) -> None:
    """Keep the folder, relative to the project file where the project keeps its paths so."""
    project = QgsProject.instance()
    path = project.writePath(str(folder))
    if project.readEntry(SCOPE, KEY, "")[0] != path:  # writing makes the project ask to be saved
        project.writeEntry(SCOPE, KEY, path)


def forget() -> None:
    QgsProject.instance().removeEntry(SCOPE, KEY)


def remembered() -> Path | None:
    project = QgsProject.instance()
    path = project.readEntry(SCOPE, KEY, "")[0]
    return Path(project.readPath(path)) if path else None
