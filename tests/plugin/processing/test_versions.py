import shutil

from tiletriage.plugin.processing.versions import Versions


def test_the_versions_are_listed_with_the_active_one(run, feedback, tiny_workspace):
    outputs = run(Versions(), WORKSPACE=tiny_workspace)
    assert outputs == {"ACTIVE": "tiny", "VERSIONS": "tiny"}
    assert "tiny" in feedback.infos[0] and "active" in feedback.infos[0]


def test_a_damaged_version_is_named_and_the_others_are_listed(run, feedback, tiny_workspace):
    shutil.copytree(tiny_workspace / "versions" / "tiny", tiny_workspace / "versions" / "v001")
    (tiny_workspace / "versions" / "v001" / "card.json").write_text("{")
    assert run(Versions(), WORKSPACE=tiny_workspace) == {"ACTIVE": "tiny", "VERSIONS": "tiny"}
    assert feedback.warnings[0].startswith("v001 is damaged")


def test_an_unknown_version_cannot_be_activated(run, feedback, tiny_workspace):
    assert run(Versions(), WORKSPACE=tiny_workspace, ACTIVATE="v099") is None
    assert "There is no version 'v099'" in feedback.errors[0]
