"""Where labels live: footprints, tile states and an append-only log in the campaign's GeoPackage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry import GeometryCollection, MultiPolygon, Polygon

from ..annotation.draft import Draft
from ..annotation.labels import Labels
from ..annotation.outline_checks import Footprint, check_classes_apart
from ..errors import LabelError
from ..imagery.grid import Tile
from .campaign_file import stamp, unknown
from .campaign_log import ADOPT, FINISH
from .geopackage import decode, decode_all, encode, geometries_of, touch, widen_extent, wkb_of
from .records import FootprintRecord, TileState
from .tile_table import WHATEVER_CAME, TileTable

NO_CLASS = "no class"  # of what somebody has drawn without one
SAME_WITHIN = 0.01  # CRS units, a centimetre in metres: what a way through GeoJSON and back moves a corner


class LabelStore(TileTable):
    """Tiles, footprints and the log of a campaign. One object is for one thread; each may have its own."""

    def __enter__(self) -> LabelStore:
        return self

    def footprint_count(self) -> int:
        ((number,),) = self._rows("SELECT count(*) FROM footprints WHERE geom NOT NULL")
        return int(number)

    def finish(
        self,
        tile: Tile,
        footprints: Sequence[Footprint],
        annotator: str,
        now: datetime,
        *,
        imagery: str | None = None,
        state: TileState | None = None,
        offered: Sequence[Draft] = (),
        instead_of: Sequence[Footprint] = (),
        after: str | None = WHATEVER_CAME,
        keep_both: bool = False,
        classes: Sequence[str] | None = None,
        may_share: float | None = None,
    ) -> None:
        """Commit a tile with all its footprints: ``done``, ``empty`` without any, or the state given.

        A footprint that is there already, from a neighbour or from before, is not repeated; one that this
        tile brought before and does not bring now leaves the layer, and so does one that the annotator was shown
        (``instead_of``), whoever brought it. One that equals a draft that was ``offered`` has the model and that
        draft's version for its origin, every other one a human. ``classes`` are those of the footprints, in their
        order: one that is there already with another class is replaced. With ``may_share``, in square units of the
        CRS, two of different classes that share more ground than that are a LabelError, also where one of them is that
        of a neighbour. A campaign of one class names none.

        ``after`` is the uuid of the entry that had finished the tile last when the annotator began, None if none had:
        LabelError where there is another one by now, unless ``keep_both`` lets all stay that the annotator was not
        shown. LabelError also for a tile outside the campaign.
        """
        with self._change():
            if not keep_both:
                self._refuse_other_finish(tile, after)
            if classes is not None and may_share is not None:
                near = self.beside(tile, footprints, instead_of, keep_both)
                check_apart(footprints, classes, near, may_share)
            live = self._adopted(tile, self._touched(tile, [*footprints, *instead_of]), annotator, now)
            brought, removed = self._replace(
                tile, footprints, classes, live, instead_of, offered, annotator, now, keep_both
            )
            has_footprints = len(footprints) > 0 or (keep_both and len(self.footprints_in(tile)) > 0)
            state = state or (TileState.DONE if has_footprints else TileState.EMPTY)
            self._set_state(tile, state, annotator, now)
            geometry = MultiPolygon(_polygons(footprints))
            self._log(
                tile,
                FINISH,
                state,
                now,
                annotator,
                imagery=imagery,
                geometry=geometry,
                brought=brought,
                removed=removed,
            )

    def footprints_in(self, tile: Tile) -> list[Footprint]:
        """Every footprint that shares ground with a tile, whichever tile it was committed for."""
        return [outline for outline, _ in self.classed_footprints_in(tile)]

    def labels_in(self, tile: Tile, classes: Sequence[str]) -> Labels:
        """The same with the numbers of their classes among those that are mapped; of one class all are that one.

        LabelError where a footprint is of another class: as background it would teach what nobody has said.
        """
        found = self.classed_footprints_in(tile)
        if len(classes) == 1:
            return Labels.of_one_class([outline for outline, _ in found])
        number = {name: place for place, name in enumerate(classes, 1)}
        unknown = [of_class or "" for _, of_class in found if of_class not in number]
        if unknown:
            raise LabelError(
                "footprint-of-unknown-class",
                "A footprint on tile {tile} is of the class '{found}', and this campaign maps {classes}. Set its "
                "field class to one of these, in the layer footprints of {path}.",
                tile=tile.id,
                found=unknown[0],
                classes=", ".join(classes),
                path=self._path,
            )
        return Labels.of((outline, number[str(of_class)]) for outline, of_class in found)

    def classed_footprints_in(self, tile: Tile) -> list[tuple[Footprint, str | None]]:
        """The same with their classes, None in a campaign that maps one."""
        square = self._square(tile)
        left, bottom, right, top = square.bounds
        rows = self._rows(
            """SELECT geom, class FROM rtree_footprints_geom JOIN footprints ON fid = id
            WHERE minx <= ? AND miny <= ? AND maxx >= ? AND maxy >= ? ORDER BY fid""",
            (right, top, left, bottom),
        )
        footprints = _simplest(decode_all([blob for blob, _ in rows]))
        is_here = shapely.intersects(footprints, square) & ~shapely.touches(footprints, square)
        return [(outline, row[1]) for outline, row, here in zip(footprints, rows, is_here) if here]

    def all_footprints(self) -> geopandas.GeoDataFrame:
        """Every footprint with uuid, tile_id, annotator, created_at, origin, model_version and class."""
        columns = ["uuid", "tile_id", "annotator", "created_at", "origin", "model_version", "class"]
        rows = self._rows(
            """SELECT uuid, tile_id, annotator, created_at, origin, model_version, class, geom FROM footprints
            WHERE geom NOT NULL ORDER BY fid"""
        )
        table = pd.DataFrame([row[:-1] for row in rows], columns=columns, dtype=object)
        with self._readable("footprints"):
            table["created_at"] = pd.to_datetime(table["created_at"], utc=True)
        return geopandas.GeoDataFrame(table, geometry=_simplest(decode_all([row[-1] for row in rows])), crs=self.crs)

    def beside(
        self, tile: Tile, footprints: Sequence[Footprint], instead_of: Sequence[Footprint] = (), keep_both: bool = False
    ) -> list[FootprintRecord]:
        """What would stay, of all that is near, beside footprints with which a tile were finished: see ``finish``."""
        live = self._touched(tile, [*footprints, *instead_of])
        there = _normalized(geometries_of([record.wkb for record in live.values()]))
        leaving, drawn = self._leaving(tile, live, there, instead_of, keep_both), _normalized(footprints)
        return [
            record
            for outline, (fid, record) in zip(there, live.items())
            if fid not in leaving and (keep_both or _place_of(outline, drawn) is None)
        ]

    def _leaving(
        self,
        tile: Tile,
        live: dict[int, FootprintRecord],
        there: NDArray[np.object_],
        instead_of: Sequence[Footprint],
        keep_both: bool,
    ) -> set[int]:
        """The fids of what leaves the layer unless it is drawn again: what the annotator was shown, and without
        ``keep_both`` what the tile has brought, as far as it lies on it."""
        shown, square = _normalized(instead_of), self._square(tile)
        is_here = shapely.intersects(there, square) & ~shapely.touches(there, square)
        return {
            fid
            for outline, here, (fid, record) in zip(there, is_here, live.items())
            if (record.tile_id == tile.id and here and not keep_both) or _place_of(outline, shown) is not None
        }

    def _square(self, tile: Tile) -> Polygon:
        rows = self._rows("SELECT geom FROM tiles WHERE tile_id = ?", (tile.id,))
        if not rows:
            raise unknown(tile.id)
        (square,) = decode_all([blob for (blob,) in rows])
        return square

    def _touched(self, tile: Tile, footprints: Sequence[Footprint]) -> dict[int, FootprintRecord]:
        """By fid: the tile's footprints, those whose bounds meet some others', and those of the same uuids."""
        left, bottom, right, top = GeometryCollection(list(footprints)).bounds
        rows = self._rows(
            """WITH touched AS (SELECT fid, uuid FROM footprints WHERE tile_id = ? OR fid IN
            (SELECT id FROM rtree_footprints_geom WHERE minx <= ? AND miny <= ? AND maxx >= ? AND maxy >= ?))
            SELECT fid, uuid, tile_id, annotator, created_at, origin, model_version, geom, class FROM footprints
            WHERE geom NOT NULL AND (fid IN (SELECT fid FROM touched) OR uuid IN (SELECT uuid FROM touched))
            ORDER BY fid""",
            (tile.id, right, top, left, bottom),
        )
        return {
            fid: FootprintRecord(uuid or "", tile_id, annotator, created_at, origin, version, decode(blob), of_class)
            for fid, uuid, tile_id, annotator, created_at, origin, version, blob, of_class in rows
        }

    def _adopted(
        self, tile: Tile, live: dict[int, FootprintRecord], annotator: str, now: datetime
    ) -> dict[int, FootprintRecord]:
        """The same footprints after the log has learnt what was drawn, split, changed or deleted with QGIS's tools."""
        number = Counter(record.uuid for record in live.values())
        known = self._known_to_log(number)
        anew = {
            fid: replace(record, uuid=str(uuid4())) if not record.uuid or number[record.uuid] > 1 else record
            for fid, record in live.items()
        }
        foreign = [record for record in anew.values() if record != known.get(record.uuid)]
        gone = [uuid for uuid, times in number.items() if times > 1 and uuid in known] + self._lost(tile)
        if foreign or gone:
            self._connection.executemany(
                "UPDATE footprints SET uuid = ? WHERE fid = ?",
                [(record.uuid, fid) for fid, record in anew.items() if record is not live[fid]],
            )
            self._log(tile, ADOPT, self.tile(tile.id).state, now, annotator, brought=foreign, removed=gone)
        return anew

    def _replace(
        self,
        tile: Tile,
        footprints: Sequence[Footprint],
        classes: Sequence[str] | None,
        live: dict[int, FootprintRecord],
        instead_of: Sequence[Footprint],
        offered: Sequence[Draft],
        annotator: str,
        now: datetime,
        keep_both: bool,
    ) -> tuple[list[FootprintRecord], list[str]]:
        """Make these the footprints of the tile, leaving alone what neighbours have brought and nobody replaces.

        Gives what was brought and the uuids of what was removed.
        """
        outlines, fids = _normalized(footprints), np.array(list(live), np.int64)
        there = _normalized(geometries_of([record.wkb for record in live.values()]))
        classes_there = np.array([record.of_class for record in live.values()], dtype=object)
        drafts = _normalized([draft.outline for draft in offered])
        replaced = self._leaving(tile, live, there, instead_of, keep_both)
        brought: list[FootprintRecord] = []
        for position, outline in enumerate(outlines):
            same = shapely.equals_exact(there, outline, SAME_WITHIN)
            of_class = classes[position] if classes else None
            if classes is not None:
                is_other_class = same & (classes_there != of_class)
                if not keep_both:
                    replaced |= set(fids[is_other_class].tolist())
                same &= ~is_other_class
            replaced -= set(fids[same].tolist())
            earlier = [place for place in range(position) if not classes or classes[place] == of_class]
            if not same.any() and _place_of(outline, outlines[earlier]) is None:
                alike = np.flatnonzero(shapely.equals_exact(drafts, outline, SAME_WITHIN))
                accepted = [offered[place].version for place in alike if offered[place].of_class == of_class]
                origin, version = ("model", accepted[-1]) if accepted else ("human", None)
                multi = MultiPolygon(_polygons([footprints[position]]))
                source = (str(uuid4()), tile.id, annotator, stamp(now), origin, version)
                record = FootprintRecord(*source, wkb_of(multi), of_class)
                self._insert(record, multi)
                brought.append(record)
        if brought:
            widen_extent(self._connection, "footprints", GeometryCollection(list(footprints)).bounds)
        self._connection.executemany("DELETE FROM footprints WHERE fid = ?", [(fid,) for fid in replaced])
        touch(self._connection, "footprints")
        return brought, [live[fid].uuid for fid in sorted(replaced)]

    def _insert(self, record: FootprintRecord, footprint: MultiPolygon) -> None:
        self._connection.execute(
            """INSERT INTO footprints (geom, uuid, tile_id, annotator, created_at, origin, model_version, class)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                encode(footprint, self._srs_id),
                record.uuid,
                record.tile_id,
                record.annotator,
                record.created_at,
                record.origin,
                record.model_version,
                record.of_class,
            ),
        )


def check_apart(
    footprints: Sequence[Footprint], classes: Sequence[str], near: Sequence[FootprintRecord], may_share: float
) -> None:
    """LabelError where footprints share more ground with one of another class than they may: see ``finish``."""
    names = sorted({*classes, *(record.of_class or NO_CLASS for record in near)})
    number = {name: place for place, name in enumerate(names, 1)}
    labels = Labels.of(zip(footprints, [number[name] for name in classes]))
    check_classes_apart(labels, labels_of_records(near, number), names, may_share)


def labels_of_records(records: Sequence[FootprintRecord], number: Mapping[str, int]) -> Labels:
    """Footprints as labels, made valid: what was drawn with QGIS's tools may cross itself."""
    outlines = shapely.make_valid(geometries_of([record.wkb for record in records]))
    classes = [number[record.of_class or NO_CLASS] for record in records]
    return Labels(np.asarray(outlines, dtype=object), np.array(classes, np.uint8))


def _polygons(footprints: Sequence[Footprint]) -> list[Polygon]:
    return list(shapely.get_parts(np.array(footprints, dtype=object)))


def _normalized(footprints: Sequence[Footprint] | NDArray[np.object_]) -> NDArray[np.object_]:
    normalized: NDArray[np.object_] = shapely.normalize(_simplest(np.array(footprints, dtype=object)))
    return normalized


def _place_of(outline: Footprint, known: NDArray[np.object_]) -> int | None:
    """Where an outline is among known ones, all normalized; None where it is not."""
    places = np.flatnonzero(shapely.equals_exact(known, outline, SAME_WITHIN))
    return int(places[0]) if places.size else None


def _simplest(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    """What is one polygon as a Polygon, though the layer holds it as multi."""
    return np.where(shapely.get_num_geometries(outlines) == 1, shapely.get_geometry(outlines, 0), outlines)
