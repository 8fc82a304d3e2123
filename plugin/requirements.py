"""Whether the Python packages of the engine are there in versions that will do, and what to do where they are not."""

from __future__ import annotations

import re
import sys
import sysconfig
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

# As in pyproject.toml, which is not shipped: a lower bound, and a series of versions that will not do.
REQUIREMENTS = (
    "affine>=2.3",
    "filelock>=3.12",
    "geopandas>=1.0",
    "matplotlib>=3.5",
    "numpy>=1.22",
    "pandas>=1.5",
    "pyogrio>=0.8",
    "pyproj>=3.4,!=3.7.*",
    "rasterio>=1.3.9",
    "safetensors>=0.4",
    "scikit-learn>=1.2",
    "scipy>=1.8",
    "segmentation-models-pytorch>=0.5",
    "shapely>=2.0",
    "torch>=2.2",
)
REQUIREMENT = re.compile(r"(?P<package>[\w-]+)>=(?P<minimum>[\d.]+)(,!=(?P<excluded>[\d.]+)\.\*)?")
PACKAGES = {match["package"]: match for match in map(REQUIREMENT.fullmatch, REQUIREMENTS)}  # to their parts
LONGEST = 5  # numbers of a version
MODULES = {"scikit-learn": "sklearn"}  # where what is imported is not called after its package


def missing_packages() -> list[str]:
    """The packages that this Python does not have in a version that will do; imports none of them."""
    return [package for package in PACKAGES if not will_do(package, installed_version(package))]


def installed_version(package: str) -> str | None:
    """The version that an import would find; None where it finds nothing, "" where a version is not told.

    Looks in the folder that the import would take it from: another one may hold another version.
    """
    spec = find_spec(MODULES.get(package, package.replace("-", "_")))
    if spec is None or spec.origin is None:  # without origin it is a folder that was left behind
        return None
    is_folder = spec.submodule_search_locations is not None
    site = Path(spec.origin).parents[1 if is_folder else 0]
    return next((found.version or "" for found in distributions(name=package, path=[str(site)])), "")


def will_do(package: str, version: str | None) -> bool:
    """Whether a version meets the requirement; one that is not told comes with QGIS, and is trusted."""
    if version is None or not _numbers(version):
        return version is not None
    return _release(version) >= _release(PACKAGES[package]["minimum"]) and not _is_excluded(package, version)


def how_to_install(missing: list[str]) -> str:
    """What to tell a user who lacks these packages."""
    versions = {package: installed_version(package) for package in missing}
    unfit = {package: version for package, version in versions.items() if version and not will_do(package, version)}
    absent = ", ".join(package for package in missing if package not in unfit)
    lack = _tr("Tile Triage needs Python packages that this QGIS does not have: {missing}.").format(missing=absent)
    cure = _tr(
        "Install them for the Python of QGIS (about 2 GB where torch is among them), then start QGIS again. {place} "
        "{command}"
    ).format(place=_place(), command=install_command(missing))
    return " ".join([*([lack] if absent else []), *(_why_unfit(*each) for each in unfit.items()), cure])


def install_command(missing: list[str]) -> str:
    """The line to type into a terminal. The numpy that QGIS has loaded stays: another one would break QGIS."""
    python = "python" if sys.platform == "win32" else str(Path(sys.prefix, "bin", "python3"))
    is_virtual = sys.prefix != sys.base_prefix
    is_managed = Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    user = [] if is_virtual else ["--user"]
    managed = ["--break-system-packages"] if is_managed and not is_virtual else []
    kept = [] if "numpy" in missing else [f"numpy=={_loaded_numpy()}"]
    wanted = [f'"{PACKAGES[package].string}"' for package in missing]  # quoted: a shell would write a file called =2.0
    return " ".join([python, "-m pip install", *user, *managed, *kept, *wanted])


def _loaded_numpy() -> str:
    import numpy as np

    return np.__version__


def _why_unfit(package: str, version: str) -> str:
    minimum, excluded = PACKAGES[package]["minimum"], PACKAGES[package]["excluded"]
    if _is_excluded(package, version):
        text = _tr("{package} {version} cannot be used: {minimum} or newer is needed, but not {excluded}.")
    else:
        text = _tr("{package} {version} is too old: {minimum} or newer is needed.")
    return text.format(package=package, version=version, minimum=minimum, excluded=excluded)


def _is_excluded(package: str, version: str) -> bool:
    """Whether the version is of a series that will not do, a release before its first or after its last included."""
    excluded = PACKAGES[package]["excluded"]
    series = _numbers(excluded) if excluded else None
    return series is not None and _numbers(version)[: len(series)] == series


def _release(version: str) -> tuple[int, ...]:
    """Its numbers to be compared: 2 is as new as 2.0."""
    numbers = _numbers(version)
    return numbers + (0,) * (LONGEST - len(numbers))


def _numbers(version: str) -> tuple[int, ...]:
    """The release as numbers, none where it is none; what stands behind, as in 3.7.2rc1 or 2.2.0+cpu, is left out."""
    release = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, release[0].split("."))) if release else ()


def _place() -> str:
    if sys.platform == "win32":
        return _tr("In the OSGeo4W Shell, from the start menu, type:")
    return _tr("In a terminal, type:")


def _tr(text: str) -> str:
    return QCoreApplication.translate("requirements", text)
