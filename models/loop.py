"""The use cases in the order in which a campaign goes through them: start reading here.

What may take long is a job: it yields the fraction done and returns its result (see ``jobs``). The command line,
Processing and the dock all drive these same functions.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .annotation.footprint_file import check_output, read_footprints, write_footprints
from .annotation.records import ANNOTATED, QUEUED, Round, TileState
from .errors import ModelError, NothingToDo, WorkspaceError
from .fine_tuning_round import card_of_child, compare, observed_samples, read_exam, record
from .handing_in import begin, begun_tiles, campaign_tiles, end, on_tile
from .imagery.area import ground_of, read_area
from .imagery.grid import Bounds
from .imagery.raster import Imagery, open_imagery, read_overview
from .jobs import Job, share
from .layout import lay_out
from .priority.heatmap import heatmap_picture
from .queue_layer import queued_tile, write_queue
from .results import Annotated, Counts, FineTuned, Predicted, QueuedTile, Scored
from .training.model_store import VersionCard, check_weights, copy_version, read_card, save_version
from .training.split import EXAM, TRAINING
from .workspace import ACTIVE_VERSION, Workspace, create_workspace

if TYPE_CHECKING:  # these bring torch, which takes seconds: imported where they are used
    from .evaluation.exam import ExamResult
    from .priority.scoring import OnScores
    from .segmentation.speed import Speed
    from .training.fine_tune import Epoch

BASE_MODEL = Path(__file__).parents[1] / "resources" / "base_model"
ROUND = 10  # tiles of the next round, chosen as a set
PASSES_A_MINUTE = 1000  # of fine-tuning on a laptop, about


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
    layout = lay_out(opened, area, gsd_metres, tile_size_px, exam_tiles, seed)
    return create_workspace(folder, opened, layout, start)


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
    from .evaluation.observation import observations
    from .priority.queue import queue_tiles
    from .priority.score_cache import ScoreCache
    from .priority.scoring import in_view_first, score_tiles

    start = time.monotonic()
    with workspace.lock(), workspace.store() as store, ScoreCache(workspace.score_cache) as cache:
        card = workspace.active_card(store)
        tiles = [record.tile for record in store.tiles()]
        predictor = workspace.predictor(card.id, len(tiles))
        in_order = in_view_first(tiles, workspace.grid, first) if first else tiles
        new_tiles = yield from score_tiles(
            predictor, workspace.imagery, workspace.grid, in_order, cache, card.sha256, on_scores=on_scores
        )
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


def next_tiles(
    workspace: Workspace, count: int | None = None, *, exam: bool = False, must_be_ranked: bool = True
) -> list[QueuedTile]:
    """The next tiles to annotate, best first, at most ``count``; with ``exam`` the exam tiles without labels.

    Before the first scoring there is no rank: they come row by row where they need not be ranked.
    """
    with workspace.store() as store:
        records = store.tiles(EXAM if exam else TRAINING, QUEUED, count)
    if must_be_ranked and not exam and records and records[0].rank is None:
        raise WorkspaceError("No tile has a rank yet. Score the campaign first.")
    return [queued_tile(workspace, record) for record in records]


def counts(workspace: Workspace) -> Counts:
    """How far the campaign is."""
    with workspace.store() as store:
        tiles, footprints = store.tile_counts(), store.footprint_count()

    def number(split: str, *states: TileState) -> int:
        return sum(tiles.get((split, state), 0) for state in states or TileState)

    return Counts(
        pool=number(TRAINING, *QUEUED),
        done=number(TRAINING, TileState.DONE),
        empty=number(TRAINING, TileState.EMPTY),
        skipped=number(TRAINING, TileState.SKIPPED),
        bad_imagery=number(TRAINING, TileState.BAD_IMAGERY),
        exam=number(EXAM),
        exam_annotated=number(EXAM, *ANNOTATED),
        footprints=footprints,
    )


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
    wish = [str(footprints.resolve()), count, exam]
    with workspace.lock(), workspace.store() as store:
        if tiles is None:
            tiles = begun_tiles(store, wish)
        if tiles is None:
            tiles = [queued.tile_id for queued in next_tiles(workspace, count, exam=exam)]
            begin(store, wish, tiles)
        chosen = campaign_tiles(store, tiles)
        numbers: list[int] = []
        for tile in chosen:
            inside = on_tile(found, workspace.grid.tile_bounds(tile))
            store.finish(tile, inside, annotator, now, imagery=workspace.imagery.fingerprint)
            numbers.append(len(inside))
            yield len(numbers) / len(chosen)
        end(store)
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

    An interrupted fine-tuning goes on from its checkpoint. Tiles may be annotated meanwhile: they count next time.
    """
    from .training.fine_tune import FineTuning, Run, fine_tune

    start, checkpoint = time.monotonic(), workspace.cache / "fine-tune.safetensors"
    with workspace.lock(), workspace.store() as store:
        parent = workspace.active_card(store)
        tiles = [record.tile for record in store.tiles(TRAINING, ANNOTATED)]
        if not tiles:
            raise NothingToDo("No tile is annotated yet. Annotate some of the next tiles first.")
        settings = FineTuning(method, minutes, epochs)
        passes = min(len(tiles) * settings.epochs_of(len(tiles)), PASSES_A_MINUTE * minutes if minutes else math.inf)
        predictor = workspace.predictor(parent.id, passes)
        samples = yield from share(observed_samples(workspace, store, parent, predictor, tiles), 0.0, 0.05)
        exam = yield from share(read_exam(workspace, store), 0.05, 0.06)
        before = yield from share(exam.sit(parent.id, predictor), 0.06, 0.08)

        is_new = np.array([tile.id not in parent.settings.get("tiles", ()) for tile in tiles])
        run = Run(predictor.network, samples, is_new, settings, seed, predictor.device, predictor.is_mixed)
        training = fine_tune(run, checkpoint, on_epoch, exam.measure(predictor))
        network, shown = yield from share(training, 0.08, 0.97)

        card = card_of_child(parent, workspace, method, tiles, len(shown), now)
        trained = replace(predictor, network=network)
        after = yield from share(exam.sit(card.id, trained), 0.97, 0.99)
        difference, is_active = compare(before, after, seed)
        metrics = {"exam_tiles": after.exam_tiles, **asdict(difference)} if after and difference else {}
        save_version(workspace.version_folder(card.id), network, replace(card, metrics=metrics))
        seconds = time.monotonic() - start
        done = FineTuned(card.id, parent.id, method, len(tiles), is_active, difference, len(shown), seconds)
        record(store, done, now)
        checkpoint.unlink(missing_ok=True)
    return done


