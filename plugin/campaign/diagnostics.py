"""What somebody who helps needs to know, as text to copy: no names of people, nothing is sent anywhere."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path

from qgis.core import Qgis
from qgis.PyQt.QtCore import PYQT_VERSION_STR, QT_VERSION_STR

from ...models.errors import EngineError
from ...models.version import version as plugin_version
from ..requirements import PACKAGES, installed_version, will_do

THREAD_VARIABLES = ("OMP_NUM_THREADS", "PROJ_LIB", "PROJ_DATA", "GDAL_DATA")


def report(workspace=None, speed: str = "") -> str:
    """Versions, device, packages, disk and the open campaign, a line each."""
    lines = [*_programs(), *_computer(workspace, speed), *_packages(), *(_campaign(workspace) if workspace else [])]
    return "\n".join(f"{name}: {value}" for name, value in lines)


def _programs():
    return [
        ("Tile Triage", plugin_version()),
        ("QGIS", Qgis.QGIS_VERSION),
        ("Qt", f"{QT_VERSION_STR}, PyQt {PYQT_VERSION_STR}"),
        ("Python", f"{platform.python_version()} in {sys.prefix}"),
        ("System", platform.platform()),
    ]


def _computer(workspace, speed):
    folder = workspace.folder if workspace and workspace.folder.exists() else Path.home()
    settings = ((name, os.environ[name]) for name in THREAD_VARIABLES if name in os.environ)
    return [
        ("Processor", f"{platform.machine()}, {os.cpu_count()} cores"),
        ("Device", _device()),
        ("Speed", speed or "not measured"),
        ("Free disk", f"{shutil.disk_usage(folder).free / 1e9:.1f} GB at {folder}"),
        *settings,
    ]


def _device():
    torch = sys.modules.get("torch")  # importing it here would take seconds
    if torch is None:
        return "unknown, torch is not loaded yet"
    if torch.cuda.is_available():
        return torch.cuda.get_device_name()
    if torch.backends.mps.is_available():
        return "Apple MPS"
    return f"CPU, {torch.get_num_threads()} threads"


def _packages():
    return [(package, _found(package, installed_version(package))) for package in PACKAGES]


def _found(package, version):
    if version is None:
        return "MISSING"
    found = version or "there"  # some come with QGIS and do not say their version
    return found if will_do(package, version) else f"{found}, which will not do"


def _campaign(workspace):
    grid, imagery = workspace.grid, workspace.imagery
    return [
        ("Campaign", workspace.folder),
        ("Imagery", f"{imagery.path}, {imagery.width} x {imagery.height} px, bands {imagery.bands}, {imagery.dtype}"),
        ("CRS", f"{imagery.crs[:40]}, grid {grid.crs[:40]}"),
        ("Grid", f"{grid.columns} x {grid.rows} tiles of {grid.tile_size_px} px at {grid.gsd_metres:.3g} m"),
        *_campaign_file(workspace),
    ]


def _campaign_file(workspace):
    """Also where it cannot be read: then help is needed most."""
    from ...models.use_cases.overview import count_tiles

    try:
        with workspace.store() as store:
            active = workspace.active_card(store).id
        return [("Counts", count_tiles(workspace)), ("Active version", active)]
    except EngineError as error:
        return [("Problem", error)]
