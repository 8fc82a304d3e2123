"""What the open campaign says about itself, read on the main thread."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..messages import tells_mistakes
from .version_rows import version_rows


class CampaignQueries(QObject):
    """Asks an open workspace. Where it cannot be asked, because it is gone or in use, this is said."""

    said = pyqtSignal(object)

    def __init__(self, parent=None):
        super().__init__(parent)
        self.end()

    def begin(self, workspace):
        """Raises EngineError where this one cannot be read."""
        from ...models.use_cases.annotate_tile import classes_mapped
        from ...models.use_cases.overview import count_tiles

        self.counts, self.classes = count_tiles(workspace), classes_mapped(workspace)
        self._workspace = workspace

    def end(self):
        self._workspace = self.counts = None
        self.classes = ()

    def count_anew(self):
        """Tiles have changed; where they cannot be counted now, ``counts`` stays as it was."""
        from ...models.use_cases.overview import count_tiles

        self.counts = self._ask(count_tiles) or self.counts

    def versions(self):
        """All model versions as campaign.version_rows.VersionRow, oldest first."""
        return self._ask(version_rows) or []

    def footprint_file(self) -> Path:
        """How a file of predictions is called, after the active version, in the campaign's folder."""
        active = next((row.id for row in self.versions() if row.is_active), "")
        return self._workspace.folder / f"footprints_{active}.gpkg"

    def learning_curve(self):
        """All campaign.records.Round, oldest first."""
        if self._workspace is None:  # the engine is only imported once a task has readied its libraries
            return []
        from ...models.use_cases.overview import learning_curve

        return self._ask(learning_curve) or []

    def measured_maps(self):
        """All campaign.records.MeasuredMap, oldest first."""
        if self._workspace is None:
            return []
        from ...models.use_cases.overview import measured_maps

        return self._ask(measured_maps) or []

    @tells_mistakes
    def _ask(self, question):
        return None if self._workspace is None else question(self._workspace)
