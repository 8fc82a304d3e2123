"""Scoring: every tile gets a priority, a rank and a reason, and the heatmap shows them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..campaign.label_store import LabelStore
from ..campaign.model_store import BLANK, VersionCard
from ..campaign.queue_layer import keep_draw, write_queue
from ..campaign.records import ANNOTATED, QUEUED
from ..campaign.score_cache import ScoreCache
from ..campaign.workspace import Workspace
from ..errors import NothingToDo, on_a_line
from ..imagery.grid import Bounds, Tile, TileGrid
from ..imagery.raster import Imagery, open_imagery, read_overview, read_tiles
from ..imagery.true_colour import true_colour
from ..jobs import Job, run, share
from ..priority.heatmap import heatmap_picture
from ..priority.uncertainty import TileScore
from ..storage.output_paths import check_place
from ..training.split import TRAINING
from .map_quality import MapQuality, map_quality

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from ..priority.predicted_iou import Quality
    from ..priority.queue import Queue
    from ..segmentation.prediction import Predictor

OnScores = Callable[[Mapping[Tile, TileScore]], None]
ROUND = 10  # tiles of the next round, chosen as a set


@dataclass(frozen=True)
class Scored:
    """What scoring did. ``quality`` says how far the predicted IoU can be trusted, None before it could be measured.

    ``map`` is how good the finished map is by now, None before anything is annotated.
    """

    version: str
    strategy: str
    tiles: int
    new_tiles: int
    bad_tiles: int
    seconds: float
    quality: Quality | None
    heatmap: Path
    map: MapQuality | None


def score(
    workspace: Workspace,
    *,
    strategy: str | None = None,
    count: int = ROUND,
    seed: int = 0,
    now: datetime,
    first: Bounds | None = None,
    on_scores: OnScores | None = None,
) -> Job[Scored]:
    """Give every tile its predicted IoU, and those of the pool their priority, rank and reason; write the heatmap.

    Resumes where it was interrupted. ``count`` tiles are chosen as a set to be annotated next. Without a strategy the
    one that fits the state of the campaign is taken. Tiles that touch ``first``, the part in view, come before others.
    """
    from ..priority.scoring import in_view_first

    start = time.monotonic()
    with workspace.lock(), workspace.store() as store, ScoreCache(workspace.score_cache) as cache:
        card = workspace.active_card(store)
        tiles = sorted(record.tile for record in store.tiles())  # by rank, as they come, they would be ranked anew
        predictor = workspace.predictor(card.id, len(tiles))
        in_order = in_view_first(tiles, workspace.grid, first) if first else tiles
        scoring = score_tiles(
            predictor, workspace.imagery, workspace.grid, in_order, cache, card.sha256, on_scores=on_scores
        )
        new_tiles = yield from share(scoring, 0.0, 0.95)
        known = cache.scores(workspace.imagery.fingerprint, card.sha256)
        scores = {tile: seen for tile in tiles if (seen := known[tile.id])}
        bad = [tile for tile in tiles if tile not in scores]
        store.mark_bad_imagery(bad, now)
        queue, annotated = _rank(workspace, store, card, scores, strategy, count, seed, now)
    found = run(map_quality(workspace, now)) if annotated else None  # in one go: the queue is written already
    yield 1.0
    return Scored(
        version=card.id,
        strategy=queue.strategy,
        tiles=len(tiles),
        new_tiles=new_tiles,
        bad_tiles=len(bad),
        seconds=time.monotonic() - start,
        quality=queue.quality,
        heatmap=workspace.heatmap,
        map=found,
    )


def _rank(
    workspace: Workspace,
    store: LabelStore,
    card: VersionCard,
    scores: Mapping[Tile, TileScore],
    strategy: str | None,
    count: int,
    seed: int,
    now: datetime,
) -> tuple[Queue, int]:
    """Rank the tiles that wait, and keep how that was done; also the number of annotated ones."""
    from ..evaluation.observation import observations
    from ..priority.queue import BLANK_STRATEGY, queue_tiles

    pool = sorted(record.tile for record in store.tiles(TRAINING, QUEUED) if record.tile in scores)
    if not pool:
        raise NothingToDo(
            "nothing-to-rank",
            "Every tile is annotated, skipped or without a picture: nothing is left to rank. Draw the finished map "
            "(predict), or make a campaign of other imagery.",
        )
    labelled = sorted(record.tile for record in store.tiles(TRAINING, ANNOTATED))
    rng = np.random.default_rng((seed, len(labelled)))  # or every round would begin with the same chances
    queue = queue_tiles(
        scores,
        pool,
        labelled,
        observations(store),
        workspace.calibration_set(),
        strategy or (BLANK_STRATEGY if card.method == BLANK else None),
        count,
        workspace.grid.tile_m2,
        rng,
        card.classes,
    )
    keep_draw(store, card.id, seed, now, pool, queue, count)
    write_queue(workspace, store, card.id, scores, pool, queue)
    return queue, len(labelled)


def draw_heatmap(workspace: Workspace, png: Path, bands: Sequence[int | str] | None = None) -> None:
    """A picture of the priorities over the imagery, with the first ranks numbered and a legend.

    The imagery is shown in these ``bands``, else in true colour, else in those that the model sees. An older picture is
    replaced; OutputError where it would be a campaign's own file or the imagery.
    """
    check_place(png, [workspace.imagery.path])
    imagery = shown_imagery(workspace, bands)
    with workspace.store() as store:
        records = store.tiles()
    overview = read_overview(imagery, workspace.grid, longest_px=2048)
    title = f"What to annotate next: {on_a_line(imagery.path.name)}"
    heatmap_picture(png, overview.values[0], overview.valid[0], workspace.grid, records, title)


def shown_imagery(workspace: Workspace, bands: Sequence[int | str] | None) -> Imagery:
    """The imagery as ``draw_heatmap`` shows it; ImageryError where it does not have these bands."""
    imagery = workspace.imagery
    chosen = bands or true_colour(imagery.path)
    return open_imagery(imagery.path, chosen, {imagery.state: imagery.fingerprint}) if chosen else imagery


def score_tiles(
    predictor: Predictor,
    imagery: Imagery,
    grid: TileGrid,
    tiles: Sequence[Tile],
    cache: ScoreCache,
    version: str,
    batch_size: int = 8,
    on_scores: OnScores | None = None,
) -> Job[int]:
    """Score the tiles that the cache lacks for this version (the hash of its weights); returns how many these were.

    Each batch is kept as soon as it is done, then ``on_scores`` is told; first of all it is told what was known before.
    Tiles without a picture, all no-data or one flat colour, are kept as bad and never reach the network.
    """
    from ..priority.scoring import score_where_seen

    known = cache.scored(imagery.fingerprint, version)
    missing = [tile for tile in tiles if tile.id not in known]
    if on_scores and known:
        kept = cache.scores(imagery.fingerprint, version)
        on_scores(_seen({tile: kept[tile.id] for tile in tiles if tile.id in kept}))
    done = 0
    for pixels in read_tiles(imagery, grid, missing, batch_size):
        batch = missing[done : done + len(pixels.values)]
        scores = score_where_seen(predictor, batch, pixels)
        cache.add(imagery.fingerprint, version, scores)
        if on_scores:
            on_scores(_seen(scores))
        done += len(batch)
        yield done / len(missing)
    return len(missing)


def _seen(scores: Mapping[Tile, TileScore | None]) -> dict[Tile, TileScore]:
    return {tile: score for tile, score in scores.items() if score}
