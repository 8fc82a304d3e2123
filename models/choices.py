"""The names of all strategies, fine-tuning methods and simulation protocols, and what else every door offers.

The first of each is the default. What they do stands in ``priority.strategies``, ``training.fine_tune`` and
``evaluation.oracle``. Nothing is imported here, so that names can be listed without the packages of the engine.
"""

STRATEGIES = (
    *("map-gain", "balanced", "uncertain-k-means", "random", "entropy", "margin", "k-centre", "k-means"),
    *("active-ft", "active-ft-paper", "p1", "p2"),
)
METHODS = ("full", "decoder")
PROTOCOLS = ("loop", "from-start")  # of a simulated campaign
ENOUGH = 1.0  # percent of the built area: where ten more minutes bring less, there may be better to do
