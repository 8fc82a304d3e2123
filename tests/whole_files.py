"""What must be true of what lies on the disk, whatever came in between: each file is whole, and no label is lost."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import matplotlib.image
import pyogrio
import rasterio
import shapely
from safetensors.numpy import load_file

from tiletriage.models.campaign.campaign_log import replay
from tiletriage.models.campaign.model_store import check_weights, read_card
from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.evaluation.results_file import read_lines
from tiletriage.models.storage.own_folder import MARK

SETTINGS = ("active_version", "import_requests", "schema_version", "grid", "fingerprint")


def files(here):
    """The paths of all files and empty folders in a folder."""
    return {str(path.relative_to(here)) for path in here.rglob("*") if path.is_file() or not any(path.iterdir())}


def check_whole(here):
    """Every file that has its final name can be read to its end; what belongs together is there together."""
    for path in here.rglob("*"):
        if path.is_file() and MARK not in str(path.relative_to(here)):
            is_whole(path)
    for card in here.rglob("card.json"):
        if MARK not in str(card):
            check_weights(card.parent, read_card(card.parent))


def is_whole(path):
    """Raises where a file cannot be read to its end."""
    if path.suffix in (".gpkg", ".sqlite"):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path
    if path.suffix in (".gpkg", ".geojson") and path.name != "campaign.gpkg":
        pyogrio.read_dataframe(path)
    elif path.suffix == ".tif":
        with rasterio.open(path) as raster:
            raster.read()
    elif path.suffix == ".png":
        matplotlib.image.imread(path)
    elif path.suffix == ".json":
        json.loads(path.read_text(encoding="utf-8"))
    elif path.suffix == ".jsonl":
        list(read_lines(path))
    elif path.suffix == ".safetensors":
        load_file(path)
    elif path.suffix == ".html":
        assert path.read_text(encoding="utf-8").endswith("</html>\n"), path
    elif path.suffix in (".csv", ".md"):
        assert path.read_text(encoding="utf-8").endswith("\n"), path


def logged(campaign):
    """The uuids of the log, oldest first; none where there is no campaign."""
    if not (campaign / "campaign.gpkg").exists():
        return []
    with closing(sqlite3.connect(campaign / "campaign.gpkg")) as connection:
        return [uuid for (uuid,) in connection.execute("SELECT uuid FROM log ORDER BY fid")]


def check_labels(campaign):
    """What the log says of each tile last, and what it leads to, is what the layers hold."""
    if not (campaign / "campaign.gpkg").exists():
        return
    with open_workspace(campaign).store() as store:
        replayed, tiles = replay(store.log()), {record.tile.id: record for record in store.tiles()}
        assert set(replayed.footprints) == set(store.all_footprints().uuid)
        assert {tile_id: tiles[tile_id].state for tile_id in replayed.states} == replayed.states
        for entry in {entry.tile_id: entry for entry in store.log() if entry.geometry is not None}.values():
            kept = shapely.union_all(store.footprints_in(tiles[entry.tile_id].tile))
            assert not shapely.union_all(shapely.get_parts(entry.geometry)).difference(kept).area


def state(campaign):
    """What a campaign holds, without uuids, times and what took how long."""
    if not (campaign / "campaign.gpkg").exists():
        return None
    with closing(sqlite3.connect(campaign / "campaign.gpkg")) as connection:
        settings = dict(connection.execute("SELECT key, value FROM settings"))
        return {
            "tiles": connection.execute("SELECT tile_id, split, state, rank, version FROM tiles").fetchall(),
            "footprints": sorted(connection.execute("SELECT tile_id, origin, model_version, geom FROM footprints")),
            "rounds": connection.execute("SELECT version, parent, tiles FROM rounds").fetchall(),
            "quality": sorted(connection.execute("SELECT tile_id, version FROM tile_quality")),
            "actions": sorted(connection.execute("SELECT DISTINCT tile_id, action, state FROM log")),
            "settings": {key: settings.get(key) for key in SETTINGS},
            "claims": connection.execute("SELECT * FROM claims").fetchall(),
        }
