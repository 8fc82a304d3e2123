"""The sample scene: an invented village, town and hamlet seen from a drone, with their building footprints.

``python tests/tools/sample_scene.py`` writes resources/sample/. Nothing in it is real: a layout of streets, parcels,
houses and trees is drawn at random (seeded), painted as colour and height, and lit by one sun, so that slopes and
shadows agree. Distances are metres, x to the right and y down from the upper left corner of the scene.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Callable

import numpy as np
import rasterio
import shapely
from affine import Affine
from PIL import Image
from rasterio.features import rasterize
from rasterio.shutil import copy as copy_raster
from rasterio.warp import transform_geom
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter, gaussian_filter1d
from shapely import STRtree, affinity
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box, mapping
from shapely.ops import unary_union

WIDTH, DEPTH = 460.8, 345.6
LEFT, TOP, CRS = 170000.0, 5000.0, "EPSG:32631"  # at 0 N 0 E there is only sea
SUN = np.array([-0.42, -0.36, 0.83])  # towards the sun: x, y, up
SKY = 0.52  # share of the light that also reaches the shadows

TIN, RUST, BLUE, CLAY = (190, 198, 201), (132, 90, 69), (70, 118, 164), (142, 84, 68)
CONCRETE = (166, 160, 150), (184, 178, 165), (150, 146, 141), (178, 160, 146), (141, 143, 142)
THATCH, SOIL, SAND, MUD = (112, 97, 76), (167, 140, 108), (193, 173, 140), (140, 122, 101)
GRASS, DRY, LUSH, WATER = (118, 128, 74), (150, 143, 98), (88, 112, 55), (88, 98, 82)
CROPS = (150, 126, 96), (172, 152, 116), (118, 128, 70), (92, 116, 56), (146, 140, 88), (122, 102, 82)
LEAVES = (68, 88, 46), (80, 98, 52), (62, 80, 46), (92, 106, 58), (84, 94, 58)
ASPHALT, WHEEL_TRACK = (134, 130, 125), (118, 115, 112)
SHEDS = BLUE, TIN, RUST, TIN, (150, 70, 62)
TANKS = (36, 38, 42), (40, 76, 120), (62, 128, 104), (206, 206, 200), (120, 84, 60), (70, 96, 50)
CARS = (225, 226, 226), (60, 62, 66), (150, 40, 38), (170, 172, 174), (52, 84, 130)
CLUTTER = (190, 186, 176), (120, 96, 76), (76, 92, 60), (92, 110, 128), (70, 66, 62)


@dataclass(frozen=True)
class Box:
    """A rectangle turned by an angle in radians; u runs along its width, v along its depth, from its centre."""

    x: float
    y: float
    width: float
    depth: float
    angle: float = 0.0

    def part(self, u: float, v: float, width: float, depth: float) -> Box:
        """A smaller box centred on (u, v) of this one."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        return Box(self.x + u * cos - v * sin, self.y + u * sin + v * cos, width, depth, self.angle)

    @property
    def polygon(self) -> Polygon:
        upright = box(-self.width / 2, -self.depth / 2, self.width / 2, self.depth / 2)
        turned = affinity.rotate(upright, self.angle, origin=(0, 0), use_radians=True)
        return affinity.translate(turned, self.x, self.y)


@dataclass(frozen=True)
class House:
    """Boxes under one roof; kind is tin, concrete, clay, thatch or walls (unfinished)."""

    kind: str
    boxes: tuple[Box, ...]

    @cached_property
    def footprint(self) -> Polygon:
        outline = unary_union([part.polygon.buffer(0.02, join_style="mitre") for part in self.boxes])
        if self.kind == "thatch" and self.boxes[0].width == self.boxes[0].depth:
            return Point(self.boxes[0].x, self.boxes[0].y).buffer(self.boxes[0].width / 2, quad_segs=4)
        return outline


@dataclass(frozen=True)
class Layout:
    """What stands where, before anything is painted."""

    roads: list[tuple[LineString, float, str]]
    river: Polygon
    parcels: list[Box]
    pitch: Box
    houses: list[House]
    town: Polygon
    trees: list[tuple[float, float, float, bool]]  # x, y, radius, is a palm


def write_sample(folder: Path, seed: int = 11, gsd_metres: float = 0.15, quality: int = 58) -> None:
    """scene.tif (RGB, JPEG, overviews), labels.geojson (EPSG:4326) and README.md in the folder."""
    rng = np.random.default_rng(seed)
    layout = lay_out(rng)
    folder.mkdir(parents=True, exist_ok=True)
    _write_scene(folder / "scene.tif", paint(layout, rng, gsd_metres), gsd_metres, quality)
    _write_labels(folder / "labels.geojson", layout.houses)
    (folder / "README.md").write_text(README.format(seed=seed, houses=len(layout.houses)), encoding="utf-8")


