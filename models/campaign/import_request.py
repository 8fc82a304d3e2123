"""Which tiles a file of labels finishes, and what was begun and not ended."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import LabelError, NothingToDo
from ..imagery.grid import Tile
from .label_store import LabelStore
from .records import TileState

REQUESTS = "import_requests"  # their key among the settings


@dataclass(frozen=True)
class ImportRequest:
    """Tiles of the queue that the footprints of one content shall finish; kept until all of them are finished.

    It is recognised by content, count and exam: the same footprints in another file are the same request.
    """

    content: str
    count: int | None
    exam: bool
    tiles: tuple[str, ...]


def begun_request(store: LabelStore, content: str, path: Path, count: int | None, exam: bool) -> ImportRequest | None:
    """The request that was begun with these footprints and not ended; None where this is a new one.

    Requests from before schema 2 are recognised by the path of their file instead.
    """
    wanted = [(content, count, exam), (str(path.resolve()), count, exam)]
    return next((each for each in _requests(store) if (each.content, each.count, each.exam) in wanted), None)


def begin(store: LabelStore, request: ImportRequest) -> None:
    """Keep which tiles a request means until it has finished all of them."""
    if request not in _requests(store):
        _keep(store, [*_requests(store), request])


def end(store: LabelStore, request: ImportRequest) -> None:
    """It has finished its tiles; all other requests go on waiting."""
    _keep(store, [each for each in _requests(store) if each != request])


def campaign_tiles(store: LabelStore, tile_ids: Sequence[str]) -> list[Tile]:
    """The tiles of these ids; raises LabelError where one of them is not for annotating."""
    if not tile_ids:
        raise NothingToDo(
            "no-tile-waits",
            "No tile waits for labels there. Name other tiles, or see by 'next' which ones wait.",
        )
    records = [store.tile(tile_id) for tile_id in tile_ids]
    for record in records:
        if record.state is TileState.BAD_IMAGERY:
            raise LabelError(
                "tile-without-picture",
                "Tile {tile} has no picture to draw on (bad imagery). Take another one.",
                tile=record.tile.id,
            )
    return [record.tile for record in records]


def _requests(store: LabelStore) -> list[ImportRequest]:
    kept = json.loads(store.setting(REQUESTS))
    return [ImportRequest(**{**each, "tiles": tuple(each["tiles"])}) for each in kept]


def _keep(store: LabelStore, requests: Sequence[ImportRequest]) -> None:
    store.set_setting(REQUESTS, json.dumps([asdict(request) for request in requests]))
