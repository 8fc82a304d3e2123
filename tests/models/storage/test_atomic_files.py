from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tiletriage.models.errors import OutputError
from tiletriage.models.storage import atomic_files
from tiletriage.models.storage.atomic_files import appearing_whole, replace_file


def test_a_file_takes_its_place_and_leaves_nothing_beside_it(tmp_path):
    for text in ("old", "new"):
        with appearing_whole(tmp_path / "a.txt") as beside:
            beside.write_text(text)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.txt", "new")]


def test_after_an_error_the_old_file_is_as_it_was(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ValueError, match="half way"), appearing_whole(tmp_path / "a.txt") as beside:
        beside.write_text("ne")
        raise ValueError("half way")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.txt", "old")]


def test_a_folder_appears_with_all_that_is_in_it(tmp_path):
    with appearing_whole(tmp_path / "v001") as beside:
        beside.mkdir()
        (beside / "card.json").write_text("{}")
    assert (tmp_path / "v001" / "card.json").read_text() == "{}"


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no umask")
def test_others_may_read_the_file_as_far_as_the_user_lets_them(tmp_path):
    before = os.umask(0o027)
    try:
        with appearing_whole(tmp_path / "a.txt") as beside:
            beside.write_text("for the team")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_what_is_written_is_on_the_disk_before_its_name_is(tmp_path, monkeypatch):
    steps, fsync, replace = [], os.fsync, Path.replace

    def told_fsync(opened):
        steps.append(f"sync {os.fstat(opened).st_ino}")
        fsync(opened)

    def told_replace(source, target):
        steps.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", told_fsync)
    monkeypatch.setattr(Path, "replace", told_replace)
    with appearing_whole(tmp_path / "v001") as beside:
        beside.mkdir()
        (beside / "weights").write_text("1")
    inodes = [(tmp_path / name).stat().st_ino for name in ("v001", "v001/weights", ".")]
    assert steps == [*(f"sync {inode}" for inode in inodes[:2]), "replace", f"sync {inodes[2]}"]


def test_a_file_that_another_program_keeps_for_a_moment_is_replaced_afterwards(tmp_path, monkeypatch):
    refusals, replace = iter([PermissionError(13, "in use")] * 3), Path.replace

    def kept(source, target):
        error = next(refusals, None)
        if error:
            raise error
        replace(source, target)

    monkeypatch.setattr(Path, "replace", kept)
    (tmp_path / "new").write_text("new")
    replace_file(tmp_path / "new", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text() == "new"


def test_a_file_that_another_program_keeps_stays_and_the_cure_is_named(tmp_path, monkeypatch):
    def kept(source, target):
        raise PermissionError(13, "in use")

    (tmp_path / "a.txt").write_text("old")
    monkeypatch.setattr(Path, "replace", kept)
    monkeypatch.setattr(atomic_files, "PATIENCE_SECONDS", 0.1)
    with pytest.raises(OutputError, match="Remove its layer in QGIS"), appearing_whole(tmp_path / "a.txt") as beside:
        beside.write_text("new")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.txt", "old")]


def test_a_link_that_waits_in_the_folder_is_not_written_through(tmp_path):
    (tmp_path / "precious").write_text("precious")
    for name in (".a.part.txt", ".a.txt.part", "a.part"):
        (tmp_path / name).symlink_to(Path("precious"))
    with appearing_whole(tmp_path / "a.txt") as beside:
        beside.write_text("1")
    assert (tmp_path / "precious").read_text() == "precious"
