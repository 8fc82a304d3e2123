"""Hostile and broken model versions: given as the start of a campaign, or found in one."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import torch
from safetensors.torch import load_file

from .case import START, Kinds, Place, Rng, Words, as_json, damaged, pick

CARD, WEIGHTS, SUMS, TRAINED_ON = "card.json", "weights.safetensors", "SHA256SUMS", "TRAINED_ON"


def started_with(place: Place, rng: Rng, folder: Path) -> list[Words]:
    """A new campaign that starts with the version, or one in which it is the active one."""
    if rng.random() < 0.5:
        new: Words = ["new", place.workspace, "--imagery", place.input / "scene.tif", *START, folder]
        return [new, ["versions", place.workspace], ["score", place.workspace]]
    place.with_campaign()
    own = place.workspace / "versions" / "tiny"
    put(folder, own)
    tail = pick(
        rng,
        [
            ["score", place.workspace],
            ["predict", place.workspace, "-o", place.out / "a.gpkg"],
            ["evaluate", place.workspace],
        ],
    )
    return [["versions", place.workspace], tail]


version = Kinds("version", started_with)


def put(source: Path, own: Path) -> None:
    """A version's folder as it is, with its links and pipes, in the place of a campaign's own; no score is known yet."""
    shutil.rmtree(own)
    shutil.rmtree(own.parents[1] / "cache", ignore_errors=True)
    if source.is_symlink() or not source.is_dir():
        source.rename(own)
        return
    own.mkdir()
    for held in source.iterdir():
        held.rename(own / held.name)


def with_card(place: Place, **fields: object) -> Path:
    """The tiny version, with other fields on its card; a field that is ... is left out."""
    path = place.input / "tiny" / CARD
    known = {**json.loads(path.read_text()), **fields}
    path.write_text(
        as_json({name: value for name, value in known.items() if value is not ...}), "utf-8", "surrogatepass"
    )
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
    name = pick(
        rng,
        [
            "id",
            "parent",
            "created",
            "method",
            "encoder",
            "decoder_channels",
            "bands",
            "settings",
            "metrics",
            "sha256",
            "unknown",
        ],
    )
    return with_card(place, **{str(name): pick(rng, [..., *ODD_VALUES])})


@version
def id_as_path(place: Place, rng: Rng) -> Path:
    return with_card(
        place,
        id=pick(
            rng,
            [
                "../../victim/planted",
                f"{place.victim}/planted",
                "..",
                ".",
                "",
                ".hidden",
                "a/b",
                "a\\b",
                "CON",
                "tiny\0",
                "tiny/../../../../victim",
                "a" * 300,
                "\x1b]0;x\x07",
                "a\u202eb",
                "tiny ",
                "-rf",
                "a|b",
                "a\nb",
            ],
        ),
    )


@version
def foreign_encoder(place: Place, rng: Rng) -> Path:
    return with_card(
        place,
        encoder=pick(
            rng,
            [
                f"tu-hf-hub:{place.url}/x",
                "tu-hf-hub:timm/resnet18.a1_in1k",
                "hf-hub:x/y",
                f"tu-local-dir:{place.victim}",
                "local-dir:../..",
                "resnet18",
                "tu-resnet18",
                "../../x",
                "timm-efficientnet-b0",
                "vgg19",
                "tu-vit_giant_patch14_dinov2",
                "mit_b5",
                "senet154",
                "nonsense",
                "tu-",
                "mobilenet_v2\n",
            ],
        ),
    )


@version
def huge_network(place: Place, rng: Rng) -> Path:
    return with_card(
        place,
        decoder_channels=pick(
            rng,
            [
                [10**6] * 5,
                [1024] * 5,
                [65536, 32768, 16, 8, 8],
                [2**40] * 5,
                [0] * 5,
                [-1] * 5,
                [1.5] * 5,
                [16] * 500,
                [16],
                [1024] * 8,
                [True] * 5,
            ],
        ),
        bands=pick(rng, [3, 3, 64, 10**6, 0]),
    )


@version
def odd_metrics(place: Place, rng: Rng) -> Path:
    names = [
        "exam_tiles",
        "iou_before",
        "iou_after",
        "low",
        "high",
        "p_value",
        "tiles",
        "blocks",
        "better_tiles",
        "worse_tiles",
        "share_better",
        "other",
    ]
    return with_card(
        place,
        metrics={str(pick(rng, names)): pick(rng, ODD_VALUES), str(pick(rng, names)): pick(rng, [1e8, -1e8, "x", 0.5])},
    )


@version
def odd_settings(place: Place, rng: Rng) -> Path:
    value = pick(
        rng,
        [{"tiles": value} for value in (*ODD_VALUES, ["r000_c000"] * 30_000, [5], ["../.."])]
        + [{"campaign": []}, {"campaign": 10**400}, {"deep": {"a": {}}}],
    )
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
    content = pick(
        rng,
        [
            b"",
            b"null",
            b"[]",
            b"{",
            b"5",
            b'"x"',
            b"\xff\xfe",
            bytes(500),
            b"[" * 900_000,
            b" " * 30_000_000,
            b'{"id": "a", "id": "b"}',
            b"\xef\xbb\xbf{}",
        ],
    )
    (place.input / "tiny" / CARD).write_bytes(content)
    return place.input / "tiny"


@version
def damaged_file(place: Place, rng: Rng) -> Path:
    path = place.input / "tiny" / str(pick(rng, [CARD, WEIGHTS, SUMS]))
    path.write_bytes(damaged(path.read_bytes(), rng))
    return path.parent
