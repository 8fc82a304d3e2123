"""Hostile and broken files through every command that reads them (``make fuzz``): what happened, as a table.

Each case lies in a folder of its own and has a seed of its own: the same seed and number make the same files. The
engine is imported once; each command runs in a forked process with limits of time and memory and a home of its own, while
somebody on the loopback notes every request. Whatever is neither a clear error nor works makes the exit code 1.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from itertools import count, islice
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from . import (  # noqa: F401 - they add their kinds
    campaign_files,
    campaign_rows,
    careless,
    label_files,
    label_formats,
    learning,
    raster_formats,
    remote_rasters,
    version_files,
)
from .campaigns import campaign
from .case import Place, Sound, in_turn
from .labels import area, labels
from .options import options
from .process import Listener, run_commands
from .rasters import raster
from .results import results
from .verdict import GOOD, OUTCOMES, Verdict, gravest, judge_commands, judge_labels, judge_traces, labels_of, state_of
from .versions import version

KINDS = list(in_turn(raster, labels, area, version, campaign, options, results))
IN_MEMORY = Path("/dev/shm")  # waiting for a disk at each commit takes longer than all else
console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 180)
_listeners: list[Listener] = []  # the one of this worker process


@dataclass(frozen=True)
class Case:
    """What came of a case, and the commands that were run in it."""

    seed: int
    number: int
    kind: str
    verdict: Verdict
    commands: tuple[str, ...]
    cpu_seconds: float

    @property
    def name(self) -> str:
        return f"{self.seed}:{self.number}"


def run_case(sound: Sound, folder: Path, seed: int, number: int, keep: bool = False) -> Case:
    """Lay a case and run its commands; after a refused ``new`` nothing of it is there for the others to meet."""
    listener = _listeners[0] if _listeners else Listener()
    _listeners[:] = [listener]
    kind, rng = KINDS[number % len(KINDS)], np.random.default_rng([seed, number])
    place = Place(folder / f"{seed}_{number}", sound, listener.url)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the libraries think of the file while it is made
            commands = kind.lay(place, rng)
    except Exception as error:
        return Case(seed, number, kind.name, Verdict("not laid", kind.name, repr(error)), ("",), 0)
    before, labels_before, ended = state_of(place.folder, ("log",)), labels_of(place.workspace), []
    for step in commands:
        together = run_commands(step if isinstance(step, tuple) else (step,), place, listener)
        ended += together
        for each in together if keep else ():
            console.print(f"$ tiletriage {' '.join(each.words)!r}\n{each.stdout}{each.stderr}")
        if together[0].words[0] == "new" and all(each.code != 0 for each in together):
            break
    verdicts = [*judge_commands(ended), *judge_traces(place, before, ended)]
    if kind.subject == "campaign":
        verdicts += judge_labels(labels_before, labels_of(place.workspace))
    if kind.must_be_refused and all(each.code == 0 for each in ended):
        verdicts.append(Verdict("accepted", kind.name))
    if kind.must_end_well and ended[-1].code != 0:
        verdicts.append(Verdict("labels lost", kind.name, ended[-1].stderr[-300:], len(ended) - 1))
    verdict = gravest(verdicts)
    shown = tuple(" ".join(each.words).replace(str(place.folder), "") for each in ended)
    if not keep:
        shutil.rmtree(place.folder, ignore_errors=True)
    return Case(seed, number, kind.name, verdict, shown, sum(each.cpu_seconds for each in ended))


def run_cases(numbers: list[int], seed: int, workers: int) -> Iterator[Case]:
    """All cases, in order, by so many processes."""
    folders = {"dir": IN_MEMORY if IN_MEMORY.is_dir() else None, "ignore_cleanup_errors": True}
    with tempfile.TemporaryDirectory(prefix="tiletriage-fuzz-", **folders) as folder:
        sound = _make_sound(Path(folder))
        run = partial(run_case, sound, Path(folder), seed)
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"))
        try:
            yield from pool.map(run, numbers)
        finally:
            pool.shutdown(cancel_futures=True)


def _make_sound(folder: Path) -> Sound:
    """Making it also imports whatever the commands need, before the workers are forked."""
    (folder / "sound").mkdir()
    os.environ["MPLCONFIGDIR"] = str(folder / "sound")
    import_module("matplotlib.pyplot")

    return Sound(folder / "sound")


def show(cases: list[Case], seed: int, seconds: float) -> None:
    """Outcomes by subject, then one example of each distinct failure."""
    subjects = list(dict.fromkeys(case.kind.split("/")[0] for case in cases))
    counted = Counter((case.verdict.outcome, case.kind.split("/")[0]) for case in cases)
    table = Table("outcome", *subjects, "all", title=f"{len(cases)} cases of seed {seed} in {seconds:.0f} s")
    for outcome in reversed(OUTCOMES):
        row = [counted[outcome, subject] for subject in subjects]
        table.add_row(outcome, *(str(number or "") for number in row), str(sum(row)))
    console.print(table)
    for distinct in failures(cases):
        case = distinct[0]
        numbers = ", ".join(each.name for each in distinct[:6])
        console.print(
            f"\n{case.verdict.outcome}: {case.verdict.signature}  ({len(distinct)} cases: {numbers}; {case.kind})"
        )
        console.print(f"  {case.verdict.message!r}\n  {case.commands[case.verdict.step]!r}")
        console.print(f"  again: make fuzz CASE={case.name}")


def failures(cases: list[Case]) -> list[list[Case]]:
    """The cases that are not good, those of one cause together, the gravest first."""
    together = defaultdict(list)
    for case in cases:
        if case.verdict.outcome not in GOOD:
            together[case.verdict.outcome, case.verdict.signature].append(case)
    return sorted(together.values(), key=lambda alike: (OUTCOMES.index(alike[0].verdict.outcome), -len(alike)))


@click.command()
@click.option("-n", "--number", default=1000, show_default=True, help="Cases.")
@click.option("--seed", default=0, show_default=True)
@click.option("--only", default="", help="Only kinds whose name begins so, for example raster/odd.")
@click.option("--without", default="", help="Leave these kinds out: names with commas between them.")
@click.option("--workers", default=min(2, os.cpu_count() or 1), show_default=True)
@click.option("--case", metavar="SEED:NUMBER", help="Run this one, say what was said, and keep its folder.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each case instead of the table.")
def main(number: int, seed: int, only: str, without: str, workers: int, case: str | None, as_json: bool) -> None:
    began = time.monotonic()
    if case:
        seed, number = map(int, case.split(":"))
        folder = Path(tempfile.mkdtemp(prefix="tiletriage-case-"))
        done = run_case(_make_sound(folder), folder, seed, number, keep=True)
        console.print(f"{done.kind}: {done.verdict}\nIts folder: {folder / f'{seed}_{number}'}")
        sys.exit(done.verdict.outcome not in GOOD)
    cases = []
    wanted = {kind.name for kind in KINDS if kind.name.startswith(only)} - set(without.split(","))
    if not wanted:
        raise click.UsageError(f"No such kind. There are: {', '.join(kind.name for kind in KINDS)}.")
    numbers = list(islice((each for each in count() if KINDS[each % len(KINDS)].name in wanted), number))
    for done in run_cases(numbers, seed, workers):
        cases.append(done)
        if as_json:
            print(json.dumps(asdict(done)), flush=True)
        elif sys.stderr.isatty():
            print(f"\r{len(cases)} of {len(numbers)}", end="", file=sys.stderr)
    if not as_json:
        show(cases, seed, time.monotonic() - began)
    sys.exit(any(case.verdict.outcome not in GOOD for case in cases))


if __name__ == "__main__":
    main()
