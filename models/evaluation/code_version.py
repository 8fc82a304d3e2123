"""Which code a simulated result comes from: a changed rule under an old name is another one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

MODELS = Path(__file__).parents[1]
DECIDE_RESULTS = (
    *("priority/*.py", "training/*.py", "annotation/mask.py", "imagery/normalization.py", "imagery/raster.py"),
    *(f"segmentation/{name}.py" for name in ("unet", "prediction", "precision", "metrics", "outlines")),
    *("segmentation/regularisation.py", "evaluation/oracle.py", "evaluation/region.py"),
    *("evaluation/exam.py", "evaluation/footprint_match.py"),
)
NO_PART = ("heatmap.py", "ranking_reason.py", "checkpoint.py")  # they show or keep what others decide


@cache
def code_version(folder: Path = MODELS) -> str:
    """Eight digits that stand for the source of all modules that decide what a simulated campaign gives.

    The folder is that of the engine; wherever it lies, and however its lines end, the same source has the same digits.
    """
    digest = hashlib.sha256()
    for path in _sources(folder):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:8]


def _sources(folder: Path) -> Iterable[Path]:
    found = {path for pattern in DECIDE_RESULTS for path in folder.glob(pattern)}
    return sorted(path for path in found if path.name not in NO_PART)
