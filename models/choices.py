"""The names of all strategies, fine-tuning methods and simulation protocols, and what else every door offers.

The first of each is the default. What they do stands in ``priority.strategies``, ``training.methods`` and
``evaluation.oracle``. Nothing is imported here, so that names can be listed without the packages of the engine.
"""

from __future__ import annotations

STRATEGIES = (
    *("map-gain", "balanced", "uncertain-k-means", "random", "entropy", "margin", "k-centre", "k-means"),
    *("active-ft", "active-ft-paper", "p1", "p2"),
)
METHODS = ("full", "decoder", "lora")
PROTOCOLS = ("loop", "from-start")  # of a simulated campaign
ADAPTER_SUFFIX = ".ttadapter"
BACKGROUND_WORD, UNLABELLED_WORD = "background", "unlabelled"  # what a label may mean beside a class
TRIFLE = 0.005  # of a class, taken for another: not worth a word
ENOUGH_TRAINING = 0.9  # of what was planned: with less the user is told
ENOUGH = 1.0  # percent of the built area: where ten more minutes bring less, there may be better to do


def bands_of(text: str | None) -> tuple[int | str, ...] | None:
    """Bands that a user writes with commas between them: numbers, or names, which a raster may have of any kind."""
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    return tuple(int(name) if name.isdecimal() and len(name) < 9 else name for name in names) or None
