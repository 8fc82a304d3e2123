from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from tiletriage.models.campaign.model_store import read_card
from tiletriage.models.errors import ModelError
from tiletriage.models.imagery.raster import open_imagery
from tiletriage.models.use_cases.new import has_seen, new
from tiletriage.tests.conftest import write_scene

FORMER = Path(__file__).parents[2] / "data" / "campaign_0_2_0.zip"


def test_a_version_that_0_2_0_trained_is_known_to_have_seen_the_imagery(tmp_path):
    with ZipFile(FORMER) as archive:
        archive.extractall(tmp_path)
    start, trained = (read_card(tmp_path / "campaign" / "versions" / version) for version in ("tiny", "v001"))
    imagery, other = open_imagery(tmp_path / "scene.tif"), open_imagery(write_scene(tmp_path / "other.tif"))
    assert [has_seen(card, imagery) for card in (start, trained)] == [False, True]
    assert not has_seen(trained, other)


def test_imagery_with_other_bands_than_the_model_takes_is_refused(tmp_path, tiny_start):
    with pytest.raises(ModelError, match=r"1 bands.*for example 1,1,1"):
        new(tmp_path / "campaign", write_scene(tmp_path / "scene.tif", bands=1), start=tiny_start)
