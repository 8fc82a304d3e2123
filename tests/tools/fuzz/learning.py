"""What the commands meet that learn and measure (fine-tune, evaluate, simulate), and an import that was interrupted."""

from __future__ import annotations

import shutil
from datetime import datetime, timezone
from pathlib import Path

import shapely

from tiletriage.models.campaign.workspace import open_workspace
from tiletriage.models.use_cases.annotate import annotate

from .campaign_rows import odd_log, odd_rounds
from .campaigns import campaign, odd_footprints, odd_tables, odd_tile_values
from .case import Place, Rng, Words, pick
from .label_files import elsewhere
from .labels import (
    SQUARE,
    absurd_coordinates,
    broken_rings,
    collection,
    damaged_geopackage,
    labels,
    no_polygons,
    polygon,
)
from .results import damaged_results, no_results, odd_lines, odd_value, results
from .version_files import damaged_weights_of_right_hash, lying_header
from .versions import damaged_file, huge_network, odd_field, put, version

FEW = ["--epochs", 1]


def learnt_from(place: Place, rng: Rng) -> list[Words]:
    """Fine-tuning and measuring in a campaign as it is, after its exam tiles were annotated."""
    exam: Words = [
        "annotate",
        place.workspace,
        "--footprints",
        place.input / "labels.gpkg",
        "--annotator",
        "a",
        "--exam",
    ]
    return [exam, *pick(rng, [[["fine-tune", place.workspace, *FEW]], [["evaluate", place.workspace]]])]


@campaign
def learning_from_odd_rows(place: Place, rng: Rng) -> list[Words]:
    pick(rng, [odd_log, odd_rounds, odd_footprints, odd_tables, odd_tile_values])(place, rng)
    return learnt_from(place, rng)


@campaign
def interrupted_import(place: Place, rng: Rng) -> list[Words]:
    """The same words again after an interruption, but another drawing under the same name."""
    place.with_campaign()
    count, ended = 4, int(rng.integers(1, 4))
    drawn = Path(shutil.copy(place.input / "labels.geojson", place.input / "drawn.geojson"))
    now = datetime(2026, 1, 1, tzinfo=timezone.utc)
    job = annotate(open_workspace(place.workspace), drawn, count=count, annotator="a", now=now, may_be_empty=True)
    for _ in range(ended):
        next(job)
    job.close()
    far = shapely.affinity.translate(shapely.Polygon(SQUARE), float(pick(rng, [40, 5_000])), -30)
    geometries = [[], [polygon(SQUARE)], [shapely.geometry.mapping(far)]]
    again: Words = [
        "annotate",
        place.workspace,
        "--footprints",
        collection(place, *pick(rng, geometries), name=drawn.name),
    ]
    words: Words = [*again, "--annotator", "a", "--next", count, *pick(rng, [[], ["--empty"]])]
    return [words, words, ["next", place.workspace]]


@version
def learning_on_odd_version(place: Place, rng: Rng) -> list[Words]:
    """The active version of a campaign, or the start of a simulated one."""
    folder = pick(rng, [damaged_file, odd_field, huge_network, damaged_weights_of_right_hash, lying_header])(place, rng)
    if rng.random() < 0.3:
        return [place.simulation(start=folder)]
    place.with_campaign()
    put(folder, place.workspace / "versions" / "tiny")
    return learnt_from(place, rng)


@labels
def simulated_with_odd_labels(place: Place, rng: Rng) -> list[Words]:
    make = pick(rng, [no_polygons, absurd_coordinates, broken_rings, damaged_geopackage, elsewhere])
    return [place.simulation(labels=make(place, rng))]


@results
def simulated_into_odd_results(place: Place, rng: Rng) -> list[Words]:
    """Results of somebody else stand where a simulated campaign writes its own."""
    file = pick(rng, [odd_value, odd_lines, damaged_results, no_results])(place, rng)
    out = place.out / file.name
    file.rename(out)
    return [place.simulation(out=out), ["report", out, "-o", place.out / "report"]]
