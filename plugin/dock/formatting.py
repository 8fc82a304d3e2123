"""Times, counts and verdicts as the panels show them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ..messages import cut_short, filled, taken_for_in_words

MISTAKES, WORTH_A_WORD = 3, 0.1  # so many are told, of so much of a class


def duration(seconds: float) -> str:
    """A length of time, as exact as anybody wants to know it: "84 s", "3 min", "1 h 20 min"."""
    if seconds < 120:
        return _tr("{n} s").format(n=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return _tr("{n} min").format(n=minutes)
    return _tr("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def time_left(seconds: float | None) -> str:
    """How long it will still take, or nothing as long as that cannot be said."""
    return "" if seconds is None else _tr("about {time} left").format(time=duration(seconds))


def counted(counts) -> str:
    """How far the campaign is; states that no tile is in are left out."""
    states = (
        (_tr("{n} done"), counts.done),
        (_tr("{n} empty"), counts.empty),
        (_tr("{n} skipped"), counts.skipped),
        (_tr("{n} with bad imagery"), counts.bad_imagery),
        (_tr("{n} waiting"), counts.pool),
    )
    words = ", ".join(text.format(n=number) for text, number in states if number)
    tiles = _tr("Tiles: {states}").format(states=words or _tr("none"))
    footprints = _tr("{n} footprints drawn or checked").format(n=counts.footprints) if counts.footprints else ""
    return " · ".join(filter(None, [tiles, footprints]))


def verdict(fine_tuned) -> str:
    """What the exam, or the tiles held out in turn, say of a new version, for who has never heard of IoU."""
    found, names = fine_tuned.difference, {"version": fine_tuned.version, "parent": fine_tuned.parent}
    if found is None and fine_tuned.is_active:
        return _tr("{version} is active now: it has learnt something, and {parent} knew nothing.").format(**names)
    if found is None:
        return _tr(
            "{version} is parked: the new tiles are too few or too close together to hold some out, or show nothing of "
            "what is mapped, so nobody can say whether it is better than {parent}. Annotate more tiles, then fine-tune "
            "again."
        ).format(**names)
    judges = _tr("{n} exam tiles") if fine_tuned.exam_tiles else _tr("{n} tiles held out in turn")
    names.update(better=found.better_tiles, judges=judges.format(n=found.tiles))
    names.update(before=found.iou_before, after=found.iou_after)
    if fine_tuned.is_active:
        text = _tr(
            "Better on {better} of {judges}: IoU {before:.2f} → {after:.2f}. {version} is active now. Score "
            "again to see where it is still weak."
        )
    elif found.iou_after > found.iou_before and found.missing_blocks:
        names["missing"] = found.missing_blocks
        text = _tr(
            "Perhaps better (IoU {before:.2f} → {after:.2f}), but {judges} are too few to be sure: annotate at "
            "least {missing} more that lie apart from them. Where the campaign is too small for that, compare the "
            "drafts of both and activate it by hand. {version} is parked, {parent} stays active."
        )
    elif found.iou_after > found.iou_before:
        text = _tr(
            "Perhaps better, but it may be chance: IoU {before:.2f} → {after:.2f} on {judges}. {version} is "
            "parked, {parent} stays active. More annotated tiles help most."
        )
    else:
        text = _tr(
            "Not better: IoU {before:.2f} → {after:.2f} on {judges}. {version} is parked, {parent} stays "
            "active. More annotated tiles help most."
        )
    return " ".join(filter(None, [filled(text, **names), cut_short(fine_tuned)]))


def worst_mistakes(taken_for) -> str:
    """What is most often taken for something else, given (class, share) by the name of each class; else empty."""
    first = [(name, others[0]) for name, others in taken_for.items() if others and others[0][1] >= WORTH_A_WORD]
    worst = sorted(first, key=lambda mistake: -mistake[1][1])[:MISTAKES]
    named = [
        _tr("{name} for {other}").format(name=name, other=", ".join(taken_for_in_words([most]))) for name, most in worst
    ]
    return _tr("Most often mistaken: {mistakes}").format(mistakes="; ".join(named)) if named else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("formatting", text)
