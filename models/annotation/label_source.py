"""A file of labels, polygons or a raster of class values, asked tile by tile."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from ..errors import LabelError
from ..imagery.grid import Tile, TileGrid
from ..jobs import Job
from .class_values import ClassValues
from .footprint_file import labels_of, read_footprints, read_repaired
from .label_raster import LabelRaster, is_label_raster
from .labels import NO_LABELS, Labels, TileLabels
from .outline_checks import check_classes_apart, in_order


@dataclass(frozen=True)
class ClassReading:
    """What the classes of a file of labels are: the field that names them, what its values mean, and which class lies
    on top of which where two cover the same ground."""

    class_field: str | None = None
    meaning: Mapping[str, str] = field(default_factory=dict)
    order: Sequence[str] = ()

    @staticmethod
    def of_texts(class_field: str | None, meaning: str | None, order: str | None) -> ClassReading:
        """From what a user writes: 1=water,2=field and water,field. LabelError where that cannot be read."""
        pairs = [pair.rpartition("=") for pair in _listed(meaning)]
        if not all(found and value.strip() and name.strip() for value, found, name in pairs):
            raise LabelError(
                "class-values-unreadable",
                "'{text}' does not say what values mean. Give values with their classes, for example 1=water,2=field.",
                text=meaning,
            )
        known = {value.strip(): name.strip() for value, _, name in pairs}
        return ClassReading(class_field or None, known, _listed(order))


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


ONE_CLASS = ClassReading()


class LabelSource(Protocol):
    """What labels come from; ``content`` is the same for the same labels, in whatever file they are."""

    @property
    def content(self) -> str: ...

    def on_tile(self, tile: Tile) -> TileLabels: ...


def open_labels(
    path: Path,
    grid: TileGrid,
    classes: Sequence[str],
    reading: ClassReading,
    opened: ExitStack,
    repair: bool = False,
) -> Job[LabelSource]:
    """The labels of a file for a campaign of these classes, open until the stack is closed.

    Raises LabelError where the file, or what is said of its classes, is wrong.
    """
    values = ClassValues(tuple(classes), reading.meaning)
    order = _order(reading.order, values.classes)
    if is_label_raster(path):
        return opened.enter_context(LabelRaster(path, grid, values))
    if repair:
        found = yield from read_repaired(path, grid, reading.class_field)
    else:
        found = read_footprints(path, grid, reading.class_field)
    labels = labels_of(found, reading.class_field, values, path)
    if order:  # for all tiles at once, or one that lies on two of them would be cut in two ways
        labels = in_order(labels, order)
    return Polygons(labels, grid, values.classes, shapely.STRtree(labels.outlines))


def _order(names: Sequence[str], classes: Sequence[str]) -> list[int]:
    """The numbers of classes in an order; LabelError where it is not one of all of them."""
    places = {name.casefold(): number for number, name in enumerate(classes, 1)}
    order = [places.get(name.casefold(), 0) for name in names]
    if order and sorted(order) != list(range(1, len(classes) + 1)):
        raise LabelError(
            "class-order",
            "'{order}' is no order of the classes of this campaign. Name each once, the first on top: {classes}.",
            order=",".join(names),
            classes=",".join(classes),
        )
    return order


@dataclass(frozen=True)
class Polygons:
    """Footprints of a file, whole: where there are none nothing is."""

    labels: Labels
    grid: TileGrid
    classes: tuple[str, ...]
    tree: shapely.STRtree

    @property
    def content(self) -> str:
        """The SHA-256 of the footprints and their classes, in whatever order they come."""
        polygons, places = shapely.get_parts(self.labels.outlines, return_index=True)
        numbers = self.labels.classes[places].tolist()
        wkb = shapely.to_wkb(shapely.normalize(polygons))
        known = [each + (b"" if number == 1 else bytes([number])) for each, number in zip(wkb, numbers)]
        return hashlib.sha256(b"".join(sorted(known))).hexdigest()

    def on_tile(self, tile: Tile) -> TileLabels:
        """The labels that share ground with a tile; LabelError where two classes lie on the same ground."""
        square = shapely.box(*self.grid.tile_bounds(tile))
        near = np.sort(self.tree.query(square, predicate="intersects"))
        here = self.labels.part(near[~shapely.touches(self.labels.outlines[near], square)])
        if len(self.classes) > 1:
            check_classes_apart(here, NO_LABELS, self.classes, self.grid.pixel_size**2)
        everywhere: NDArray[np.bool_] = np.broadcast_to(np.True_, (self.grid.tile_size_px,) * 2)
        return TileLabels(here, everywhere)
