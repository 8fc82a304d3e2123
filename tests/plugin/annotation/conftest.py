import pytest


@pytest.fixture(autouse=True)
def _nothing_is_raised_in_a_slot(nothing_is_raised_in_a_slot):
    pass
