"""What the GeoPackage of a campaign may hold, looked at before anything of it runs: it may come from a stranger.

Triggers and views are programs. Ours are known by their text, those that GDAL writes by what they may touch; another
one is refused by its name.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from ..errors import WorkspaceError

Objects = tuple[tuple[str, str, str, str], ...]  # type, name, table, statement

TOKEN = re.compile(r""""(?:[^"]|"")*"|'(?:[^']|'')*'|\w+|[^\s\w]""")
COUNT = (
    "update gpkg_ogr_contents set feature_count = feature_count {sign} 1 where lower ( table_name ) = lower ( {table} )"
)
# What GDAL's triggers say that keep a spatial index, beside the names of table, column, index and key: nothing that
# could read, compute or loop.
INDEXING = frozenset(
    TOKEN.findall(
        """create trigger after insert update delete of on when old new not null notnull isnull and or begin end replace
        into values from where in id set minx maxx miny maxy st_isempty st_minx st_maxx st_miny st_maxy . , ; ( ) = !"""
    )
)
COLUMNS = {  # by table; the rest of a table is the user's own
    "tiles": "fid geom tile_id row column_ split state priority rank predicted_iou uncertainty novelty reason version "
    "annotator finished_at",
    "footprints": "fid geom uuid tile_id annotator origin model_version created_at",
    "log": "fid uuid time annotator tile_id action state imagery model_version origin geometry",
    "rounds": "fid time version parent tiles exam_iou_before exam_iou_after activated seconds",
    "tile_quality": "fid tile_id version iou",
    "settings": "fid key value",
    "gpkg_contents": "table_name last_change min_x min_y max_x max_y srs_id",
    "gpkg_spatial_ref_sys": "srs_id organization organization_coordsys_id definition",
    "rtree_tiles_geom": "id minx maxx miny maxy",
    "rtree_footprints_geom": "id minx maxx miny maxy",
}
COLUMNS_OF_2 = {
    "log_footprints": "fid entry change uuid tile_id annotator created_at origin model_version geometry",
    "claims": "fid tile_id session annotator until state_before",
    "tile_quality": "statistics embedding",
    "rounds": "exam_tiles",
}
COLUMNS_OF_3 = {
    "drawn_rounds": "fid uuid time version strategy seed outside",
    "drawn_tiles": "fid round tile_id probability",
    "tile_quality": "tp fp fn",
}
COLUMNS_OF_4 = {"map_quality": "fid time version tiles minutes iou iou_low iou_high"}
COLUMNS_OF_5 = {"tile_quality": "footprint_tp footprint_fp footprint_fn"}
COLUMNS_OF_6: Mapping[str, str] = {}  # it gave tiles beside the exam back
COLUMNS_OF_7 = {"footprints": "class", "log_footprints": "class"}
COLUMNS_OF_SCHEMAS = (
    COLUMNS,
    COLUMNS_OF_2,
    COLUMNS_OF_3,
    COLUMNS_OF_4,
    COLUMNS_OF_5,
    COLUMNS_OF_6,
    COLUMNS_OF_7,
)


