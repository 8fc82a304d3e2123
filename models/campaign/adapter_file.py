"""An adapter as one small file (.ttadapter), to be sent and taken into another campaign.

It is a zip of what a version's folder holds, a manifest, and the hashes of all that. Its members are read one by one
into memory, so nothing in it says where anything is written.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import ModelError
from ..storage.atomic_files import appearing_whole
from ..storage.bounded_json import FieldError, read_json
from ..storage.input_file import check_input
from .model_store import ADAPTER, BASE, CARD, MOST_BYTES, SUMS, TRAINED_ON, VersionCard, read_card

MANIFEST, FORMAT = "manifest.json", 1
OF_VERSION = (CARD, ADAPTER, BASE, TRAINED_ON)
MOST_OF = {MANIFEST: 10**4, SUMS: 10**4, **{name: MOST_BYTES[name] for name in OF_VERSION}}
NO_TIME = (1980, 1, 1, 0, 0, 0)  # of every member: the same adapter gives the same file


def write_adapter_file(version: Path, path: Path) -> None:
    """Write the adapter in a version's folder into a file, whole or not at all."""
    members = {name: (version / name).read_bytes() for name in OF_VERSION}
    members[MANIFEST] = json.dumps({"format": FORMAT, "kind": "adapter"}).encode()
    sums = "".join(f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in members.items())
    with appearing_whole(path) as beside, zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as file:
        for name, held in {**members, SUMS: sums.encode()}.items():
            info = zipfile.ZipInfo(name, NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, held)


def is_adapter_file(path: Path) -> bool:
    """Whether a file looks like one of ours: it may be replaced."""
    try:
        with zipfile.ZipFile(path) as file:
            return set(file.namelist()) == set(MOST_OF)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
        return False


def read_adapter_card(path: Path) -> VersionCard:
    """What the adapter in a file says of itself; raises ModelError as ``unpack_adapter_file``."""
    with TemporaryDirectory() as scratch:
        return unpack_adapter_file(path, Path(scratch) / "adapter")


def unpack_adapter_file(path: Path, folder: Path) -> VersionCard:
    """Put the adapter of a file into a new folder, as a version; raises ModelError where the file is none or damaged.

    Nothing is written unless the whole file is sound.
    """
    check_input(path, ModelError)
    try:
        with zipfile.ZipFile(path) as file:
            members = _members(path, file)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError) as error:
        raise ModelError(
            "adapter-unreadable",
            "{path} is no adapter that can be read ({error}). Ask for the file (.ttadapter) again.",
            path=path,
            error=error,
        ) from error
    folder.mkdir(parents=True)
    for name in (*OF_VERSION, SUMS):
        (folder / name).write_bytes(members[name])
    return read_card(folder)


def _members(path: Path, file: zipfile.ZipFile) -> dict[str, bytes]:
    """What is in a file, by name; ModelError or ValueError unless that is an adapter and nothing else."""
    names = [each.filename for each in file.infolist()]
    if foreign := [name for name in names if name not in MOST_OF]:
        raise ModelError(
            "adapter-foreign-member",
            "{path} holds '{name}', which no adapter has, so nothing of it was taken. Ask for the file again, from "
            "somebody you know.",
            path=path,
            name=foreign[0],
        )
    if sorted(names) != sorted(MOST_OF):
        raise ValueError("members are missing, or there twice")
    if not all(each.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for each in file.infolist()):
        raise ValueError("it is packed in another way than ours")
    members = {name: _read(file, name) for name in names}
    lines = [line.partition("  ") for line in members[SUMS].decode().splitlines()]
    known = {name: digest for digest, _, name in lines}
    for name in (*OF_VERSION, MANIFEST):
        if known.get(name) != hashlib.sha256(members[name]).hexdigest():
            raise ModelError(
                "adapter-changed",
                "{name} in {path} is not the one that was packed (SHA-256 differs): the file is damaged or was "
                "exchanged. Ask for it again.",
                name=name,
                path=path,
            )
    manifest = read_json(members[MANIFEST].decode(), MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise FieldError("it is of a later version of Tile Triage: update the plugin")
    return members


def _read(file: zipfile.ZipFile, name: str) -> bytes:
    """A member of no more bytes than any of ours, whatever its header says."""
    with file.open(name) as member:
        held = member.read(MOST_OF[name] + 1)
    if len(held) > MOST_OF[name]:
        raise ValueError(f"{name} is larger than any of ours")
    return held
