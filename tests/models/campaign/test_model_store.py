from __future__ import annotations

import pytest
import torch

from tiletriage.models.campaign.model_store import VersionCard, check_weights, load_network, read_card, save_version
from tiletriage.models.errors import ModelError


@pytest.fixture
def card(network):
    return VersionCard(
        id="v001",
        parent="base",
        created="2026-01-01T00:00:00+00:00",
        method="full",
        encoder="tu-regnetx_002",
        decoder_channels=(16, 8, 8, 4, 4),
        bands=2,
        trained_on={"a scene.tif": "0" * 64},
        settings={"tiles": ["r000_c000"]},
        metrics={"iou_after": 0.5},
    )


def test_a_version_comes_back_as_it_was_saved(network, card, tmp_path):
    saved = save_version(tmp_path / "v001", network, card)
    loaded, known = load_network(tmp_path / "v001")
    assert known == saved
    assert len(known.sha256) == 64
    pixels = torch.randn(1, 2, 32, 32)
    with torch.inference_mode():
        torch.testing.assert_close(loaded(pixels), network(pixels), rtol=0, atol=0)


def test_half_precision_halves_the_file_and_hardly_moves_the_logits(network, card, tmp_path):
    save_version(tmp_path / "whole", network, card)
    save_version(tmp_path / "half", network, card, is_half=True)
    sizes = [(tmp_path / name / "weights.safetensors").stat().st_size for name in ("whole", "half")]
    assert sizes[1] / sizes[0] == pytest.approx(0.5, abs=0.05)
    pixels = torch.randn(1, 2, 32, 32)
    with torch.inference_mode():
        logits = load_network(tmp_path / "half")[0](pixels)[0]
        torch.testing.assert_close(logits, network(pixels)[0], rtol=0, atol=0.02)


def test_a_version_never_changes(network, card, tmp_path):
    save_version(tmp_path / "v001", network, card)
    with pytest.raises(ModelError, match="never change"):
        save_version(tmp_path / "v001", network, card)


def test_weights_that_are_not_the_cards_are_refused(network, card, tmp_path):
    save_version(tmp_path / "v001", network, card)
    weights = tmp_path / "v001" / "weights.safetensors"
    damaged = bytearray(weights.read_bytes())
    damaged[-1] ^= 1
    weights.write_bytes(damaged)
    with pytest.raises(ModelError, match="SHA-256"):
        load_network(tmp_path / "v001")
    weights.unlink()
    with pytest.raises(ModelError, match="lost"):
        check_weights(tmp_path / "v001", read_card(tmp_path / "v001"))


def test_a_pickle_or_anything_else_is_no_version(tmp_path):
    (tmp_path / "model.pt").write_bytes(b"\x80\x04.")
    with pytest.raises(ModelError, match="Pickled"):
        read_card(tmp_path / "model.pt")
    with pytest.raises(ModelError, match="no model version"):
        read_card(tmp_path)


def test_a_torn_card_is_refused(network, card, tmp_path):
    save_version(tmp_path / "v001", network, card)
    (tmp_path / "v001" / "card.json").write_text("{")
    with pytest.raises(ModelError, match="cannot be read"):
        read_card(tmp_path / "v001")


def test_the_card_itself_holds_no_hash_that_a_scanner_takes_for_a_secret(network, card, tmp_path):
    saved = save_version(tmp_path / "v001", network, card)
    text = (tmp_path / "v001" / "card.json").read_text()
    assert saved.sha256 not in text and "0" * 64 not in text


def test_a_version_for_which_the_disk_has_no_room_leaves_nothing(network, card, tmp_path, little_room):
    with little_room(), pytest.raises(OSError, match="large"):
        save_version(tmp_path / "v001", network, card)
    assert list(tmp_path.iterdir()) == []
    save_version(tmp_path / "v001", network, card)
