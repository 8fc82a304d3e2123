import pytest
from qgis.core import QgsSettings

from tiletriage.plugin.settings import Setting, annotator, recent_folders, remember_folder


@pytest.fixture(autouse=True)
def fresh_settings(qgis_app):
    QgsSettings().remove("tiletriage")
    yield
    QgsSettings().remove("tiletriage")


@pytest.mark.parametrize("setting", Setting)
def test_a_setting_that_was_never_made_has_its_default(setting):
    assert setting.get() == setting.value[1]


def test_a_setting_keeps_its_value_and_its_type():
    Setting.MINUTES.set(3)
    assert isinstance(Setting.MINUTES.get(), float) and Setting.MINUTES.get() == 3


def test_labels_have_the_name_of_their_annotator_also_without_a_setting():
    assert annotator()
    Setting.ANNOTATOR.set(" Asha ")
    assert annotator() == "Asha"


def test_the_latest_campaign_comes_first_and_none_twice(tmp_path):
    for name in "abab":
        (tmp_path / name).mkdir(exist_ok=True)
        remember_folder(tmp_path / name)
    assert recent_folders() == [tmp_path / "b", tmp_path / "a"]


def test_only_the_five_latest_campaigns_are_remembered(tmp_path):
    folders = [tmp_path / str(number) for number in range(7)]
    for folder in folders:
        folder.mkdir()
        remember_folder(folder)
    assert recent_folders() == folders[:1:-1]


def test_a_folder_that_is_gone_is_not_offered(tmp_path):
    (tmp_path / "here").mkdir()
    remember_folder(tmp_path / "gone")
    remember_folder(tmp_path / "here")
    assert recent_folders() == [tmp_path / "here"]
