import json

import pytest

from tiletriage.models.errors import ModelError
from tiletriage.models.segmentation.class_list import read_classes
from tiletriage.models.segmentation.classes import BUILDING, MappedClass


def test_words_with_commas_are_classes():
    water, building = read_classes("water, building")
    assert (water.name, building) == ("water", BUILDING)


def test_a_file_gives_colours_and_rules_and_what_it_leaves_out_is_as_by_name(tmp_path):
    path = tmp_path / "classes.json"
    path.write_text(json.dumps([{"name": "field", "colour": "#112233"}, {"name": "building", "minimum_area_m2": 9}]))
    field, building = read_classes(str(path))
    assert field == MappedClass("field", "#112233")
    assert building == MappedClass("building", BUILDING.colour, is_squared=True, minimum_area_m2=9)


@pytest.mark.parametrize(
    "text", ["", "water,", "water,Water", "a/b", "1,2", "background", ",".join(f"c{number}" for number in range(40))]
)
def test_words_that_are_no_names_are_refused_with_an_example(text):
    with pytest.raises(ModelError, match="for example water,field"):
        read_classes(text)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[{"name": "a", "colour": 3}]', '[{"name": "a", "size": 3}]'])
def test_a_file_that_names_no_classes_is_refused_with_an_example(tmp_path, content):
    path = tmp_path / "classes.json"
    path.write_text(content)
    with pytest.raises(ModelError, match="Give a list like this"):
        read_classes(str(path))