def evaluate(workspace: Workspace, *, version: str | None = None) -> Job[ExamResult]:
    """How good a version, by default the active one, is on the exam tiles."""
    with workspace.store() as store:
        card = workspace.card(version) if version else workspace.active_card(store)
        passes = len(store.tiles(EXAM, ANNOTATED))
        exam = yield from share(read_exam(workspace, store), 0.0, 0.3)
    result = yield from share(exam.sit(card.id, workspace.predictor(card.id, passes)), 0.3, 1.0)
    if result is None:
        raise NothingToDo("No exam tile is annotated yet, so nothing can be measured. Annotate the exam tiles first.")
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


def export_version(workspace: Workspace, version: str, folder: Path) -> None:
    """Copy a version into a new folder, to start another campaign from: whole or not at all."""
    copy_version(workspace.version_folder(workspace.card(version).id), folder)


def learning_curve(workspace: Workspace) -> list[Round]:
    """Every fine-tuning so far, oldest first."""
    with workspace.store() as store:
        return store.rounds()


def probe_speed(version: Path = BASE_MODEL) -> Job[Speed]:
    """How many tiles a second a version takes on this computer, by a probe of five."""
    from .segmentation.speed import probe_speed
    from .training.model_store import load_network

    network, card = load_network(version)
    return (yield from probe_speed(network, card.bands))


def _check_bands(imagery: Imagery, card: VersionCard) -> None:
    if len(imagery.bands) != card.bands:
        example = ",".join(["1"] * card.bands if len(imagery.bands) == 1 else map(str, range(1, card.bands + 1)))
        raise ModelError(
            f"{imagery.path.name} has {len(imagery.bands)} bands, the model '{card.id}' takes {card.bands}: "
            f"red, green, blue. Name the ones to use, in that order, with the option bands, for example {example}."
        )