# Layout


def lay_out(rng: np.random.Generator) -> Layout:
    """A tin-roofed village in the north-west, a concrete town in the south-east, a thatched hamlet between."""
    roads = _roads()
    river = _curve([(-15, 318), (40, 300), (110, 338), (190, 326), (262, 336), (300, 360)]).buffer(5.5)
    pitch = Box(228, 118, 74, 46, -0.2)
    parcels = [
        *_subdivide(rng, Box(392, 52, 178, 92, -0.12), 34, _field_gap),
        *_subdivide(rng, Box(222, 248, 74, 104, -0.17), 27, _field_gap),
        *_subdivide(rng, Box(238, 22, 92, 46, 0.06), 24, _field_gap),
        *_subdivide(rng, Box(30, 262, 52, 50, 0.2), 18, _field_gap),
    ]
    verges = [line.buffer(width / 2 + 1.2) for line, width, _ in roads]
    roadway = unary_union([*verges, river.buffer(4), pitch.polygon])
    houses: list[House] = []
    _add(houses, _school(), roadway)
    _add(houses, _village(rng, roads), roadway, gap=2.2)
    _add(houses, _hamlet(rng), roadway, gap=2.5)
    town_box = Box(378, 244, 168, 190, -0.11)
    _add(houses, _town(rng, town_box), roadway, gap=0.05)
    _add(houses, _farms(rng), roadway, gap=4)
    in_town = [house.footprint for house in houses if house.footprint.centroid.within(town_box.polygon)]
    town = unary_union([footprint.buffer(7) for footprint in in_town]).buffer(-3)
    parcels = [p for p in parcels if not p.polygon.intersects(roadway.buffer(-1.1))]
    return Layout(roads, river, parcels, pitch, houses, town, _trees(rng, roadway, river, parcels, houses))


def _curve(points: Sequence[tuple[float, float]]) -> LineString:
    """A smooth line through the points."""
    spline = CubicSpline(np.arange(len(points)), points)
    return LineString(spline(np.linspace(0, len(points) - 1, 24 * len(points))))


def _roads() -> list[tuple[LineString, float, str]]:
    return [
        (_curve([(-15, 236), (90, 206), (200, 178), (300, 151), (475, 128)]), 8.5, "asphalt"),
        (_curve([(118, -10), (128, 50), (113, 105), (120, 150), (136, 196)]), 4.0, "dirt"),
        (_curve([(-10, 92), (50, 104), (113, 105), (176, 86), (188, 52), (270, 60), (300, 54)]), 3.2, "dirt"),
        (_curve([(300, 54), (303, 100), (296, 152)]), 3.2, "dirt"),
        (_curve([(300, 54), (296, 20), (304, -10)]), 3.0, "dirt"),
        (
            _curve([(62, 214), (66, 252), (92, 288), (148, 296), (180, 282), (184, 240), (172, 186)]),
            3.0,
            "dirt",
        ),
        (_curve([(92, 288), (84, 318), (96, 360)]), 2.4, "dirt"),
        (_curve([(20, 226), (26, 160), (50, 104)]), 2.6, "dirt"),
        (_curve([(113, 105), (80, 62), (60, 20), (56, -10)]), 2.4, "dirt"),
        (_curve([(268, 160), (276, 230), (286, 300), (282, 360)]), 4.2, "dirt"),
    ]


def _field_gap(side: float, rng: np.random.Generator) -> float:
    return 1.6


def _town_gap(side: float, rng: np.random.Generator) -> float:
    """Streets between the quarters, lanes between the blocks, slits between the houses."""
    if side > 52:
        return 5.5 if side > 100 else 3.6
    return rng.uniform(0.8, 2.2) if side > 26 else rng.uniform(0.3, 0.9)


def _subdivide(
    rng: np.random.Generator,
    area: Box,
    size: float,
    gap: Callable[[float, np.random.Generator], float],
    crooked: float = 0.0,
) -> Iterator[Box]:
    """Cut a box in two, again and again, until the pieces are about the wanted size.

    Between the pieces stays a gap; where crooked, large pieces turn a little against each other.
    """
    along = area.width >= area.depth
    side = max(area.width, area.depth)
    if side < size * rng.uniform(0.8, 1.5):
        yield area
        return
    cut, free = rng.uniform(0.36, 0.64), gap(side, rng)
    for start, end in ((-0.5, cut - 0.5), (cut - 0.5, 0.5)):
        middle, length = side * (start + end) / 2, side * (end - start) - free
        lies = (middle, 0, length, area.depth) if along else (0, middle, area.width, length)
        piece = area.part(*lies)
        if crooked and side > 45:
            piece = replace(piece, angle=piece.angle + rng.normal(0, crooked))
        yield from _subdivide(rng, piece, size, gap, crooked)


