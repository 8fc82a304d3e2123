"""The finished map: people's footprints where they drew or looked, the model's elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas

from ..annotation.footprint_file import check_footprint_output, write_footprints
from ..campaign.model_store import VersionCard
from ..campaign.records import ANNOTATED
from ..campaign.workspace import Workspace
from ..imagery.area import ground_of, read_area
from ..jobs import Job, share


@dataclass(frozen=True)
class Predicted:
    """The file of footprints, how many they are, how many of them people drew or accepted, and the model's version."""

    path: Path
    footprints: int
    by_people: int
    by_model: int
    version: str


def predict(
    workspace: Workspace,
    output: Path,
    *,
    version: str | None = None,
    area: Path | None = None,
    threshold: float = 0.5,
    minimum_area_m2: float | None = None,
    overwrite: bool = False,
) -> Job[Predicted]:
    """Write the footprints of the campaign, or of an area, as GeoPackage or GeoJSON, each with its origin.

    In tiles that are done or empty, and over what people drew, their footprints stand alone; see ``finish_map``. With
    ``overwrite`` an earlier output gives way, and nothing else ever does.
    """
    from ..segmentation.confidence import PlattScaling
    from ..segmentation.outlines import polygonise
    from ..segmentation.prediction import predict_mosaic

    inputs = (workspace.imagery.path, area)
    check_footprint_output(output, overwrite=overwrite, inputs=inputs)
    with workspace.store() as store:
        card = workspace.card(version) if version else workspace.active_card(store)
        tiles = [record.tile for record in store.tiles()]
    polygon = read_area(area, workspace.grid.crs) if area else ground_of(workspace.grid, tiles)
    predictor = workspace.predictor(card.id, len(tiles))
    with workspace.scratch() as folder:
        mosaic = folder / "probability.tif"
        yield from share(predict_mosaic(predictor, workspace.imagery, workspace.grid, polygon, mosaic), 0.0, 0.85)
        found = yield from share(
            polygonise(
                mosaic,
                workspace.grid,
                card.classes,
                threshold=threshold,
                minimum_area_m2=minimum_area_m2,
                scaling=PlattScaling(*card.confidence),
            ),
            0.85,
            0.98,
        )
    footprints = _with_labels(workspace, found, card, minimum_area_m2)
    if polygon is not None:
        footprints = footprints[footprints.intersects(polygon)]
    write_footprints(output, footprints, overwrite=overwrite, inputs=inputs)
    by_people = int(footprints.checked.sum())
    return Predicted(output, len(footprints), by_people, len(footprints) - by_people, card.id)


def _with_labels(
    workspace: Workspace, found: geopandas.GeoDataFrame, card: VersionCard, minimum_area_m2: float | None
) -> geopandas.GeoDataFrame:
    """The finished map, with the labels as they are by now."""
    from ..segmentation.finished_map import finish_map

    with workspace.store() as store:
        labels = store.all_footprints()
        finished = [record.tile for record in store.tiles(states=ANNOTATED)]
    labels["class"] = labels["class"].fillna(card.classes[0].name)
    return finish_map(found, labels, finished, workspace.grid, card.id, minimum_area_m2 or 0.0)
