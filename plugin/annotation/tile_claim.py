"""The claim on the tile that is annotated: other programs on the same campaign are not served it."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLockFile

from ..campaign.campaign_work import now
from ..settings import Setting, annotator

RENEWED_EVERY_SECONDS = 60


class TileClaim:
    """Takes, renews and gives back tiles for this session of QGIS."""

    def __init__(self):
        self._lock = QLockFile(str(Path(QgsApplication.qgisSettingsDirPath()) / "tiletriage.lock"))
        self._lock.setStaleLockTime(0)  # only that of a QGIS that has gone, however long it was there
        is_first = self._lock.tryLock(0)  # of the programs with the same settings
        self.session = self._known_session() if is_first else uuid4().hex
        self._renewed = 0.0

    def take(self, workspace, tile_id):
        """LabelError where somebody else works on the tile."""
        from ...models.use_cases.annotate_tile import claim_tile

        self._renewed = time.monotonic()
        claim_tile(workspace, tile_id, session=self.session, annotator=annotator(), now=now())

    def renew(self, workspace, tile_id):
        """The same, at most once a minute."""
        if time.monotonic() - self._renewed > RENEWED_EVERY_SECONDS:
            self.take(workspace, tile_id)

    def release(self, workspace, tile_id):
        """The tile was not finished: others may have it."""
        from ...models.use_cases.annotate_tile import release_tile

        release_tile(workspace, tile_id, session=self.session, annotator=annotator(), now=now())

    def _known_session(self):
        """The same after a crash: the tile that was open then is this session's still."""
        if not Setting.SESSION.get():
            Setting.SESSION.set(uuid4().hex)
        return Setting.SESSION.get()
