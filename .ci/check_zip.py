"""Checks a plugin zip against the rules of plugins.qgis.org, and names every rule that it breaks.

check_zip.py FILE
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path, PurePosixPath
from stat import S_IXUSR
from zipfile import ZipFile

LARGEST_BYTES = 25 * 1024 * 1024
NEEDED_FILES = ("__init__.py", "metadata.txt", "LICENSE")
REFUSED_SUFFIXES = {".a", ".bat", ".bin", ".dll", ".dylib", ".exe", ".lib", ".o", ".pyc", ".pyd", ".so"}
REFUSED_FOLDERS = {"__pycache__", "test", "tests"}
NEEDED_FIELDS = (
    "name", "description", "version", "qgisMinimumVersion", "qgisMaximumVersion", "author", "email", "about",
    "tracker", "repository", "homepage", "changelog", "experimental", "hasProcessingProvider", "icon",
)  # fmt: skip


def broken_rules(path: Path) -> Iterator[str]:
    """A sentence for each rule that the zip breaks."""
    if path.stat().st_size > LARGEST_BYTES:
        yield f"the zip has {path.stat().st_size:,} bytes, more than {LARGEST_BYTES:,}"
    with ZipFile(path) as archive:
        files = [entry for entry in archive.infolist() if not entry.is_dir()]
        tops = {PurePosixPath(entry.filename).parts[0] for entry in files}
        if len(tops) != 1:
            yield f"there must be one top folder, not {sorted(tops)}"
            return
        top = tops.pop()
        if not top.isidentifier() or "plugin" in top.lower():
            yield f'the top folder "{top}" must be an identifier without the word plugin'
        names = {entry.filename for entry in files}
        yield from (f"{name} is missing" for name in NEEDED_FILES if f"{top}/{name}" not in names)
        for entry in files:
            file = PurePosixPath(entry.filename)
            if any(part.startswith(".") for part in file.parts):
                yield f"{file} is hidden"
            if file.suffix.lower() in REFUSED_SUFFIXES or REFUSED_FOLDERS & set(file.parts):
                yield f"{file} must not be in a plugin"
            if file.suffix == ".py" and entry.external_attr >> 16 & S_IXUSR:
                yield f"{file} is executable"
        if f"{top}/metadata.txt" in names:
            yield from _broken_metadata_rules(archive.read(f"{top}/metadata.txt").decode(), top, names)


def _broken_metadata_rules(text: str, top: str, names: set[str]) -> Iterator[str]:
    metadata = RawConfigParser()
    metadata.read_string(text)
    fields = dict(metadata["general"])
    for field in NEEDED_FIELDS:
        if not fields.get(field.lower(), "").strip():
            yield f"metadata.txt has no {field}"
    for field in ("tracker", "repository", "homepage"):
        if not fields.get(field, "").startswith("https://"):
            yield f"the {field} in metadata.txt must be a link"
    if f"{top}/{fields.get('icon', '')}" not in names:
        yield f"the icon {fields.get('icon', '')} is missing"


def main() -> int:
    path = Path(sys.argv[1])
    broken = list(broken_rules(path))
    for rule in broken:
        print(f"{path}: {rule}", file=sys.stderr)
    if not broken:
        print(f"{path}: {path.stat().st_size:,} bytes, keeps the rules of plugins.qgis.org")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
