"""Results as the command line says them: in words and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..choices import ENOUGH_TRAINING, TRIFLE

if TYPE_CHECKING:
    from rich.table import Table

    from ..campaign.model_store import VersionCard
    from ..campaign.queue_layer import QueuedTile
    from ..campaign.workspace import Workspace
    from ..evaluation.exam import ExamResult
    from ..imagery.grid import TileGrid
    from ..training.fine_tune import Epoch
    from ..use_cases.adapters import Averaged, Comparison
    from ..use_cases.annotate import Annotated, ImportPlan
    from ..use_cases.fine_tune import FineTuned
    from ..use_cases.map_quality import MapQuality
    from ..use_cases.predict import Predicted
    from ..use_cases.score import Scored

REASONS = {
    "entropy": "the model is unsure here (entropy {:.2f})",
    "margin": "the model is unsure here (margin {:.2f})",
    "predicted-iou": "expected IoU {:.2f}",
    "map-gain": "{:.2f} % of what is probably wrong on the map lies here",
    "coverage": "it helps to cover every kind of tile",
    "chance": "drawn by chance",
}
LIKENESS = {
    "nothing-yet": "nothing is labelled yet",
    "none": "nothing like it is labelled yet",
    "little": "little like it is labelled yet",
    "much": "much like it is labelled already",
}
UNRANKED = {"exam": "exam tile: it measures the model and is never trained on"}


def count(number: int, noun: str) -> str:
    """'1 tile', '2 tiles'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def opened(workspace: Workspace, tiles: int, exam_tiles: int, version: str) -> str:
    grid = workspace.grid
    side = f"{grid.tile_size_px * grid.gsd_metres:.1f} m a side ({grid.tile_size_px} px of {grid.gsd_metres:.3g} m)"
    set_aside = count(exam_tiles, "tile") if exam_tiles else "No tile"
    return (
        f"{workspace.folder}: {count(tiles, 'tile')}, {side}.\n"
        f"{set_aside} set aside for the exam. The first version is '{version}'."
    )


def seen_before(card: VersionCard) -> str:
    return (
        f"Warning: the model '{card.id}' was trained on this very imagery, so all its figures here flatter. For a fair "
        "measurement start from a version that has not seen it: --start VERSION_FOLDER"
    )


def scored(result: Scored) -> str:
    lines = [
        f"{count(result.tiles, 'tile')} scored with version '{result.version}' in {duration(result.seconds)}: "
        f"{result.new_tiles} now, {result.tiles - result.new_tiles} before."
    ]
    if result.bad_tiles:
        lines.append(f"{count(result.bad_tiles, 'tile')} without a picture (bad imagery), never to be annotated.")
    lines.append(f"Queue by strategy '{result.strategy}'.")
    if result.quality:
        lines[-1] += (
            f" The predicted IoU is off by {result.quality.mae:.2f} on average "
            f"(rank correlation {result.quality.rho:.2f}, {count(result.quality.labels, 'annotated tile')})."
        )
    return "\n".join(lines)


def planned(plan: ImportPlan) -> str:
    filled = plan.tiles - plan.empty
    return (
        f"{count(plan.tiles, 'tile')} to finish: {filled} with {count(plan.footprints, 'footprint')} of the file, "
        f"{plan.empty} without any, which will count as looked at and empty."
    )


def annotated(result: Annotated) -> str:
    footprints = count(result.footprints, "footprint")
    return f"{count(len(result.tiles), 'tile')} finished: {result.done} with {footprints}, {result.empty} empty."


def epoch(result: Epoch) -> str:
    fold = "" if result.fold is None else f", fold {result.fold + 1}"
    return f"Epoch {result.number}{fold}: loss {result.loss:.3f}"


