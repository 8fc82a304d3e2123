import numpy as np
import pytest

from tiletriage.models.segmentation.classes import BUILDING, MappedClass, are_classes, named_classes
from tiletriage.models.segmentation.likeliest_class import likeliest_class

WATER = {"name": "water", "colour": "#0072b2", "is_squared": False, "minimum_area_m2": 0}


def layers(*of_pixel):
    """Probabilities of the classes, and whatever comes after them, in a row of pixels: (layer, 1, pixel)."""
    return np.array(of_pixel, np.float32).T[:, None]


def test_one_class_shows_from_its_threshold_on():
    shown = likeliest_class(layers([0.4], [0.5], [0.9]), 1)
    assert shown.tolist() == [[0, 1, 1]]
    assert likeliest_class(layers([0.4], [0.5], [0.9]), 1, threshold=0.6).tolist() == [[0, 0, 1]]


def test_of_several_classes_the_likeliest_shows_where_background_is_not_likelier():
    pixels = layers([0.2, 0.3], [0.3, 0.4], [0.6, 0.3], [0.5, 0.1])  # background: 0.5, 0.3, 0.1, 0.4
    assert likeliest_class(pixels, 2).tolist() == [[0, 2, 1, 1]]


def test_a_higher_threshold_asks_for_higher_odds_against_background():
    pixels = layers([0.6, 0.2], [0.7, 0.2])  # three and seven times background
    assert likeliest_class(pixels, 2, threshold=0.8).tolist() == [[0, 1]]


def test_borders_and_stored_values_make_no_difference():
    pixels = np.array([[[200]], [[40]], [[255]]], np.uint8)  # of two classes and of border; 15 are left for background
    assert likeliest_class(pixels, 2, certain=255).tolist() == [[1]]
    assert likeliest_class(np.zeros((3, 1, 1), np.uint8), 2, certain=255).tolist() == [[0]]


def test_names_that_are_known_bring_their_rules_and_every_class_has_a_colour_of_its_own():
    classes = named_classes(["field", "building", "water", "road"])
    assert classes[1] == BUILDING and not classes[2].is_squared
    assert len({each.colour for each in classes}) == 4
    assert [each.name for each in classes] == ["field", "building", "water", "road"]


def test_json_of_classes_is_checked():
    assert are_classes([WATER, {**WATER, "name": "field"}])
    assert MappedClass(**WATER) == MappedClass("water", "#0072b2")


@pytest.mark.parametrize(
    "value",
    [
        *([], [{}], "water", [WATER, WATER], [{**WATER, "name": "../x"}], [{**WATER, "colour": "red"}]),
        *([{**WATER, "name": "3"}], [{**WATER, "name": "Background"}], [WATER, {**WATER, "name": "Water"}]),
        *([{**WATER, "is_squared": 1}], [{**WATER, "minimum_area_m2": -1}], [{**WATER, "more": 1}], [WATER] * 40),
    ],
)
def test_what_names_no_classes_is_refused(value):
    assert not are_classes(value)
