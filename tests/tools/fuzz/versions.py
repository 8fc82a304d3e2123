"""Hostile and broken model versions: given as the start of a campaign, or found in one."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save

from .case import START, Kinds, Place, Rng, Words, as_json, damaged, pick

CARD, WEIGHTS, SUMS, TRAINED_ON = "card.json", "weights.safetensors", "SHA256SUMS", "TRAINED_ON"


def started_with(place: Place, rng: Rng, folder: Path) -> list[Words]:
    """A new campaign that starts with the version, or one in which it is the active one."""
    if rng.random() < 0.5:
        new: Words = ["new", place.workspace, "--imagery", place.input / "scene.tif", *START, folder]
        return [new, ["versions", place.workspace], ["score", place.workspace]]
    place.with_campaign()
    own = place.workspace / "versions" / "tiny"
    shutil.rmtree(own)
    shutil.rmtree(place.workspace / "cache", ignore_errors=True)
    shutil.copytree(folder, own, symlinks=True)
    tail = pick(rng, [["score", place.workspace], ["predict", place.workspace, "-o", place.out / "a.gpkg"], ["evaluate", place.workspace]])
    return [["versions", place.workspace], tail]


version = Kinds("version", started_with)


def with_card(place: Place, **fields: object) -> Path:
    """The tiny version, with other fields on its card; a field that is ... is left out."""
    path = place.input / "tiny" / CARD
    known = {**json.loads(path.read_text()), **fields}
    path.write_text(as_json({name: value for name, value in known.items() if value is not ...}), "utf-8", "surrogatepass")
    return path.parent


def with_weights(place: Place, content: bytes, name: str = WEIGHTS) -> Path:
    """The tiny version with other weights, whose hash is right."""
    folder = place.input / "tiny"
    (folder / name).write_bytes(content)
    (folder / SUMS).write_text(f"{sha256(content).hexdigest()}  {WEIGHTS}\n")
    return folder


def tensors(place: Place) -> dict[str, torch.Tensor]:
    return load_file(place.input / "tiny" / WEIGHTS)


ODD_VALUES = ["", ".", "..", "/", None, 0, -1, True, 1e308, float("nan"), float("inf"), 10**400, [], {}, [[]], "x" * 10**6, "a\nb", "\x1b[31m", "\ud800", [1e300] * 5, {"a": {"b": {}}}]  # fmt: skip


@version
def odd_field(place: Place, rng: Rng) -> Path:
    name = pick(rng, ["id", "parent", "created", "method", "encoder", "decoder_channels", "bands", "settings", "metrics", "sha256", "unknown"])
    return with_card(place, **{str(name): pick(rng, [..., *ODD_VALUES])})


@version
def id_as_path(place: Place, rng: Rng) -> Path:
    return with_card(place, id=pick(rng, ["../../victim/planted", f"{place.victim}/planted", "..", ".", "", ".hidden", "a/b", "a\\b", "CON", "tiny\0", "tiny/../../../../victim", "a" * 300, "\x1b]0;x\x07", "a\u202eb", "tiny ", "-rf", "a|b", "a\nb"]))


@version
def foreign_encoder(place: Place, rng: Rng) -> Path:
    return with_card(place, encoder=pick(rng, [f"tu-hf-hub:{place.url}/x", "tu-hf-hub:timm/resnet18.a1_in1k", "hf-hub:x/y", f"tu-local-dir:{place.victim}", "local-dir:../..", "resnet18", "tu-resnet18", "../../x", "timm-efficientnet-b0", "vgg19", "tu-vit_giant_patch14_dinov2", "mit_b5", "senet154", "nonsense", "tu-", "mobilenet_v2\n"]))


@version
def huge_network(place: Place, rng: Rng) -> Path:
    return with_card(place, decoder_channels=pick(rng, [[10**6] * 5, [1024] * 5, [65536, 32768, 16, 8, 8], [2**40] * 5, [0] * 5, [-1] * 5, [1.5] * 5, [16] * 500, [16], [1024] * 8, [True] * 5]), bands=pick(rng, [3, 3, 64, 10**6, 0]))


@version
def odd_metrics(place: Place, rng: Rng) -> Path:
    names = ["exam_tiles", "iou_before", "iou_after", "low", "high", "p_value", "tiles", "blocks", "better_tiles", "worse_tiles", "share_better", "other"]
    return with_card(place, metrics={str(pick(rng, names)): pick(rng, ODD_VALUES), str(pick(rng, names)): pick(rng, [1e8, -1e8, "x", 0.5])})


@version
def odd_settings(place: Place, rng: Rng) -> Path:
    value = pick(rng, [{"tiles": value} for value in (*ODD_VALUES, ["r000_c000"] * 30_000, [5], ["../.."])] + [{"campaign": []}, {"campaign": 10**400}, {"deep": {"a": {}}}])
    return with_card(place, settings=value)


@version
def deep_card(place: Place, rng: Rng) -> Path:
    depth = int(pick(rng, [5, 20, 5000, 200_000]))
    text = (place.input / "tiny" / CARD).read_text()
    held = pick(rng, ["[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth])
    (place.input / "tiny" / CARD).write_text(text.replace('"settings": {}', f'"settings": {{"a": {held}}}'))
    return place.input / "tiny"


@version
def no_card(place: Place, rng: Rng) -> Path:
    content = pick(rng, [b"", b"null", b"[]", b"{", b"5", b'"x"', b"\xff\xfe", bytes(500), b"[" * 900_000, b" " * 30_000_000, b'{"id": "a", "id": "b"}', b"\xef\xbb\xbf{}"])
    (place.input / "tiny" / CARD).write_bytes(content)
    return place.input / "tiny"


@version
def damaged_file(place: Place, rng: Rng) -> Path:
    path = place.input / "tiny" / str(pick(rng, [CARD, WEIGHTS, SUMS]))
    path.write_bytes(damaged(path.read_bytes(), rng))
    return path.parent


@version
def damaged_weights_of_right_hash(place: Place, rng: Rng) -> Path:
    whole = (place.input / "tiny" / WEIGHTS).read_bytes()
    content = pick(rng, [damaged(whole, rng), damaged(whole, rng), whole[: len(whole) // 2], b"", bytes(8), pickle.dumps({"a": 1}), b"\xff" * 8 + whole, (10**6).to_bytes(8, "little") + b"{" * 10**6, rng.bytes(2000)])
    return with_weights(place, content)


@version
def lying_header(place: Place, rng: Rng) -> Path:
    shape = pick(rng, [[2**40], [-1], [10**5, 10**5], [], [1.5], "x", [0], None])
    header = json.dumps({"encoder.x": {"dtype": pick(rng, ["F32", "F64", "BOOL", "I64", "X"]), "shape": shape, "data_offsets": pick(rng, [[0, 4], [0, 2**62], [4, 0], [-1, 4]])}}).encode()
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
    content = pick(rng, [b"", b"\xff", b"x", b"0" * 64, b"0" * 64 + b"  \n", b"0" * 64 + b"  ../../victim/secret.txt\n", b"0" * 64 + b"  weights.safetensors\n" * 9, ("0" * 64 + "  \x1b[31mred\n").encode(), b"\n" * 10**6, None])
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
        (folder / name).symlink_to(pick(rng, [place.victim / "secret.txt", folder / name, "/dev/zero", "nowhere", place.victim]))
    return folder


@version
def folder_is_link(place: Place, rng: Rng) -> Path:
    (place.input / "linked").symlink_to(pick(rng, [place.input / "tiny", place.victim, "linked", "/dev/null", "nowhere"]))
    return place.input / "linked"


@version
def more_files(place: Place, rng: Rng) -> Path:
    folder = place.input / "tiny"
    for name in ("usercustomize.py", "sitecustomize.py", "model.pt", "evil.so", "\x1b[31m"):
        (folder / name).write_bytes(b"raise SystemExit")
    (folder / WEIGHTS / "x" if rng.random() < 0.1 else folder / "sub").mkdir() if rng.random() < 0.9 else None
    return folder


@version
def odd_observations(place: Place, rng: Rng) -> Path:
    names = ["iou", "statistics", "embedding", "uncertainty", "x"]
    known = {name: torch.full((3, int(rng.integers(1, 5))), float(pick(rng, [np.nan, 1, 1e38]))) for name in names[: int(rng.integers(6))]}
    (place.input / "tiny" / "observations.safetensors").write_bytes(pick(rng, [save(known), b"", rng.bytes(500), save(known)[:-4]]))
    return place.input / "tiny"


@version
def pickled_model(place: Place, rng: Rng) -> Path:
    """A model in the format that runs code, in the place of a version or of its weights."""
    target = place.victim / "planted.txt"

    class Evil:
        def __reduce__(self):
            return (open, (str(target), "w"))

    content = pickle.dumps(Evil())
    path = place.input / str(pick(rng, ["model.pt", "model.ckpt", "tiny/model.pth"]))
    path.write_bytes(content)
    return path if rng.random() < 0.5 else with_weights(place, content)


@version
def no_folder(place: Place, rng: Rng) -> Path:
    shutil.rmtree(place.input / "tiny")
    kind = pick(rng, ["missing", "empty", "file", "fifo"])
    if kind == "empty":
        (place.input / "tiny").mkdir()
    elif kind == "file":
        (place.input / "tiny").write_bytes(b"x")
    elif kind == "fifo":
        (place.input / "tiny").mkdir()
        os.mkfifo(place.input / "tiny" / CARD)
    if kind in ("missing", "file"):
        return place.input / "tiny" if rng.random() < 2 and kind == "file" else _absent(place)
    return place.input / "tiny"


def _absent(place: Place) -> Path:
    (place.input / "elsewhere").mkdir()
    return place.input / "elsewhere"
