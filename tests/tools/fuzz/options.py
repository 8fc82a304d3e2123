"""Careless and hostile options, and outputs that name inputs."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas

from .case import START, Kinds, Place, Rng, Words, pick

options = Kinds("options")


def new(place: Place, *more: object, imagery: Path | None = None) -> list[Words]:
    words: Words = [
        "new",
        place.workspace,
        "--imagery",
        imagery or place.input / "scene.tif",
        *START,
        place.input / "tiny",
        *more,
    ]
    return [words, ["score", place.workspace], ["next", place.workspace]]


def annotate(place: Place, *more: object) -> Words:
    return ["annotate", place.workspace, "--footprints", place.input / "labels.gpkg", "--annotator", "b", *more]


@options
def odd_gsd(place: Place, rng: Rng) -> list[Words]:
    return new(
        place, "--gsd", pick(rng, ["1e-9", "1e-300", "1e300", "nan", "inf", "-1", "0", "0.001", "99", "101", "5e-324"])
    )


@options
def odd_tile_size(place: Place, rng: Rng) -> list[Words]:
    return new(
        place,
        "--tile-size",
        pick(rng, ["0", "-32", "33", "2048", "4096", "nan", "1e9", "9" * 400, "32"]),
        *pick(rng, [[], ["--gsd", "0.07"]]),
    )


@options
def odd_numbers(place: Place, rng: Rng) -> list[Words]:
    value = pick(rng, ["0", "-1", "99999999999999999999", "9" * 5000, "1e3", "nan", "٣", "1_0", "0x10", " 5 ", ""])
    name = pick(rng, ["--next", "--count", "--exam-tiles", "--seed", "--bands", "--threshold", "--minimum-area"])
    if name in ("--exam-tiles", "--seed", "--bands"):
        return new(place, name, value)
    place.with_campaign()
    predict: Words = ["predict", place.workspace, "-o", place.out / "a.gpkg", name, value]
    counted = pick(rng, [["next", place.workspace, name, value], ["score", place.workspace, name, value]])
    return [annotate(place, name, value) if name == "--next" else counted if name == "--count" else predict]


@options
def odd_bands(place: Place, rng: Rng) -> list[Words]:
    return new(
        place,
        "--bands",
        pick(
            rng,
            [
                "0,0,0",
                "1,2",
                "-1,2,3",
                "4,5,6",
                "1,2,3,1",
                "1" + ",1" * 3000,
                "1,2,99999999999999999999",
                ",",
                "1,,2",
                "2,2,2",
            ],
        ),
    )


@options
def odd_tiles(place: Place, rng: Rng) -> list[Words]:
    place.with_campaign()
    named = pick(
        rng,
        [
            "",
            ",",
            "r999_c999",
            "../..",
            "r000_c000," * 3000,
            "x" * 100_000,
            "\x1b[31m",
            "r-01_c000",
            "r000_c000;DROP TABLE tiles",
            "r٠٠٠_c000",
            "R000_C000",
            "r" + "9" * 5000 + "_c000",
            "%s{}",
        ],
    )
    return [annotate(place, "--tiles", named)]


@options
def odd_words(place: Place, rng: Rng) -> list[Words]:
    place.with_campaign()
    text = pick(rng, ["\x1b[2Jowned", "a\nb", "x" * 100_000, "<b>x</b>", "", "\udce9", "{}", "\0", "a|b", "\u202e"])
    if text == "\0":
        text = "nul"
    return [
        pick(
            rng,
            [
                [
                    "annotate",
                    place.workspace,
                    "--footprints",
                    place.input / "labels.gpkg",
                    "--annotator",
                    text,
                    "--next",
                    2,
                ],
                ["versions", place.workspace, "--activate", text],
                ["predict", place.workspace, "-o", place.out / "a.gpkg", "--version", text],
                ["score", place.workspace, "--strategy", text],
            ],
        ),
        ["next", place.workspace],
    ]


@options
def output_over_input(place: Place, rng: Rng) -> list[Words]:
    """Outputs that name the campaign, the imagery, an input, or a file that somebody else made."""
    place.with_campaign()
    shutil.copy(place.victim / "drawn.gpkg", place.input / "area.gpkg")
    (place.victim / "linked.gpkg").symlink_to(place.victim / "drawn.gpkg")
    (place.victim / "empty.gpkg").touch()
    geopandas.read_file(place.input / "labels.gpkg").to_file(place.victim / "footprints.gpkg", layer="footprints")
    target = pick(rng, [place.victim / "footprints.gpkg", place.workspace / "campaign.gpkg", place.input / "scene.tif", place.input / "area.gpkg", place.victim / "drawn.gpkg", place.victim / "linked.gpkg", place.victim / "secret.txt", place.victim / "empty.gpkg", place.workspace / "versions" / "tiny" / "a.gpkg", place.workspace / "cache" / "a.gpkg", place.workspace / "heatmap.tif", place.victim / ".." / "work" / "campaign" / "campaign.gpkg", place.victim, "/dev/null", place.workspace / "CAMPAIGN.gpkg", place.out / "none" / "a.gpkg"])  # fmt: skip
    # a GeoPackage of other layers gets ours beside them where the user says so
    over = [] if "drawn" in str(target) or "linked" in str(target) else pick(rng, [[], ["--overwrite"]])
    return [
        pick(
            rng,
            [
                ["predict", place.workspace, "-o", target, "--aoi", place.input / "area.gpkg", *over],
                ["score", place.workspace, "--png", target, *over],
                ["report", target, "-o", place.victim, *over],
            ],
        )
    ]


@options
def workspace_elsewhere(place: Place, rng: Rng) -> list[Words]:
    """A new campaign where something is already: files, a campaign, a link, a device."""
    (place.folder / "work" / "link").symlink_to(place.victim)
    place.with_campaign()
    target = pick(
        rng,
        [
            place.victim,
            place.workspace,
            place.workspace / "cache" / "x",
            place.folder / "work" / "link",
            place.input / "scene.tif",
            "/dev/null/x",
            place.input / "tiny",
            "/proc/x",
            "x" * 300,
        ],
    )
    return [["new", target, "--imagery", place.input / "scene.tif", *START, place.input / "tiny"]]


@options
def twice(place: Place, rng: Rng) -> list[Words]:
    """Everything once more after it was done: nothing is lost, and nothing is left."""
    place.with_campaign(is_old=bool(rng.random() < 0.5))
    predict: Words = ["predict", place.workspace, "-o", place.out / "a.gpkg"]
    return [
        ["score", place.workspace],
        ["score", place.workspace],
        annotate(place, "--next", 2),
        annotate(place, "--next", 2),
        predict,
        [*predict, "--overwrite"],
    ]
