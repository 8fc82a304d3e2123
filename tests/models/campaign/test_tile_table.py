"""A claim keeps a tile for one session, for half an hour, and gives it back as it was."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from tiletriage.models.campaign.records import TileState
from tiletriage.models.errors import LabelError
from tiletriage.models.imagery.grid import Tile

NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)
TILE = Tile(0, 0)
SINCE_1970, UNTIL_2099 = (years * 365 * 24 * 60 for years in (54, 75))  # in minutes


def at(minutes):
    return NOON + timedelta(minutes=minutes)


def state(store):
    return store.tile(TILE.id).state


def test_claiming_again_makes_the_claim_last_and_is_not_logged(store):
    store.claim(TILE, "one", "ann", at(0))
    store.claim(TILE, "one", "ann", at(20))
    assert [entry.action for entry in store.log()] == ["claim"]
    assert store.taken("two", at(49)) == {TILE.id} and store.taken("two", at(51)) == set()
    assert store.taken("one", at(49)) == set()


@pytest.mark.parametrize("before", [TileState.POOL, TileState.ASSIGNED])
def test_a_released_tile_has_the_state_that_it_had(store, before):
    store.set_state(TILE, before, "ann", NOON)
    store.claim(TILE, "one", "ann", at(0))
    store.claim(TILE, "one", "ann", at(5))
    store.release(TILE, "one", "ann", at(6))
    assert state(store) is before and store.claims() == {}


def test_what_a_session_left_behind_that_crashed_is_taken_over_and_released_as_it_was(store):
    store.set_state(TILE, TileState.ASSIGNED, "ann", NOON)
    store.claim(TILE, "one", "ann", at(0))
    store.claim(TILE, "two", "bob", at(31))
    store.release(TILE, "one", "ann", at(32))
    assert state(store) is TileState.IN_PROGRESS
    store.release(TILE, "two", "bob", at(33))
    assert state(store) is TileState.ASSIGNED


def test_a_tile_in_progress_that_nobody_claims_goes_back_into_the_pool(store):
    store.set_state(TILE, TileState.IN_PROGRESS, "ann", NOON)
    store.claim(TILE, "one", "ann", at(0))
    store.release(TILE, "one", "ann", at(1))
    assert state(store) is TileState.POOL


@pytest.mark.parametrize("minutes", [31, -31, -600, UNTIL_2099, -UNTIL_2099, -SINCE_1970])
def test_a_claim_that_ran_out_or_that_lies_far_in_the_future_holds_nobody_up(store, minutes):
    store.claim(TILE, "one", "ann", at(0))
    assert store.taken("two", at(minutes)) == set()
    store.claim(TILE, "two", "bob", at(minutes))
    assert store.claims()[TILE.id].session == "two"


@pytest.mark.parametrize("minutes", [-1, -20])
def test_a_claim_holds_for_a_computer_whose_clock_is_some_minutes_behind(store, minutes):
    store.claim(TILE, "one", "ann", at(0))
    assert store.taken("two", at(minutes)) == {TILE.id}
    with pytest.raises(LabelError, match="ann is working on tile"):
        store.claim(TILE, "two", "bob", at(minutes))


@pytest.mark.parametrize("minutes", [UNTIL_2099, -SINCE_1970])
def test_a_claim_under_a_wrong_clock_is_renewed_and_given_back_under_the_right_one(store, minutes):
    store.claim(TILE, "one", "ann", at(minutes))
    store.claim(TILE, "one", "ann", at(0))
    assert store.taken("two", at(1)) == {TILE.id}
    store.release(TILE, "one", "ann", at(minutes))
    assert state(store) is TileState.POOL and store.claims() == {}


def test_a_finished_tile_that_is_looked_at_again_stays_finished_but_is_taken(store):
    store.finish(TILE, [], "ann", NOON)
    store.claim(TILE, "one", "ann", at(0))
    assert state(store) is TileState.EMPTY
    with pytest.raises(LabelError, match="ann is working on tile"):
        store.claim(TILE, "two", "bob", at(1))
    store.release(TILE, "one", "ann", at(2))
    assert state(store) is TileState.EMPTY and store.claims() == {}


@pytest.mark.parametrize(
    "end",
    [
        lambda store: store.finish(TILE, [], "ann", NOON),
        lambda store: store.set_state(TILE, TileState.SKIPPED, "ann", NOON),
    ],
)
def test_the_end_of_the_work_ends_the_claim(store, end):
    store.claim(TILE, "one", "ann", at(0))
    end(store)
    assert store.claims() == {}
