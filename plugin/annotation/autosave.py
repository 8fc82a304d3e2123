"""What is on a tile and not handed in yet, in a file: it survives a crash."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...models.errors import LabelError
from ...models.storage.atomic_files import appearing_whole
from ...models.storage.bounded_json import read_json
from .footprint import Footprint


@dataclass
class Unfinished:
    """What somebody has drawn on a tile, and from what: its labels then, and the finish that they come from.

    ``after`` is the uuid of that finish in the log, None where nobody had finished the tile. ``offered`` are all drafts
    that could be accepted.
    """

    existing: list[Footprint]
    after: str | None
    drawn: list[Footprint]
    offered: list[Footprint] = field(default_factory=list)


def write(path: Path, tile_id: str, unfinished: Unfinished) -> None:
    """Keep it; the file appears whole."""
    content = {
        "tile": tile_id,
        "existing": [_as_json(footprint) for footprint in unfinished.existing],
        "after": unfinished.after,
        "drawn": [_as_json(footprint) for footprint in unfinished.drawn],
        "offered": [_as_json(draft) for draft in unfinished.offered],
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
            existing=[_footprint(known) for known in content["existing"]],
            after=content.get("after"),  # 0.2.0 did not keep it: then whatever was finished came meanwhile
            drawn=[_footprint(known) for known in content["drawn"]],
            offered=_drafts(content.get("offered", [])),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):  # no file of ours, or damaged
        return None


def delete_handed_in(folder: Path, is_handed_in: Callable[[str, list[Footprint], str | None], bool]) -> None:
    """Away with what a process has handed in and could not delete any more: else it would come up as unfinished.

    ``is_handed_in`` is asked with the tile, what was drawn on it, and the finish before.
    """
    for path in folder.glob("*.json"):
        kept = read(path, path.stem)
        with suppress(OSError, LabelError):  # LabelError: the campaign has no such tile
            if kept and is_handed_in(path.stem, kept.drawn, kept.after):
                path.unlink()


def _as_json(footprint: Footprint) -> dict[str, str | None]:
    return {"wkb": footprint.wkb.hex(), "class": footprint.of_class, "version": footprint.version}


def _footprint(known: dict[str, Any] | str) -> Footprint:
    """Before there were classes it was the outline alone."""
    if isinstance(known, str):
        return Footprint(bytes.fromhex(known))
    return Footprint(bytes.fromhex(known["wkb"]), known["class"], known["version"])


def _drafts(known: list[dict[str, Any]] | dict[str, str]) -> list[Footprint]:
    """Before there were classes it was the version by the outline."""
    if isinstance(known, dict):
        return [Footprint(bytes.fromhex(outline), version=str(version)) for outline, version in known.items()]
    return [_footprint(draft) for draft in known]
