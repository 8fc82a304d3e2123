"""What is on a tile and not handed in yet, in a file: it survives a crash."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ...models.errors import LabelError
from ...models.storage.atomic_files import appearing_whole
from ...models.storage.bounded_json import read_json

Footprints = list[bytes]  # WKB in the grid's CRS


@dataclass
class Unfinished:
    """What somebody has drawn on a tile, and from what: its labels then, and the finish that they come from.

    ``after`` is the uuid of that finish in the log, None where nobody had finished the tile. ``offered`` are all drafts
    that could be accepted, each with the version that drew it.
    """

    existing: Footprints
    after: str | None
    drawn: Footprints
    offered: dict[bytes, str] = field(default_factory=dict)


def write(path: Path, tile_id: str, unfinished: Unfinished) -> None:
    """Keep it; the file appears whole."""
    content = {
        "tile": tile_id,
        "existing": _hex(unfinished.existing),
        "after": unfinished.after,
        "drawn": _hex(unfinished.drawn),
        "offered": {draft.hex(): version for draft, version in unfinished.offered.items()},
    }
    with appearing_whole(path) as beside:
        beside.write_text(json.dumps(content), encoding="utf-8")


def read(path: Path, tile_id: str) -> Unfinished | None:
    """What was on the tile, also where it has other labels by now; None where nothing is kept."""
    try:
        content = read_json(path.read_text(encoding="utf-8"), path.name)
        if content["tile"] != tile_id:
            return None
        return Unfinished(
            existing=_bytes(content["existing"]),
            after=content.get("after"),  # 0.2.0 did not keep it: then whatever was finished came meanwhile
            drawn=_bytes(content["drawn"]),
            offered={bytes.fromhex(draft): str(version) for draft, version in content.get("offered", {}).items()},
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):  # no file of ours, or damaged
        return None


def delete_handed_in(folder: Path, is_handed_in: Callable[[str, Footprints, str | None], bool]) -> None:
    """Away with what a process has handed in and could not delete any more: else it would come up as unfinished.

    ``is_handed_in`` is asked with the tile, what was drawn on it, and the finish before.
    """
    for path in folder.glob("*.json"):
        kept = read(path, path.stem)
        with suppress(OSError, LabelError):  # LabelError: the campaign has no such tile
            if kept and is_handed_in(path.stem, kept.drawn, kept.after):
                path.unlink()


def _hex(footprints: Footprints) -> list[str]:
    return [footprint.hex() for footprint in footprints]


def _bytes(footprints: list[str]) -> Footprints:
    return [bytes.fromhex(footprint) for footprint in footprints]
