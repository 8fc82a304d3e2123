from __future__ import annotations

import pytest

from tiletriage.models.training.schedule import cosine_schedule


def test_the_rate_falls_from_its_peak_to_nothing_and_is_half_in_the_middle():
    assert [cosine_schedule(spent) for spent in (0, 0.5, 1, 1.5)] == pytest.approx([1, 0.5, 0, 0])


def test_the_rate_rises_to_its_peak_over_the_warm_up():
    rates = [cosine_schedule(spent, warm_up=0.1) for spent in (0, 0.05, 0.1, 0.55, 1)]
    assert rates == pytest.approx([0.01, 0.51, 1, 0.5, 0])
