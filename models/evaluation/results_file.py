"""The file in which simulated campaigns keep what they measured: one JSON object a line."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ..choices import PROTOCOLS
from ..errors import ResultsError
from ..storage.input_file import is_special
from ..storage.limits import LARGEST_RESULTS_BYTES

RANDOM = "random"  # the strategy that all others are compared with
DEFAULT = "default"  # what a campaign takes by itself, round by round
FULL = "all"  # no strategy: every tile of the pool is annotated
BEGINNING = b'{"region": '  # of every line
THEN = "+"  # between the strategy of the first round and that of all later ones
KEY = ["region", "strategy", "tiles", "seed"]
NAMES = ("region", "strategy", "start", "fine_tuning", "key", "protocol", "measured_on", "code")
NUMBERS = (
    *("seed", "tiles", "minutes", "iou", "f1", "footprint_f1", "seconds", "built_tiles"),
    *("pool_tiles", "exam_tiles", "gsd_metres", "tile_size_px"),
)
NUMBERS_OR_NULL = (
    *("map_iou", "map_f1", "matched_iou", "candidate_iou", "candidate_footprint_f1"),
    *("cross_fitted_gain", "cross_fitted_p"),
    *("predicted_iou_mae", "predicted_iou_rho", "predicted_iou_rho_non_empty", "accepted"),
)
BY_CLASS = "class_iou"  # of the active version: a number for each class that is there, by its name
SETTINGS = [
    *("start", "fine_tuning", "gsd_metres", "tile_size_px", "exam_tiles", "pool_tiles", "fingerprint"),
    *("protocol", "measured_on", "code"),
]
LONGEST_NAME, LARGEST_NUMBER = 1_000, 1e9  # beyond, no picture can be drawn and no interval computed
CHOICES = {"protocol": PROTOCOLS, "measured_on": ("held-out", "exam")}
OLDER: Mapping[str, object] = {  # than these fields
    "protocol": "from-start",
    "measured_on": "held-out",
    "code": "older",
    "accepted": None,
    "matched_iou": None,
    "map_iou": None,
    "map_f1": None,
    "candidate_iou": None,
    "candidate_footprint_f1": None,
    "cross_fitted_gain": None,
    "cross_fitted_p": None,
    BY_CLASS: {},
}


def results_table(paths: Sequence[Path]) -> pd.DataFrame:
    """All lines of some files of results, one row a region, strategy, number of tiles and seed; random comes first.

    The columns are NAMES, NUMBERS, NUMBERS_OR_NULL, BY_CLASS and SETTINGS. In each file only the results of a region
    count that have the settings of its last one; of two lines for the same row the later one does. One that an
    interruption cut off does not, nor one from before the finished map was measured. Raises ResultsError where a file
    or line cannot be used, where a region has no line of the strategy ``random``, where it was simulated with other
    settings in another file, and where regions were simulated by different protocols.
    """
    lines = [found for path in paths if len(found := _newest(path))]
    if not lines:
        raise ResultsError(
            "results-empty",
            "{paths}: no result is in there yet. Make them with: tiletriage simulate ... --out {path}",
            paths=", ".join(map(str, paths)),
            path=paths[0],
        )
    results = pd.concat(lines, ignore_index=True)
    for region, found in results.groupby("region"):
        _check_region(region, found)
    _check_protocols(results)
    results = results.drop_duplicates(KEY, keep="last")
    order = {name: place for place, name in enumerate(dict.fromkeys([RANDOM, *results.strategy]))}
    ranked = results.sort_values(KEY, key=lambda column: column.map(order) if column.name == "strategy" else column)
    return ranked.reset_index(drop=True)


def _newest(path: Path) -> pd.DataFrame:
    """The results of a file without those of earlier settings, which a simulation leaves in it."""
    lines = pd.DataFrame(read_lines(path), columns=[*NAMES, *NUMBERS, *NUMBERS_OR_NULL, BY_CLASS])
    lines = lines.astype(dict.fromkeys(NUMBERS_OR_NULL, float)).dropna(subset="map_iou")
    lines["fingerprint"] = lines.key.str.split("/").str[0]  # of imagery, grid, labels and start version
    last = lines.groupby("region")[SETTINGS].transform("last")
    lines = lines[(lines[SETTINGS] == last).all(axis=1)]
    meant = lines.key.str.split("/").str[1]  # what the strategy stood for: the default may have been another one
    return lines[meant == meant.groupby([lines.region, lines.strategy]).transform("last")]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The results in a file, one by one, without a last line that a kill has cut off.

    Raises ResultsError where the file or a line of it cannot be used.
    """
    size = path.stat().st_size if path.is_file() else 0
    if size > LARGEST_RESULTS_BYTES:
        raise ResultsError(
            "results-too-large",
            "{path} has {size} MB; results of at most {most} MB are read. Give files of fewer regions.",
            path=path,
            size=size >> 20,
            most=LARGEST_RESULTS_BYTES >> 20,
        )
    try:
        if is_special(path):
            raise OSError(errno.EINVAL, "it is a pipe or a device")
        content = path.read_bytes()
    except OSError as error:
        raise ResultsError(
            "results-unreadable",
            "The results {path} cannot be read ({error}). Make them with: tiletriage simulate ... --out {path}",
            path=path,
            error=error.strerror,
        ) from error
    *whole, cut_off = content.split(b"\n")
    if not cut_off.startswith(BEGINNING[: len(cut_off)]):
        raise ResultsError(
            "results-foreign",
            "{path} ends in something that is no result. Give another file, or delete its last line.",
            path=path,
        )
    for number, line in enumerate(whole, start=1):
        if line.strip():
            yield _result(line, f"{path}, line {number}")


