from datetime import datetime, timezone

from tiletriage.models.campaign.records import DrawnRound, inclusion_probabilities


def drawn(probability, outside=()):
    return DrawnRound(datetime.now(timezone.utc), "v1", "map-gain", 0, frozenset(outside), probability)


def test_a_tile_has_the_chance_of_the_round_after_which_it_left_the_pool():
    rounds = [drawn({"a": 0.5, "b": 0.25}), drawn({"b": 0.75, "c": 1.0}, outside="a"), drawn({}, outside="abc")]
    assert inclusion_probabilities(rounds) == {"a": 0.5, "b": 0.75, "c": 1.0}


def test_one_that_the_last_round_before_it_had_not_drawn_was_picked_by_hand():
    assert inclusion_probabilities([drawn({"a": 0.5}), drawn({"b": 0.5})]) == {"b": 0.5}