def _add(houses: list[House], wanted: Iterator[House], roadway: Polygon, gap: float = 1.0) -> None:
    """Build those of the wanted houses that stand inside the scene, free of the roads and of each other."""
    inside = box(1, 1, WIDTH - 1, DEPTH - 1)
    for house in wanted:
        footprint = house.footprint
        others = [other.footprint for other in houses]
        if not footprint.within(inside) or footprint.intersects(roadway):
            continue
        if not houses or shapely.distance(footprint, others).min() > gap:
            houses.append(house)


def _school() -> Iterator[House]:
    for x, y, width, depth, angle in ((30, 48, 9, 42, 0.08), (62, 82, 34, 8.5, 0.1), (84, 28, 8, 30, 0.12)):
        yield House("tin", (Box(x, y, width, depth, angle),))
    yard = Box(152, 26, 30, 27, 0.09)
    yield House("tin", (yard.part(0, -10, 30, 7), yard.part(-11.5, 0, 7, 27), yard.part(11.5, 2, 7, 24)))


def _village(rng: np.random.Generator, roads: list[tuple[LineString, float, str]]) -> Iterator[House]:
    paths = [line for line, _, kind in roads if kind == "dirt"]
    for _ in range(900):
        x, y = rng.normal((104, 128), (52, 52))
        if y > 226 - 0.27 * x or x > 192:
            continue
        path = min(paths, key=Point(x, y).distance)
        at = path.project(Point(x, y))
        ahead, behind = path.interpolate(at + 3), path.interpolate(at - 3)
        along = np.arctan2(ahead.y - behind.y, ahead.x - behind.x)
        angle = along + rng.normal(0, 0.1) + rng.choice((0, np.pi / 2))
        width = rng.choice((rng.uniform(4, 7), rng.uniform(8, 14)), p=(0.3, 0.7))
        main = Box(x, y, width, width * rng.uniform(0.6, 0.95), angle)
        yield House("walls" if rng.random() < 0.06 else "tin", _with_wing(rng, main))


def _with_wing(rng: np.random.Generator, main: Box) -> tuple[Box, ...]:
    """The main roof, and on every third house a lower wing that sticks out of it."""
    if rng.random() < 0.66 or main.width < 8:
        return (main,)
    width, depth = main.width * rng.uniform(0.35, 0.6), main.depth * rng.uniform(0.6, 0.9)
    side, end = rng.choice((-1, 1), 2)
    return main, main.part(end * (main.width - width) / 2, side * (main.depth + depth) / 2.4, width, depth)


def _hamlet(rng: np.random.Generator) -> Iterator[House]:
    for _ in range(260):
        x, y = rng.normal((128, 262), (30, 20))
        width = rng.uniform(4.5, 6.5) if rng.random() < 0.45 else rng.uniform(6.5, 10)
        depth = width if width < 6.5 else width * rng.uniform(0.6, 0.75)
        yield House("thatch", (Box(x, y, width, depth, rng.normal(0.3, 0.5)),))


def _town(rng: np.random.Generator, area: Box) -> Iterator[House]:
    for lot in _subdivide(rng, area, 10.5, _town_gap, crooked=0.05):
        away = np.hypot((lot.x - area.x) / area.width, (lot.y - area.y) / area.depth) * 2
        if rng.random() < 0.06 + 0.7 * np.clip(away - 0.75, 0, 1) or min(lot.width, lot.depth) < 3:
            continue
        kind = rng.choice(("concrete", "tin", "clay", "walls"), p=(0.62, 0.24, 0.10, 0.04))
        bent = lot.angle + 0.05 * np.sin(lot.x / 31) + rng.normal(0, 0.012)
        width, depth = lot.width * rng.uniform(0.9, 1), lot.depth * rng.uniform(0.9, 1)
        yield House(kind, (Box(lot.x, lot.y, width, depth, bent),))


def _farms(rng: np.random.Generator) -> Iterator[House]:
    for _ in range(60):
        x, y, width = rng.uniform(200, 450), rng.uniform(8, 145), rng.uniform(5, 12)
        kind = rng.choice(("tin", "thatch", "clay"))
        yield House(kind, (Box(x, y, width, width * 0.7, rng.uniform(0, 3)),))


