from __future__ import annotations

import re

from tiletriage.models.version import version


def test_the_version_is_three_numbers():
    assert re.fullmatch(r"\d+\.\d+\.\d+", version())
