import json
from dataclasses import replace

import pytest

from tiletriage.plugin.annotation import autosave
from tiletriage.plugin.annotation.autosave import Unfinished
from tiletriage.plugin.annotation.footprint import Footprint

OLD, NEW, DRAFT = Footprint(b"old"), Footprint(b"new", "water"), Footprint(b"draft", "field", "v001")
CHANGED = Unfinished(existing=[OLD], after="f1", drawn=[OLD, NEW], offered=[DRAFT, replace(NEW, version="v002")])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "r000_c000.json"


def test_what_was_drawn_comes_back_for_the_same_tile_with_all_that_it_came_from(path):
    autosave.write(path, "r000_c000", CHANGED)
    assert autosave.read(path, "r000_c000") == CHANGED


def test_a_tile_that_was_cleared_comes_back_empty(path):
    autosave.write(path, "r000_c000", replace(CHANGED, drawn=[]))
    assert autosave.read(path, "r000_c000").drawn == []


def test_it_is_of_no_use_for_another_tile(path):
    autosave.write(path, "r000_c000", CHANGED)
    assert autosave.read(path, "r000_c001") is None


def test_what_0_2_0_has_kept_comes_back_too(path):
    kept = {"tile": "r000_c000", "existing": [b"old".hex()], "drawn": [b"new".hex()]}
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert autosave.read(path, "r000_c000") == Unfinished([OLD], None, [Footprint(b"new")])


def test_what_was_kept_before_there_were_classes_comes_back_with_its_drafts(path):
    kept = {"tile": "r000_c000", "existing": [], "after": "f1", "drawn": [], "offered": {b"draft".hex(): "v001"}}
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert autosave.read(path, "r000_c000").offered == [Footprint(b"draft", version="v001")]


def test_where_nothing_is_kept_nothing_comes_back(path):
    assert autosave.read(path, "r000_c000") is None


def test_only_what_was_handed_in_is_deleted(tmp_path):
    for tile_id in ("r000_c000", "r000_c001"):
        autosave.write(tmp_path / f"{tile_id}.json", tile_id, CHANGED)
    (tmp_path / "r000_c002.json").write_text("damaged")
    asked = []

    def is_handed_in(tile_id, drawn, after):
        asked.append((tile_id, drawn, after))
        return tile_id == "r000_c001"

    autosave.delete_handed_in(tmp_path, is_handed_in)
    assert sorted(asked) == [(tile_id, [OLD, NEW], "f1") for tile_id in ("r000_c000", "r000_c001")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r000_c000.json", "r000_c002.json"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        "[" * 50_000,
        '{"tile": "r000_c000", "existing": [], "drawn": ["no hex"]}',
        '{"tile": "r000_c000", "existing": [], "drawn": [], "offered": 7}',
        '{"tile": "r000_c000", "existing": [{"wkb": "00"}], "drawn": []}',
    ],
)
def test_a_damaged_file_is_passed_over(path, content):
    path.write_text(content, encoding="utf-8")
    assert autosave.read(path, "r000_c000") is None


def test_it_is_plain_json_and_appears_whole(path):
    autosave.write(path, "r000_c000", CHANGED)
    assert json.loads(path.read_text(encoding="utf-8"))["drawn"][1] == {
        "wkb": b"new".hex(),
        "class": "water",
        "version": None,
    }
    assert [file.name for file in path.parent.iterdir()] == [path.name]
