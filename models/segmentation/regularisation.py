"""Buildings have right angles: a footprint with its corners squared, where that keeps its shape."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.affinity import rotate
from shapely.geometry import Polygon

from .metrics import footprint_iou

KEEPS_ITS_SHAPE = 0.9


def square_corners(polygon: Polygon, minimum_edge: float) -> Polygon:
    """The polygon with each edge along its dominant direction or across it, and none below minimum_edge.

    The polygon itself is given back where the squared one would be invalid or its IoU with it below 0.9.
    """
    angle = dominant_direction(polygon)
    upright = rotate(polygon, -angle, origin=(0, 0), use_radians=True)
    shell, *holes = (_square(np.array(ring.coords), minimum_edge) for ring in [upright.exterior, *upright.interiors])
    if any(len(ring) == 0 for ring in (shell, *holes)):
        return polygon
    squared = rotate(Polygon(shell, holes), angle, origin=(0, 0), use_radians=True)
    keeps_shape = squared.is_valid and footprint_iou(squared, polygon) >= KEEPS_ITS_SHAPE
    return squared if keeps_shape else polygon


def dominant_direction(polygon: Polygon) -> float:
    """The direction of most of the outline in radians, -pi/4 to pi/4: directions at right angles are one.

    The mean of the edges' directions on a circle of 90 degrees, each by the square of its length.
    """
    edges = np.diff(shapely.get_coordinates(polygon.exterior), axis=0) @ [1, 1j]
    length = np.abs(edges)
    quarter_turns = (edges / length) ** 4  # the same for all four directions of a rectangle's edges
    return float(np.angle((length**2 * quarter_turns).sum()) / 4)


def _square(ring: NDArray[np.float64], minimum_edge: float) -> NDArray[np.float64]:
    """The corners (corner, 2) of an upright ring (point, 2) drawn with level and plumb lines only.

    Consecutive edges that are nearer to the same axis become one line. A ring without such a shape has none.
    """
    step, middle = np.diff(ring, axis=0), (ring[1:] + ring[:-1]) / 2
    level = np.abs(step[:, 0]) >= np.abs(step[:, 1])
    first = int(np.argmax(level & ~np.roll(level, 1)))  # a level edge that follows a plumb one
    step, middle, level = (np.roll(values, -first, axis=0) for values in (step, middle, level))
    line = np.cumsum(np.diff(level, prepend=level[:1]))  # (edge,): even lines are level, odd ones plumb
    edge_weight = np.where(level, np.abs(step[:, 0]), np.abs(step[:, 1]))
    weight = np.bincount(line, edge_weight)
    position = np.bincount(line, edge_weight * np.where(level, middle[:, 1], middle[:, 0])) / weight
    if len(position) < 4:
        return np.empty((0, 2))
    lines = _without_short_lines(np.column_stack([position, weight]), minimum_edge)
    y, x = lines[::2, 0], lines[1::2, 0]
    return np.column_stack([np.repeat(x, 2), np.roll(np.repeat(y, 2), -1)])


def _without_short_lines(lines: NDArray[np.float64], minimum_edge: float) -> NDArray[np.float64]:
    """The lines (line, 2), position and weight, level and plumb in turn round a ring, without short ones.

    A line is as long as its two neighbours are apart; without it they become one, at their mean by weight.
    """
    while len(lines) > 4:
        length = np.abs(np.roll(lines[:, 0], -1) - np.roll(lines[:, 0], 1))
        shortest = int(np.argmin(length))
        if length[shortest] >= minimum_edge:
            break
        turn = (shortest - 1) // 2 * 2  # an even number, so that level lines stay in the even places
        lines, place = np.roll(lines, -turn, axis=0), shortest - turn
        before, after = lines[place - 1], lines[place + 1]
        weight = before[1] + after[1]
        lines[place - 1] = (before.prod() + after.prod()) / weight, weight
        lines = np.delete(lines, [place, place + 1], axis=0)
    return lines
