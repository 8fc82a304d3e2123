"""Loads the compiled libraries so that each finds its own parts, also inside the QGIS process.

``qgis`` and ``qgis_process`` link GDAL, PROJ, GEOS and BLAS. On Linux their symbols sit in the global scope
of the process and replace the libraries inside Python wheels: pyproj then ends the process, rasterio and
shapely silently run on another GDAL and GEOS than they were built for. So the plugin calls `prefer_wheels`
before it imports the engine. A program that is plain Python needs only `mend_proj_data`.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

_LIBRARIES = {
    "rasterio": ("features", "fill", "mask", "merge", "shutil", "vrt", "warp"),
    "shapely": (),
    "pyproj": (),
    "pyogrio": (),
    "geopandas": (),
    "torch": (),
}
_ONE_THREAD = threading.RLock()


def prefer_wheels() -> None:
    """Import the compiled libraries that the engine uses, each bound to what its own wheel brings.

    Takes about three seconds the first time, so call it on the thread that is about to use the engine.
    A library that is not installed is left out: the import that needs it says so.
    """
    with _own_symbols_first():
        for library, modules in _LIBRARIES.items():
            if importlib.util.find_spec(library) is not None:
                importlib.import_module(library)
                for module in modules:
                    importlib.import_module(f"{library}.{module}")
    mend_proj_data()


def mend_proj_data() -> None:
    """Let rasterio know its coordinate reference systems where PROJ_DATA or PROJ_LIB lead to an older PROJ.

    Installers of QGIS and conda set these variables, and rasterio reads them in every thread. Where they work
    they stay, else they are set to rasterio's own data: a PROJ reads data newer than itself, so QGIS can too.
    """
    names = [name for name in ("PROJ_DATA", "PROJ_LIB") if name in os.environ]
    if not names or importlib.util.find_spec("rasterio") is None:
        return
    import rasterio
    from rasterio.env import set_proj_data_search_path
    from rasterio.errors import CRSError

    try:
        with rasterio.Env():  # else GDAL prints the failure
            rasterio.crs.CRS.from_epsg(4326)
    except CRSError:
        own = Path(rasterio.__file__).parent / "proj_data"
        if not own.is_dir():
            return  # not a wheel: this rasterio shares the PROJ of the system, as QGIS does
        for name in names:
            os.environ[name] = str(own)  # for every thread to come
        set_proj_data_search_path(str(own))  # for this one, which has read the variables


def import_segmentation_models() -> ModuleType:
    """The module segmentation_models_pytorch, also where the compiled part of torchvision does not fit torch.

    A torch without CUDA cannot load the operators of the common torchvision wheel, so importing torchvision
    fails. Segmentation uses none of them: their signatures are declared, and the import is repeated.
    """
    try:
        return importlib.import_module("segmentation_models_pytorch")
    except RuntimeError as error:
        if "operator torchvision::nms does not exist" not in str(error):
            raise
    _forget_modules("torchvision", "timm", "segmentation_models_pytorch")
    declared = _declare_torchvision_operators()
    segmentation_models = importlib.import_module("segmentation_models_pytorch")
    # the declaration lasts as long as this object, so it lives where torchvision lives
    sys.modules["torchvision"].declared_operators = declared  # type: ignore[attr-defined]
    return segmentation_models


@contextmanager
def _own_symbols_first() -> Iterator[None]:
    """Load shared libraries with their own symbols before those of the process.

    Only Linux with glibc has the need, and the flag. It is the whole process's: one thread at a time, or the second
    would take the first one's flags for those of before, and leave them behind.
    """
    if not hasattr(os, "RTLD_DEEPBIND"):
        yield
        return
    with _ONE_THREAD:
        before = sys.getdlopenflags()
        sys.setdlopenflags(os.RTLD_NOW | os.RTLD_LOCAL | os.RTLD_DEEPBIND)
        try:
            yield
        finally:
            sys.setdlopenflags(before)


def _forget_modules(*packages: str) -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] in packages:
            del sys.modules[name]


def _declare_torchvision_operators() -> object:
    import torch

    library = torch.library.Library("torchvision", "DEF")
    for operator in ("nms", "qnms"):
        library.define(f"{operator}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return library
