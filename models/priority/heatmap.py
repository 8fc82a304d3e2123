"""The heatmap of a campaign: a raster with one pixel a tile, and a picture of it over the imagery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.io import MemoryFile

from ..errors import WorkspaceError
from ..imagery.grid import Tile, TileGrid
from ..storage.atomic_files import appearing_whole
from ..storage.output_paths import check_output

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

NO_PRIORITY = -1.0
MADE_BY = "Tile Triage"  # stands in our pictures, so that we know them again
INK, PAPER = "#1b1e2b", "#ffffff"
LONGEST, LEAST_HEIGHT = 9.0, 3.8  # inches: the longer side of the map, and what the legend needs
MARGIN, SIDE, HEAD = 0.2, 2.95, 0.62  # inches around the map; legend and bars stand at the side


class RankedTile(Protocol):
    """What the picture needs of a tile, as the label store has it; off the queue it has no rank."""

    @property
    def tile(self) -> Tile: ...
    @property
    def split(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def rank(self) -> int | None: ...
    @property
    def priority(self) -> float | None: ...


@dataclass(frozen=True)
class Mark:
    """How tiles that are not in the queue look; ``name`` is their state, or their split."""

    name: str
    label: str
    fill: str
    edge: str
    opacity: float
    hatch: str = ""
    line: str = "-"


MARKS = (
    Mark("exam", "exam tile", "#ffffff", "#ffffff", 0.16, "////", "--"),
    Mark("done", "done", "#0b84c6", "#8fd3ff", 0.42),
    Mark("empty", "empty: nothing to map there", "#0b84c6", "#8fd3ff", 0.10, "..."),
    Mark("bad imagery", "bad imagery", "#3a3d46", "#3a3d46", 0.85, "xxxx"),
    Mark("skipped", "skipped", "#8a8d96", "#d5d7dd", 0.45, "\\\\\\\\"),
)


def write_heatmap(path: Path, grid: TileGrid, priority: Mapping[Tile, float]) -> None:
    """A float32 GeoTIFF in the grid's CRS, one pixel a tile: its priority, or no-data (-1) where it has none.

    It appears whole or not at all; raises WorkspaceError where it cannot be written.
    """
    values = np.full((1, grid.rows, grid.columns), NO_PRIORITY, dtype=np.float32)
    for tile, value in priority.items():
        values[0, tile.row, tile.column] = value
    profile = {"driver": "GTiff", "width": grid.columns, "height": grid.rows, "count": 1, "dtype": "float32"}
    transform = grid.transform * Affine.scale(grid.tile_size_px)
    placed = {"nodata": NO_PRIORITY, "crs": grid.crs, "transform": transform}
    with _writing(path) as beside, MemoryFile() as content:  # GDAL does not tell when a disk is full
        with content.open(**profile, **placed) as heatmap:
            heatmap.write(values)
            heatmap.set_band_description(1, "priority")
        beside.write_bytes(content.read())


def heatmap_picture(
    path: Path,
    values: NDArray[np.float32],
    valid: NDArray[np.bool_],
    grid: TileGrid,
    tiles: Sequence[RankedTile],
    title: str,
    numbered: int = 20,
    dots_per_inch: int = 160,
) -> None:
    """A PNG of the priorities over the imagery, the first ranks numbered, with legend and scale bar.

    ``values`` (band, row, column) and ``valid`` (row, column) are an overview of the whole grid, in the units
    of the imagery. The PNG appears whole or not at all; raises WorkspaceError where it cannot be written.
    """
    from matplotlib.figure import Figure  # takes a third of a second: only who wants a picture waits for it

    inches_a_tile = LONGEST / max(grid.columns, grid.rows)
    width, height = grid.columns * inches_a_tile, grid.rows * inches_a_tile
    top = MARGIN + max(height, LEAST_HEIGHT)
    figure = Figure((MARGIN + width + SIDE, top + HEAD), dpi=dots_per_inch, facecolor=PAPER)
    figure.text(*_share(figure, MARGIN, top + 0.2), title.replace("$", r"\$"), size=15, weight="bold", color=INK)
    marked = _by_mark(tiles)
    axes = figure.add_axes((*_share(figure, MARGIN, top - height), *_share(figure, width, height)))
    _draw_map(axes, _backdrop(values, valid), _fills(grid, marked))
    _draw_marks(axes, marked, 72 * inches_a_tile)
    first = [tile for tile in marked[None] if tile.rank and tile.rank <= numbered]
    _draw_ranks(axes, first, 72 * inches_a_tile)
    left = MARGIN + width + 0.28
    _draw_colour_bar(figure, left, top - 0.5)
    _draw_legend(figure, marked, numbered, left, top - 0.95)
    _draw_scale_bar(figure, grid, left, MARGIN + 0.04, width)
    with _writing(path) as beside:
        figure.savefig(beside, format="png", facecolor=PAPER, metadata={"Software": MADE_BY})


def check_picture(path: Path, *, overwrite: bool = False, inputs: Iterable[Path] = ()) -> None:
    """OutputError where no picture may be written at a path; ours gives way to a new one where the user says so."""
    check_output(path, (".png",), _is_ours, overwrite=overwrite, inputs=inputs)


def _is_ours(path: Path) -> bool:
    with path.open("rb") as picture:
        return MADE_BY.encode() in picture.read(512)


def _share(figure: Figure, x: float, y: float) -> tuple[float, float]:
    """Inches on the figure as the shares of its width and height that matplotlib wants."""
    width, height = figure.get_size_inches()
    return x / width, y / height


def _by_mark(tiles: Sequence[RankedTile]) -> dict[Mark | None, list[RankedTile]]:
    """The tiles of each mark; under None those of the queue. An exam tile stays one when it is done."""
    marked: dict[Mark | None, list[RankedTile]] = {mark: [] for mark in (*MARKS, None)}
    for ranked in tiles:
        mark = next((mark for mark in MARKS if mark.name in (ranked.split, ranked.state)), None)
        marked[mark].append(ranked)
    return marked


def _ramp() -> Colormap:
    """Dark violet over orange to pale yellow: its lightness rises evenly, so it reads in grey too."""
    from matplotlib import colormaps
    from matplotlib.colors import ListedColormap

    shades = colormaps["inferno"](np.linspace(0.16, 0.98, 256))
    shades[:, 3] = np.linspace(0.34, 0.72, 256)
    return ListedColormap(shades, name="priority")


def _backdrop(values: NDArray[np.float32], valid: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The imagery as RGB (row, column, band) 0..1, stretched, half as colourful; pale where not valid."""
    rgb = values[:3] if len(values) >= 3 else np.repeat(values[:1], 3, axis=0)
    picture = np.full((*valid.shape, 3), 0.94, dtype=np.float32)
    if valid.any():
        seen = np.moveaxis(rgb, 0, 2)[valid]
        low, high = np.percentile(seen, (1, 99))
        seen = np.clip((seen - low) / max(high - low, 1e-6), 0, 1)
        picture[valid] = 0.06 + 0.9 * (0.45 * seen + 0.55 * seen.mean(axis=1, keepdims=True))
    return picture


