import json

import pytest

from tiletriage.plugin.annotation import autosave

OLD, NEW = b"old", b"new"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "r000_c000.json"


def test_what_was_drawn_comes_back_for_the_same_tile(path):
    autosave.write(path, "r000_c000", [OLD], [OLD, NEW])
    assert autosave.read(path, "r000_c000", [OLD]) == [OLD, NEW]


def test_a_tile_that_was_cleared_comes_back_empty(path):
    autosave.write(path, "r000_c000", [OLD], [])
    assert autosave.read(path, "r000_c000", [OLD]) == []


def test_it_is_of_no_use_for_another_tile_or_other_labels(path):
    autosave.write(path, "r000_c000", [OLD], [NEW])
    assert autosave.read(path, "r000_c001", [OLD]) is None
    assert autosave.read(path, "r000_c000", [NEW]) is None


def test_the_order_of_the_labels_does_not_matter(path):
    autosave.write(path, "r000_c000", [OLD, NEW], [NEW])
    assert autosave.read(path, "r000_c000", [NEW, OLD]) == [NEW]


def test_where_nothing_is_kept_nothing_comes_back(path):
    assert autosave.read(path, "r000_c000", []) is None


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"tile": "r000_c000", "existing": [], "drawn": ["no hex"]}'])
def test_a_damaged_file_is_passed_over(path, content):
    path.write_text(content, encoding="utf-8")
    assert autosave.read(path, "r000_c000", []) is None


def test_it_is_plain_json_and_appears_whole(path):
    autosave.write(path, "r000_c000", [OLD], [NEW])
    assert json.loads(path.read_text(encoding="utf-8"))["drawn"] == [NEW.hex()]
    assert [file.name for file in path.parent.iterdir()] == [path.name]
