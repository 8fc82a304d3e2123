"""The names of all strategies and fine-tuning methods, as every door offers them; the first one is the default.

What they do stands in ``priority.strategies`` and ``training.fine_tune``. Nothing is imported here, so that names can
be listed without the packages of the engine.
"""

STRATEGIES = (
    *("balanced", "uncertain-k-means", "random", "entropy", "margin", "k-centre", "k-means"),
    *("active-ft", "active-ft-paper", "p1", "p2"),
)
METHODS = ("full", "decoder")