def _fills(grid: TileGrid, marked: Mapping[Mark | None, Sequence[RankedTile]]) -> NDArray[np.float64]:
    """The colour over each tile of the grid, RGBA (row, column, band) 0..1."""
    from matplotlib.colors import to_rgba

    fills, ramp = np.zeros((grid.rows, grid.columns, 4)), _ramp()
    for mark, tiles in marked.items():
        for ranked in tiles:
            if mark is not None:
                fills[ranked.tile.row, ranked.tile.column] = to_rgba(mark.fill, mark.opacity)
            elif ranked.priority is not None:
                fills[ranked.tile.row, ranked.tile.column] = ramp(float(ranked.priority))
    return fills


def _draw_map(axes: Axes, backdrop: NDArray[np.float32], fills: NDArray[np.float64]) -> None:
    """Imagery and colours; the axes count tiles, rows downwards."""
    rows, columns = fills.shape[:2]
    for picture, interpolation in ((backdrop, "bilinear"), (fills, "nearest")):
        axes.imshow(picture, extent=(0, columns, rows, 0), interpolation=interpolation, aspect="auto")
    axes.set(xlim=(0, columns), ylim=(rows, 0))
    axes.set_axis_off()


def _square(tile: Tile, inset: float) -> Rectangle:
    from matplotlib.patches import Rectangle

    return Rectangle((tile.column + inset, tile.row + inset), 1 - 2 * inset, 1 - 2 * inset)


def _draw_marks(axes: Axes, marked: Mapping[Mark | None, Sequence[RankedTile]], points_a_tile: float) -> None:
    from matplotlib.collections import PatchCollection

    line = float(np.clip(points_a_tile / 22, 0.3, 1.3))
    for mark in MARKS:
        squares = [_square(ranked.tile, 0.035) for ranked in marked[mark]]
        style = {"edgecolor": mark.edge, "linestyle": mark.line, "hatch": mark.hatch}
        axes.add_collection(PatchCollection(squares, facecolor="none", linewidth=line, **style))