def _trees(
    rng: np.random.Generator, roadway: Polygon, river: Polygon, parcels: list[Box], houses: list[House]
) -> list[tuple[float, float, float, bool]]:
    """Trees and bushes in groves, along the river and between the parcels; none on a road or a roof."""
    blocked = STRtree([*roadway.geoms] if roadway.geom_type == "MultiPolygon" else [roadway])
    roofs, fields = STRtree([h.footprint for h in houses]), STRtree([p.polygon.buffer(-1.5) for p in parcels])
    groves = rng.uniform((0, 0, 9), (WIDTH, DEPTH, 34), (58, 3))
    trees = []
    for _ in range(13000):
        x, y = rng.uniform((0, 0), (WIDTH, DEPTH))
        at, palm = Point(x, y), rng.random() < 0.08
        radius = rng.uniform(0.4, 1.1) if rng.random() < 0.5 else rng.gamma(6, 0.36) + 0.8
        wooded = np.exp(-(((groves[:, :2] - (x, y)) / groves[:, 2:]) ** 2).sum(1)).max()
        near_river = np.exp(-river.distance(at) / 7)
        if rng.random() > 0.035 + 0.75 * wooded**2 + 0.5 * near_river:
            continue
        crowded = fields.query(at, "dwithin", 0.0).size and rng.random() < 0.94
        near = [(blocked, 0.7), (roofs, 0.75)]
        if not crowded and not any(tree.query(at, "dwithin", radius * share).size for tree, share in near):
            trees.append((x, y, 2.7 if palm else radius, palm))
    return trees


# Paint


class Canvas:
    """Colour (row, column, band) and height in metres (row, column) of the scene while it is painted."""

    def __init__(self, rng: np.random.Generator, gsd_metres: float) -> None:
        self.rng, self.gsd = rng, gsd_metres
        self.shape = round(DEPTH / gsd_metres), round(WIDTH / gsd_metres)
        self.colour = np.zeros((*self.shape, 3), np.float32)
        self.height = np.zeros(self.shape, np.float32)
        self.grain = self.noise(0.9, 2.2, 6.0)  # what every roof takes its stains from
        self.leaves = self.noise(0.5, 0.9)  # what every crown takes its clumps from

    def noise(self, *scales_metres: float) -> np.ndarray:
        """Smooth noise (row, column) with deviation of about 1, the sum of some sizes of blotches."""
        total = np.zeros(self.shape, np.float32)
        for scale in scales_metres:
            knots = self.rng.normal(size=(int(DEPTH / scale) + 3, int(WIDTH / scale) + 3)).astype(np.float32)
            image = Image.fromarray(knots).resize(self.shape[::-1], Image.BICUBIC)
            total += np.asarray(image) * 1.4 / np.sqrt(len(scales_metres))
        return total

    def mask(self, shapes: Sequence[Polygon | MultiPolygon], soft_metres: float) -> np.ndarray:
        """1 inside the shapes, 0 outside, fading over the given distance."""
        shapes = [shape for shape in shapes if not shape.is_empty]
        if not shapes:
            return np.zeros(self.shape, np.float32)
        hard = rasterize(shapes, self.shape, transform=Affine.scale(self.gsd)).astype(np.float32)
        return gaussian_filter(hard, soft_metres / self.gsd)

    def blend(self, colour: Sequence[float], share: np.ndarray) -> None:
        """Paint the ground with a colour where share is 1."""
        self.colour += (np.asarray(colour, np.float32) - self.colour) * np.clip(share, 0, 1)[..., None]

    def local(self, place: Box, margin: float = 0.0) -> tuple[tuple[slice, slice], np.ndarray, np.ndarray]:
        """The window around a box and, for its pixels, u and v in metres from the centre of the box."""
        left, top, right, bottom = place.polygon.buffer(margin + self.gsd).bounds
        rows, columns = (
            slice(*np.clip((int(start / self.gsd), int(end / self.gsd) + 1), 0, size))
            for start, end, size in ((top, bottom, self.shape[0]), (left, right, self.shape[1]))
        )
        y, x = np.mgrid[rows, columns].astype(np.float32)
        x, y = (x + 0.5) * self.gsd - place.x, (y + 0.5) * self.gsd - place.y
        cos, sin = np.cos(place.angle), np.sin(place.angle)
        return (rows, columns), x * cos + y * sin, y * cos - x * sin

    def cover(
        self, window: tuple[slice, slice], inside: np.ndarray, height: np.ndarray | float, colour: np.ndarray
    ) -> None:
        """Put something on the scene; it hides what is lower."""
        seen = inside & (height > self.height[window])
        self.height[window][seen] = np.broadcast_to(height, seen.shape)[seen]
        self.colour[window][seen] = np.broadcast_to(colour, (*seen.shape, 3))[seen]


