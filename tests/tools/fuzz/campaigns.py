"""Hostile and broken campaigns: damaged or planted GeoPackages, journals, links, settings and styles."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from .case import Kinds, Place, Rng, Words, as_json, damaged, pick


def opened(place: Place, rng: Rng, geopackage: Path) -> list[Words]:
    """Some commands on the campaign, whatever comes of the one before."""
    folder = place.workspace
    annotate: Words = ["annotate", folder, "--footprints", place.input / "labels.gpkg", "--annotator", "b"]
    commands: list[Words] = [
        ["next", folder],
        ["score", folder],
        ["versions", folder],
        ["predict", folder, "-o", place.out / "a.gpkg"],
        [*annotate, "--next", 3],
        [*annotate, "--tiles", "r000_c000,r001_c001"],
        ["evaluate", folder],
        ["next", folder, "--exam"],
        ["score", folder, "--png", place.out / "a.png"],
    ]
    chosen = sorted(rng.choice(len(commands), int(rng.integers(1, 4)), replace=False))
    return [commands[number] for number in chosen]


campaign = Kinds("campaign", opened)
PLANTED = (
    "UPDATE settings SET value = '{json}' WHERE key = '{key}'",
    "UPDATE settings SET value = NULL",
    "UPDATE settings SET value = x'ff00ff' WHERE key = '{key}'",
    "UPDATE settings SET value = CAST(x'c328' AS TEXT) WHERE key = '{key}'",
    "DELETE FROM settings WHERE key = '{key}'",
    "INSERT INTO settings (key, value) VALUES ('evil', '{json}')",
)
KEYS = (
    "imagery",
    "bands",
    "fingerprint",
    "grid",
    "normalization",
    "active_version",
    "campaign_id",
    "schema_version",
    "import_requests",
)
VALUES = (
    None,
    0,
    -1,
    1e308,
    float("nan"),
    float("inf"),
    10**400,
    "",
    "x",
    [],
    {},
    [[]],
    [1],
    [0, 0, 0],
    [99],
    True,
    "../..",
    {"a": 1},
    [{"a": 1}],
    "\x1b[31m",
)


def change(place: Place, rng: Rng, *statements: str) -> Path:
    """A campaign in whose GeoPackage some statements were run, without the triggers that keep the spatial index."""
    path = place.with_campaign(is_old=bool(rng.random() < 0.2))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.create_function("ST_IsEmpty", 1, lambda blob: blob is None)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            connection.create_function(name, 1, lambda blob: 0.0)
        for statement in statements:
            try:
                connection.executescript(statement)
            except sqlite3.DatabaseError:  # one of a newer schema, or refused: what was run before is hostile enough
                continue
    return path


def setting(place: Place, rng: Rng, key: str, value: object) -> Path:
    text = value if isinstance(value, str) else as_json(value)
    return change(place, rng, f"UPDATE settings SET value = '{text.replace(chr(39), chr(39) * 2)}' WHERE key = '{key}'")


@campaign
def damaged_file(place: Place, rng: Rng) -> Path:
    path = place.with_campaign(is_old=bool(rng.random() < 0.3))
    path.write_bytes(damaged(path.read_bytes(), rng))
    return path


@campaign
def damaged_page(place: Place, rng: Rng) -> Path:
    """A few bytes of one page: SQLite itself may notice late."""
    path = place.with_campaign()
    content = bytearray(path.read_bytes())
    page = int(rng.integers(len(content) // 4096)) * 4096
    for at in rng.integers(0, 4096, int(rng.integers(1, 60))):
        content[page + at] = int(rng.integers(256))
    path.write_bytes(bytes(content))
    return path


@campaign
def odd_setting(place: Place, rng: Rng) -> Path:
    text = as_json(pick(rng, list(VALUES))).replace("'", "''")
    return change(
        place, rng, str(pick(rng, list(PLANTED))).replace("{json}", text).replace("{key}", str(pick(rng, list(KEYS))))
    )


@campaign
def odd_schema_version(place: Place, rng: Rng) -> Path:
    return setting(
        place,
        rng,
        "schema_version",
        pick(rng, ["0", "-1", "3", "1", "99999999999999999999", "1.5", "", "x", "1e3", " 2 ", "NaN"]),
    )


@campaign
def odd_grid(place: Place, rng: Rng) -> Path:
    import json

    with closing(sqlite3.connect(place.sound.campaign / "campaign.gpkg")) as connection:
        grid = json.loads(connection.execute("SELECT value FROM settings WHERE key = 'grid'").fetchone()[0])
    for _ in range(int(rng.integers(1, 3))):
        grid[str(pick(rng, [*grid, "evil"]))] = pick(
            rng,
            [
                *VALUES,
                1e-9,
                2**31,
                1e300,
                "EPSG:4326",
                "EPSG:999999",
                "EPSG:4978",
                f"+proj=utm +zone=37 +nadgrids={place.url}/x",
                33,
                32768,
            ],
        )
    if rng.random() < 0.2:
        del grid[str(pick(rng, list(grid)))]
    return setting(place, rng, "grid", grid)


@campaign
def odd_normalization(place: Place, rng: Rng) -> Path:
    names = ["low", "high", "mean", "std"]
    known = {
        name: [float(pick(rng, [0, 1, 100, np.nan, np.inf, -1, 1e300]))] * int(pick(rng, [3, 3, 3, 1, 0, 300]))
        for name in names
    }
    if rng.random() < 0.3:
        known[str(pick(rng, [*names, "evil"]))] = pick(rng, list(VALUES))
    return setting(place, rng, "normalization", known)


@campaign
def odd_requests(place: Place, rng: Rng) -> Path:
    value = pick(
        rng,
        [
            *VALUES,
            [{"content": "x", "count": 4, "exam": False, "tiles": ["r999_c999"]}],
            [{"content": 1, "count": "x", "exam": [], "tiles": None}],
            [{}],
            "[" * 100_000,
        ],
    )
    return setting(place, rng, "import_requests", value)


@campaign
def imagery_elsewhere(place: Place, rng: Rng) -> Path:
    """The setting names a remote source, a share of Windows, a pipe, or a file of somebody else."""
    os.mkfifo(place.input / "fifo.tif")
    address = f"{place.url}/a.tif"
    value = pick(rng, [f"/vsicurl/{address}", address, "\\\\127.0.0.1\\share\\a.tif", "//127.0.0.1/share/a.tif", str(place.input / "fifo.tif"), "", ".", "/", "/dev/zero", f"{place.victim}/secret.txt", "../../victim/secret.txt", "a\nb", "\x1b[31mred", "x" * 5000, f"WMS:{place.url}", "/proc/self/mem", "/vsistdin/"])  # fmt: skip
    return setting(place, rng, "imagery", value)


@campaign
def imagery_beside(place: Place, rng: Rng) -> Path:
    """The imagery is a hostile file that came with the campaign, under the name that the setting has."""
    path = setting(place, rng, "imagery", "/nowhere/scene.vrt")
    (place.workspace / "scene.vrt").write_text(
        f'<VRTDataset rasterXSize="192" rasterYSize="128"><SRS>EPSG:32737</SRS><GeoTransform>0,1,0,0,0,-1</GeoTransform><VRTRasterBand dataType="Byte" band="1"><SimpleSource><SourceFilename>/vsicurl/{place.url}/a.tif</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>'
    )
    return path


@campaign
def odd_active_version(place: Place, rng: Rng) -> Path:
    return setting(
        place,
        rng,
        "active_version",
        pick(
            rng,
            ["../../input/tiny", str(place.input / "tiny"), "", ".", "..", "v999", "\x1b[31m", "a\nb", "x" * 10_000],
        ),
    )


@campaign
def odd_tables(place: Place, rng: Rng) -> Path:
    tables = [
        "tiles",
        "footprints",
        "log",
        "settings",
        "rounds",
        "tile_quality",
        "claims",
        "log_footprints",
        "rtree_tiles_geom",
        "rtree_footprints_geom",
        "gpkg_contents",
        "gpkg_geometry_columns",
        "gpkg_spatial_ref_sys",
        "gpkg_extensions",
    ]
    table = str(pick(rng, tables))
    return change(
        place,
        rng,
        str(
            pick(
                rng,
                [
                    f"DROP TABLE {table}",
                    f"DELETE FROM {table}",
                    f"ALTER TABLE {table} RENAME TO other",
                    f"DROP TABLE {table}; CREATE TABLE {table} (x)",
                    f"DROP TABLE {table}; CREATE VIEW {table} AS SELECT 1 AS fid",
                    f"INSERT INTO {table} SELECT * FROM {table}",
                ],
            )
        ),
    )


@campaign
def odd_columns(place: Place, rng: Rng) -> Path:
    columns = [
        "tiles.tile_id",
        "tiles.row",
        "tiles.column_",
        "tiles.split",
        "tiles.state",
        "tiles.reason",
        "tiles.rank",
        "tiles.geom",
        "footprints.uuid",
        "footprints.tile_id",
        "footprints.geom",
        "log.geometry",
        "log.state",
        "rounds.activated",
        "tile_quality.iou",
        "tile_quality.statistics",
    ]
    table, column = str(pick(rng, columns)).split(".")
    return change(
        place,
        rng,
        str(
            pick(rng, [f"ALTER TABLE {table} DROP COLUMN {column}", f"ALTER TABLE {table} RENAME COLUMN {column} TO x"])
        ),
    )


@campaign
def odd_tile_values(place: Place, rng: Rng) -> Path:
    value = pick(rng, ["NULL", "''", "'x'", "-1", "1e308", "99999999999", "x'ff'", "CAST(x'c328' AS TEXT)", "9e999", "char(27) || '[31mred'", "'<img src=x onerror=alert(1)>'", "zeroblob(100000000)", "'a' || char(10) || 'b'", "'[[[[]]]]'", "'{\"key\": 5}'"])  # fmt: skip
    column = pick(
        rng,
        [
            "row",
            "column_",
            "split",
            "state",
            "rank",
            "priority",
            "predicted_iou",
            "uncertainty",
            "novelty",
            "reason",
            "version",
            "annotator",
            "finished_at",
            "geom",
        ],
    )
    return change(
        place,
        rng,
        f"UPDATE tiles SET {column} = {value}" + str(pick(rng, ["", " WHERE fid = 3"])),
        f"UPDATE tiles SET tile_id = 't' || {value} WHERE fid = 2" if rng.random() < 0.2 else "",
    )


@campaign
def odd_footprints(place: Place, rng: Rng) -> Path:
    value = pick(
        rng,
        [
            "NULL",
            "x'00'",
            "randomblob(120)",
            "'text'",
            "zeroblob(100000000)",
            "substr(geom, 1, 60)",
            "x'4750000300000000' || zeroblob(40)",
            "geom || geom",
            "5",
        ],
    )
    quiet = [
        f"DROP TRIGGER IF EXISTS rtree_footprints_geom_{name}"
        for name in ("insert", "update1", "update2", "update3", "update4", "update5", "update6", "update7", "delete")
    ]
    return change(place, rng, *quiet, str(pick(rng, [f"UPDATE footprints SET geom = {value}", "UPDATE footprints SET uuid = 'same'", "UPDATE footprints SET tile_id = 'nowhere'", "UPDATE footprints SET origin = NULL, annotator = x'ff', created_at = 'never'", f"UPDATE tile_quality SET iou = {value}, statistics = {value}, embedding = {value}"])))  # fmt: skip
