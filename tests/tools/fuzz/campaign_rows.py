"""Rows of a hostile campaign that no program of ours writes: its log, claims, rounds, index; folders without number."""

from __future__ import annotations

from pathlib import Path

from .campaigns import campaign, change
from .case import Place, Rng, pick

ODD = ["NULL", "''", "'x'", "-1", "1e308", "9e999", "99999999999999999999", "x'ff'", "CAST(x'c328' AS TEXT)", "zeroblob(100000000)", "'[[[[]]]]'", "char(27) || '[31m'", "'a' || char(10) || 'b'", "'9999-12-31T23:59:59Z'", "'0001-01-01'"]  # fmt: skip
QUIET = "; ".join(f"DROP TRIGGER IF EXISTS {name}" for name in ("log_is_never_shortened", "log_is_never_changed"))


@campaign
def odd_log(place: Place, rng: Rng) -> Path:
    """A log that was changed by force: its triggers are put back by nobody."""
    column = pick(rng, ["geometry", "state", "time", "annotator", "uuid", "tile_id", "action", "imagery", "origin"])
    where = pick(rng, ["", " WHERE fid = (SELECT max(fid) FROM log)"])
    return change(place, rng, f"{QUIET}; UPDATE log SET {column} = {pick(rng, ODD)}{where}")


@campaign
def odd_claims(place: Place, rng: Rng) -> Path:
    value = pick(rng, ODD)
    row = pick(rng, [f"tile_id, {value}, {value}, {value}, {value}", f"tile_id, 's', 'a', '9999-12-31T23:59:59.000Z', {value}", f"tile_id, 's', 'a', {value}, 'pool'"])  # fmt: skip
    return change(place, rng, f"INSERT OR REPLACE INTO claims (tile_id, session, annotator, until, state_before) SELECT {row} FROM tiles")  # fmt: skip


@campaign
def odd_rounds(place: Place, rng: Rng) -> Path:
    column = pick(
        rng, ["time", "activated", "version", "parent", "tiles", "exam_iou_before", "exam_iou_after", "seconds"]
    )
    more = pick(rng, ["", "; INSERT INTO rounds (time, version) VALUES ('x', '../../x')"])
    row = "INSERT INTO rounds (time, activated, version, parent, tiles, seconds) VALUES ('2026-01-01T00:00:00.000Z', 1, 'v001', 'tiny', 3, 5)"
    return change(place, rng, f"{row}; UPDATE rounds SET {column} = {pick(rng, ODD)}{more}")


@campaign
def odd_index(place: Place, rng: Rng) -> Path:
    """The spatial index says something else than the rows, or is no index."""
    table = str(pick(rng, ["rtree_tiles_geom", "rtree_footprints_geom"]))
    return change(place, rng, str(pick(rng, [
        f"DELETE FROM {table}", f"UPDATE {table} SET minx = -1e30, maxx = 1e30", f"UPDATE {table}_node SET data = zeroblob(20)", f"DROP TABLE {table}; CREATE TABLE {table} (id, minx, maxx, miny, maxy)",
        f"UPDATE {table}_node SET data = randomblob(length(data))", f"INSERT INTO {table} WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i, 0, 1e9, 0, 1e9 FROM n"])))  # fmt: skip


@campaign
def many_rows(place: Place, rng: Rng) -> Path:
    count = int(pick(rng, [2_000, 100_000]))
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    return change(place, rng, str(pick(rng, [
        f"INSERT INTO settings (key, value) {numbers} SELECT 'k' || i, 'v' FROM n", f"INSERT INTO log (time, uuid, tile_id, action, state) {numbers} SELECT '2026-01-01T00:00:00.000Z', 'u' || i, 'r000_c000', 'finish', 'done' FROM n",
        f"INSERT INTO rounds (time, activated, version, parent, tiles, seconds) {numbers} SELECT '2026-01-01T00:00:00.000Z', 0, 'v' || i, 'tiny', 1, 1 FROM n", f"INSERT INTO gpkg_contents (table_name, data_type, identifier) {numbers} SELECT 't' || i, 'attributes', 'i' || i FROM n",
        f"INSERT INTO footprints (geom, uuid, tile_id) {numbers} SELECT geom, 'u' || i, tile_id FROM n, (SELECT geom, tile_id FROM footprints LIMIT 1)"])))  # fmt: skip


@campaign
def many_versions(place: Place, rng: Rng) -> Path:
    """Folders of versions without number, or with names that none may have."""
    path, folder = place.with_campaign(), place.workspace / "versions"
    for name in pick(rng, [[f"v{number:04}" for number in range(3_000)], ["\x1b[31m", "a\nb", " ", "-rf", "x" * 250], ["V001", "tiny.bak", ".hidden"]]):  # fmt: skip
        (folder / name).mkdir()
        (folder / name / "card.json").write_text(str(pick(rng, ["{}", "[", '{"id": "tiny"}'])))
    return path
