"""The finished map: people's footprints where they drew or looked, the model's elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..annotation.footprint_file import check_footprint_output, write_footprints
from ..campaign.model_store import VersionCard
from ..campaign.records import ANNOTATED, TileState
from ..campaign.workspace import Workspace
from ..imagery.area import ground_of, read_area
from ..imagery.grid import Tile
from ..jobs import Job, share


@dataclass(frozen=True)
class Predicted:
    """The file of footprints, how many they are, how many of them people drew or accepted, and the model's version.

    ``raster`` is the file of classes, where one was wanted.
    """

    path: Path
    footprints: int
    by_people: int
    by_model: int
    version: str
    raster: Path | None = None


def predict(
    workspace: Workspace,
    output: Path,
    *,
    version: str | None = None,
    area: Path | None = None,
    threshold: float = 0.5,
    minimum_area_m2: float | None = None,
    raster: Path | None = None,
    overwrite: bool = False,
) -> Job[Predicted]:
    """Write the footprints of the campaign, or of an area, as GeoPackage or GeoJSON, each with its class and origin.

    With ``raster``, a name that ends in .tif, also the class of every pixel, as a cloud-optimised GeoTIFF. In tiles
    that are done or empty, and over what people drew, their footprints stand alone; see ``finish_map``. With
    ``overwrite`` an earlier output gives way, and nothing else ever does.
    """
    from ..segmentation.class_raster import check_raster_output, write_class_raster
    from ..segmentation.confidence import PlattScaling
    from ..segmentation.finished_map import finish_map
    from ..segmentation.outlines import polygonise
    from ..segmentation.prediction import predict_mosaic

    inputs = (workspace.imagery.path, area)
    check_footprint_output(output, overwrite=overwrite, inputs=inputs)
    if raster:
        check_raster_output(raster, overwrite=overwrite, inputs=inputs)
    with workspace.store() as store:
        card = workspace.card(version) if version else workspace.active_card(store)
        tiles = [record.tile for record in store.tiles()]
    polygon = read_area(area, workspace.grid.crs) if area else ground_of(workspace.grid, tiles)
    predictor = workspace.predictor(card.id, len(tiles))
    with workspace.scratch() as folder:
        mosaic = folder / "probability.tif"
        yield from share(predict_mosaic(predictor, workspace.imagery, workspace.grid, polygon, mosaic), 0.0, 0.8)
        found = yield from share(
            polygonise(
                mosaic,
                workspace.grid,
                card.classes,
                threshold=threshold,
                minimum_area_m2=minimum_area_m2,
                scaling=PlattScaling(*card.confidence),
            ),
            0.8,
            0.9,
        )
        labels, finished = _labels(workspace, card)
        if raster:
            number = {each.name: place for place, each in enumerate(card.classes, 1)}
            drawn = [pair for pair in zip(labels.geometry, labels["class"].map(number)) if pair[1] == pair[1]]
            mapped = _in_area(workspace, polygon, tiles)
            writing = write_class_raster(
                raster, mosaic, workspace.grid, card.classes, drawn, set(finished), mapped, threshold
            )
            yield from share(writing, 0.9, 0.98)
    smallest = {
        each.name: each.minimum_area_m2 if minimum_area_m2 is None else minimum_area_m2 for each in card.classes
    }
    objects = {each.name for each in card.classes if each.is_squared}
    footprints = finish_map(found, labels, finished, workspace.grid, card.id, smallest, objects)
    if polygon is not None:
        footprints = footprints[footprints.intersects(polygon)]
    write_footprints(output, footprints, overwrite=overwrite, inputs=inputs)
    by_people = int(footprints.checked.sum())
    return Predicted(output, len(footprints), by_people, len(footprints) - by_people, card.id, raster)


def _labels(workspace: Workspace, card: VersionCard) -> tuple[geopandas.GeoDataFrame, list[Tile]]:
    """The labels as they are by now, each with a class, and the tiles on which they are all that there is."""
    with workspace.store() as store:
        labels = store.all_footprints()
        finished = [record.tile for record in store.tiles(states=ANNOTATED)]
    if len(card.classes) == 1:
        labels["class"] = card.classes[0].name
    return labels, finished


def _in_area(workspace: Workspace, area: BaseGeometry | None, tiles: Sequence[Tile]) -> set[Tile]:
    """The tiles that touch an area, and have a picture."""
    with workspace.store() as store:
        bad = {record.tile for record in store.tiles(states=[TileState.BAD_IMAGERY])}
    squares = shapely.box(*np.array([workspace.grid.tile_bounds(tile) for tile in tiles]).T)
    touches = np.ones(len(tiles), bool) if area is None else shapely.intersects(squares, area)
    return {tile for tile, inside in zip(tiles, touches) if inside} - bad
