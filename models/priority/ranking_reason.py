"""Why a tile stands where it does in the queue, as a code and numbers: whoever shows it puts it into words."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from ..storage.bounded_json import is_number, read_json

CODES = ("entropy", "margin", "predicted-iou", "coverage", "chance", "map-gain")
OF_DOUBT = ("entropy", "margin", "predicted-iou", "map-gain")  # those of CODES that a class may be the reason of
MUCH_ALIKE, LITTLE_ALIKE = 1 / 3, 2 / 3  # novelty up to which much, or little, like a tile is labelled


@dataclass(frozen=True)
class RankingReason:
    """``code`` is one of CODES; ``value`` is what it names, None for coverage and chance, and for map-gain how
    many per cent of what is probably wrong on the map lie in the tile.

    ``novelty``, 0..1, is None as long as nothing is labelled. Of several classes ``mapped`` names the one that is most
    in doubt, where doubt is the reason.
    """

    code: str
    value: float | None
    novelty: float | None
    mapped: str | None = None

    @property
    def likeness(self) -> str:
        """How much like the tile is labelled: "nothing-yet" of anything, else "none", "little" or "much"."""
        if self.novelty is None:
            return "nothing-yet"
        return "much" if self.novelty <= MUCH_ALIKE else "little" if self.novelty <= LITTLE_ALIKE else "none"

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def reason_from_json(text: str | None) -> RankingReason | None:
    """The reason that the tiles layer holds; None without one, for a sentence of before there were codes, and for one
    that is none of ours.
    """
    try:
        known = read_json(text or "", "reason")
        reason = RankingReason(known["code"], known["value"], known["novelty"], known.get("mapped"))
    except (ValueError, TypeError, KeyError):
        return None
    numbers_are_right = all(number is None or is_number(number) for number in (reason.value, reason.novelty))
    is_name = reason.mapped is None or (isinstance(reason.mapped, str) and reason.mapped.isprintable())
    return reason if reason.code in CODES and numbers_are_right and is_name else None
