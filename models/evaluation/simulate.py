"""Would it have paid? An oracle with real labels annotates in the order of each strategy, and every round is measured.

Each run, one strategy with one seed, begins at the same start version and is measured on the same tiles; runs share
nothing else. A result is one line of JSON, written as soon as it is known: an interrupted simulation goes on after the
last. It names the protocol (see ``oracle``), the code that it comes from, and what it was measured on.

In the loop the gate picks versions, so the figures of accepted ones are the better for luck on the tiles of an exam.
They are therefore measured on other tiles, which neither the gate nor training sees, wherever the region has enough for
both: see ``region``. A line says which: ``measured_on`` is 'held-out' or 'exam'.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..errors import NothingToDo
from ..jobs import Job
from ..priority.annotation_cost import AnnotationCost
from ..priority.strategies import DEFAULT_STRATEGY
from ..training.fine_tune import FineTuning
from .code_version import code_version
from .oracle import LOOP, Oracle, look
from .region import Region
from .results_file import DEFAULT, FULL, THEN, read_lines


def simulate(
    region: Region,
    strategies: Sequence[str],
    budgets: Sequence[int],
    seeds: Sequence[int],
    out: Path,
    fine_tuning: FineTuning | None = None,
    cost: AnnotationCost | None = None,
    protocol: str = LOOP,
) -> Job[int]:
    """Append the results that ``out`` lacks, and return how many these were.

    Budgets are numbers of annotated tiles. The strategy ``active-ft+p2`` fills the first of them by ActiveFT and the
    others by P2. Raises NothingToDo where the largest budget exceeds the pool, and ResultsError where ``out`` holds
    something else.
    """
    fine_tuning, cost = fine_tuning or FineTuning(), cost or AnnotationCost()
    budgets, pool = sorted(set(budgets)), region.pool
    if budgets[-1] > len(pool):
        raise NothingToDo(
            "pool-too-small",
            "{region} has {tiles} tiles to annotate, fewer than the budget of {budget}. Take smaller budgets "
            "or smaller tiles.",
            region=region.name,
            tiles=len(pool),
            budget=budgets[-1],
        )
    settings = _settings(region, fine_tuning, protocol)
    runs = [(strategy, seed) for strategy in strategies for seed in seeds]
    written, start_seen = 0, None
    for number, (strategy, seed) in enumerate(runs):
        wanted = [len(pool)] if strategy == FULL else budgets
        key = _key(region, strategy, seed, fine_tuning, budgets, protocol)
        known = {line["tiles"] for line in read_lines(out) if line["key"] == key} if out.exists() else set()
        if not known.issuperset(wanted):
            start_seen = start_seen or look(region.predictor, region.area)
            oracle = Oracle(region, strategy, seed, protocol, fine_tuning, cost, start_seen)
            for budget in wanted:
                start = time.monotonic()
                oracle.annotate_to(budget)
                seconds = time.monotonic() - start
                if budget not in known:
                    run = {"region": region.name, "strategy": strategy, "seed": seed, "tiles": budget}
                    _append(out, {**run, **_figures(oracle, region, seconds), **settings, "key": key})
                    written += 1
                yield (number + (wanted.index(budget) + 1) / len(wanted)) / len(runs)
        yield (number + 1) / len(runs)
    return written


def _figures(oracle: Oracle, region: Region, seconds: float) -> dict[str, Any]:
    """What a round cost, and how good the active version and the finished map are after it."""
    measured, finished = oracle.measure(), oracle.measure_map()
    candidate, seen = oracle.measure_candidate(), oracle.cross_fitted
    return {
        "minutes": round(oracle.minutes, 2),
        "map_iou": round(finished.iou, 5),
        "map_f1": round(finished.footprint_f1, 5),
        **{name: round(getattr(measured, name), 5) for name in ("iou", "f1", "footprint_f1", "matched_iou")},
        "class_iou": {name: round(iou, 5) for name, iou in measured.class_iou.items()},
        "predicted_iou_mae": None,
        "predicted_iou_rho": None,
        "predicted_iou_rho_non_empty": None,
        **oracle.quality,
        "accepted": oracle.accepted,
        "candidate_iou": round(candidate.iou, 5) if candidate else None,
        "candidate_footprint_f1": round(candidate.footprint_f1, 5) if candidate else None,
        "cross_fitted_gain": round(seen.iou_after - seen.iou_before, 5) if seen else None,
        "cross_fitted_p": seen.p_value if seen else None,
        "seconds": round(seconds, 2),
        "built_tiles": int(region.has_foreground[oracle.labelled].sum()),
    }


def _settings(region: Region, fine_tuning: FineTuning, protocol: str) -> dict[str, Any]:
    return {
        "pool_tiles": len(region.pool),
        "exam_tiles": len(region.measured),
        "gsd_metres": region.gsd_metres,
        "tile_size_px": region.tile_size_px,
        "start": region.start.id,
        "fine_tuning": _name(fine_tuning),
        "protocol": protocol,
        "measured_on": "exam" if protocol == LOOP and not len(region.held_out) else "held-out",
        "code": code_version(),
    }


def _append(out: Path, result: dict[str, Any]) -> None:
    """One more line; a line that a kill has cut off is dropped before it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("a+b") as file:
        file.seek(0)
        whole = file.read().rfind(b"\n") + 1
        file.truncate(whole)
        file.write(json.dumps(result).encode() + b"\n")


def _key(
    region: Region, strategy: str, seed: int, fine_tuning: FineTuning, budgets: Sequence[int], protocol: str
) -> str:
    """What a result depends on: those of other settings or code stay in the file and are not taken for it."""
    meant = f"{DEFAULT}={DEFAULT_STRATEGY}" if strategy == DEFAULT else strategy
    if protocol == LOOP and strategy != FULL:  # what a round gives depends on all rounds
        meant = f"{meant}@{'-'.join(map(str, budgets))}"
    elif THEN in strategy:
        meant = f"{strategy}@{next((budget for budget in budgets if budget), 0)}"
    return f"{region.fingerprint}/{meant}/{seed}/{_name(fine_tuning)}/{protocol}/{code_version()}"


def _name(fine_tuning: FineTuning) -> str:
    return hashlib.sha256(repr(sorted(asdict(fine_tuning).items())).encode()).hexdigest()[:8]