def _result(line: bytes, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ResultsError(
            "results-not-json",
            "{where} is no JSON. Delete that line and simulate again: only it is computed.",
            where=where,
        ) from error
    names = (*NAMES, *NUMBERS, *NUMBERS_OR_NULL, BY_CLASS)
    found = {**OLDER, **found} if isinstance(found, dict) else found
    wrong = [name for name in names if not (isinstance(found, dict) and _fits(name, found.get(name)))]
    if wrong:
        raise ResultsError(
            "results-unusable",
            "{where} has no usable '{field}'. Is it a file of results? Delete that line and simulate again: "
            "only it is computed.",
            where=where,
            field=wrong[0],
        )
    return {name: found[name] for name in names}


def _fits(name: str, value: object) -> bool:
    if name in CHOICES:
        return value in CHOICES[name]
    if name in NAMES:
        return _is_name(value)
    if name == BY_CLASS:
        return isinstance(value, dict) and all(_is_name(key) and _is_figure(each) for key, each in value.items())
    return _is_figure(value) or (name in NUMBERS_OR_NULL and value is None)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_NAME and value.isprintable()


def _is_figure(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


def _check_region(region: str, results: pd.DataFrame) -> None:
    if RANDOM not in set(results.strategy):
        raise ResultsError(
            "results-without-random",
            "{region} has no result of '{random}', with which all strategies are compared. Simulate it too: "
            "tiletriage simulate ... --strategies {random}",
            region=region,
            random=RANDOM,
        )
    for setting in SETTINGS:
        values = results[setting].unique()
        if len(values) > 1:
            raise ResultsError(
                "results-differ",
                "{region} was simulated with different settings, so its results cannot be compared: {setting} is "
                "{one} and {other}. Give files of one setting, or another name with --region.",
                region=region,
                setting=setting,
                one=values[0],
                other=values[1],
            )


def _check_protocols(results: pd.DataFrame) -> None:
    """One report has one protocol: figures of two cannot be compared, nor have a mean."""
    firsts = results.groupby("protocol", sort=False).region.first()
    if len(firsts) > 1:
        raise ResultsError(
            "results-protocols-differ",
            "{region} was simulated by the protocol '{one}' and {other_region} by '{other}', so their results cannot "
            "stand in one report. Make a report of each, or simulate all of them with --protocol {other}.",
            region=firsts.iloc[0],
            one=firsts.index[0],
            other_region=firsts.iloc[1],
            other=firsts.index[1],
        )
