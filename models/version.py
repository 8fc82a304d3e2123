"""The version of Tile Triage, which is written in metadata.txt and nowhere else."""

from __future__ import annotations

from configparser import RawConfigParser
from pathlib import Path


def version() -> str:
    """The version, as in "0.1.0"."""
    metadata = RawConfigParser()
    metadata.read(Path(__file__).parent.parent / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]
