"""Whether the Python packages of the engine are there, and what to do where they are not."""

from __future__ import annotations

import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

# what is imported -> what is installed
PACKAGES = {
    "affine": "affine",
    "filelock": "filelock",
    "geopandas": "geopandas",
    "matplotlib": "matplotlib",
    "numpy": "numpy",
    "pandas": "pandas",
    "pyogrio": "pyogrio",
    "pyproj": "pyproj",
    "rasterio": "rasterio",
    "safetensors": "safetensors",
    "scipy": "scipy",
    "segmentation_models_pytorch": "segmentation-models-pytorch",
    "shapely": "shapely",
    "sklearn": "scikit-learn",
    "torch": "torch",
}


def missing_packages() -> list[str]:
    """The packages that this Python does not have; imports none of them."""
    return [package for module, package in PACKAGES.items() if find_spec(module) is None]


def how_to_install(missing: list[str]) -> str:
    """What to tell a user who lacks these packages."""
    return QCoreApplication.translate(
        "requirements",
        "Tile Triage needs Python packages that this QGIS does not have: {missing}. Install them for the Python of "
        "QGIS (about 2 GB), then start QGIS again. {place} {command}",
    ).format(missing=", ".join(missing), place=_place(), command=install_command(missing))


def install_command(missing: list[str]) -> str:
    """The line to type into a terminal. The numpy that QGIS has loaded stays: another one would break QGIS."""
    import numpy as np

    python = "python" if sys.platform == "win32" else str(Path(sys.prefix, "bin", "python3"))
    is_virtual = sys.prefix != sys.base_prefix
    is_managed = Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    user = [] if is_virtual else ["--user"]
    managed = ["--break-system-packages"] if is_managed and not is_virtual else []
    return " ".join([python, "-m pip install", *user, *managed, f"numpy=={np.__version__}", *missing])


def _place() -> str:
    if sys.platform == "win32":
        return QCoreApplication.translate("requirements", "In the OSGeo4W Shell, from the start menu, type:")
    return QCoreApplication.translate("requirements", "In a terminal, type:")