def other_gsd(card: VersionCard, grid: TileGrid) -> str:
    finest, coarsest = card.gsd_metres
    return (
        f"Warning: the model '{card.id}' has learnt at {finest:.3g} to {coarsest:.3g} m a pixel, and here a pixel has "
        f"{grid.gsd_metres:.3g} m: it may see little. Look at the imagery at another scale with --gsd, or begin with "
        "--start blank."
    )


def fine_tuned(result: FineTuned, command: str) -> str:
    """What came out, and, where the new version is parked, the command that activates it."""
    made = (
        f"{result.version} from {result.parent}: {count(result.epochs, 'epoch')} on {count(result.tiles, 'tile')} "
        f"in {duration(result.seconds)}.\n{_way(result)}"
    )
    made += _change_of_classes(result)
    difference = result.difference
    if difference is None and result.is_active:
        return f"{made}Not measured, but {result.parent} knew nothing: now active."
    if difference is None:
        return (
            f"{made}Not measured: the new tiles are too few or too close together to hold some out, or show nothing of "
            f"what is mapped: parked; activate it with {command}"
        )
    change = f"IoU {difference.iou_before:.2f} -> {difference.iou_after:.2f}"
    by_exam = result.exam_tiles > 0
    judges = count(difference.tiles, "exam tile") if by_exam else f"{difference.tiles} tiles held out in turn"
    if result.is_active:
        return f"{made}Better on {difference.better_tiles} of {judges}: {change}, now active."
    if not difference.is_better:
        return f"{made}Not better on {judges}: {change}, parked; activate it with {command}"
    if difference.missing_blocks:
        more = count(difference.missing_blocks, "more exam tile" if by_exam else "more tile")
        return (
            f"{made}Too few to be sure, {judges} ({change}): annotate {more} away from the others, or decide by eye "
            f"where the campaign is too small for that; parked; activate it with {command}"
        )
    interval = f"90 % interval of the change {difference.low:+.2f} to {difference.high:+.2f}"
    return f"{made}Not better than noise on {judges} ({change}, {interval}): parked; activate it with {command}"


def _way(result: FineTuned) -> str:
    if result.share < ENOUGH_TRAINING:
        return f"The minutes were enough for {result.share:.0%} of the training: give it more.\n{_from(result)}"
    return _from(result)


def _from(result: FineTuned) -> str:
    if result.start:
        return f"All tiles were learnt from '{result.start}' anew.\n" if result.start != result.parent else ""
    if result.mixing is None:
        return ""
    if result.mixing == 0:
        return f"What the tiles teach does not hold on tiles that were held out: it is the same as {result.parent}.\n"
    return f"It goes {result.mixing:.0%} of the way from {result.parent} to what the tiles teach.\n"


def _change_of_classes(result: FineTuned) -> str:
    """The IoU of each class, where there are several."""
    return "".join(
        f"  {name}: IoU {before:.2f} -> {after:.2f}{_taken_for(result.taken_for.get(name, []))}\n"
        for name, (before, after) in result.class_iou.items()
    )


def _taken_for(others: Sequence[tuple[str, float]]) -> str:
    """What most of a class is taken for, where it is more than a trifle."""
    named = [f"{name} {share:.0%}" for name, share in others[:2] if share >= TRIFLE]
    return f", taken for {', '.join(named)}" if named else ""


def evaluated(result: ExamResult) -> str:
    return (
        f"{result.version} on {count(result.exam_tiles, 'exam tile')}: "
        f"IoU {result.iou:.3f}, F1 {result.f1:.3f}, footprint F1 {result.footprint_f1:.3f} "
        f"(mean IoU of those found {result.matched_iou:.3f})" + _by_class(result)
    )


def _by_class(result: ExamResult) -> str:
    """The IoU of each class, and what is taken for what, where there are several."""
    if len(result.classes) == 1:
        return ""
    lines = [f"Mean IoU of the classes {result.mean_iou:.3f}"]
    for name, iou in result.class_iou.items():
        lines.append(f"  {name}: IoU {iou:.3f}{_taken_for(result.taken_for.get(name, []))}")
    return "\n" + "\n".join(lines)


