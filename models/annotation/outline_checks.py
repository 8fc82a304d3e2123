"""Footprints that somebody has drawn for one tile, checked before they become labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from ..errors import BrokenOutline, LabelError
from ..imagery.grid import Bounds
from .labels import Labels

Footprint = Union[Polygon, MultiPolygon]


def checked_labels(labels: Labels, bounds: Bounds, repair: bool = False) -> Labels:
    """The labels, flat and valid, each sharing ground with the tile of these bounds; empty ones are left out.

    Raises BrokenOutline where one crosses itself, unless ``repair`` shall mend it, and LabelError where nothing is
    left after that or where one lies outside the tile: one that reaches over the edge is fine.
    """
    drawn = _not_empty(Labels(shapely.force_2d(labels.outlines), labels.classes))
    if repair and len(drawn):
        mended = np.array([polygons_of(shapely.make_valid(outline)) for outline in drawn.outlines], dtype=object)
        drawn = _not_empty(Labels(mended, drawn.classes))
        if not len(drawn):
            raise LabelError(
                "nothing-left-after-repair",
                "Nothing is left after the repair: the footprints have no area. Draw them anew.",
            )
    _refuse_broken(drawn.outlines)
    square = shapely.box(*bounds)
    outside = int((~shapely.intersects(drawn.outlines, square) | shapely.touches(drawn.outlines, square)).sum())
    if outside:
        raise LabelError(
            "footprints-outside-tile",
            "Outlines outside the tile: {outside}. Delete them, or move them onto it; one that reaches over the edge "
            "is fine.",
            outside=outside,
        )
    return drawn


def polygons_of(geometry: BaseGeometry | None) -> BaseGeometry:
    """The polygons in a geometry of any kind as one; empty where it has none."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(geometry)) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _not_empty(labels: Labels) -> Labels:
    return labels.part(~shapely.is_empty(labels.outlines) & ~shapely.is_missing(labels.outlines))


def _refuse_broken(drawn: NDArray[np.object_]) -> None:
    broken = drawn[~shapely.is_valid(drawn)]
    if broken.size:
        raise BrokenOutline(
            "outline-broken",
            "Outlines that cross themselves: {broken} ({reason}). Move the corners apart, or have them repaired.",
            broken=broken.size,
            reason=shapely.is_valid_reason(broken[0]),
        )


def check_classes_apart(labels: Labels, others: Labels, names: Sequence[str], least: float) -> None:
    """LabelError where labels of two classes share more ground than ``least``, in square units of the CRS.

    Also where one of the labels does so with one of the ``others``; what these share among themselves does not matter.
    """
    joined = labels.joined(others)
    first, second, shared = _shared(joined)
    shared = np.where(first < len(labels), shared, 0.0)
    if shared.max(initial=0) > least:
        worst = int(np.argmax(shared))
        one, other = first[worst], second[worst]
        here = shapely.intersection(joined.outlines[one], joined.outlines[other]).representative_point()
        raise LabelError(
            "classes-overlap",
            "Footprints of {one} and of {other} lie on the same ground, at x {x:.1f}, y {y:.1f} and {more} more "
            "places. Take the one off the other, or have the lower one cut (of a file: option class-order).",
            one=names[joined.classes[one] - 1],
            other=names[joined.classes[other] - 1],
            x=here.x,
            y=here.y,
            more=int((shared > least).sum()) - 1,
        )


def in_order(labels: Labels, order: Sequence[int]) -> Labels:
    """The labels without the ground of classes that come earlier in an order of all numbers; what is left of none."""
    rank = np.argsort(np.asarray(order))[labels.classes - 1]
    outlines = labels.outlines.copy()
    for one, other, _ in zip(*_shared(labels)):
        below, above = (one, other) if rank[one] > rank[other] else (other, one)
        outlines[below] = polygons_of(shapely.difference(outlines[below], labels.outlines[above]))
    return _not_empty(Labels(outlines, labels.classes))


def later_on_top(labels: Labels, others: Labels) -> Labels:
    """The labels without the ground of those of another class that come later, and of the ``others``.

    One that lies wholly inside another keeps its ground whichever came first: a house and the field around it. Raises
    LabelError where nothing would be left of one.
    """
    joined = labels.joined(others)
    outlines = joined.outlines.copy()
    for one, other, _ in zip(*_shared(joined)):  # the one comes first
        is_around = other < len(labels) and shapely.covers(joined.outlines[other], joined.outlines[one])
        below, above = (other, one) if is_around else (one, other)
        outlines[below] = polygons_of(shapely.difference(outlines[below], joined.outlines[above]))
    cut = Labels(outlines[: len(labels)], labels.classes)
    gone = int(shapely.is_empty(cut.outlines).sum())
    if gone:
        raise LabelError(
            "nothing-left-after-cut",
            "Nothing would be left of {gone} footprints, so much of another class lies on them. Delete them, or take "
            "the others off them.",
            gone=gone,
        )
    return cut


def _shared(labels: Labels) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """The places of pairs of footprints of two classes that meet, each pair once, and the area that they share."""
    first, second = shapely.STRtree(labels.outlines).query(labels.outlines, predicate="intersects")
    is_pair = (first < second) & (labels.classes[first] != labels.classes[second])
    first, second = first[is_pair], second[is_pair]
    return first, second, shapely.area(shapely.intersection(labels.outlines[first], labels.outlines[second]))
