"""What careless people do: two programs at once, names that no file should have, outputs onto what is there already."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import geopandas

from .case import START, Place, Rng, Words, pick
from .options import annotate, new, options
from .results import valid

NAMES = ["a\nb", "a|b", "\x1b[31mred", os.fsdecode(b"caf\xe9"), "x" * 250, "x" * 5_000, "-rf", " ", "a'b\"c;--", "CON", "a\u202eb", "\U0001f3e0", "{}%s", "a\\b", "~", "a/../b", "a/" * 50 + "b"]  # fmt: skip


@options.must_end_well
def two_new(place: Place, rng: Rng) -> list[Words | tuple[Words, ...]]:
    """Two programs begin a campaign in one folder at the same moment: the one that is there in the end is whole."""
    begin, *rest = new(place)
    return [(begin, begin), *rest]


@options.must_end_well
def two_at_once(place: Place, rng: Rng) -> list[Words | tuple[Words, ...]]:
    """Two programs at work in one campaign."""
    place.with_campaign()
    output = ["predict", place.workspace, "-o", place.out / "a.gpkg", "--overwrite"]
    score: Words = ["score", place.workspace, *pick(rng, [[], ["--png", place.out / "a.png"]])]
    drawn = annotate(place, "--next", 3)
    return [
        pick(rng, [(score, drawn), (drawn, drawn), (score, score), (output, output), (output, score)]),
        ["score", place.workspace],
    ]


@options
def odd_workspace_name(place: Place, rng: Rng) -> list[Words]:
    folder = place.folder / "work" / str(pick(rng, NAMES))
    begin: Words = ["new", folder, "--imagery", place.input / "scene.tif", *START, place.input / "tiny"]
    return [begin, ["next", folder], ["score", folder]]


@options
def odd_output_name(place: Place, rng: Rng) -> list[Words]:
    place.with_campaign()
    name = str(pick(rng, NAMES))
    ending = str(pick(rng, ["", ".gpkg", ".geojson", ".png", ".GPKG", ".gpkg.zip", ".shp"]))
    target = place.out / f"{name}{ending}"
    commands = [["predict", place.workspace, "-o", target], ["score", place.workspace, "--png", target]]
    return [pick(rng, [*commands, ["report", valid(place), "-o", target]])]


@options
def odd_input_name(place: Place, rng: Rng) -> list[Words]:
    """A sound file, version or campaign under a name that no file should have, or a name where nothing is."""
    name, is_there = str(pick(rng, [name for name in NAMES if "/" not in name and len(name) < 256])), rng.random() < 0.7
    what = pick(rng, ["version", "results", "area", "campaign"])
    path = place.input / (
        name if what in ("version", "campaign") else f"{name}.{'gpkg' if what == 'area' else 'jsonl'}"[-255:]
    )
    if what == "version":
        if is_there:
            shutil.copytree(place.input / "tiny", path)
        return [[*new(place)[0][:-1], path]]
    if what == "results":
        if is_there:
            valid(place).rename(path)
        return [["report", path, "-o", place.out / "report"]]
    place.with_campaign()
    if what == "area":
        if is_there:
            shutil.copy(place.input / "labels.gpkg", path)
        return [["predict", place.workspace, "-o", place.out / "a.gpkg", "--aoi", path]]
    if is_there:
        path = place.folder / "work" / name
        place.workspace.rename(path)
    return [["next", path], ["score", path]]


@options
def report_onto(place: Place, rng: Rng) -> list[Words]:
    """A report where something is: files of its names, links, pipes, a campaign, devices."""
    place.with_campaign()
    folder = place.out / "report"
    folder.mkdir()
    kind = pick(rng, ["link", "folder", "hard link", "fifo", "own", "below", "campaign", "device", "root"])
    name = str(pick(rng, ["report.md", "report.html", "summary.csv", "curves_tiles.png"]))
    if kind == "link":
        (folder / name).symlink_to(place.victim / "report.md")
    elif kind == "folder":
        (folder / name).mkdir()
    elif kind == "hard link":
        os.link(place.victim / "report.md", folder / name)
    elif kind == "fifo":
        os.mkfifo(folder / name)
    elif kind == "own":
        (folder / "report.md").write_text("# Which strategy needs the fewest tiles\n", encoding="utf-8")
    elsewhere = {"below": place.victim / "report.md" / "x", "campaign": place.workspace, "device": Path("/dev/null"), "root": Path("/proc/x")}  # fmt: skip
    words: Words = ["report", valid(place), "-o", elsewhere.get(str(kind), folder), *pick(rng, [[], ["--overwrite"]])]
    return [words, words]


@options
def hard_links(place: Place, rng: Rng) -> list[Words]:
    """A file of the campaign, or an output, is the same file as somebody's: what is written must not change that."""
    place.with_campaign()
    kind = str(
        pick(
            rng,
            ["campaign.gpkg", "heatmap.tif", "cache/scores.sqlite", "versions/tiny/card.json", ".lock", "out", "png"],
        )
    )
    ours, victim = place.workspace / kind, place.victim / "linked"
    if kind == "out":
        found = geopandas.read_file(place.input / "labels.gpkg").assign(confidence=0.5, version="tiny")
        found.to_file(victim.with_suffix(".gpkg"), layer="footprints")
        os.link(victim.with_suffix(".gpkg"), place.out / "a.gpkg")
    elif kind == "png":
        victim.write_bytes(b"\x89PNG\r\n\x1a\n")
        os.link(victim, place.out / "a.png")
    else:
        ours.parent.mkdir(exist_ok=True)
        ours.touch()
        os.link(ours, victim)
    png = ["score", place.workspace, "--png", place.out / "a.png", "--overwrite"]
    return [annotate(place, "--next", 2), png, ["predict", place.workspace, "-o", place.out / "a.gpkg", "--overwrite"]]


@options
def odd_addresses(place: Place, rng: Rng) -> list[Words]:
    """Addresses and names of GDAL's own in the place of files."""
    address = f"{place.url}/a.tif"
    name = pick(rng, [address, f"/vsicurl/{address}", f"WMS:{place.url}", f"/vsizip/{place.input}/a.zip", "/vsimem/a.tif", "/vsistdin/", "NETCDF:x:y", f"vrt://{address}", "", ".", "/", "-", "file:///etc/passwd", "\\\\127.0.0.1\\c$\\a.tif", "//127.0.0.1/c/a.tif"])  # fmt: skip
    place.with_campaign()
    return [
        pick(
            rng,
            [
                ["new", place.folder / "work" / "b", "--imagery", name, *START, place.input / "tiny"],
                ["new", place.folder / "work" / "b", "--imagery", place.input / "scene.tif", *START, name],
                ["predict", place.workspace, "-o", name],
                ["predict", place.workspace, "-o", place.out / "a.gpkg", "--aoi", name],
                ["score", place.workspace, "--png", name],
                ["next", name],
                ["report", name, "-o", place.out / "r"],
            ],
        )
    ]