def predicted(result: Predicted) -> str:
    return (
        f"{count(result.footprints, 'footprint')} in {result.path}: {result.by_people} that people drew or accepted, "
        f"{result.by_model} by version '{result.version}'."
    )


def queue(tiles: Iterable[QueuedTile]) -> Table:
    """What is known of each tile; the order is the priority's, so it needs no column of its own."""
    rows = [
        (
            _whole(tile.rank),
            tile.tile_id,
            _fraction(tile.predicted_iou),
            _fraction(tile.uncertainty),
            _fraction(tile.novelty),
            why(tile),
        )
        for tile in tiles
    ]
    return _table(("Rank", "Tile", "Predicted IoU", "Uncertainty", "Novelty", "Reason"), rows)


def why(tile: QueuedTile) -> str:
    """Why a tile stands where it does, or why it is not ranked."""
    if tile.rank is None:
        return UNRANKED.get(tile.split) or ("not scored yet" if tile.state == "pool" else tile.state)
    if tile.reason is None:
        return "ranked by an earlier Tile Triage: score again to see why"
    of_class = f", mostly {tile.reason.mapped}" if tile.reason.mapped else ""
    return f"{REASONS[tile.reason.code].format(tile.reason.value)}{of_class}, and {LIKENESS[tile.reason.likeness]}"


def versions(cards: Sequence[VersionCard], damaged: Iterable[str], active: str) -> Table:
    rows = [
        (
            "active" if card.id == active else "parked",
            card.id,
            card.parent or "",
            card.method,
            card.created[:16].replace("T", " "),
            _whole(len(card.settings["tiles"]) if "tiles" in card.settings else None),
            _fraction(card.metrics.get("iou_before")),
            _fraction(card.metrics.get("iou_after")),
            _whole(card.metrics.get("exam_tiles") or None),
        )
        for card in cards
    ]
    rows += [("damaged", version, "", "", "", "", "", "", "") for version in damaged]
    names = ("State", "Version", "Parent", "Method", "Created", "Tiles", "IoU before", "IoU after", "Exam tiles")
    return _table(names, rows)


def adapters(rows: Sequence[Mapping[str, Any]]) -> Table:
    cells = [
        (
            "active" if row["active"] else "parked",
            row["id"],
            row["base"],
            row["method"],
            row["created"][:16].replace("T", " "),
            f"{row['bytes'] / 1e6:.1f} MB",
        )
        for row in rows
    ]
    return _table(("State", "Version", "Base", "Method", "Created", "Size"), cells)


def compared(found: Comparison) -> Table:
    """Each version on the same tiles, and how it differs from the first."""
    changes = [found.difference(place) for place in range(1, len(found.results))]
    told = ["", *(f"{each.iou_after - each.iou_before:+.2f} ({each.low:+.2f} to {each.high:+.2f})" for each in changes)]
    rows = [(each.version, f"{each.iou:.2f}", f"{each.f1:.2f}", change) for each, change in zip(found.results, told)]
    return _table(("Version", "IoU", "F1", "Change of IoU"), rows)


def judges(tiles: int, is_exam: bool) -> str:
    """The tiles that have judged between versions."""
    return count(tiles, "exam tile") if is_exam else f"{count(tiles, 'annotated tile')} that none has learnt from"


def averaged(made: Averaged, command: str) -> str:
    """What came out, and, where the new version is parked, the command that activates it."""
    of = ", ".join(f"{share:.0%} {version}" for version, share in made.shares.items())
    difference = made.difference
    if difference is None:
        return (
            f"{made.version}: {of}.\nNot measured, no annotated tile is new to all: parked; activate it with {command}"
        )
    change = f"IoU {difference.iou_before:.2f} ({made.parent}) -> {difference.iou_after:.2f}"
    on = judges(difference.tiles, made.is_exam)
    state = "now active." if made.is_active else f"not better than noise: parked; activate it with {command}"
    return f"{made.version}: {of}.\n{change} on {on}, {state}"