def paint(layout: Layout, rng: np.random.Generator, gsd_metres: float) -> np.ndarray:
    """The scene as uint8 (row, column, band)."""
    canvas = Canvas(rng, gsd_metres)
    _paint_ground(canvas, layout)
    for house in layout.houses:
        _PAINTERS[house.kind](canvas, house)
    _paint_clutter(canvas, layout)
    for x, y, radius, palm in layout.trees:
        _paint_tree(canvas, x, y, radius, palm)
    return _light(canvas)


def _paint_ground(canvas: Canvas, layout: Layout) -> None:
    wide, middle, fine = canvas.noise(45, 90), canvas.noise(7, 16), canvas.noise(1.1, 2.6)
    canvas.colour[:] = GRASS
    canvas.blend(DRY, 0.45 + 0.4 * wide + 0.25 * middle)
    canvas.blend(LUSH, 0.5 * canvas.noise(12, 40) + 0.2 * fine - 0.1)
    canvas.blend(SOIL, 0.6 * canvas.noise(9, 24) + 0.22 * fine - 0.45)
    for parcel in layout.parcels:
        _paint_parcel(canvas, parcel)
    worn = canvas.mask([h.footprint.buffer(3.2) for h in layout.houses], 2.4)
    canvas.blend(SAND, 1.6 * worn - 0.35 + 0.35 * middle + 0.15 * fine)
    canvas.blend(MUD, 1.1 * canvas.mask([layout.town], 2) - 0.12 + 0.16 * middle + 0.08 * fine)
    pitch = canvas.mask([layout.pitch.polygon], 0.8)
    canvas.blend(DRY, pitch * 0.9)
    canvas.blend(SAND, pitch * (0.35 + 0.4 * middle))
    bank = canvas.mask([layout.river.buffer(2.5)], 1.6)
    canvas.blend(SOIL, bank * (1.2 + 0.4 * middle))
    canvas.blend(WATER, 2 * canvas.mask([layout.river], 0.7) - 0.5)
    for line, width, kind in layout.roads:
        edge = 3 * canvas.mask([line.buffer(width / 2 + (2.2 if kind == "asphalt" else 0))], 0.7)
        canvas.blend(SAND, edge - 1 + np.clip(edge, 0, 1) * (0.4 * fine + 0.2 * middle))
        canvas.blend(SOIL, 0.5 * canvas.mask([line.buffer(0.35)], 0.2) * (kind == "dirt"))
        canvas.blend(ASPHALT, (4 * canvas.mask([line.buffer(width / 2)], 0.3) - 1.5) * (kind == "asphalt"))
        if kind == "asphalt":
            wheels = [line.parallel_offset(distance).buffer(0.5) for distance in (-3, -1.3, 1.3, 3)]
            canvas.blend(WHEEL_TRACK, 0.5 * canvas.mask(wheels, 0.4))
    canvas.colour *= (1 + 0.04 * fine + 0.03 * middle + 0.035 * canvas.noise(0.45))[..., None]


def _paint_parcel(canvas: Canvas, parcel: Box) -> None:
    """One field: its crop, its furrows along one of its sides, its bare patches."""
    rng = canvas.rng
    if rng.random() < 0.12:
        return  # fallow
    crop = np.array(CROPS[rng.integers(len(CROPS))])
    window, u, v = canvas.local(parcel)
    across, period = (u if rng.random() < 0.5 else v), rng.uniform(1.3, 2.6)
    inside = np.clip(np.minimum(parcel.width / 2 - np.abs(u), parcel.depth / 2 - np.abs(v)) / 0.6 + 0.2, 0, 1)
    grain = canvas.grain[window]
    furrow = np.sin(2 * np.pi * across / period + 0.5 * grain) * rng.uniform(0.04, 0.13)
    sown = (np.clip(rng.normal(0, 0.25) + 0.2 * grain + 1.5 * furrow, 0, 0.7) * inside)[..., None]
    ground = canvas.colour[window]
    ground += (crop * (1 + furrow + 0.03 * grain)[..., None] - ground) * (0.92 * inside)[..., None]
    ground += (np.array(LUSH) - ground) * sown


