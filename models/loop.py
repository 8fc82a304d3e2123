"""The use cases in the order in which a campaign goes through them: start reading here.

What may take long is a job: it yields the fraction done and returns its result (see ``jobs``). The command line,
Processing and the dock all drive these same functions.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from .annotation.footprint_file import check_output, read_footprints, write_footprints
from .annotation.label_store import LabelStore
from .annotation.records import ANNOTATED, Round, TileState
from .errors import ImageryError, LabelError, ModelError, NothingToDo, WorkspaceError
from .imagery.area import ground_of, read_area, tiles_in
from .imagery.grid import Bounds, Tile
from .imagery.normalization import normalization_of
from .imagery.raster import Imagery, grid_crs, grid_of, open_imagery, read_overview, valid_share
from .jobs import Job, share
from .priority.heatmap import heatmap_picture
from .queue_layer import queued_tile, write_queue
from .results import Annotated, FineTuned, Predicted, QueuedTile, Scored
from .training.model_store import VersionCard, check_weights, read_card, save_version
from .training.split import EXAM, FEWEST_EXAM_TILES, GUARD, TRAINING, choose_exam_tiles, guard_tiles
from .workspace import ACTIVE_VERSION, HANDING_IN, Workspace, create_workspace

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry

    from .evaluation.exam import ExamResult
    from .segmentation.metrics import Difference
    from .segmentation.prediction import Predictor
    from .training.fine_tune import Epoch
    from .training.samples import Samples

BASE_MODEL = Path(__file__).parents[1] / "resources" / "base_model"
ROUND = 10  # tiles of the next round, chosen as a set
PASSES_A_MINUTE = 1000  # of fine-tuning on a laptop, about
QUEUED = (TileState.POOL, TileState.ASSIGNED, TileState.IN_PROGRESS)


def new(
    folder: Path,
    imagery: Path,
    *,
    area: Path | None = None,
    gsd_metres: float | None = None,
    tile_size_px: int = 256,
    bands: Sequence[int] | None = None,
    start: Path | None = None,
    exam_tiles: int | None = None,
    seed: int = 0,
) -> Workspace:
    """Open a campaign over imagery in a new folder: lay the grid, and set the exam tiles aside before anything else."""
    start = start or BASE_MODEL
    opened = open_imagery(imagery, bands)
    _check_bands(opened, read_card(start))
    polygon = None if area is None else read_area(area, grid_crs(opened))
    grid = grid_of(opened, gsd_metres, tile_size_px, polygon)
    tiles = tiles_in(grid, polygon)
    overview = read_overview(opened, grid, longest_px=max(1024, 4 * max(grid.rows, grid.columns)))
    if not overview.valid.any():
        raise ImageryError(f"{imagery.name} holds nothing but no-data here. Choose other imagery or another area.")
    whole = [tile for tile in tiles if valid_share(overview, grid, tile) > 0.5]
    exam = choose_exam_tiles(whole or tiles, exam_tiles, np.random.default_rng(seed))
    splits = dict.fromkeys(tiles, TRAINING)
    splits.update(dict.fromkeys(guard_tiles(exam, tiles), GUARD))
    splits.update(dict.fromkeys(exam, EXAM))
    if TRAINING not in splits.values():
        raise ImageryError(
            f"{imagery.name} gives {len(tiles)} tiles: beside the exam tiles none is left to train on. Take smaller "
            "tiles (--tile-size 128), a finer GSD or a larger area."
        )
    normalization = normalization_of(overview.values[0], overview.valid[0])
    return create_workspace(folder, opened, grid, normalization, splits, start)


def score(
    workspace: Workspace, *, strategy: str | None = None, count: int = ROUND, seed: int = 0, now: datetime
) -> Job[Scored]:
    """Give every tile its predicted IoU, and those of the pool their priority, rank and reason; write the heatmap.

    Resumes where it was interrupted. ``count`` tiles are chosen as a set to be annotated next. Without a strategy the
    one that fits the state of the campaign is taken.
    """
    from .evaluation.observation import observations
    from .priority.queue import queue_tiles
    from .priority.score_cache import ScoreCache
    from .priority.scoring import score_tiles

    start = time.monotonic()
    with workspace.lock(), workspace.store() as store, ScoreCache(workspace.score_cache) as cache:
        card = workspace.active_card(store)
        tiles = [record.tile for record in store.tiles()]
        predictor = workspace.predictor(card.id, len(tiles))
        new_tiles = yield from score_tiles(predictor, workspace.imagery, workspace.grid, tiles, cache, card.sha256)
        known = cache.scores(workspace.imagery.fingerprint, card.sha256)
        scores = {tile: seen for tile in tiles if (seen := known[tile.id])}
        bad = [tile for tile in tiles if tile not in scores]
        store.mark_bad_imagery(bad, now)
        pool = [record.tile for record in store.tiles(TRAINING, QUEUED) if record.tile in scores]
        if not pool:
            raise NothingToDo("Every tile is annotated, skipped or without a picture: nothing is left to rank.")
        labelled = [record.tile for record in store.tiles(TRAINING, ANNOTATED)]
        observed = observations(store, cache, workspace.imagery.fingerprint, workspace.cards())
        rng = np.random.default_rng(seed)
        queue = queue_tiles(scores, pool, labelled, observed, workspace.elsewhere(), strategy, count, rng)
        write_queue(workspace, store, card.id, scores, pool, queue)
    seconds = time.monotonic() - start
    return Scored(card.id, queue.strategy, len(tiles), new_tiles, len(bad), seconds, queue.quality, workspace.heatmap)


def draw_heatmap(workspace: Workspace, png: Path) -> None:
    """A picture of the priorities over the imagery, with the first ranks numbered and a legend."""
    with workspace.store() as store:
        records = store.tiles()
    overview = read_overview(workspace.imagery, workspace.grid, longest_px=2048)
    title = f"What to annotate next: {workspace.imagery.path.name}"
    heatmap_picture(png, overview.values[0], overview.valid[0], workspace.grid, records, title)


def next_tiles(workspace: Workspace, count: int | None = None, *, exam: bool = False) -> list[QueuedTile]:
    """The next tiles to annotate, best first, at most ``count``; with ``exam`` the exam tiles without labels."""
    with workspace.store() as store:
        records = store.tiles(EXAM if exam else TRAINING, QUEUED)
    if not exam and records and records[0].rank is None:
        raise WorkspaceError("No tile has a rank yet. Score the campaign first: tiletriage score WORKSPACE")
    return [queued_tile(workspace, record) for record in records[:count]]


def annotate(
    workspace: Workspace,
    footprints: Path,
    *,
    tiles: Sequence[str] | None = None,
    count: int | None = None,
    exam: bool = False,
    repair: bool = False,
    annotator: str,
    now: datetime,
) -> Job[Annotated]:
    """Finish tiles with the footprints of a file: those named, the next ``count`` of the queue, or all exam tiles.

    A tile on which the file has no footprint counts as looked at and empty. Each tile is on disk before the next. The
    same wish after an interruption means the same tiles: others would become empty although nobody looked at them.
    """
    found = read_footprints(footprints, workspace.grid, repair).geometry
    with workspace.lock(), workspace.store() as store:
        if tiles is None:
            tiles = _begin(workspace, store, [str(footprints.resolve()), count, exam])
        chosen = _campaign_tiles(store, tiles)
        numbers: list[int] = []
        for tile in chosen:
            inside = _on_tile(found, workspace.grid.tile_bounds(tile))
            store.finish(tile, inside, annotator, now, imagery=workspace.imagery.fingerprint)
            numbers.append(len(inside))
            yield len(numbers) / len(chosen)
        store.set_setting(HANDING_IN, "{}")
    done = sum(number > 0 for number in numbers)
    return Annotated(tuple(tile.id for tile in chosen), done, len(chosen) - done, sum(numbers))


def fine_tune(
    workspace: Workspace,
    *,
    method: str = "full",
    minutes: float | None = None,
    epochs: int | None = None,
    seed: int = 0,
    now: datetime,
    on_epoch: Callable[[Epoch], None] | None = None,
) -> Job[FineTuned]:
    """Make a new version from the active one and all annotated tiles; it becomes active where the exam says so.

    An interrupted fine-tuning goes on from its checkpoint.
    """
    from .training.fine_tune import FineTuning, Run, fine_tune

    start, checkpoint = time.monotonic(), workspace.cache / "fine-tune.safetensors"
    with workspace.lock(), workspace.store() as store:
        parent = workspace.active_card(store)
        tiles = [record.tile for record in store.tiles(TRAINING, ANNOTATED)]
        if not tiles:
            raise NothingToDo("No tile is annotated yet. See which to take with 'next', hand them in with 'annotate'.")
        settings = FineTuning(method, minutes, epochs or FineTuning.epochs)
        passes = min(len(tiles) * settings.epochs, PASSES_A_MINUTE * minutes if minutes else math.inf)
        predictor = workspace.predictor(parent.id, passes)
        samples = yield from share(_observed_samples(workspace, store, parent, predictor, tiles), 0.0, 0.06)
        before = yield from share(_examine(workspace, store, parent.id, predictor), 0.06, 0.08)

        is_new = np.array([tile.id not in parent.settings.get("tiles", ()) for tile in tiles])
        run = Run(predictor.network, samples, is_new, settings, seed, predictor.device, predictor.is_mixed)
        network, shown = yield from share(fine_tune(run, checkpoint, on_epoch), 0.08, 0.97)

        card = _card_of_child(parent, workspace, method, tiles, len(shown), now)
        trained = replace(predictor, network=network)
        after = yield from share(_examine(workspace, store, card.id, trained), 0.97, 0.99)
        difference, is_active = _compare(before, after, seed)
        metrics = {"exam_tiles": after.exam_tiles, **asdict(difference)} if after and difference else {}
        save_version(workspace.version_folder(card.id), network, replace(card, metrics=metrics))
        seconds = time.monotonic() - start
        done = FineTuned(card.id, parent.id, method, len(tiles), is_active, difference, len(shown), seconds)
        _record(store, done, now)
        checkpoint.unlink(missing_ok=True)
    return done


def evaluate(workspace: Workspace, *, version: str | None = None) -> Job[ExamResult]:
    """How good a version, by default the active one, is on the exam tiles."""
    with workspace.store() as store:
        card = workspace.card(version) if version else workspace.active_card(store)
        exam = len(store.tiles(EXAM, ANNOTATED))
        result = yield from _examine(workspace, store, card.id, workspace.predictor(card.id, exam))
    if result is None:
        raise NothingToDo(
            "No exam tile is annotated yet, so nothing can be measured. List them with 'next --exam', and hand in "
            "their footprints with 'annotate --exam'."
        )
    return result


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
    from .segmentation.footprints import polygonise
    from .segmentation.prediction import predict_mosaic

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


def activate(workspace: Workspace, version: str) -> VersionCard:
    """Make a version the active one: roll back to an earlier one, or take one that was parked."""
    card = workspace.card(version)
    check_weights(workspace.version_folder(version), card)
    with workspace.lock(), workspace.store() as store:
        store.set_setting(ACTIVE_VERSION, version)
    return card


def _check_bands(imagery: Imagery, card: VersionCard) -> None:
    if len(imagery.bands) != card.bands:
        example = ",".join(["1"] * card.bands if len(imagery.bands) == 1 else map(str, range(1, card.bands + 1)))
        raise ModelError(
            f"{imagery.path.name} has {len(imagery.bands)} bands, the model '{card.id}' takes {card.bands}: "
            f"red, green, blue. Say which to use, in that order, for example --bands {example}."
        )


def _begin(workspace: Workspace, store: LabelStore, wish: list[Any]) -> list[str]:
    """The tiles of the queue that a wish (footprints, count, exam) means, kept until all of them are finished."""
    begun = json.loads(store.setting(HANDING_IN))
    if begun.get("wish") == wish:
        return list(begun["tiles"])
    _, count, exam = wish
    tiles = [queued.tile_id for queued in next_tiles(workspace, count, exam=exam)]
    store.set_setting(HANDING_IN, json.dumps({"wish": wish, "tiles": tiles}))
    return tiles


def _campaign_tiles(store: LabelStore, tile_ids: Sequence[str]) -> list[Tile]:
    """The tiles of these ids; raises LabelError where one of them is not for annotating."""
    states = {record.tile.id: record for record in store.tiles()}
    if not tile_ids:
        raise NothingToDo("No tile waits for labels there.")
    for tile_id in tile_ids:
        if tile_id not in states:
            raise LabelError(f"The campaign has no tile '{tile_id}'. Ids look like r003_c012: see 'next'.")
        if states[tile_id].state is TileState.BAD_IMAGERY:
            raise LabelError(f"Tile {tile_id} has no picture to draw on (bad imagery). Take another one.")
    return [states[tile_id].tile for tile_id in tile_ids]


def _on_tile(footprints: GeoSeries, bounds: Bounds) -> list[BaseGeometry]:
    """The footprints that share ground with a tile, whole."""
    square = shapely.box(*bounds)
    candidates = footprints.iloc[footprints.sindex.query(square, predicate="intersects")]
    return [footprint for footprint in candidates if not footprint.touches(square)]


def _observed_samples(
    workspace: Workspace, store: LabelStore, card: VersionCard, predictor: Predictor, tiles: Sequence[Tile]
) -> Job[Samples]:
    """Annotated tiles as samples, after keeping how right the version is on those that are new."""
    from .evaluation.observation import observe
    from .priority.score_cache import ScoreCache
    from .training.samples import load_samples

    imagery, grid, cards = workspace.imagery, workspace.grid, workspace.cards()
    samples = yield from share(load_samples(imagery, grid, workspace.normalization, store, tiles), 0.0, 0.5)
    with ScoreCache(workspace.score_cache) as cache:
        yield from share(observe(predictor, card, cards, imagery, grid, samples, store, cache), 0.5, 1.0)
    return samples


def _compare(before: ExamResult | None, after: ExamResult | None, seed: int) -> tuple[Difference | None, bool]:
    """What the exam says of two versions, and whether the second one shall work from now on."""
    from .segmentation.metrics import bootstrap_difference

    if before is None or after is None:
        return None, False
    difference = bootstrap_difference(before.pixels, after.pixels, np.random.default_rng(seed))
    return difference, difference.is_better_than_noise and after.exam_tiles >= FEWEST_EXAM_TILES


def _card_of_child(
    parent: VersionCard, workspace: Workspace, method: str, tiles: Sequence[Tile], epochs: int, now: datetime
) -> VersionCard:
    imagery = workspace.imagery
    return replace(
        parent,
        id=workspace.next_version(),
        parent=parent.id,
        created=now.isoformat(timespec="seconds"),
        method=method,
        trained_on={**parent.trained_on, imagery.path.name: imagery.fingerprint},
        settings={"tiles": [tile.id for tile in tiles], "epochs": epochs},
        metrics={},
    )


def _record(store: LabelStore, done: FineTuned, now: datetime) -> None:
    """Into the learning curve, and the new version to work where it is better."""
    exam = done.difference
    store.add_round(
        Round(
            time=now,
            activated=done.is_active,
            version=done.version,
            parent=done.parent,
            tiles=done.tiles,
            exam_iou_before=exam.iou_before if exam else None,
            exam_iou_after=exam.iou_after if exam else None,
            seconds=done.seconds,
        )
    )
    if done.is_active:
        store.set_setting(ACTIVE_VERSION, done.version)


def _examine(workspace: Workspace, store: LabelStore, version: str, predictor: Predictor) -> Job[ExamResult | None]:
    """The exam of a version; None as long as no exam tile is annotated."""
    from .evaluation.exam import examine
    from .training.samples import load_samples

    tiles = sorted(record.tile for record in store.tiles(EXAM, ANNOTATED))
    if not tiles:
        return None
    samples = yield from load_samples(workspace.imagery, workspace.grid, workspace.normalization, store, tiles)
    return (yield from examine(predictor, version, workspace.imagery, workspace.grid, samples))
