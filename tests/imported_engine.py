"""All that a command may import, imported: what ``forks`` forks from."""

from importlib import import_module

from tiletriage.models.native_libraries import import_segmentation_models

LIBRARIES = (
    "matplotlib.backends.backend_agg",
    "pyogrio",
    "pytest",
    "rasterio.features",
    "scipy.stats",
    "sklearn.cluster",
)
OURS = (
    *("evaluation.report", "evaluation.simulate", "loop", "priority.heatmap", "priority.queue", "priority.scoring"),
    *("training.fine_tune", "training.gate"),
)

for name in (*LIBRARIES, *(f"tiletriage.models.{module}" for module in OURS), "tiletriage.tests.commands"):
    import_module(name)
import_segmentation_models()