def objects_of(connection: sqlite3.Connection) -> Objects:
    """Type, name, table and statement of everything that a statement has made; nothing of it runs."""
    return tuple(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql NOT NULL"))


def check_objects(objects: Objects, path: Path, own: tuple[str, ...]) -> None:
    """WorkspaceError where the file has a trigger or a view that is neither in ``own``, the statements that make
    ours, nor of those that GDAL writes; or an index on an expression, or a virtual table of another kind.
    """
    unknown = _unknown(objects, own)
    if unknown:
        kind, name = unknown
        raise WorkspaceError(
            "geopackage-with-programs",
            "'{path}' has a {kind} of its own, {name}, which could change labels without being seen. Nothing was "
            "opened. Take the campaign from its source again, or drop the {kind} if it is yours.",
            path=path,
            kind=kind,
            name=repr(name),
        )


def check_columns(objects: Objects, path: Path, version: int) -> None:
    """WorkspaceError where a table or column of a schema version is missing, or is computed instead of kept."""
    incomplete = _incomplete(objects, version)
    if incomplete:
        table, missing = incomplete
        raise WorkspaceError(
            "geopackage-incomplete",
            "'{path}' is damaged: its table {table} lacks {missing}. Restore it from a copy.",
            path=path,
            table=table,
            missing=missing,
        )


@lru_cache(10)  # a campaign is opened for every tile
def _incomplete(objects: Objects, version: int) -> tuple[str, str] | None:
    """The first table that lacks columns of a schema version, and these; None where all are there."""
    statements = {name: sql for kind, name, _, sql in objects if kind == "table"}
    for columns in COLUMNS_OF_SCHEMAS[:version]:
        for table, names in columns.items():
            missing = set(names.split()) - _columns(statements.get(table))
            if missing:
                return table, ", ".join(sorted(missing))
    return None


def _columns(statement: str | None) -> frozenset[str]:
    """The columns that a table made by this statement keeps; none where there is no table."""
    if statement is None:
        return frozenset()
    with closing(sqlite3.connect(":memory:")) as alike:
        alike.execute(statement)
        ((table,),) = alike.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid LIMIT 1")
        columns = alike.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0", (table,))
        return frozenset(name for (name,) in columns)


@lru_cache(10)
def _unknown(objects: Objects, own: tuple[str, ...]) -> tuple[str, str] | None:
    """Kind and name of the first object that is not known; None where all are."""
    for kind, name, table, sql in objects:
        if sql not in own and not KNOWN[kind](name, table, list(_tokens(sql))):
            return kind, name
    return None


def _is_trigger(name: str, table: str, tokens: list[str]) -> bool:
    return _keeps_index(name, table, tokens) or _counts_features(name, table, tokens) or _refuses(name, table, tokens)


def _keeps_index(name: str, table: str, tokens: list[str]) -> bool:
    """Whether it is one of GDAL's that keep a spatial index: it can change nothing but that index."""
    index = re.fullmatch(f"(rtree_{re.escape(table)}_(.+))_(insert|update[1-7]|delete)", name, re.IGNORECASE)
    if index is None:
        return False
    names = {word.lower() for word in (name, table, index[1], index[2])}
    of_key = set(tokens) - INDEXING - names
    changed = {after for word, after in zip(tokens, tokens[1:]) if word in ("into", "from", "update")} - {"of", "on"}
    return len(of_key) <= 1 and not (of_key | names) & {"select", "with"} and changed <= {index[1].lower()}


def _counts_features(name: str, table: str, tokens: list[str]) -> bool:
    body = " ".join(tokens[tokens.index("begin") + 1 : -2]) if "begin" in tokens else ""
    table = table.lower()
    head = [["after", event, "on", table] for event in ("insert", "delete")]
    return tokens[3 : tokens.index("begin") if body else 3] in head and body in (
        COUNT.format(sign="+", table=table),
        COUNT.format(sign="-", table=table),
    )


def _refuses(name: str, table: str, tokens: list[str]) -> bool:
    """Whether it is one of those of the GeoPackage standard that refuse numbers out of range."""
    words = " ".join(tokens)
    return table in ("gpkg_tile_matrix", "gpkg_metadata", "gpkg_metadata_reference") and bool(
        re.fullmatch(
            r"create trigger \w+ before (insert|update( of \w+)?) on \w+ for each row "
            r"begin select raise \( abort , [^()]* \) where (not )?\( new \. \w+ [<>] \d+ \) ; end",
            words,
        )
    )


def _is_index(name: str, table: str, tokens: list[str]) -> bool:
    """An index on plain columns, of all rows."""
    return tokens.count("(") == 1 and "where" not in tokens


def _is_table(name: str, table: str, tokens: list[str]) -> bool:
    return "virtual" not in tokens[:3] or (name.startswith("rtree_") and tokens[4:7] == ["using", "rtree", "("])


KNOWN: dict[str, Callable[[str, str, list[str]], bool]] = {
    "table": _is_table,
    "index": _is_index,
    "trigger": _is_trigger,
    "view": lambda name, table, tokens: False,
}


def _tokens(sql: str) -> Iterator[str]:
    for token in TOKEN.findall(sql):
        yield (token[1:-1] if token[0] in "\"'" else token).lower()