def _draw_ranks(axes: Axes, tiles: Sequence[RankedTile], points_a_tile: float) -> None:
    """The next tiles: a white frame with a dark rim, and the rank in a badge in the corner."""
    from matplotlib.collections import PatchCollection

    line = float(np.clip(points_a_tile / 24, 0.5, 1.8))
    size = float(np.clip(points_a_tile * 0.24, 4.0, 9.5))
    frames = [_square(ranked.tile, 0.03) for ranked in tiles]
    for colour, width in ((INK, 2.2 * line), (PAPER, line)):
        axes.add_collection(PatchCollection(frames, facecolor="none", edgecolor=colour, linewidth=width, zorder=4))
    badge = {"boxstyle": "circle,pad=0.22", "facecolor": INK, "edgecolor": PAPER, "linewidth": 0.6 * line}
    for ranked in tiles:
        corner = ranked.tile.column + 0.25, ranked.tile.row + 0.25
        style = {"size": size, "weight": "bold", "color": PAPER, "ha": "center", "va": "center"}
        axes.text(*corner, str(ranked.rank), zorder=5, bbox=badge, **style)


def _draw_colour_bar(figure: Figure, left: float, bottom: float) -> None:
    axes = figure.add_axes((*_share(figure, left, bottom), *_share(figure, SIDE - 0.62, 0.16)))
    axes.imshow(np.full((1, 1, 3), 0.52), extent=(0, 1, 0, 1), aspect="auto")  # imagery of middle brightness
    axes.imshow(np.linspace(0, 1, 256)[None], cmap=_ramp(), extent=(0, 1, 0, 1), aspect="auto")
    axes.set_axis_off()
    axes.set_title("priority", size=10, weight="bold", color=INK, loc="left", pad=6)
    for x, side, words in ((0, "left", "can wait"), (1, "right", "annotate first")):
        axes.text(x, -0.45, words, size=8.5, color=INK, ha=side, va="top")


def _draw_legend(
    figure: Figure, marked: Mapping[Mark | None, Sequence[RankedTile]], numbered: int, left: float, top: float
) -> None:
    """What the marks mean and how many tiles carry each; only those that occur."""
    from matplotlib.patches import Patch

    ranked = sum(tile.rank is not None for tile in marked[None])
    handles = [Patch(facecolor=_ramp()(0.8)[:3], edgecolor=INK, linewidth=1.6, label=_next(min(ranked, numbered)))]
    for mark in MARKS:
        style = {"edgecolor": mark.edge, "hatch": mark.hatch, "linestyle": mark.line}
        handles.append(Patch(facecolor=_on_imagery(mark), label=f"{mark.label} ({len(marked[mark])})", **style))
    counts = [ranked, *(len(marked[mark]) for mark in MARKS)]
    figure.legend(
        handles=[handle for handle, count in zip(handles, counts) if count],
        loc="upper left",
        bbox_to_anchor=_share(figure, left, top),
        frameon=False,
        fontsize=9,
        labelcolor=INK,
        handlelength=1.7,
        handleheight=1.5,
        labelspacing=0.65,
        borderpad=0,
        borderaxespad=0,
    )


def _next(count: int) -> str:
    return "the next tile" if count == 1 else f"the next {count} tiles, by rank"


def _on_imagery(mark: Mark) -> tuple[float, ...]:
    """The fill of a mark as it looks over imagery of middle brightness."""
    from matplotlib.colors import to_rgb

    return tuple(mark.opacity * part + (1 - mark.opacity) * 0.46 for part in to_rgb(mark.fill))


def _draw_scale_bar(figure: Figure, grid: TileGrid, left: float, bottom: float, map_width: float) -> None:
    """A round number of ground metres, about a fifth of the map."""
    map_metres = grid.width_px * grid.gsd_metres
    metres = _round_length(min(1.0, (SIDE - 0.62) * 5 / map_width) * map_metres / 5)
    length = map_width * metres / map_metres
    axes = figure.add_axes((*_share(figure, left, bottom), *_share(figure, length, 0.07)))
    axes.set(facecolor=INK, xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    label = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    figure.text(*_share(figure, left, bottom + 0.13), label, size=8.5, color=INK)


def _round_length(longest: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above the given length."""
    power = 10.0 ** np.floor(np.log10(longest))
    return float(max(factor * power for factor in (1, 2, 5) if factor * power <= longest))


@contextmanager
def _writing(path: Path) -> Iterator[Path]:
    """As ``appearing_whole``, with the cure where nothing can be written."""
    try:
        with appearing_whole(path) as beside:
            yield beside
    except OSError as error:
        raise WorkspaceError(
            "picture-unwritable",
            "'{path}' cannot be written ({error}). Free some space, or choose a folder open to you.",
            path=path,
            error=error,
        ) from error
