"""The footprints of the whole area, as the model sees them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..annotation.footprint_file import check_output, write_footprints
from ..campaign.workspace import Workspace
from ..imagery.area import ground_of, read_area
from ..jobs import Job, share


@dataclass(frozen=True)
class Predicted:
    """The file of footprints, how many they are, and the version that drew them."""

    path: Path
    footprints: int
    version: str


def predict(
    workspace: Workspace,
    output: Path,
    *,
    version: str | None = None,
    area: Path | None = None,
    threshold: float = 0.5,
    minimum_area_m2: float = 4.0,
) -> Job[Predicted]:
    """Write the footprints of the campaign, or of an area, as GeoPackage or GeoJSON with confidence and version."""
    from ..segmentation.outlines import polygonise
    from ..segmentation.prediction import predict_mosaic

    check_output(output)
    with workspace.store() as store:
        card = workspace.card(version) if version else workspace.active_card(store)
        tiles = [record.tile for record in store.tiles()]
    polygon = read_area(area, workspace.grid.crs) if area else ground_of(workspace.grid, tiles)
    predictor = workspace.predictor(card.id, len(tiles))
    with workspace.scratch() as folder:
        mosaic = folder / "probability.tif"
        yield from share(predict_mosaic(predictor, workspace.imagery, workspace.grid, polygon, mosaic), 0.0, 0.85)
        footprints = yield from share(
            polygonise(mosaic, workspace.grid, threshold=threshold, minimum_area_m2=minimum_area_m2), 0.85, 0.98
        )
    if polygon is not None:
        footprints = footprints[footprints.intersects(polygon)]
    write_footprints(output, footprints.assign(version=card.id))
    return Predicted(output, len(footprints), card.id)
