from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file, save

from tiletriage.models.campaign.model_store import (
    VersionCard,
    check_weights,
    copy_version,
    load_network,
    read_card,
    save_version,
)
from tiletriage.models.errors import ModelError, OutputError


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
        has_border=True,
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


@pytest.fixture
def version(network, card, tmp_path):
    """The folder of a sound version."""
    save_version(tmp_path / "source" / "v001", network, card)
    return tmp_path / "source" / "v001"


def rewrite(version, **fields):
    known = json.loads((version / "card.json").read_text())
    (version / "card.json").write_text(json.dumps({**known, **fields}))


def test_only_the_files_of_a_version_are_copied(version, tmp_path):
    (version / "secrets.txt").write_text("not ours")
    (version / "more").mkdir()
    (version / "observations.safetensors").write_bytes(b"some")
    copy_version(version, tmp_path / "copy")
    assert {path.name for path in (tmp_path / "copy").iterdir()} == {
        *("weights.safetensors", "card.json", "SHA256SUMS", "TRAINED_ON", "observations.safetensors")
    }


@pytest.mark.parametrize(
    "name", ["weights.safetensors", "card.json", "SHA256SUMS", "TRAINED_ON", "observations.safetensors"]
)
def test_links_in_a_version_are_not_followed(version, tmp_path, name):
    elsewhere = tmp_path / "elsewhere"
    if (version / name).exists():
        (version / name).rename(elsewhere)
    else:
        elsewhere.write_text("some")
    (version / name).symlink_to(elsewhere)
    with pytest.raises(ModelError, match="links are not followed"):
        copy_version(version, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("name", ["card.json", "SHA256SUMS", "TRAINED_ON", "weights.safetensors"])
def test_a_file_larger_than_any_of_ours_is_refused_before_it_is_read(version, tmp_path, name):
    with (version / name).open("r+b") as file:
        file.truncate(3 * 10**9)  # sparse: it takes no room
    with pytest.raises(ModelError, match="3000000000 bytes"):
        copy_version(version, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("identity", ["../../x", "/tmp/x", "..", "CON"])
def test_a_card_whose_id_is_no_plain_name_is_refused_with_the_field(version, identity):
    rewrite(version, id=identity)
    with pytest.raises(ModelError, match=r"'id' must be a plain name.*from its source"):
        read_card(version)


def test_a_version_that_lies_under_another_name_than_its_own_is_refused(version):
    assert read_card(version, "v001").id == "v001"
    with pytest.raises(ModelError, match="'id' is v001, the folder is called v002"):
        read_card(version, "v002")


@pytest.mark.parametrize("content", ["", "0" * 64, "zz  weights.safetensors\n", f"{'0' * 64}  other\n", "\x00\n"])
def test_hashes_that_are_none_are_refused(version, content):
    (version / "SHA256SUMS").write_text(content)
    with pytest.raises(ModelError, match="SHA256SUMS"):
        read_card(version)


@pytest.mark.parametrize(
    "fields", [{"encoder": "tu-nothing_like_it"}, {"encoder": "nothing"}, {"decoder_channels": [16]}, {"bands": 3}]
)
def test_a_network_that_the_weights_do_not_fit_is_refused(version, fields):
    rewrite(version, **fields)
    with pytest.raises(ModelError, match="not those of the network"):
        load_network(version)


def test_a_version_is_never_saved_into_a_campaigns_own_folder(version, tmp_path):
    (tmp_path / "village" / "versions").mkdir(parents=True)
    (tmp_path / "village" / "campaign.gpkg").touch()
    with pytest.raises(OutputError, match="belongs to the campaign"):
        copy_version(version, tmp_path / "village" / "versions" / "mine")


def signed(version, content):
    """Other weights, which fit the hash that lies beside them."""
    (version / "weights.safetensors").write_bytes(content)
    (version / "SHA256SUMS").write_text(f"{hashlib.sha256(content).hexdigest()}  weights.safetensors\n")


def changed(version, name, change):
    tensors = load_file(version / "weights.safetensors")
    name = next(each for each in tensors if each.endswith(name))
    tensors[name] = change(tensors[name])
    return save(tensors)


DAMAGES = {
    "a pickle": lambda version: b"\x80\x02}q\x00.",
    "nothing": lambda version: b"",
    "truncated": lambda version: (version / "weights.safetensors").read_bytes()[:-100],
    "a header without end": lambda version: (2**40).to_bytes(8, "little") + b"{",
    "a header too deep": lambda version: (20_000).to_bytes(8, "little") + b"[" * 20_000,
    "no tensor": lambda version: save({}),
    "of another shape": lambda version: changed(version, "weight", lambda tensor: tensor.flatten()),
    "not a number": lambda version: changed(version, "weight", lambda tensor: tensor * float("nan")),
    "infinite": lambda version: changed(version, "bias", lambda tensor: tensor + float("inf")),
    "whole numbers": lambda version: changed(version, "weight", lambda tensor: tensor.to(torch.int8)),
    "complex": lambda version: changed(version, "weight", lambda tensor: tensor.to(torch.complex64)),
    "absurd": lambda version: changed(version, "running_var", lambda tensor: tensor * 0 - 5),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_weights_that_fit_their_hash_are_refused(version, damage):
    signed(version, DAMAGES[damage](version))
    with pytest.raises(ModelError, match="are not those of the network"):
        load_network(version)


@pytest.mark.parametrize("channels", [[1024] * 5, [1] * 9, [1024, 513], [16, 8, 8, 4, 400], [], [0], ["16"], 16])
def test_a_decoder_that_no_memory_holds_is_refused_before_it_is_built(version, channels):
    rewrite(version, decoder_channels=channels)
    with pytest.raises(ModelError, match="'decoder_channels' must be"):
        load_network(version)


@pytest.mark.parametrize("text", ["[" * 99_999, '{"id": ' * 9999, "null", "7", '"v001"', "", "\ud800", '{"id": NaN}'])
def test_a_card_that_is_none_is_refused(version, text):
    (version / "card.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(ModelError, match="cannot be read"):
        read_card(version)


@pytest.mark.parametrize("field", ["parent", "created", "method", "encoder", "bands", "settings", "metrics"])
@pytest.mark.parametrize("value", [[], {}, True, -1, 1e99, "\n" * 99])
def test_a_field_of_another_type_is_named(version, field, value):
    if value == {} and field in ("settings", "metrics"):
        return
    rewrite(version, **{field: value})
    with pytest.raises(ModelError, match=f"'{field}'"):
        read_card(version)


@pytest.mark.parametrize("name", ["two\nlines | and\x85a bar.tif", "half a letter \udcff.tif"])
def test_imagery_of_any_name_makes_a_version_that_can_be_read(network, card, tmp_path, name):
    save_version(tmp_path / "v001", network, replace(card, trained_on={name: "0" * 64}))
    assert list(read_card(tmp_path / "v001").trained_on.values()) == ["0" * 64]


def test_a_version_knows_the_scales_that_it_has_learnt_at_and_about_them(card):
    card = replace(card, gsd_metres=(0.1, 0.4))
    assert [card.knows_gsd(gsd) for gsd in (0.05, 0.07, 0.2, 0.6, 10)] == [False, True, True, True, False]
    assert replace(card, gsd_metres=()).knows_gsd(10)  # as far as anybody can say
