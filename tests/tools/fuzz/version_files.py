"""The files of hostile versions: weights whose hash is right, sums, links, pickles."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save

from .case import Place, Rng, damaged, pick
from .versions import CARD, SUMS, TRAINED_ON, WEIGHTS, tensors, version, with_weights


@version
def damaged_weights_of_right_hash(place: Place, rng: Rng) -> Path:
    whole = (place.input / "tiny" / WEIGHTS).read_bytes()
    content = pick(
        rng,
        [
            damaged(whole, rng),
            damaged(whole, rng),
            whole[: len(whole) // 2],
            b"",
            bytes(8),
            pickle.dumps({"a": 1}),
            b"\xff" * 8 + whole,
            (10**6).to_bytes(8, "little") + b"{" * 10**6,
            rng.bytes(2000),
        ],
    )
    return with_weights(place, content)


@version
def lying_header(place: Place, rng: Rng) -> Path:
    shape = pick(rng, [[2**40], [-1], [10**5, 10**5], [], [1.5], "x", [0], None])
    header = json.dumps(
        {
            "encoder.x": {
                "dtype": pick(rng, ["F32", "F64", "BOOL", "I64", "X"]),
                "shape": shape,
                "data_offsets": pick(rng, [[0, 4], [0, 2**62], [4, 0], [-1, 4]]),
            }
        }
    ).encode()
    return with_weights(place, len(header).to_bytes(8, "little") + header + bytes(4))


@version
def odd_numbers(place: Place, rng: Rng) -> Path:
    """NaN, infinity or enormous values: the shapes fit, and so does the hash."""
    known, value = tensors(place), float(pick(rng, [np.nan, np.inf, -np.inf, 1e38, 0]))
    names = [name for name, held in known.items() if held.is_floating_point()]
    for name in pick(rng, [names, [names[int(rng.integers(len(names)))]], names[-2:]]):
        known[name] = torch.full_like(known[name], value)
    return with_weights(place, save(known))


@version
def odd_shapes(place: Place, rng: Rng) -> Path:
    known = tensors(place)
    name = list(known)[int(rng.integers(len(known)))]
    kind = pick(rng, ["gone", "more", "shape", "type", "complex", "all"])
    if kind == "gone":
        del known[name]
    elif kind == "more":
        known["evil"] = torch.zeros(3)
    elif kind == "shape":
        known[name] = torch.zeros(7, 7)
    elif kind == "all":
        known = {}
    else:
        known[name] = known[name].to({"type": torch.int32, "complex": torch.bfloat16}[str(kind)])
    return with_weights(place, save(known))


@version
def odd_sums(place: Place, rng: Rng) -> Path:
    name = pick(rng, [SUMS, TRAINED_ON])
    content = pick(
        rng,
        [
            b"",
            b"\xff",
            b"x",
            b"0" * 64,
            b"0" * 64 + b"  \n",
            b"0" * 64 + b"  ../../victim/secret.txt\n",
            b"0" * 64 + b"  weights.safetensors\n" * 9,
            ("0" * 64 + "  \x1b[31mred\n").encode(),
            b"\n" * 10**6,
            None,
        ],
    )
    path = place.input / "tiny" / str(name)
    path.unlink() if content is None else path.write_bytes(content)
    return path.parent


@version
def links(place: Place, rng: Rng) -> Path:
    """Files of the version, or more of them, that lead elsewhere."""
    folder = place.input / "tiny"
    name = str(pick(rng, [CARD, WEIGHTS, SUMS, TRAINED_ON, "observations.safetensors", "passwd", "usercustomize.py"]))
    (folder / name).unlink(missing_ok=True)
    if rng.random() < 0.3:
        os.mkfifo(folder / name)
    else:
        (folder / name).symlink_to(
            pick(rng, [place.victim / "secret.txt", folder / name, "/dev/zero", "nowhere", place.victim])
        )
    return folder


@version
def folder_is_link(place: Place, rng: Rng) -> Path:
    (place.input / "linked").symlink_to(
        pick(rng, [place.input / "tiny", place.victim, "linked", "/dev/null", "nowhere"])
    )
    return place.input / "linked"


@version
def more_files(place: Place, rng: Rng) -> Path:
    folder = place.input / "tiny"
    for name in ("usercustomize.py", "sitecustomize.py", "model.pt", "evil.so", "\x1b[31m"):
        (folder / name).write_bytes(b"raise SystemExit")
    if rng.random() < 0.5:
        (folder / "__pycache__").mkdir()
    return folder


@version
def odd_observations(place: Place, rng: Rng) -> Path:
    names = ["iou", "statistics", "embedding", "uncertainty", "x"]
    known = {
        name: torch.full((3, int(rng.integers(1, 5))), float(pick(rng, [np.nan, 1, 1e38])))
        for name in names[: int(rng.integers(6))]
    }
    (place.input / "tiny" / "observations.safetensors").write_bytes(
        pick(rng, [save(known), b"", rng.bytes(500), save(known)[:-4]])
    )
    return place.input / "tiny"


@version.refused
def pickled_model(place: Place, rng: Rng) -> Path:
    """A model in the format that runs code, in the place of a version or of its weights."""
    target = place.victim / "planted.txt"

    class Evil:
        def __reduce__(self):
            return (open, (str(target), "w"))

    content = pickle.dumps(Evil())
    path = place.input / str(pick(rng, ["model.pt", "model.ckpt", "tiny/model.pth"]))
    path.write_bytes(content)
    return path if path.parent == place.input else with_weights(place, content)


@version
def no_folder(place: Place, rng: Rng) -> Path:
    folder = place.input / "tiny"
    shutil.rmtree(folder)
    kind = pick(rng, ["empty", "file", "pipe as card", "pipe"])
    if kind == "file":
        folder.write_bytes(b"x")
    elif kind == "pipe":
        os.mkfifo(folder)
    else:
        folder.mkdir()
        if kind == "pipe as card":
            os.mkfifo(folder / CARD)
    return folder
