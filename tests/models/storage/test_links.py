import os

import pytest

from tiletriage.models.errors import WorkspaceError
from tiletriage.models.storage.links import check_all_plain, check_plain, counts_short_names


def test_files_folders_and_what_is_not_there_are_plain(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file", tmp_path / "nothing", tmp_path / "file" / "below"):
        check_plain(path)


@pytest.mark.parametrize("target", ["file", "folder", "nothing"])
def test_a_link_is_refused_whatever_it_leads_to(tmp_path, target):
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / target)
    with pytest.raises(WorkspaceError, match="link' is a link"):
        check_plain(tmp_path / "link")


def test_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WorkspaceError, match="is a link or no file"):
        check_plain(tmp_path / "pipe")


def test_the_outer_link_is_named_and_not_followed(tmp_path):
    (tmp_path / "inside").symlink_to("/")
    with pytest.raises(WorkspaceError, match="inside' is a link"):
        check_all_plain(tmp_path, ["inside"])


@pytest.mark.parametrize("name", ["inside", "Inside"])
def test_a_link_is_found_however_deep_and_even_where_it_leads_nowhere(tmp_path, name):
    (tmp_path / name / "a" / "b").mkdir(parents=True)
    check_all_plain(tmp_path, ["inside"])
    (tmp_path / name / "a" / "b" / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(WorkspaceError, match="link' is a link"):
        check_all_plain(tmp_path, ["inside"])


def test_what_is_none_of_the_campaigns_may_be_a_link(tmp_path):
    (tmp_path / "my notes").symlink_to(tmp_path / "elsewhere")
    check_all_plain(tmp_path, ["inside"])


def test_a_file_with_another_name_is_refused_where_it_may_be_written(tmp_path):
    (tmp_path / "thesis").touch()
    (tmp_path / "inside").mkdir()
    os.link(tmp_path / "thesis", (tmp_path / "inside" / "file"))
    with pytest.raises(WorkspaceError, match=r"file' is a file with 2 names .*Copy the campaign's folder"):
        check_all_plain(tmp_path, ["inside"])
    check_all_plain(tmp_path, ["inside"], only_read={"inside"})
    (tmp_path / "thesis").unlink()
    check_all_plain(tmp_path, ["inside"])


@pytest.mark.parametrize("kind, expected", [("fuseblk", True), ("ext4", False), ("fuse.sshfs", False)])
def test_the_short_names_of_ntfs_are_no_other_names(tmp_path, kind, expected):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n30 22 8:17 / /media/stick rw shared:5 - {kind} /dev/sdb1 rw\n"
    )
    assert counts_short_names(os.makedev(8, 17), mounts) == expected
    assert not counts_short_names(os.makedev(8, 17), tmp_path / "missing")
