"""The report on simulated campaigns: a folder with Markdown, one HTML file that needs nothing else, PNG and CSV."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from ..errors import OutputError
from ..storage.atomic_files import appearing_whole
from ..storage.output_paths import check_output, check_place
from .curve_picture import curve_picture
from .learning_curve import (
    DIFFERENCE,
    EVERYWHERE,
    Halves,
    Interval,
    Standing,
    compare,
    learning_curves,
    noise,
    with_mean_of_regions,
)
from .results_file import BY_CLASS, FULL, results_table

FILES = ("report.md", "report.html", "curves.csv", "summary.csv", "curves_tiles.png", "curves_minutes.png")
TITLE = "Which strategy needs the fewest tiles"
NOT_REACHED = "not reached"
METHOD = (
    "An oracle with real labels annotated tile by tile, in the order of each strategy. All runs of a region began at "
    "the same start version, which had never seen it, and were measured on the same tiles, never trained on.",
    "Intervals are of 95 %. Those of means are Student's t over seeds; differences to random are taken seed by seed. "
    "What counts is the finished map: people's labels on annotated tiles, the active version elsewhere, over all tiles "
    "of the area. The area under the curve of its IoU is by trapezoids, divided by its width: the mean IoU on the way. "
    "A strategy is better or worse than random where the interval of the difference in area lies on one side of zero.",
    "The ratios are the shares of random's tiles and minutes with which the mean curve of a strategy reaches the mean "
    "IoU of the map that random has in the end, by linear interpolation; their intervals are a bootstrap over seeds. "
    "Over regions a ratio is the mean of theirs, in which 'not reached' and what exceeds 1 count as 1. A ratio of 0 "
    "says that the map of the start version is already as good.",
)
PROTOCOLS: Mapping[str, str] = MappingProxyType(
    {
        "loop": "Protocol 'loop', what the product does: every fine-tuning went on from the active version, with new "
        "and as many earlier tiles, and its result became active only where it passed the gate. Where the start knew "
        "nothing, every fine-tuning began there again, with all tiles.",
        "from-start": "Protocol 'from-start', not what the product does: every fine-tuning began again at the start "
        "version with all annotated tiles, and every result was measured, without a gate.",
    }
)
MEASURED_ON: Mapping[str, str] = MappingProxyType(
    {
        "held-out": "tiles that neither training nor a gate saw",
        "exam": "the very exam tiles by which the gate chose: the figures are too good for that",
    }
)
BY_TILES: Mapping[str, tuple[str, str]] = MappingProxyType(  # of each region: column, title, format
    {
        "map_iou": ("IoU of the finished map", ".3f"),
        DIFFERENCE: ("IoU of the finished map above random's", "+.3f"),
        "map_f1": ("Footprint F1 of the finished map: footprints found with an IoU of 0.5", ".3f"),
        "iou": ("IoU of the active version", ".3f"),
        "f1": ("F1 of the active version", ".3f"),
        "footprint_f1": ("Footprint F1 of the active version", ".3f"),
        "matched_iou": ("Mean IoU of the footprints that the active version finds", ".3f"),
        "minutes": ("Minutes of annotation", ".1f"),
        "built_tiles": ("Tiles with footprints among the annotated", ".1f"),
        "predicted_iou_mae": ("Predicted IoU: mean absolute error", ".3f"),
        "predicted_iou_rho": ("Predicted IoU: rank correlation (Spearman)", ".2f"),
        "predicted_iou_rho_non_empty": ("Predicted IoU: rank correlation on tiles with footprints", ".2f"),
        "accepted": ("Versions that passed the gate", ".1f"),
        "candidate_iou": ("IoU of the newest version, whether it passed the gate or not", ".3f"),
        "candidate_footprint_f1": ("Footprint F1 of the newest version, whether it passed the gate or not", ".3f"),
        "cross_fitted_gain": ("Gain of IoU on tiles that were held out of fine-tuning in turn", "+.3f"),
        "seconds": ("Seconds of scoring and fine-tuning", ".0f"),
    }
)
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;color:#1b1e2b;max-width:72rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;display:block;overflow-x:auto}"
    "th,td{text-align:left;padding:.25rem .7rem;border-bottom:1px solid #e4e5ea;white-space:nowrap}"
    "h2{margin-top:2.5rem}h3{margin-bottom:.3rem;font-size:1rem}p{max-width:48rem}img{max-width:100%}"
)


@dataclass(frozen=True)
class Section:
    """A part of the report: a heading of level 2 or 3, then paragraphs, a table of texts, and a picture by its name."""

    title: str
    level: int = 2
    words: Sequence[str] = ()
    table: pd.DataFrame | None = None
    picture: str = ""


def report(
    paths: Sequence[Path], folder: Path, at: int | None = None, seed: int = 0, overwrite: bool = False
) -> pd.DataFrame:
    """Write the report on files of results into a folder, and return its summary, a row a region and strategy.

    ``at`` is as in ``compare``. Raises ResultsError where the results cannot be compared, and OutputError where files
    of these names are in the folder: an older report gives way where the user says so (``overwrite``).
    """
    folder = folder.resolve()  # a/../b makes no folder a
    _check_folder(folder, paths, overwrite)
    results = with_mean_of_regions(results_table(paths))
    curves, standings = learning_curves(results), compare(results, at, np.random.default_rng(seed))
    summary = _summary(standings)
    pictures = {f"curves_{against}.png": curve_picture(curves, against) for against in ("tiles", "minutes")}
    protocol = PROTOCOLS[results.protocol.iloc[0]]
    sections = [*_overview(standings, noise(results), protocol), *_regions(results, curves)]
    texts = {
        "report.md": _markdown(sections),
        "report.html": _html(sections, pictures),
        "curves.csv": curves.to_csv(index=False),
        "summary.csv": summary.to_csv(index=False),
    }
    _write(folder, {**{name: text.encode() for name, text in texts.items()}, **pictures})
    return summary


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """All files at once where the folder is new or empty, else one by one, and first the one that tells our reports."""
    if folder.is_dir() and any(folder.iterdir()):
        for name, content in contents.items():
            with appearing_whole(folder / name) as beside:
                beside.write_bytes(content)
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with appearing_whole(folder) as beside:
        beside.mkdir()
        for name, content in contents.items():
            (beside / name).write_bytes(content)
        if folder.exists():
            folder.rmdir()


def _check_folder(folder: Path, results: Sequence[Path], overwrite: bool) -> None:
    check_place(folder)
    standing = next(each for each in (folder, *folder.absolute().parents) if os.path.lexists(each))
    if not standing.is_dir():
        raise OutputError(
            "output-no-folder",
            "The report cannot be written to {folder}: a report is a folder of files, and '{standing}' is none. Choose "
            "another name.",
            folder=folder,
            standing=standing,
        )
    for name in FILES if folder.is_dir() else ():
        check_output(folder / name, (Path(name).suffix,), _is_of_a_report, overwrite=overwrite, inputs=results)


def _is_of_a_report(path: Path) -> bool:
    """Whether the report that a file lies beside is one of ours."""
    beside = path.with_name("report.md")
    return beside.is_file() and beside.read_bytes().startswith(f"# {TITLE}".encode())


def _summary(standings: Sequence[Standing]) -> pd.DataFrame:
    """Standings as flat rows of numbers and texts; None is what is not known."""
    table = pd.json_normalize([asdict(standing) for standing in standings], sep="_")
    names = {name: name.replace("_value", "") for name in table.columns}
    table = table.rename(columns=names).astype(object)
    return table.where(table != np.inf, NOT_REACHED).where(table.notna(), None)


def _overview(standings: Sequence[Standing], halves: Sequence[Halves], protocol: str) -> Iterator[Section]:
    together_first = sorted(standings, key=lambda standing: standing.region != EVERYWHERE)
    yield Section(
        "Every strategy beside random", words=[protocol, *METHOD], table=pd.DataFrame(map(_row, together_first))
    )
    yield Section("Learning curves by tiles", picture="curves_tiles.png")
    yield Section("Learning curves by minutes of annotation", picture="curves_minutes.png")
    words = [_noise_in_words(half) for half in halves] or ["This takes at least four seeds of random."]
    yield Section("The instrument's own noise: random against itself", words=words)


def _row(standing: Standing) -> dict[str, str]:
    missed = f" (not reached in {standing.unreached} of the regions)" if standing.region == EVERYWHERE else ""
    return {
        "Region": standing.region,
        "Strategy": standing.strategy,
        "Seeds": str(standing.seeds),
        "Area under the map's IoU": _bounds(standing.area),
        "Difference to random": _bounds(standing.difference, "+.3f"),
        "Verdict": standing.verdict,
        "Random's tiles": f"{standing.at:.0f}",
        "Ratio of tiles": _bounds(standing.ratio, ".2f") + missed * (standing.unreached > 0),
        "Ratio of minutes": _bounds(standing.minutes_ratio, ".2f"),
    }


def _noise_in_words(halves: Halves) -> str:
    agree = "each lies in the other's interval" if halves.agree else "one lies outside the other's interval"
    return (
        f"{halves.region}: area {_bounds(halves.first)} with the first half of the seeds, {_bounds(halves.second)} "
        f"with the second: {agree}."
    )


def _regions(results: pd.DataFrame, curves: pd.DataFrame) -> Iterator[Section]:
    for region, found in curves.groupby("region", sort=False):
        settings = results[results.region == region].iloc[0]
        known = [] if region == EVERYWHERE else [_settings_in_words(settings)]
        everything = [_full_in_words(row) for _, row in found[found.strategy == FULL].iterrows()]
        yield Section(region, words=[*known, *everything, "The columns are numbers of annotated tiles."])
        for column, (title, form) in BY_TILES.items():
            table = _by_tiles(found[found.strategy != FULL], column, form)
            yield Section(title, level=3, table=table)
        here = results[(results.region == region) & (results.strategy != FULL)]
        if region != EVERYWHERE and len(table := _by_class(here)):
            yield Section("IoU of each class of the active version", level=3, table=table)


def _settings_in_words(settings: pd.Series) -> str:
    pool, exam, size = (f"{settings[name]:.0f}" for name in ("pool_tiles", "exam_tiles", "tile_size_px"))
    return (
        f"{pool} tiles to annotate, and {exam} measure, of {size} px at {settings.gsd_metres:.3g} m: "
        f"{MEASURED_ON[settings.measured_on]}. Start '{settings.start}', fine-tuning '{settings.fine_tuning}', code "
        f"'{settings.code}'."
    )


def _full_in_words(row: pd.Series) -> str:
    figures = ", ".join(f"{name} {row[column]:.3f}" for column, name in (("iou", "IoU"), ("f1", "F1")))
    return f"With all {row.tiles} tiles annotated: {figures}, footprint F1 {row.footprint_f1:.3f}."


def _by_tiles(curves: pd.DataFrame, column: str, form: str) -> pd.DataFrame:
    """A row a strategy, a column a number of tiles; with half the width of the interval where there is one."""
    texts = curves[column].map(lambda value: _number(value, form))
    if f"{column}_high" in curves:
        half = curves[f"{column}_high"] - curves[column]
        texts += half.map(lambda value: "" if np.isnan(value) else f" ± {value:.3f}")
    table = curves.assign(text=texts).pivot(index="strategy", columns="tiles", values="text").fillna("")
    return table.reindex(dict.fromkeys(curves.strategy)).rename(columns=str).rename_axis("Strategy").reset_index()


def _by_class(results: pd.DataFrame) -> pd.DataFrame:
    """A row a strategy and class, a column a number of tiles: means over seeds; no row where there is one class."""
    rows = [
        (strategy, name, tiles, iou)
        for strategy, tiles, of_class in zip(results.strategy, results.tiles, results[BY_CLASS])
        for name, iou in of_class.items()
    ]
    found = pd.DataFrame(rows, columns=["Strategy", "Class", "tiles", "iou"])
    if found.Class.nunique() < 2:
        return found[:0]
    means = found.pivot_table("iou", ["Strategy", "Class"], "tiles", sort=False).sort_index(axis=1)
    texts = means.apply(lambda column: column.map(lambda value: _number(value, ".3f")))
    return texts.rename(columns=str).reset_index()


def _number(value: float, form: str) -> str:
    if np.isnan(value):
        return "–"
    return NOT_REACHED if np.isinf(value) else format(value, form)


def _bounds(found: Interval, form: str = ".3f") -> str:
    value, low, high = (_number(bound, form) for bound in (found.value, found.low, found.high))
    return value if np.isnan(found.low) else f"{value} ({low} to {high})"


def _markdown(sections: Sequence[Section]) -> str:
    parts = [f"# {TITLE}"]
    for section in sections:
        parts += [f"{'#' * section.level} {_plain(section.title)}", *map(_plain, section.words)]
        if section.picture:
            parts.append(f"![{_plain(section.title)}]({section.picture})")
        if section.table is not None:
            names = list(section.table.columns)
            lines = [names, ["---"] * len(names), *section.table.to_numpy().tolist()]
            parts.append("\n".join(f"| {' | '.join(map(_plain, line))} |" for line in lines))
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """A text that Markdown takes for nothing but text, also in the cell of a table."""
    return escape(" ".join(text.split()), quote=False).replace("|", "\\|")


def _html(sections: Sequence[Section], pictures: Mapping[str, bytes]) -> str:
    parts = [f"<h1>{escape(TITLE)}</h1>"]
    for section in sections:
        parts.append(f"<h{section.level}>{escape(section.title)}</h{section.level}>")
        parts += [f"<p>{escape(words)}</p>" for words in section.words]
        if section.picture:
            source = b64encode(pictures[section.picture]).decode()
            parts.append(f'<img alt="{escape(section.title)}" src="data:image/png;base64,{source}">')
        if section.table is not None:
            parts.append(section.table.to_html(index=False, border=0))
    head = f'<meta charset="utf-8"><title>{escape(TITLE)}</title><style>{STYLE}</style>'
    body = "\n".join(parts)
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'
