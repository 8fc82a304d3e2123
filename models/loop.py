"""The product's story in one page: start reading here.

    workspace = new(folder, imagery)                      # a campaign over one raster
    while there is time:
        score(workspace)                                  # every tile gets a priority and a reason
        for tile in next_tiles(workspace, 10):            # these are worth most
            drafts(workspace, [tile.tile_id])             # what the model proposes there
            finish_tile(workspace, tile.tile_id, ...)     # what people drew, on disk at once
        fine_tune(workspace, minutes=5)                   # a new version; active where it is surely better
        map_quality(workspace, now)                       # how good the map is by now, with an interval
    predict(workspace, "buildings.gpkg")                  # footprints of the whole area

Each use case is a file in ``use_cases``. What may take long is a job: it yields the fraction done and returns its
result (see ``jobs``). The command line, Processing and the dock all drive these same functions.
"""

from __future__ import annotations

from .campaign.workspace import open_workspace
from .use_cases.adapters import average_adapters, compare_versions, export_adapter, import_adapter
from .use_cases.annotate import annotate
from .use_cases.annotate_tile import (
    claim_tile,
    drafts,
    finish_tile,
    footprints_of,
    last_finish,
    release_tile,
    set_tile_state,
    tile_of,
)
from .use_cases.evaluate import evaluate
from .use_cases.fine_tune import fine_tune
from .use_cases.map_quality import map_quality
from .use_cases.new import has_seen, new
from .use_cases.next_tiles import next_tiles
from .use_cases.overview import count_tiles, learning_curve, measured_maps
from .use_cases.predict import predict
from .use_cases.score import draw_heatmap, score
from .use_cases.versions import activate, export_version, probe_speed

__all__ = [
    "activate",
    "annotate",
    "average_adapters",
    "claim_tile",
    "compare_versions",
    "count_tiles",
    "drafts",
    "draw_heatmap",
    "evaluate",
    "export_adapter",
    "export_version",
    "fine_tune",
    "finish_tile",
    "footprints_of",
    "has_seen",
    "import_adapter",
    "last_finish",
    "learning_curve",
    "map_quality",
    "measured_maps",
    "new",
    "next_tiles",
    "open_workspace",
    "predict",
    "probe_speed",
    "release_tile",
    "score",
    "set_tile_state",
    "tile_of",
]
