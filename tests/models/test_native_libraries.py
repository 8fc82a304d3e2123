from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import rasterio

from tiletriage.models import native_libraries
from tiletriage.models.native_libraries import import_segmentation_models, prefer_wheels

PROJ_DATA = Path(rasterio.__file__).parent / "proj_data"

KNOWS_UTM_IN_ANOTHER_THREAD = """
import os, threading
from tiletriage.models.native_libraries import mend_proj_data
mend_proj_data()
from rasterio.warp import transform
def show():
    east, north = transform("EPSG:4326", "EPSG:32737", [39], [0])
    print(round(east[0]), round(north[0]), os.environ["PROJ_DATA"])
thread = threading.Thread(target=show)
thread.start()
thread.join()
"""


def in_a_fresh_process(code: str, **environment: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.check_output(command, env={**os.environ, **environment}, text=True).strip()


@pytest.mark.skipif(not hasattr(os, "RTLD_DEEPBIND"), reason="only Linux with glibc has the need")
def test_libraries_are_bound_to_their_own_symbols_only_while_the_wheels_load():
    before = sys.getdlopenflags()
    with native_libraries._own_symbols_first():
        assert sys.getdlopenflags() & os.RTLD_DEEPBIND
    assert sys.getdlopenflags() == before


def test_the_flags_are_restored_when_a_library_cannot_be_loaded():
    before = sys.getdlopenflags()
    with pytest.raises(ImportError), native_libraries._own_symbols_first():
        raise ImportError
    assert sys.getdlopenflags() == before


@pytest.mark.skipif(not hasattr(os, "RTLD_DEEPBIND"), reason="only Linux with glibc has the need")
def test_two_threads_that_overlap_leave_the_flags_of_the_process_as_they_were():
    before = sys.getdlopenflags()
    first_is_in, first_may_leave, second_may_leave = threading.Event(), threading.Event(), threading.Event()

    def first():
        with native_libraries._own_symbols_first():
            first_is_in.set()
            first_may_leave.wait(10)

    def second():
        first_is_in.wait(10)
        with native_libraries._own_symbols_first():
            second_may_leave.wait(10)

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    first_is_in.wait(10)
    time.sleep(0.1)  # without a lock the second one is in by now, and leaves last
    first_may_leave.set()
    threads[0].join(10)
    second_may_leave.set()
    threads[1].join(10)
    assert sys.getdlopenflags() == before


@pytest.mark.skipif(not hasattr(os, "RTLD_DEEPBIND"), reason="only Linux with glibc has the need")
def test_one_inside_the_other_restores_what_was_before_each():
    before = sys.getdlopenflags()
    with native_libraries._own_symbols_first():
        with native_libraries._own_symbols_first():
            pass
        assert sys.getdlopenflags() & os.RTLD_DEEPBIND
    assert sys.getdlopenflags() == before


def test_a_library_that_is_not_installed_is_left_out(monkeypatch):
    monkeypatch.setattr(native_libraries, "_LIBRARIES", {"no_such_library": ("part",)})
    prefer_wheels()


@pytest.mark.skipif(not PROJ_DATA.is_dir(), reason="this rasterio is not a wheel")
def test_a_proj_folder_that_rasterio_cannot_use_is_replaced_by_its_own_in_every_thread(tmp_path):
    shown = in_a_fresh_process(KNOWS_UTM_IN_ANOTHER_THREAD, PROJ_DATA=str(tmp_path))
    assert shown == f"500000 10000000 {PROJ_DATA}"  # the origin of a southern zone, by definition


@pytest.mark.skipif(not PROJ_DATA.is_dir(), reason="this rasterio is not a wheel")
def test_a_proj_folder_that_works_is_left_alone(tmp_path):
    (tmp_path / "proj.db").symlink_to(PROJ_DATA / "proj.db")
    shown = in_a_fresh_process(KNOWS_UTM_IN_ANOTHER_THREAD, PROJ_DATA=str(tmp_path))
    assert shown == f"500000 10000000 {tmp_path}"


def test_segmentation_models_can_be_imported_again_and_again():
    assert import_segmentation_models() is import_segmentation_models()
    assert callable(import_segmentation_models().Unet)


def test_an_error_of_another_kind_is_not_hidden(monkeypatch, tmp_path):
    (tmp_path / "segmentation_models_pytorch.py").write_text("raise RuntimeError('out of luck')")
    monkeypatch.delitem(sys.modules, "segmentation_models_pytorch", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(RuntimeError, match="out of luck"):
        import_segmentation_models()
