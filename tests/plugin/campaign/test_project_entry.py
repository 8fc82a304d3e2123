from qgis.core import QgsProject

from tiletriage.plugin.campaign import project_entry


def test_a_folder_beside_the_project_file_is_kept_relative_to_it(qgis_new_project, tmp_path):
    project = QgsProject.instance()
    project.setFileName(str(tmp_path / "project.qgs"))
    project_entry.remember(tmp_path / "campaign")
    assert project.readEntry("tiletriage", "workspace")[0] == "./campaign"
    assert project_entry.remembered() == tmp_path / "campaign"


def test_without_a_project_file_the_folder_is_kept_as_it_is(qgis_new_project, tmp_path):
    project_entry.remember(tmp_path / "campaign")
    assert project_entry.remembered() == tmp_path / "campaign"
    project_entry.forget()
    assert project_entry.remembered() is None


def test_remembering_the_same_again_does_not_ask_for_saving(qgis_new_project, tmp_path):
    project_entry.remember(tmp_path / "campaign")
    QgsProject.instance().setDirty(False)
    project_entry.remember(tmp_path / "campaign")
    assert not QgsProject.instance().isDirty()
