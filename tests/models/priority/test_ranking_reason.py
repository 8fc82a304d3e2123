"""A reason goes into the layer and comes back, and novelty becomes a word."""

import pytest

from tiletriage.models.priority.ranking_reason import RankingReason, reason_from_json


def test_a_reason_survives_the_tiles_layer():
    for reason in (RankingReason("margin", 0.25, None), RankingReason("map-gain", 0.25, 0.5, "road")):
        assert reason_from_json(reason.to_json()) == reason


def test_a_reason_of_before_classes_names_none():
    assert reason_from_json('{"code": "margin", "value": 1, "novelty": 1}').mapped is None


STRANGE = [
    '{"code": "<b>", "value": 1, "novelty": 1}',
    '{"code": "margin", "value": "<b>", "novelty": 1}',
    '{"code": "margin", "value": 1, "novelty": NaN}',
    '{"code": "margin", "value": 1, "novelty": 1, "mapped": 3}',
    '{"code": "margin", "value": 1, "novelty": 1, "mapped": "a\\nb"}',
]


@pytest.mark.parametrize(
    "text", [None, "", "expected IoU 0.31, and nothing is labelled yet", "{}", "3", "[1]", "[" * 9999, *STRANGE]
)
def test_what_is_no_reason_is_none(text):
    assert reason_from_json(text) is None


@pytest.mark.parametrize(
    ("novelty", "likeness"), [(None, "nothing-yet"), (0, "much"), (0.34, "little"), (0.67, "none"), (1, "none")]
)
def test_the_newer_a_tile_the_less_like_it_is_labelled(novelty, likeness):
    assert RankingReason("chance", None, novelty).likeness == likeness