def _paint_tin(canvas: Canvas, house: House, eave: float = 0.0, colour: Sequence[float] = ()) -> None:
    """Sheets of corrugated iron on two or four slopes, some new, some rusty."""
    rng = canvas.rng
    eave = eave or rng.uniform(2.4, 3.6)
    new = np.array(colour if len(colour) else BLUE if rng.random() < 0.1 else TIN)
    base = new * rng.uniform(0.86, 1.12) + rng.normal(0, 3, 3)
    rusty, hipped, pitch = rng.beta(0.6, 1.8), rng.random() < 0.4, rng.uniform(0.22, 0.42)
    sheets = rng.normal(0, 0.035, (97, 31)) + 0.16 * (rng.random((97, 31)) < 0.03)
    for part in house.boxes:
        if part.depth > part.width:
            part = Box(part.x, part.y, part.depth, part.width, part.angle + np.pi / 2)
        window, u, v = canvas.local(part)
        to_eave, to_gable = part.depth / 2 - np.abs(v), part.width / 2 - np.abs(u)
        slope = np.minimum(to_eave, to_gable) if hipped else to_eave
        if part.depth < 5 and not hipped:
            slope = (v + part.depth / 2) * 0.6  # a lean-to
        sheet = sheets[np.floor(u / 0.85).astype(int) % 97, np.floor(v / 2.6).astype(int) % 31]
        wave = 0.022 * np.sin(2 * np.pi * u / 0.85)
        ridge = 0.07 * np.exp(-((v / 0.25) ** 2)) * (to_gable > 0)
        stain = canvas.grain[window] * 0.5 + sheet * 9
        rust = np.clip((stain + 3.2 * rusty - 1.9) * 0.9, 0, 0.9)[..., None]
        painted = base * (1 + sheet + wave + ridge)[..., None] * (1 - rust)
        painted += np.array(RUST) * (1 + sheet * 2)[..., None] * rust
        canvas.cover(window, (to_eave > 0) & (to_gable > 0), eave + pitch * slope, painted)


def _paint_clay(canvas: Canvas, house: House) -> None:
    _paint_tin(canvas, house, colour=np.array(CLAY) * canvas.rng.uniform(0.85, 1.15))


def _paint_concrete(canvas: Canvas, house: House) -> None:
    """A flat roof with a parapet, stains, a stair head, water tanks, often a shed of tin on one end."""
    rng, lot = canvas.rng, house.boxes[0]
    top = 3.0 * rng.integers(1, 5) + 0.4
    paint_colour = np.array(CONCRETE[rng.integers(len(CONCRETE))]) * rng.uniform(0.88, 1.1)
    _paint_slab(canvas, lot, top, paint_colour)
    ends = rng.permutation([-1, 1])
    long = lot.width > lot.depth
    if rng.random() < 0.45:  # one half is a storey higher
        share = rng.uniform(0.3, 0.55)
        half = _end(lot, ends[0], share, long)
        _paint_slab(canvas, half, top + 2.9, paint_colour * rng.uniform(0.92, 1.08))
    if rng.random() < 0.38:
        shed = _end(lot, ends[1], rng.uniform(0.25, 0.5), long)
        colour = SHEDS[rng.integers(len(SHEDS))]
        _paint_tin(canvas, House("tin", (shed,)), top + 1.9, colour)
    corner = lot.part(lot.width * rng.uniform(-0.3, 0.3), lot.depth * rng.uniform(-0.3, 0.3), 2.4, 2.8)
    _paint_slab(canvas, corner, top + 2.4, paint_colour * 1.06, parapet=0.0)
    for _ in range(rng.integers(1, 6)):
        spot = lot.part(lot.width * rng.uniform(-0.42, 0.42), lot.depth * rng.uniform(-0.42, 0.42), 1.3, 1.3)
        colour = TANKS[rng.integers(len(TANKS))]
        window, u, v = canvas.local(spot)
        canvas.cover(window, np.hypot(u, v) < rng.uniform(0.35, 0.75), canvas.height[window] + 1.1, np.array(colour))


def _end(lot: Box, side: int, share: float, long: bool) -> Box:
    """One end of a lot, that share of it."""
    if long:
        return lot.part(side * lot.width * (1 - share) / 2, 0, lot.width * share, lot.depth)
    return lot.part(0, side * lot.depth * (1 - share) / 2, lot.width, lot.depth * share)


def _paint_slab(canvas: Canvas, slab: Box, top: float, colour: np.ndarray, parapet: float = 0.8) -> None:
    window, u, v = canvas.local(slab)
    edge = np.minimum(slab.width / 2 - np.abs(u), slab.depth / 2 - np.abs(v))
    stain = 1 + 0.055 * canvas.grain[window] - 0.12 * np.clip(1 - edge / 1.1, 0, 1)
    wall = edge < 0.32
    shade = np.where(wall, 1.12, stain)[..., None]
    canvas.cover(window, edge > 0, top + parapet * wall, colour * shade)


