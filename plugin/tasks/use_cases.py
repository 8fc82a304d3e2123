"""The use cases of the engine as work for a task: each takes plain values and gives its result, on the engine's thread.

Everything of the engine is imported inside: the first import takes seconds.
"""

from __future__ import annotations

import bisect
import time
from dataclasses import dataclass
from datetime import datetime, timezone

from ...models.jobs import drive

PAINT_EVERY_SECONDS = 0.3


@dataclass(frozen=True)
class Painting:
    """Tiles scored just now: provisional priority 0..1 and bounds by tile id, and how many are known by now."""

    values: dict
    bounds: dict
    known: int


def now():
    return datetime.now(timezone.utc)


def open_campaign(folder, relay):
    from ...models import loop, tile_by_tile  # noqa: F401 - so that the main thread need not wait for them later
    from ...models.workspace import open_workspace

    return open_workspace(folder)


def new_campaign(folder, imagery, options, scratch, relay):
    """A workspace made with the options of ``loop.new``; the scratch folder, which holds the area, is then gone."""
    from ...models import loop, tile_by_tile  # noqa: F401 - as above

    with scratch:
        return loop.new(folder, imagery, **options)


def score(workspace, strategy, view, relay):
    from ...models.loop import score

    painter = Painter(workspace.grid, relay.tell)
    return drive(score(workspace, strategy=strategy, now=now(), first=view, on_scores=painter.add), relay)


def fine_tune(workspace, method, minutes, relay):
    from ...models.loop import fine_tune

    return drive(fine_tune(workspace, method=method, minutes=minutes, now=now(), on_epoch=relay.tell), relay)


def drafts(workspace, tile_ids, minimum_area_m2, relay):
    """Tells (tile id, polygons in the grid's CRS) of each tile as soon as they are known."""
    from ...models.tile_by_tile import drafts

    def tell(tile_id, polygons):
        relay.tell((tile_id, polygons))

    return drive(drafts(workspace, tile_ids, minimum_area_m2=minimum_area_m2, on_drafts=tell), relay)


def predict(workspace, output, area, scratch, relay):
    """The scratch folder, which holds the area, is then gone."""
    from ...models.loop import predict

    with scratch:
        return drive(predict(workspace, output, area=area), relay)


def activate(workspace, version, relay):
    from ...models.loop import activate

    return activate(workspace, version)


def export_version(workspace, version, folder, relay):
    from ...models.loop import export_version

    return export_version(workspace, version, folder)


def probe_speed(relay):
    from ...models.loop import probe_speed

    return drive(probe_speed(), relay)


class Painter:
    """Turns what is told of scored tiles into a provisional priority: where the model is less sure than elsewhere."""

    def __init__(self, grid, tell):
        self._grid = grid
        self._tell = tell
        self._sorted = []
        self._waiting = {}
        self._told = float("-inf")

    def add(self, scores):
        for tile, score in scores.items():
            self._waiting[tile] = float(score.statistics[0])
            bisect.insort(self._sorted, self._waiting[tile])
        if time.monotonic() - self._told > PAINT_EVERY_SECONDS:
            self._paint()

    def _paint(self):
        most = max(1, len(self._sorted) - 1)
        values = {tile.id: bisect.bisect_left(self._sorted, entropy) / most for tile, entropy in self._waiting.items()}
        bounds = {tile.id: self._grid.tile_bounds(tile) for tile in self._waiting}
        self._tell(Painting(values, bounds, len(self._sorted)))
        self._waiting = {}
        self._told = time.monotonic()
