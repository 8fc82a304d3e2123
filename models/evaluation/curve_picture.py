"""Learning curves as a picture: a column a region, a row a metric, a line a strategy with its interval as a band."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import cycle, product
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pandas as pd

from .results_file import DEFAULT, FULL, RANDOM

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, GREY, PAPER = "#1b1e2b", "#6b6f7b", "#ffffff"
COLUMN, ROW, TITLE, LINE = 3.7, 2.5, 0.45, 0.25  # inches: one picture; the title and a line of the legend above all
ACROSS = 6  # strategies in a line of the legend
# After Okabe and Ito: told apart also by those who do not see red or green; the marker says it once more.
LOOKS = (
    *(("#0072b2", "o"), ("#009e73", "^"), ("#cc79a7", "D"), ("#e69f00", "P"), ("#56b4e9", "v"), ("#332288", "X")),
    *(("#882255", "<"), ("#8c8c1a", ">"), ("#117733", "*"), ("#aa4499", "h")),
)
STYLES = ("-", "-.")  # the second where there are more strategies than looks
FIXED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        FULL: {"color": GREY, "linewidth": 1.4, "linestyle": ":"},
        RANDOM: {"color": INK, "linewidth": 2.2, "linestyle": "--"},
        DEFAULT: {"color": "#d55e00", "linewidth": 2.4, "marker": "s", "markersize": 5},
    }
)
MOST_BANDS = 5  # with more strategies only those of FIXED have one: the others would hide each other
METRICS: Mapping[str, str] = MappingProxyType(
    {"map_iou": "IoU of the map", "map_f1": "Footprint F1 of the map", "iou": "IoU of the version"}
)
AXES: Mapping[str, str] = MappingProxyType({"tiles": "annotated tiles", "minutes": "minutes of annotation"})


def curve_picture(curves: pd.DataFrame, against: str, dots_per_inch: int = 130) -> bytes:
    """A PNG of ``learning_curves`` against 'tiles' or 'minutes'; the model of all labels is a dotted line."""
    from matplotlib.figure import Figure  # takes a third of a second: only who wants a picture waits for it

    regions = list(dict.fromkeys(curves.region))
    looks = _looks(dict.fromkeys(curves.strategy))
    head = TITLE + LINE * math.ceil(len(looks) / ACROSS)
    height = ROW * len(METRICS) + head
    figure = Figure((max(2, len(regions)) * COLUMN, height), dpi=dots_per_inch, facecolor=PAPER)
    grid = figure.subplots(len(METRICS), len(regions), squeeze=False, sharex="col")
    for row, metric in zip(grid, METRICS):
        for axes, region in zip(row, regions):
            _draw_curves(axes, curves[curves.region == region], metric, against, looks)
        row[0].set_ylabel(METRICS[metric], color=INK, size=11)
    for top, bottom, region in zip(grid[0], grid[-1], regions):
        top.set_title(region.replace("$", r"\$"), color=INK, size=11, weight="bold", loc="left")
        bottom.set_xlabel(AXES[against], color=INK, size=10)
    _draw_legend(figure, looks)
    figure.tight_layout(rect=(0, 0, 1, 1 - head / height + 0.03))
    picture = BytesIO()
    figure.savefig(picture, format="png", facecolor=PAPER)
    return picture.getvalue()


def _looks(strategies: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """How the line of each strategy is drawn; the last one is on top."""
    looks: dict[str, Mapping[str, Any]] = {}
    others, kinds = (name for name in strategies if name not in FIXED), cycle(product(STYLES, LOOKS))
    for strategy, (style, (colour, marker)) in zip(others, kinds):
        looks[strategy] = {"color": colour, "marker": marker, "markersize": 4.5, "linestyle": style, "linewidth": 1.4}
    return {**looks, **{name: look for name, look in FIXED.items() if name in strategies}}


def _banded(looks: Mapping[str, Any]) -> list[str]:
    """The strategies whose interval is drawn."""
    names = [name for name in looks if name != FULL]
    return names if len(names) <= MOST_BANDS else [name for name in names if name in FIXED]


def _draw_curves(axes: Axes, curves: pd.DataFrame, metric: str, against: str, looks: Mapping[str, Any]) -> None:
    for strategy, look in looks.items():
        curve = curves[curves.strategy == strategy]
        if strategy == FULL:
            for value in curve[metric]:
                axes.axhline(value, **look)
            continue
        x, low, high = curve[against], curve[f"{metric}_low"].clip(0, 1), curve[f"{metric}_high"].clip(0, 1)
        if strategy in _banded(looks):
            axes.fill_between(x, low, high, color=look["color"], alpha=0.13, linewidth=0)
        axes.plot(x, curve[metric], **look)
    axes.grid(axis="y", color="#e4e5ea", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color("#b9bcc6")
    axes.tick_params(colors=GREY, labelsize=9)
    axes.margins(x=0.03)
    axes.locator_params(axis="x", integer=True)


def _draw_legend(figure: Figure, looks: Mapping[str, Any]) -> None:
    from matplotlib.lines import Line2D

    names = sorted(looks, key=lambda name: (name == FULL, name != RANDOM, name != DEFAULT))
    handles = [Line2D([], [], **looks[name]) for name in names]
    labels = ["every tile annotated" if name == FULL else name.replace("$", r"\$") for name in names]
    banded = [name for name in names if name in _banded(looks)]
    whose = "" if len(banded) == len([name for name in names if name != FULL]) else f" of {' and '.join(banded)}"
    place = {"loc": "upper left", "bbox_to_anchor": (0.01, 1.0), "ncol": ACROSS, "frameon": False}
    words = {"fontsize": 10, "labelcolor": INK, "title": f"Mean over seeds; bands: 95 % intervals{whose}"}
    figure.legend(handles, labels, alignment="left", **place, **words)
