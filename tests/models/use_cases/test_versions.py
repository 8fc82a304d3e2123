from __future__ import annotations

import pytest

from tiletriage.models import loop
from tiletriage.models.errors import ModelError, WorkspaceError

from ..campaigns import NOW, run


def test_a_parked_version_is_one_command_away_and_so_is_the_way_back(workspace, annotate):
    annotate(tiles=["r000_c000"])
    run(loop.fine_tune(workspace, epochs=1, now=NOW))
    for version in ("v001", "tiny"):
        loop.activate(workspace, version)
        with workspace.store() as store:
            assert workspace.active_card(store).id == version
    with pytest.raises(WorkspaceError, match="tiny, v001"):
        loop.activate(workspace, "v002")


def test_an_exported_version_starts_another_campaign_and_nothing_is_overwritten(workspace, tmp_path, tiny_scene):
    loop.export_version(workspace, "tiny", tmp_path / "mine")
    other = loop.new(tmp_path / "other", tiny_scene, tile_size_px=64, start=tmp_path / "mine")
    assert [card.id for card in other.cards()] == ["tiny"]
    with pytest.raises(ModelError, match="exists already"):
        loop.export_version(workspace, "tiny", tmp_path / "mine")
    with pytest.raises(WorkspaceError, match="no version 'v009'"):
        loop.export_version(workspace, "v009", tmp_path / "v009")
    assert not (tmp_path / "v009").exists()
