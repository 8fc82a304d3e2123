"""Adapters as versions, as files from one campaign to another, compared and averaged."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import zipfile

import numpy as np
import pytest
import torch

from tiletriage.models import loop
from tiletriage.models.campaign.adapter_versions import read_version
from tiletriage.models.campaign.model_store import BASE_MODEL, load_network
from tiletriage.models.errors import ModelError, NothingToDo, OutputError
from tiletriage.models.segmentation.classes import named_classes

from ..campaigns import NOW, run

FIRST, SECOND = ["r000_c000", "r001_c003", "r001_c000"], ["r002_c000", "r000_c002", "r003_c003"]


def begin(two_classes, folder, **wishes):
    wishes = {"classes": named_classes(["water", "field"]), "tile_size_px": 64, "bands": ["VV", "VH"], **wishes}
    return loop.new(folder, two_classes / "sar.tif", now=NOW, **wishes)


def learn(workspace, two_classes, tiles, seed=0):
    run(
        loop.annotate(workspace, two_classes / "labels.tif", tiles=tiles, annotator="Amina", now=NOW, may_be_empty=True)
    )
    return run(loop.fine_tune(workspace, method="lora", epochs=2, seed=seed, now=NOW)).version


@pytest.fixture(scope="module")
def river(two_classes, tmp_path_factory):
    """A campaign from a blank start with an adapter, v001."""
    workspace = begin(two_classes, tmp_path_factory.mktemp("river") / "campaign")
    learn(workspace, two_classes, FIRST)
    return workspace


@pytest.fixture(scope="module")
def sent(river, tmp_path_factory):
    """The file of that adapter."""
    path = tmp_path_factory.mktemp("sent") / "river.ttadapter"
    loop.export_adapter(river, "v001", path)
    return path


@pytest.fixture
def village(two_classes, tmp_path):
    """Another campaign, whose blank start was fitted to other imagery."""
    return begin(two_classes, tmp_path / "village", tile_size_px=32, seed=5)


def answers(workspace, version):
    network, _ = load_network(workspace.version_folder(version))
    pixels = torch.randn(2, 2, 64, 64, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        return network(pixels).logits.softmax(dim=1)


def versions_of(workspace):
    return sorted(path.name for path in (workspace.folder / "versions").iterdir())


def test_what_lora_learns_is_a_small_version_that_names_its_base(river):
    card, folder = river.card("v001"), river.version_folder("v001")
    assert card.is_adapter and list(card.base) == [load_network(BASE_MODEL)[1].id]
    assert not (folder / "weights.safetensors").exists()
    sizes = [(river.version_folder(name) / file).stat().st_size
             for name, file in (("v001", "adapter.safetensors"), ("blank", "weights.safetensors"))]  # fmt: skip
    assert sizes[0] < sizes[1] / 5


def test_the_base_stays_as_it_was_bit_for_bit(river):
    before = load_network(river.version_folder("blank"))[0].state_dict()
    load_network(river.version_folder("v001"))
    after = load_network(river.version_folder("blank"))[0].state_dict()
    assert all(torch.equal(value, after[name]) for name, value in before.items())


def test_an_adapter_goes_from_one_campaign_to_another(river, sent, village):
    card = loop.import_adapter(village, sent, now=NOW)
    assert (card.id, card.method, card.classes) == ("river", "lora", river.card("v001").classes)
    assert torch.equal(answers(village, "river"), answers(river, "v001"))
    assert [each.id for each in village.cards()][-1] == "river"
    with village.store() as store:
        assert village.active_card(store).id == "blank"  # parked until somebody wants it
    loop.activate(village, "river")
    assert run(loop.score(village, now=NOW)).version == "river"
    assert loop.import_adapter(village, sent, now=NOW).id == "v001"  # its name is taken


def test_several_adapters_of_one_base_stand_side_by_side(sent, village):
    for name in ("river-east", "river-west"):
        loop.import_adapter(village, sent, name=name, now=NOW)
    assert versions_of(village) == ["blank", "river-east", "river-west"]
    with pytest.raises(ModelError, match="already"):
        loop.import_adapter(village, sent, name="river-west", now=NOW)
    with pytest.raises(ModelError, match="no name"):
        loop.import_adapter(village, sent, name="../river", now=NOW)


def test_the_same_adapter_gives_the_same_file_and_replaces_only_its_like(river, sent, tmp_path):
    loop.export_adapter(river, "v001", tmp_path / "again.ttadapter")
    assert (tmp_path / "again.ttadapter").read_bytes() == sent.read_bytes()
    loop.export_adapter(river, "v001", tmp_path / "again.ttadapter", overwrite=True)
    (tmp_path / "letter.ttadapter").write_text("a letter")
    with pytest.raises(OutputError, match="never replaced"):
        loop.export_adapter(river, "v001", tmp_path / "letter.ttadapter", overwrite=True)
    with pytest.raises(OutputError, match="belongs to the campaign"):
        loop.export_adapter(river, "v001", river.folder / "versions" / "some.ttadapter")
    with pytest.raises(ModelError, match="no adapter"):
        loop.export_adapter(river, "blank", tmp_path / "blank.ttadapter")


def test_fine_tuning_goes_on_from_an_adapter_beside_the_same_base(sent, village, two_classes):
    loop.import_adapter(village, sent, name="river", now=NOW)
    loop.activate(village, "river")
    version = learn(village, two_classes, FIRST)
    before, after = (village.card(name) for name in ("river", version))
    assert (after.parent, after.base) == ("river", before.base)
    ranks = [next(iter(read_version(village.version_folder(name)).updates.values()))[0].shape[0]
             for name in ("river", version)]  # fmt: skip
    assert ranks == [8, 16]
    run(loop.annotate(village, two_classes / "labels.tif", tiles=SECOND, annotator="A", now=NOW, may_be_empty=True))
    whole = run(loop.fine_tune(village, method="decoder", epochs=1, now=NOW))
    assert not village.card(whole.version).is_adapter


def test_a_campaign_begins_with_the_adapter_of_a_file(sent, river, two_classes, tmp_path):
    workspace = begin(two_classes, tmp_path / "new", start=sent)
    (card,) = workspace.cards()
    assert not card.is_adapter  # it needs no base any more
    assert torch.equal(answers(workspace, card.id), answers(river, "v001"))


def test_the_copy_of_an_adapter_as_a_folder_is_whole(river, tmp_path):
    loop.export_version(river, "v001", tmp_path / "copy")
    _, card = load_network(tmp_path / "copy")
    assert not card.is_adapter and (tmp_path / "copy" / "weights.safetensors").exists()


def rewritten(sent, path, change, honest=True):
    """The file with its members changed, with the hashes that fit them, or those of before."""
    with zipfile.ZipFile(sent) as file:
        members = {name: file.read(name) for name in file.namelist()}
    change(members)
    if honest:
        lines = [
            f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in members.items() if name != "SHA256SUMS"
        ]
        members["SHA256SUMS"] = "".join(lines).encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, held in members.items():
            file.writestr(name, held)
    return path


def pickled(members):
    members["adapter.safetensors"] = pickle.dumps({"weights": [1.0]})


def foreign(members):
    members["BASE"] = b"0" * 64 + b"  elsewhere\n"


def escaping(members):
    members["../../escaped.py"] = b"print()"


def with_code(members):
    members["adapter.pkl"] = b"\x80\x04."


def not_finite(members):
    from safetensors.torch import load, save

    tensors = load(members["adapter.safetensors"])
    members["adapter.safetensors"] = save(
        {name: value * float("nan") if value.is_floating_point() else value for name, value in tensors.items()}
    )


def of_other_shape(members):
    from safetensors.torch import load, save

    tensors = load(members["adapter.safetensors"])
    name = next(name for name in tensors if name.startswith("lora_A."))
    members["adapter.safetensors"] = save({**tensors, name: tensors[name][:, :3].contiguous()})


def of_a_huge_product(members):
    """Few numbers, whose product would fill any memory."""
    from safetensors.torch import load, save

    tensors = load(members["adapter.safetensors"])
    name = next(name for name in tensors if name.startswith("lora_A.")).removeprefix("lora_A.")
    line = torch.ones(1, 10**6, dtype=torch.half)
    huge = {"lora_A." + name: line, "lora_B." + name: line.T.clone()}
    members["adapter.safetensors"] = save({**tensors, **huge})


def without_half_of_a_pair(members):
    from safetensors.torch import load, save

    tensors = load(members["adapter.safetensors"])
    gone = next(name for name in tensors if name.startswith("lora_B."))
    members["adapter.safetensors"] = save({name: value for name, value in tensors.items() if name != gone})


def of_a_scalar(members):
    from safetensors.torch import load, save

    tensors = load(members["adapter.safetensors"])
    name = next(name for name in tensors if name.startswith("lora_A."))
    members["adapter.safetensors"] = save({**tensors, name: torch.tensor(1.0)})


def with_weights_of_the_base(members):
    from safetensors.torch import load, save

    tensors = load(members["adapter.safetensors"])
    name = next(name for name in tensors if name.startswith("lora_A.")).removeprefix("lora_A.")
    members["adapter.safetensors"] = save({**tensors, name: torch.ones(1)})


def of_a_large_encoder(members):
    card = json.loads(members["card.json"])
    members["card.json"] = json.dumps({**card, "encoder": "tu-convnextv2_large"}).encode()


def of_two_bases(members):
    members["BASE"] += b"1" * 64 + b"  another\n"


def of_a_path(members):
    members["card.json"] = json.dumps({**json.loads(members["card.json"]), "id": "../../evil"}).encode()


def of_later(members):
    members["manifest.json"] = b'{"format": 2}'


def incomplete(members):
    del members["BASE"]


def too_large(members):
    members["manifest.json"] = b" " * 20_000


REFUSED = {
    pickled: "do not fit|not those",
    foreign: "base 'elsewhere'",
    escaping: "which no adapter has",
    with_code: "which no adapter has",
    not_finite: "finite",
    of_other_shape: "of another shape",
    of_a_huge_product: "of another shape",
    without_half_of_a_pair: "not those",
    of_two_bases: "more than one base",
    of_a_scalar: "of another shape",
    with_weights_of_the_base: "is the base's",
    of_a_large_encoder: "no version here has the encoder",
    of_a_path: "plain name",
    of_later: "update the plugin",
    incomplete: "missing",
    too_large: "larger than any",
}


@pytest.mark.parametrize("change", REFUSED)
def test_a_file_that_is_not_an_honest_adapter_is_refused_and_nothing_is_written(sent, village, tmp_path, change):
    path = rewritten(sent, tmp_path / "strange.ttadapter", change)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ModelError, match=REFUSED[change]):
        loop.import_adapter(village, path, now=NOW)
    left = {each for each in set(tmp_path.rglob("*")) - set(before) if each.name != ".lock"}
    assert not left and not (tmp_path.parent / "escaped.py").exists()


def test_a_tampered_torn_or_foreign_file_is_refused(sent, village, tmp_path):
    def other_card(members):
        members["card.json"] += b" "

    path = rewritten(sent, tmp_path / "tampered.ttadapter", other_card, honest=False)
    with pytest.raises(ModelError, match="SHA-256 differs"):
        loop.import_adapter(village, path, now=NOW)
    with zipfile.ZipFile(sent) as file, zipfile.ZipFile(tmp_path / "lzma.ttadapter", "w", zipfile.ZIP_LZMA) as other:
        for name in file.namelist():
            other.writestr(name, file.read(name))
    with pytest.raises(ModelError, match="packed in another way"):
        loop.import_adapter(village, tmp_path / "lzma.ttadapter", now=NOW)
    held = sent.read_bytes()
    for name, content in {"torn": held[: len(held) // 2], "letter": b"a letter", "empty": b""}.items():
        (tmp_path / f"{name}.ttadapter").write_bytes(content)
        with pytest.raises(ModelError, match="no adapter that can be read"):
            loop.import_adapter(village, tmp_path / f"{name}.ttadapter", now=NOW)
    with pytest.raises(ModelError, match="is a folder"):
        loop.import_adapter(village, tmp_path, now=NOW)
    assert versions_of(village) == ["blank"]


def test_a_member_that_unpacks_to_more_than_ours_is_not_unpacked(sent, village, tmp_path):
    def bomb(members):
        members["SHA256SUMS"] = b"\0" * 10**6

    held = io.BytesIO()
    with zipfile.ZipFile(sent) as file, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as other:
        members = {name: file.read(name) for name in file.namelist()}
        bomb(members)
        for name, content in members.items():
            other.writestr(name, content)
    (tmp_path / "bomb.ttadapter").write_bytes(held.getvalue())
    with pytest.raises(ModelError, match="larger than any"):
        loop.import_adapter(village, tmp_path / "bomb.ttadapter", now=NOW)


def test_an_adapter_of_other_bands_or_classes_is_refused(sent, two_classes, tmp_path):
    other = begin(two_classes, tmp_path / "other", classes=named_classes(["lake"]))
    with pytest.raises(ModelError, match="maps water, field, this campaign lake"):
        loop.import_adapter(other, sent, now=NOW)
    other = begin(two_classes, tmp_path / "one-band", bands=["VV"])
    with pytest.raises(ModelError, match="1 bands"):
        loop.import_adapter(other, sent, now=NOW)


def test_without_its_base_an_adapter_says_which_it_needs(tiny_scene, tiny_start, tiny_labels, tmp_path):
    """The base of a campaign that began with a version of its own is there and nowhere else."""
    workspace = loop.new(tmp_path / "campaign", tiny_scene, start=tiny_start, tile_size_px=64, now=NOW)
    run(loop.annotate(workspace, tiny_labels, tiles=["r000_c000", "r001_c001"], annotator="A", now=NOW,
                      may_be_empty=True))  # fmt: skip
    version = run(loop.fine_tune(workspace, method="lora", epochs=1, now=NOW)).version
    assert list(workspace.card(version).base) == ["tiny"]
    load_network(workspace.version_folder(version))
    (workspace.version_folder("tiny") / "weights.safetensors").unlink()
    with pytest.raises(ModelError, match="base 'tiny'"):
        load_network(workspace.version_folder(version))


def test_an_adapter_whose_base_only_the_plugin_has_is_taken_in_whole(tiny_scene, tiny_labels, tiny_start, tmp_path):
    """A later plugin may bring another base, and versions are never lost."""
    first = loop.new(tmp_path / "first", tiny_scene, tile_size_px=64, now=NOW)
    tiles = ["r000_c000", "r001_c001"]
    run(loop.annotate(first, tiny_labels, tiles=tiles, annotator="A", now=NOW, may_be_empty=True))
    version = run(loop.fine_tune(first, method="lora", epochs=1, now=NOW)).version
    loop.export_adapter(first, version, tmp_path / "roofs.ttadapter")
    other = loop.new(tmp_path / "other", tiny_scene, start=tiny_start, tile_size_px=64, now=NOW)
    card = loop.import_adapter(other, tmp_path / "roofs.ttadapter", now=NOW)
    assert not card.is_adapter and other.card("roofs") == card
    load_network(other.version_folder("roofs"))
    run(loop.annotate(other, tiny_labels, tiles=tiles, annotator="A", now=NOW, may_be_empty=True))
    with pytest.raises(NothingToDo):  # it has seen this very imagery, and nobody knows on which tiles
        run(loop.compare_versions(other, ["tiny", "roofs"]))


def test_versions_are_compared_on_tiles_that_none_has_learnt_from(two_classes, tmp_path):
    workspace = begin(two_classes, tmp_path / "campaign")
    first = learn(workspace, two_classes, FIRST)
    second = learn(workspace, two_classes, SECOND)
    with pytest.raises(NothingToDo, match="Annotate some more"):
        run(loop.compare_versions(workspace, [first, second]))
    run(loop.annotate(workspace, two_classes / "labels.tif", tiles=["r001_c001", "r003_c000"], annotator="A", now=NOW))
    found = run(loop.compare_versions(workspace, [first, second]))
    assert [each.version for each in found.results] == [first, second] and not found.is_exam
    assert {tile.id for tile in found.results[0].tiles} == {"r001_c001", "r003_c000"}
    assert found.difference(1).iou_after == found.results[1].iou


def test_the_average_of_two_adapters_is_their_weighted_mean_and_is_judged(two_classes, tmp_path):
    workspace = begin(two_classes, tmp_path / "campaign")
    first, second = learn(workspace, two_classes, FIRST), learn(workspace, two_classes, SECOND)
    run(loop.annotate(workspace, two_classes / "labels.tif", tiles=["r001_c001", "r003_c000"], annotator="A", now=NOW))
    made = run(loop.average_adapters(workspace, [first, second], [3, 1], name="mean", now=NOW))
    assert made.shares == {first: 0.75, second: 0.25} and made.difference is not None and not made.is_active
    states = [load_network(workspace.version_folder(name))[0].state_dict() for name in (first, second, "mean")]
    for name, value in states[2].items():
        expected = 0.75 * states[0][name].float() + 0.25 * states[1][name].float()
        if value.is_floating_point():
            np.testing.assert_allclose(value.float(), expected, atol=2e-3)
    with workspace.store() as store:
        assert workspace.learnt_tiles(store, workspace.card("mean")) == {*FIRST, *SECOND}
    with pytest.raises(ModelError, match="no adapter"):
        run(loop.average_adapters(workspace, ["blank", first], now=NOW))
    wrong = ([first, first], ()), ([first, first, second], [2, 1]), ([first, second], [float("nan"), 1])
    for versions, shares in wrong:
        with pytest.raises(ModelError, match="two or more"):
            run(loop.average_adapters(workspace, versions, shares, now=NOW))
    loop.activate(workspace, "mean")
    with workspace.store() as store:  # what goes on from it keeps what both have learnt
        assert [card.id for card in workspace.line(store, workspace.active_card(store))] == ["mean"]