def _paint_thatch(canvas: Canvas, house: House) -> None:
    """A steep dark roof of straw: round, or hipped with blunt corners."""
    part, rng = house.boxes[0], canvas.rng
    window, u, v = canvas.local(part)
    streaks = rng.normal(0, 0.06, 61)[np.floor(np.arctan2(v, u) * 9.5).astype(int) % 61]
    if part.width == part.depth:
        inner = part.width / 2 - np.hypot(u, v)
    else:
        inner = np.minimum(part.width / 2 - np.abs(u), part.depth / 2 - np.abs(v))
        streaks = rng.normal(0, 0.05, 61)[np.floor(u / 0.45).astype(int) % 61]
    colour = np.array(THATCH) * rng.uniform(0.8, 1.2) + rng.normal(0, 3, 3)
    grain = canvas.grain[window]
    canvas.cover(window, inner > 0, 1.7 + 0.62 * inner + 0.05 * grain, colour * (1 + streaks + 0.05 * grain)[..., None])


def _paint_walls(canvas: Canvas, house: House) -> None:
    """A house without its roof yet: grey walls around overgrown rooms."""
    rng = canvas.rng
    for part in house.boxes:
        window, u, v = canvas.local(part)
        edge = np.minimum(part.width / 2 - np.abs(u), part.depth / 2 - np.abs(v))
        across, along = part.width * rng.uniform(-0.25, 0.25), part.depth * rng.uniform(-0.2, 0.2)
        wall = (edge < 0.35) | (np.abs(u - across) < 0.2) | (np.abs(v - along) < 0.2)
        floor = np.array(MUD) * (0.95 + 0.08 * canvas.grain[window])[..., None]
        colour = np.where(wall[..., None], np.array(CONCRETE[0]) * 1.08, floor)
        canvas.cover(window, edge > 0, np.where(wall, 2.3, 0.05), colour)


_PAINTERS: dict[str, Callable[[Canvas, House], None]] = {
    "tin": _paint_tin,
    "clay": _paint_clay,
    "concrete": _paint_concrete,
    "thatch": _paint_thatch,
    "walls": _paint_walls,
}


def _paint_clutter(canvas: Canvas, layout: Layout) -> None:
    """Cars on the roads, and in the yards the things that lie about: none of them a building."""
    rng = canvas.rng
    for line, width, kind in layout.roads:
        for at in rng.uniform(0, line.length, int(line.length / (26 if kind == "asphalt" else 120))):
            here, ahead = line.interpolate(at), line.interpolate(at + 1)
            lane = Box(here.x, here.y, 1, 1, np.arctan2(ahead.y - here.y, ahead.x - here.x))
            _paint_car(canvas, lane.part(0, rng.choice((-0.27, 0.27)) * width, 4.2, 1.75))
    for house in layout.houses:
        first = house.boxes[0]
        for _ in range(rng.integers(0, 4)):
            angle, size = rng.uniform(0, 2 * np.pi), rng.uniform(0.4, 1.5, 2)
            reach = max(first.width, first.depth) * 0.5 + rng.uniform(1, 5)
            x, y = first.x + reach * np.cos(angle), first.y + reach * np.sin(angle)
            thing = Box(x, y, *size, rng.uniform(0, 3))
            window, u, v = canvas.local(thing)
            colour = np.array(CLUTTER[rng.integers(len(CLUTTER))])
            inside = (np.abs(u) < size[0] / 2) & (np.abs(v) < size[1] / 2)
            canvas.cover(window, inside, rng.uniform(0.2, 0.9), colour)


def _paint_car(canvas: Canvas, car: Box) -> None:
    window, u, v = canvas.local(car)
    paint_colour = np.array(CARS[canvas.rng.integers(len(CARS))])
    glass = (np.abs(np.abs(u) - 1.15) < 0.3) & (np.abs(v) < 0.75)
    colour = np.where(glass[..., None], (48, 54, 60), paint_colour)
    canvas.cover(window, (np.abs(u) < 2.1) & (np.abs(v) < 0.87), 0.9 + 0.6 * (np.abs(u) < 1.2), colour)


def _paint_tree(canvas: Canvas, x: float, y: float, radius: float, palm: bool) -> None:
    rng = canvas.rng
    place = Box(x, y, 2 * radius, 2 * radius, rng.uniform(0, 6))
    window, u, v = canvas.local(place, margin=1.0)
    distance, bearing, grain = np.hypot(u, v), np.arctan2(v, u), canvas.grain[window]
    hue = np.array(LEAVES[rng.integers(len(LEAVES))]) * rng.uniform(0.85, 1.15)
    if palm:
        fronds = radius * (0.3 + 0.7 * np.abs(np.cos(bearing * rng.integers(4, 6))) ** 1.5)
        height = 5.5 - 0.35 * distance + 0.3 * np.cos(bearing * 22)
        canvas.cover(window, distance < fronds, height, hue * np.array((1.25, 1.15, 1.2)))
        return
    lobes = 1 + 0.13 * np.sin(3 * bearing + rng.uniform(0, 6)) + 0.08 * np.sin(7 * bearing + rng.uniform(0, 6))
    crown = 1 - (distance / np.maximum(radius * (lobes + 0.09 * grain), 0.3)) ** 2
    dome, clumps = np.clip(crown, 0, 1), canvas.leaves[window]
    height = 0.8 + radius * (0.9 + 0.85 * np.sqrt(dome)) + (0.12 + 0.05 * radius) * clumps + 0.1 * grain
    canvas.cover(window, crown > 0, height, hue * (0.9 + 0.25 * dome + 0.06 * clumps)[..., None])


