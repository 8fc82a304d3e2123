"""Hostile and broken files of results of simulated campaigns."""

from __future__ import annotations

import json
import os
from pathlib import Path

from .case import Kinds, Place, Rng, Words, as_json, damaged, pick


def reported(place: Place, rng: Rng, file: Path) -> list[Words]:
    return [["report", file, "-o", place.out / "report", *pick(rng, [[], ["--at", 5], ["--json"]])]]


results = Kinds("results", reported)


def lines(place: Place) -> list[dict]:
    numbers = {"minutes": 5.0, "iou": 0.5, "f1": 0.6, "footprint_f1": 0.4, "seconds": 3.0, "built_tiles": 3, "pool_tiles": 20, "exam_tiles": 5, "gsd_metres": 0.5, "tile_size_px": 64, "predicted_iou_mae": 0.1, "predicted_iou_rho": 0.2, "predicted_iou_rho_non_empty": 0.1, "accepted": 1}  # fmt: skip
    names = {
        "start": "tiny",
        "fine_tuning": "full",
        "key": "aa/bb",
        "protocol": "loop",
        "measured_on": "held-out",
        "code": "x",
    }
    return [
        {
            "region": "r",
            "strategy": strategy,
            "seed": seed,
            "tiles": tiles,
            **names,
            **numbers,
            "iou": 0.4 + tiles / 100,
        }
        for strategy in ("random", "p2")
        for seed in range(3)
        for tiles in (0, 10, 20)
    ]


def written(place: Place, known: list) -> Path:
    path = place.input / "results.jsonl"
    path.write_text("".join(as_json(line) + "\n" for line in known), "utf-8", "surrogatepass")
    return path


def valid(place: Place) -> Path:
    return written(place, lines(place))


@results
def odd_value(place: Place, rng: Rng) -> Path:
    known = lines(place)
    value = pick(
        rng,
        [
            None,
            1e308,
            -1e308,
            10**400,
            float("nan"),
            float("inf"),
            -1,
            0,
            "",
            "x",
            [],
            {},
            True,
            "\x1b[31m",
            "<script>alert(1)</script>",
            "a|b\nc",
            "../../victim/planted",
            "x" * 10_000,
            "\ud800",
            10**18,
        ],
    )
    name = str(pick(rng, list(known[0])))
    for line in known if rng.random() < 0.5 else known[int(rng.integers(len(known))) :][:1]:
        line[name] = value
    return written(place, known)


@results
def odd_lines(place: Place, rng: Rng) -> Path:
    known = lines(place)
    extra = pick(
        rng,
        [
            [],
            {},
            None,
            5,
            "x",
            {"region": "r"},
            known[0],
            {**known[0], "evil": "x" * 10**6},
            {**known[0], "strategy": "other"},
        ],
    )
    return written(
        place,
        pick(
            rng,
            [
                [extra],
                [*known, extra],
                known[:1],
                known * 500,
                [line for line in known if line["strategy"] != "random"],
                [line for line in known if line["tiles"] == 0],
            ],
        ),
    )


@results
def damaged_results(place: Place, rng: Rng) -> Path:
    path = valid(place)
    path.write_bytes(damaged(path.read_bytes(), rng))
    return path


@results
def no_results(place: Place, rng: Rng) -> Path:
    path = place.input / "results.jsonl"
    content = pick(
        rng,
        [
            b"",
            b"\n" * 10**5,
            b"{" * 10**5,
            b"[" * 10**6 + b"\n",
            b"\xff\n",
            b"\0" * 5000,
            json.dumps({"a": "b"}).encode(),
            b"[]\n",
            None,
            "link",
            "fifo",
        ],
    )
    if content == "link":
        path.symlink_to("/dev/zero")
    elif content == "fifo":
        os.mkfifo(path)
    elif content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    return path


@results
def report_over_own(place: Place, rng: Rng) -> list[Words]:
    return [
        [
            "report",
            valid(place),
            "-o",
            pick(rng, [place.victim, place.victim / "report.md"]),
            *pick(rng, [[], ["--overwrite"]]),
        ]
    ]