def what_is_mapped(classes: Sequence[str]) -> str:
    """What a campaign of these classes maps."""
    return "buildings" if tuple(classes) == ("building",) else ", ".join(classes)


def map_quality(found: MapQuality, enough: float) -> str:
    """How good the finished map is, what ten more minutes are worth, and whether that is less than ``enough``, in %."""
    lines, what = [], what_is_mapped(found.classes)
    if found.iou is None or found.mapped_m2 is None:
        lines.append(
            f"How good the map is cannot be told yet: of {count(found.annotated, 'annotated tile')} {found.drawn} were "
            "drawn by lot, and it takes 5 or more. Annotate all ten tiles of a round before you score again."
        )
    else:
        iou, mapped = found.iou, found.mapped_m2.times(1e-4)
        lines += [
            f"The finished map is right for {iou.value:.0%} of the ground with {what} ({iou.low:.0%} to "
            f"{iou.high:.0%}), judged by {count(found.drawn, 'tile')} drawn by lot. Version '{found.version}' shows "
            "what nobody has annotated.",
            f"That ground is {mapped.value:.2f} ha ({mapped.low:.2f} to {mapped.high:.2f}); people have checked "
            f"{found.checked:.0%} of that, on {found.annotated} of {count(found.tiles, 'tile')}, in about "
            f"{max(1, round(found.minutes))} min.",
        ]
    if found.footprint_f1 and found.footprints:
        match, number = found.footprint_f1, found.footprints
        lines.append(
            f"Its footprints and the real ones match with an F1 of {match.value:.2f} ({match.low:.2f} to "
            f"{match.high:.2f}). About {number.value:.0f} {what} ({number.low:.0f} to "
            f"{number.high:.0f}) are there; people have drawn or checked {found.checked_footprints}."
        )
    if found.next_minutes:
        worth, gain = found.next_minutes, found.next_gain
        lines.append(
            f"The next {count(worth.tiles, 'tile')} should mend {worth.mends:.0%} of what is still wrong, in about "
            f"{max(1, round(worth.minutes))} min"
            + ("." if gain is None else f": {gain:.1%} of the ground with {what}.")
        )
    if found.is_enough(enough):
        lines.append(f"That is less than {enough:g} %: enough. Write the finished map with predict.")
    return "\n".join(lines)


def standings(summary: Iterable[Mapping[str, Any]]) -> Table:
    """How the strategies of each region stand beside random."""
    rows = [
        (
            row["region"],
            row["strategy"],
            f"{row['area']:.3f}",
            "" if row["difference"] is None else f"{row['difference']:+.3f}",
            row["verdict"],
            *(each if isinstance(each, str) else f"{each:.2f}" for each in (row["ratio"], row["minutes_ratio"])),
        )
        for row in summary
    ]
    shares = ("Share of random's tiles", "... minutes")
    return _table(("Region", "Strategy", "Area under the map's IoU", "Difference", "Verdict", *shares), rows)


def version_row(card: VersionCard, active: str) -> Mapping[str, Any]:
    """A version as JSON has it; the metrics are of the tiles that judged it when it was made."""
    kept = ("id", "parent", "created", "method", "metrics")
    return {**{name: value for name, value in asdict(card).items() if name in kept}, "active": card.id == active}


def duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """The columns that have anything to say: figures to the right, words to the left."""
    from rich import box
    from rich.table import Table

    filled = [index for index, cells in enumerate(zip(*rows)) if any(cells)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for index in filled:
        name = names[index]
        is_figure = all(row[index].replace(".", "").isdigit() for row in rows if row[index])
        table.add_column(name, no_wrap=name in ("Tile", "Created"), overflow="fold")
        table.columns[-1].justify = "right" if is_figure else "left"
    for row in rows:
        table.add_row(*(row[index] for index in filled))
    return table


def _fraction(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)
