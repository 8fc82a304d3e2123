"""What is drawn on a tile and not handed in yet, in a file: it survives a crash."""

from __future__ import annotations

import json
from pathlib import Path

Footprints = list[bytes]


def write(path: Path, tile_id: str, existing: Footprints, drawn: Footprints) -> None:
    """Keep what is drawn, as WKB, and the labels that it began with; the file appears whole."""
    content = {"tile": tile_id, "existing": _hex(existing), "drawn": _hex(drawn)}
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(content), encoding="utf-8")
    beside.replace(path)


def read(path: Path, tile_id: str, existing: Footprints) -> Footprints | None:
    """What was drawn on the tile; None where nothing is kept, or where the tile has other labels by now."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["tile"] != tile_id or sorted(content["existing"]) != sorted(_hex(existing)):
            return None
        return [bytes.fromhex(footprint) for footprint in content["drawn"]]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):  # no file of ours, or damaged
        return None


def _hex(footprints: Footprints) -> list[str]:
    return [footprint.hex() for footprint in footprints]
