import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tiletriage.models.campaign.settings_format import is_elsewhere, read_settings
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.errors import WorkspaceError
from tiletriage.models.storage.bounded_json import FieldError

GRID = {
    "crs": "EPSG:32737",
    "left": 5e5,
    "top": 9.3e6,
    "units_per_metre": 1.0,
    "gsd_metres": 0.5,
    "tile_size_px": 64,
    "rows": 5,
    "columns": 7,
}
NORMALIZATION = {"low": [0.0], "high": [9.0], "mean": [4.0], "std": [2.0]}
REQUEST = {"content": "x", "count": 2, "exam": False, "tiles": ["r000_c001"]}
SOUND = {
    "imagery": "scene.tif",
    "bands": "[1]",
    "fingerprint": f"pixels-{0:064x}",
    "active_version": "tiny",
    "campaign_id": "c",
    "grid": json.dumps(GRID),
    "normalization": json.dumps(NORMALIZATION),
    "import_requests": "[]",
}


def grid(**change):
    return "grid", json.dumps({**GRID, **change})


def normalization(**change):
    return "normalization", json.dumps({**NORMALIZATION, **change})


DAMAGED = [
    *(("imagery", value) for value in ("", "a\0b", 7, "x" * 5000)),
    *(("bands", value) for value in ("[]", "[0]", "[1.5]", "[true]", "{}", "7", "[1", json.dumps([1] * 65), None)),
    *(("fingerprint", value) for value in ("", "f", f"pixels-{0:064x}\n", "x" * 64, 5)),
    *(grid(rows=value) for value in (10**9, 0, -1, 1.5, "5", None, True, 10**400)),
    *(grid(gsd_metres=value) for value in (-0.5, 0, 1e9, 1e-9, float("nan"))),
    *(grid(left=value) for value in (1e300, float("inf"), "x")),
    *(grid(tile_size_px=value) for value in (0, 10**9, 64.0)),
    *(grid(rows=1001, columns=1000), grid(rows=10**6, columns=1, gsd_metres=99, tile_size_px=4096)),
    *(grid(units_per_metre=0), grid(crs=""), grid(crs=5), grid(extra=1)),
    *(("grid", "[" * 100_000), ("grid", "[" * 20 + "]" * 20), ("grid", "null"), ("grid", b"\xff")),
    *(normalization(mean=[value]) for value in (float("nan"), 1e39, None, "x")),
    *(normalization(std=[0]), normalization(std=[-1.0]), normalization(low=[10.0]), normalization(low=[0.0, 1.0])),
    *(("normalization", value) for value in ("{}", "[]", json.dumps({key: [1.0, 2.0] for key in NORMALIZATION}))),
    *(("active_version", value) for value in ("../../x", "", ".", "a/b", "\x1b[31m", 3)),
    *(("import_requests", value) for value in ("{}", "[1]", "[{}]", json.dumps([{**REQUEST, "tiles": ["../x"]}]))),
]


def test_sound_settings_are_read():
    settings = read_settings({**SOUND, "import_requests": json.dumps([REQUEST])})
    assert (settings.grid.rows, settings.bands, settings.normalization.std) == (5, [1], (2.0,))


@pytest.mark.parametrize(("name", "value"), DAMAGED)
def test_a_setting_that_cannot_be_is_refused_by_name(name, value):
    with pytest.raises(FieldError, match=f"^'({name}|rows|left|gsd_metres|mean)' |no number"):
        read_settings({**SOUND, name: value})


@pytest.mark.parametrize("name", SOUND)
def test_a_missing_setting_is_named(name):
    with pytest.raises(FieldError, match=f"'{name}' is missing"):
        read_settings({key: value for key, value in SOUND.items() if key != name})


def test_a_campaign_with_a_damaged_setting_is_refused_with_its_name_and_the_cure(tiny_workspace):
    with closing(sqlite3.connect(tiny_workspace / "campaign.gpkg")) as connection, connection:
        connection.execute("UPDATE settings SET value = json_set(value, '$.rows', 1000000000) WHERE key = 'grid'")
    with pytest.raises(WorkspaceError, match=r"setting 'grid' must be .* 1,000,000 tiles.*Restore it"):
        open_workspace(tiny_workspace)


def test_a_server_that_a_campaign_names_is_not_asked_unless_the_campaign_lies_there():
    share = Path("\\\\server\\maps\\scene.tif")
    assert is_elsewhere(share, Path("C:\\maps\\village"))
    assert is_elsewhere(Path("//server/maps/scene.tif"), Path("/home/ada/village"))
    assert is_elsewhere(share, Path("\\\\other\\maps\\village"))
    assert not is_elsewhere(share, Path("\\\\Server\\Maps\\village"))
    assert not is_elsewhere(Path("/maps/scene.tif"), Path("/home/ada/village"))
    assert not is_elsewhere(Path("D:\\scene.tif"), Path("C:\\village"))