# Light


def _light(canvas: Canvas) -> np.ndarray:
    """Sun on the slopes, shadow behind what stands in its way, haze, the softness of a lens: uint8."""
    height, gsd = canvas.height, canvas.gsd
    down, right = np.gradient(height, gsd)
    right, down = np.clip(right, -1.3, 1.3), np.clip(down, -1.3, 1.3)
    facing = (SUN[2] - right * SUN[0] - down * SUN[1]) / np.sqrt(1 + right**2 + down**2) / SUN[2]
    lit = gaussian_filter(1 - _shadow(height, gsd), 0.8)
    light = SKY + (1 - SKY) * np.clip(facing, 0, 1.5) * lit
    buried = np.clip((gaussian_filter(height, 1.2 / gsd) - height) * 0.05, 0, 0.2)  # less sky between walls
    exposure = 1 + 0.03 * canvas.noise(120, 200)
    lit_colour = canvas.colour * (light * (1 - buried) * exposure)[..., None]
    lit_colour[..., 2] += 9 * (1 - lit)  # the sky that lights a shadow is blue
    for axis in (0, 1):
        lit_colour = gaussian_filter1d(lit_colour, 0.6, axis)
    lit_colour += (1.2 * canvas.noise(0.3))[..., None]
    return np.clip(lit_colour * 0.97 + 8, 0, 255).astype(np.uint8)


def _shadow(height: np.ndarray, gsd: float) -> np.ndarray:
    """1 where something towards the sun is higher than the ray that should arrive, else 0."""
    across = SUN[:2] / np.abs(SUN[:2]).max()
    rise = SUN[2] / np.abs(SUN[:2]).max() * gsd
    shadow = np.zeros_like(height)
    for step in range(1, int(height.max() / rise) + 2):
        dx, dy = (round(step * part) for part in across)
        padded = np.roll(height, (-dy, -dx), (0, 1))
        padded[: abs(dy)] = 0
        padded[:, : abs(dx)] = 0
        shadow[padded - step * rise > height] = 1
    return shadow


# Files


def _write_scene(path: Path, pixels: np.ndarray, gsd_metres: float, quality: int) -> None:
    rows, columns, _ = pixels.shape
    profile = {"driver": "GTiff", "width": columns, "height": rows, "count": 3, "dtype": "uint8", "crs": CRS}
    transform = Affine(gsd_metres, 0, LEFT, 0, -gsd_metres, TOP)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.tif"
        with rasterio.open(plain, "w", transform=transform, photometric="RGB", **profile) as scene:
            scene.write(np.moveaxis(pixels, 2, 0))
        options = {"compress": "JPEG", "quality": quality, "blocksize": 512, "overview_resampling": "average"}
        copy_raster(plain, path, driver="COG", **options)


def _write_labels(path: Path, houses: list[House]) -> None:
    features = []
    for house in houses:
        on_map = affinity.affine_transform(house.footprint, (1, 0, 0, -1, LEFT, TOP))
        geometry = transform_geom(CRS, "EPSG:4326", mapping(on_map), precision=8)
        features.append({"type": "Feature", "properties": {"building": house.kind}, "geometry": geometry})
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


README = """# Sample scene

**Synthetic: no such place exists.** `scene.tif` and `labels.geojson` were drawn by `python tests/tools/sample_scene.py`
(seed {seed}); no photograph, map or real label went into them, and they are under the licence of this repository.

* `scene.tif`: 461 x 346 m, RGB, 0.15 m a pixel, UTM zone 31N (EPSG:32631) beside 0 N 0 E, JPEG with overviews.
* `labels.geojson`: all {houses} building footprints, EPSG:4326. `building` says which roof: `tin` (the village in the
  north-west, a quarter of the town, some farms), `concrete` and `clay` (the town in the south-east), `thatch` (the
  hamlet in the south-west, some farms), `walls` (unfinished houses without a roof: buildings, and hard to see).

The three districts look unlike each other on purpose: a model that has learned one of them has something to learn
in the next, so that the order of annotating matters.
"""


if __name__ == "__main__":
    write_sample(Path(__file__).resolve().parents[2] / "resources" / "sample")
