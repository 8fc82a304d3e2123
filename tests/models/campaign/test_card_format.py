import json

import pytest

from tiletriage.models.campaign.card_format import OPTIONAL, FieldError, is_id, read_fields
from tiletriage.models.segmentation.classes import BUILDING, MappedClass

CARD = {
    "id": "v001",
    "parent": "base",
    "created": "2026-01-01T00:00:00+00:00",
    "method": "full",
    "encoder": "tu-regnetx_002",
    "decoder_channels": [16, 8, 8, 4, 4],
    "bands": 3,
    "has_border": True,
    "confidence": [0.8, -1.5],
    "classes": [{"name": "water", "colour": "#0072b2", "is_squared": False, "minimum_area_m2": 0}],
    "band_names": ["B8", "B4", "B3"],
    "gsd_metres": [0.1, 10],
    "settings": {"tiles": ["r000_c000"], "epochs": 4},
    "metrics": {"iou_before": 0.25, "iou_after": None, "of_regions": {"a": {"0.3": 0.5}}},
}


@pytest.mark.parametrize("name", ["v001", "base", "V1.2_b-3", "0", "a" * 64])
def test_plain_names_are_ids(name):
    assert is_id(name)


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../../x", "/tmp/x", "a/b", "a\\b", "C:x", "C:\\x", ".hidden", "-option", "a b", "a\n", "é"),
        *("v1.", "CON", "nul", "com1.txt", "Lpt9", "a" * 65, None, 7, ["v001"]),
    ],
)
def test_what_could_be_a_path_a_device_or_a_hidden_file_is_no_id(name):
    assert not is_id(name)


def test_a_card_of_an_older_version_is_of_buildings_in_rgb_without_border_output_and_scaling():
    old = {name: value for name, value in CARD.items() if name not in OPTIONAL}
    fields = read_fields(json.dumps(old))
    assert (fields["has_border"], fields["confidence"]) == (False, (1, 0))
    assert (fields["classes"], fields["band_names"]) == ((BUILDING,), ("red", "green", "blue"))
    assert fields["gsd_metres"] == ()


def test_a_card_comes_as_it_was_written_and_unknown_fields_are_left_out():
    fields = read_fields(json.dumps({**CARD, "licence": "of a later version"}))
    values = {
        "confidence": (0.8, -1.5),
        "classes": (MappedClass("water", "#0072b2"),),
        "band_names": ("B8", "B4", "B3"),
        "gsd_metres": (0.1, 10),
    }
    assert fields == {**CARD, "decoder_channels": (16, 8, 8, 4, 4), **values}


@pytest.mark.parametrize("name", sorted(set(CARD) - set(OPTIONAL)))
def test_a_missing_field_is_named(name):
    with pytest.raises(FieldError, match=f"'{name}' is missing"):
        read_fields(json.dumps({key: value for key, value in CARD.items() if key != name}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("id", "../../x"), ("id", 7), ("parent", "/tmp/x"), ("parent", False), ("created", 2026)),
        *(("method", "x" * 65), ("method", None), ("encoder", "tu-hf-hub:somebody/model"), ("encoder", 5)),
        *(("encoder", "tu-local-dir:/tmp/x"), ("encoder", "../x"), ("encoder", "")),
        *(("decoder_channels", "16"), ("decoder_channels", []), ("decoder_channels", [16, "8"])),
        *(("decoder_channels", [16, 8, 8, 4, 4096]), ("decoder_channels", [16, 8, 8, 4, 0])),
        *(("decoder_channels", [True] * 5), ("decoder_channels", [1] * 9)),
        *(("bands", "3"), ("bands", 0), ("bands", 65), ("bands", 3.0), ("bands", True)),
        *(("settings", []), ("settings", {"tiles": "r000_c000"}), ("settings", {"tiles": [1]})),
        *(("gsd_metres", [1]), ("gsd_metres", [2, 1]), ("gsd_metres", [0, 1]), ("gsd_metres", 1)),
        *(("metrics", {"class_iou": [1]}), ("metrics", {"class_iou": {"water": [1]}})),
        *(("metrics", {"confusion": [1]}), ("metrics", {"confusion": [[1, 2]]}), ("metrics", {"confusion": [[-1]]})),
        *(("metrics", None), ("metrics", {"iou_after": "0.5"}), ("metrics", {"exam_tiles": [4]})),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(name, value):
    with pytest.raises(FieldError, match=f"'{name}' must be"):
        read_fields(json.dumps({**CARD, name: value}))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(FieldError, match="number"):
        read_fields(json.dumps(CARD).replace("0.25", number))


@pytest.mark.parametrize("levels", [9, 1000, 100_000])
def test_json_a_thousand_deep_is_refused(levels):
    deep = "[" * levels + "]" * levels
    with pytest.raises(FieldError, match="too many levels"):
        read_fields(json.dumps(CARD).replace("0.25", deep))


@pytest.mark.parametrize("text", ["[]", "3", "null", '"card"'])
def test_json_that_is_no_object_is_refused(text):
    with pytest.raises(FieldError, match="no JSON object"):
        read_fields(text)
