from __future__ import annotations

import os

import pytest

from tiletriage.models.errors import OutputError
from tiletriage.models.storage.output_paths import check_output, check_place, unused


@pytest.fixture
def campaign(tmp_path):
    folder = tmp_path / "village"
    (folder / "versions" / "v001").mkdir(parents=True)
    for name in ("campaign.gpkg", "heatmap.tif", "versions/v001/card.json"):
        (folder / name).write_text("precious")
    return folder


def ours(path):
    return True


def foreign(path):
    return False


@pytest.mark.parametrize(
    "name",
    [
        *("campaign.gpkg", "campaign.gpkg-wal", "campaign.gpkg-shm", "campaign.gpkg-journal", "Campaign.GPKG"),
        *("heatmap.tif", ".lock", "versions/v001/card.json", "versions/new.gpkg", "cache/new.gpkg", "cache"),
        "../village/./versions/../campaign.gpkg",
    ],
)
def test_a_campaigns_own_files_are_never_written_over(campaign, name):
    with pytest.raises(OutputError, match="belongs to the campaign"):
        check_place(campaign / name)


def test_beside_its_own_files_a_campaigns_folder_is_open(campaign, tmp_path):
    check_place(campaign / "footprints.gpkg")
    check_place(campaign / "maps" / "versions" / "a.gpkg")
    (tmp_path / "cache").mkdir()
    check_place(tmp_path / "cache" / "a.gpkg")  # of no campaign


@pytest.mark.parametrize("name", ["campaign.gpkg", "versions/a.gpkg"])
def test_a_campaign_is_known_through_links(campaign, tmp_path, name):
    (tmp_path / "folder").symlink_to(campaign)
    (tmp_path / "link.gpkg").symlink_to(campaign / name)
    for path in (tmp_path / "folder" / name, tmp_path / "link.gpkg"):
        with pytest.raises(OutputError, match="belongs to the campaign"):
            check_place(path)


def test_a_link_within_the_campaign_that_leads_out_of_it_belongs_to_it_all_the_same(campaign, tmp_path):
    (campaign / "cache").symlink_to(tmp_path)
    with pytest.raises(OutputError, match="belongs to the campaign"):
        check_place(campaign / "cache" / "a.gpkg")


def test_what_a_command_reads_is_never_written_over(tmp_path):
    (tmp_path / "labels.gpkg").write_text("drawn by hand")
    (tmp_path / "link.gpkg").symlink_to(tmp_path / "labels.gpkg")
    os.link(tmp_path / "labels.gpkg", tmp_path / "same.gpkg")
    for name in ("labels.gpkg", "link.gpkg", "same.gpkg"):
        with pytest.raises(OutputError, match="read by this very step"):
            check_output(tmp_path / name, [".gpkg"], ours, overwrite=True, inputs=[None, tmp_path / "labels.gpkg"])


def test_a_file_that_is_there_gives_way_only_on_the_users_word_and_where_it_is_ours(tmp_path):
    (tmp_path / "a.gpkg").write_text("1")
    (tmp_path / "broken.gpkg").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputError, match="option overwrite"):
        check_output(tmp_path / "a.gpkg", [".gpkg"], ours)
    with pytest.raises(OutputError, match="not written by this step"):
        check_output(tmp_path / "a.gpkg", [".gpkg"], foreign, overwrite=True)
    with pytest.raises(OutputError, match="no file"):
        check_output(tmp_path / "broken.gpkg", [".gpkg"], ours, overwrite=True)
    check_output(tmp_path / "a.gpkg", [".gpkg"], ours, overwrite=True)
    check_output(tmp_path / "new.gpkg", [".gpkg"], foreign)


def test_formats_and_folders_are_known_before_the_work_begins(tmp_path):
    (tmp_path / "folder.gpkg").mkdir()
    with pytest.raises(OutputError, match=r"Use one of: \.gpkg"):
        check_output(tmp_path / "a.docx", [".gpkg"], ours)
    with pytest.raises(OutputError, match="there is no folder"):
        check_output(tmp_path / "none" / "a.gpkg", [".gpkg"], ours)
    with pytest.raises(OutputError, match="no file"):
        check_output(tmp_path / "folder.gpkg", [".gpkg"], ours, overwrite=True)


def test_an_unused_name_is_a_new_one_each_time(tmp_path):
    names = []
    for _ in range(3):
        path = unused(tmp_path / "footprints_v001.gpkg")
        path.touch()
        names.append(path.name)
    assert names == ["footprints_v001.gpkg", "footprints_v001_2.gpkg", "footprints_v001_3.gpkg"]


def test_what_a_killed_command_left_beside_an_output_goes_also_where_nothing_is_written_this_time(tmp_path):
    (tmp_path / "a.gpkg").touch()
    (tmp_path / ".tiletriage-0.part").mkdir()
    with pytest.raises(OutputError, match="there already"):
        check_output(tmp_path / "a.gpkg", (".gpkg",), ours)
    assert [left.name for left in tmp_path.iterdir()] == ["a.gpkg"]
