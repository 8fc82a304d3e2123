import pytest

from .test_main import new, refusal, result_of, run


@pytest.fixture(scope="module")
def learnt(tmp_path_factory, tiny_scene, tiny_start, tiny_labels):
    """A campaign with the adapters v001 and v002, and three tiles that neither has learnt from."""
    folder = tmp_path_factory.mktemp("adapters") / "campaign"
    result_of(*new(folder, tiny_scene, tiny_start))
    for tiles in ("r000_c000,r001_c001", "r002_c002,r000_c003"):
        result_of("annotate", folder, "--footprints", tiny_labels, "--tiles", tiles, "--empty")
        result_of("fine-tune", folder, "--method", "lora", "--epochs", 1)
    result_of("annotate", folder, "--footprints", tiny_labels, "--tiles", "r001_c005,r002_c006,r000_c007", "--empty")
    return folder


def test_an_adapter_goes_out_and_comes_in_by_two_commands(learnt, tmp_path, tiny_scene, tiny_start):
    out = result_of("adapter", "export", learnt, "v001", "-o", tmp_path / "mine.ttadapter")
    assert out["bytes"] == (tmp_path / "mine.ttadapter").stat().st_size
    other = tmp_path / "other"
    result_of(*new(other, tiny_scene, tiny_start))
    assert run("adapter", "list", other).stdout.startswith("No version of this campaign is an adapter.")
    done = run("adapter", "import", other, tmp_path / "mine.ttadapter")
    assert done.stdout.splitlines()[0] == "mine: an adapter beside 'tiny', parked."
    (listed,) = result_of("adapter", "list", other)
    assert (listed["id"], listed["base"], listed["active"]) == ("mine", "tiny", False)
    result_of("versions", other, "--activate", "mine")
    assert result_of("score", other)["version"] == "mine"
    assert "mine" in run("adapter", "list", other).stdout


def test_versions_are_compared_and_averaged(learnt):
    found = result_of("adapter", "compare", learnt, "tiny", "v001", "v002")
    assert (found["tiles"], found["exam"]) == (3, False)
    assert [each["version"] for each in found["versions"]] == ["tiny", "v001", "v002"]
    assert found["versions"][0]["change"] is None and found["versions"][2]["change"]["tiles"] == 3
    table = run("adapter", "compare", learnt, "v001", "v002").stdout
    assert "Change of IoU" in table and "On 3 annotated tiles that none has learnt from." in table
    done = run("adapter", "average", learnt, "v001", "v002", "--shares", "3,1", "--name", "mean")
    assert done.exit_code == 0 and done.stdout.startswith("mean: 75% v001, 25% v002.")
    assert "parked; activate it with tiletriage versions" in done.stdout
    assert {each["id"]: each["method"] for each in result_of("versions", learnt)}["mean"] == "average"


def test_what_cannot_be_done_says_what_can(learnt, tmp_path):
    assert "two or more different versions" in refusal("adapter", "average", learnt, "v001")
    assert "Unknown" not in refusal("adapter", "compare", learnt, "v009")
    assert "no adapter" in refusal("adapter", "export", learnt, "tiny", "-o", tmp_path / "tiny.ttadapter")
    assert "no file" in refusal("adapter", "import", learnt, tmp_path / "none.ttadapter")
    assert run("adapter", "average", learnt, "v001", "v002", "--shares", "much").exit_code == 2
    assert not list(tmp_path.iterdir())
