"""Where labels live: footprints, tile states and an append-only log in the campaign's GeoPackage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
from ..imagery.grid import Bounds, Tile
from .campaign_file import stamp, unknown
from .campaign_log import ADOPT, FINISH
from .geopackage import decode, decode_all, encode, geometries_of, touch, widen_extent, wkb_of
from .records import FootprintRecord, TileState
from .tile_table import WHATEVER_CAME, TileTable

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
        may_share: float = 0.0,
    ) -> None:
        """Commit a tile with all its footprints: ``done``, ``empty`` without any, or the state given.

        A footprint that is there already, from a neighbour or from before, is not repeated; one that this
        tile brought before and does not bring now leaves the layer, and so does one that the annotator was shown
        (``instead_of``), whoever brought it. One that equals a draft that was ``offered`` has the model and that
        draft's version for its origin, every other one a human. ``classes`` are those of the footprints, in their
        order: one that is there already with another class is replaced, and two of different classes that share more
        ground than ``may_share``, in square units of the CRS, are a LabelError. A campaign of one class names none.

        ``after`` is the uuid of the entry that had finished the tile last when the annotator began, None if none had:
        LabelError where there is another one by now, unless ``keep_both`` lets all stay that the annotator was not
        shown. LabelError also for a tile outside the campaign.
        """
        with self._change():
            if not keep_both:
                self._refuse_other_finish(tile, after)
            live = self._adopted(tile, self._touched(tile, [*footprints, *instead_of]), annotator, now)
            brought, removed = self._replace(
                tile, footprints, classes, live, instead_of, offered, annotator, now, keep_both
            )
            if classes is not None:
                self._refuse_overlap(footprints, may_share)
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
        rows = self._rows("SELECT geom FROM tiles WHERE tile_id = ?", (tile.id,))
        if not rows:
            raise unknown(tile.id)
        (square,) = decode_all([blob for (blob,) in rows])
        footprints, classes = self._near(square.bounds)
        is_here = shapely.intersects(footprints, square) & ~shapely.touches(footprints, square)
        return [(outline, each) for outline, each, here in zip(footprints, classes, is_here) if here]

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

    def _near(self, bounds: Bounds) -> tuple[NDArray[np.object_], list[str | None]]:
        """The footprints whose bounds meet these, and their classes."""
        left, bottom, right, top = bounds
        rows = self._rows(
            """SELECT geom, class FROM rtree_footprints_geom JOIN footprints ON fid = id
            WHERE minx <= ? AND miny <= ? AND maxx >= ? AND maxy >= ? ORDER BY fid""",
            (right, top, left, bottom),
        )
        return _simplest(decode_all([blob for blob, _ in rows])), [of_class for _, of_class in rows]

    def _refuse_overlap(self, footprints: Sequence[Footprint], may_share: float) -> None:
        """LabelError where what was just finished shares ground with a footprint of another class, on any tile."""
        if not footprints:
            return
        outlines, classes = self._near(GeometryCollection(list(footprints)).bounds)
        names = sorted({each or "" for each in classes})
        numbers = np.array([names.index(each or "") + 1 for each in classes], np.uint8)
        meets = shapely.intersects(outlines, shapely.union_all(np.array(footprints, dtype=object)))
        check_classes_apart(Labels(outlines, numbers).part(meets), names, may_share)

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
        shown, drafts = _normalized(instead_of), _normalized([draft.outline for draft in offered])
        replaced = {
            fid
            for outline, (fid, record) in zip(there, live.items())
            if (record.tile_id == tile.id and not keep_both) or _place_of(outline, shown) is not None
        }
        brought: list[FootprintRecord] = []
        for position, outline in enumerate(outlines):
            same = shapely.equals_exact(there, outline, SAME_WITHIN)
            if classes is not None:
                is_other_class = same & (classes_there != classes[position])
                replaced |= set(fids[is_other_class].tolist())
                same &= ~is_other_class
            replaced -= set(fids[same].tolist())
            if not same.any() and _place_of(outline, outlines[:position]) is None:
                of_class, place = classes[position] if classes else None, _place_of(outline, drafts)
                draft = None if place is None or offered[place].of_class != of_class else offered[place]
                origin, version = ("model", draft.version) if draft else ("human", None)
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
